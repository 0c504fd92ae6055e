"""A delivery that is handed over: through the door, through the contract, and its receipt is stored once it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from grids.load import load_grid
from grids.versions import version_in_force
from pipelines.home import Home
from pipelines.intake.inbox import already_answered, handed_over, pass_through, rank_of
from pipelines.intake.references import refuse_lost_keys
from pipelines.listening.checks import checked
from pipelines.receipt import Receipt, write_receipt
from pipelines.receipts.store import store_pages
from pipelines.retention.closing import finish_closing


@dataclass(frozen=True)
class Delivered:
    """The receipt of a file, and whether it had been delivered before, in which case nothing has changed."""

    receipt: Receipt
    already: bool = False


def deliver(home: Home, path: Path, name: str, network: str, on: date) -> Delivered:
    """Take in the file at `path`, which `network` calls `name`; the next build counts its rows.

    Raises BuildBusy if the data folder is held, GridError if the network is unknown or no grid is in force,
    SproError if the key of a year whose records are held is lost.
    """
    grid = load_grid(version_in_force(on).version)
    waiting = handed_over(path, name, network, on)
    with home.held():
        known = already_answered(home, waiting)
        if known:
            return Delivered(known, already=True)
        finish_closing(home)
        refuse_lost_keys(home, {waiting.delivery_id})
        receipt = pass_through(home, waiting, rank_of(home, waiting.delivery_id))
        # The receipt comes last: nobody could read the file again, so a crash before this line must leave no delivery.
        completed = checked(home, receipt) if receipt.counts else receipt
        write_receipt(home.receipts, completed)
        store_pages(home, grid, [network])
    return Delivered(completed)
