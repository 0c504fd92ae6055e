"""The pages of the receipts beside their JSON: one a delivery and a list a network, for the deliverer only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from grids.model import Grid
from grids.register import networks
from pipelines.home import Home, aside, put_in_place
from pipelines.receipt import PRIVATE_FILE, Receipt, private_folder, read_receipts
from pipelines.receipts.page import index_page, receipt_page
from pipelines.receipts.view import Context

INDEX = "index.html"


def store_pages(home: Home, grid: Grid, network_codes: Iterable[str] | None = None) -> None:
    """Write `<receipts>/<network>/<livraison_id>.html` for each stored receipt, and the network's list.

    Of all networks, or of `network_codes`: a delivery changes what the later ones of its network are compared with. A page
    that says the same is left alone.
    """
    receipts = read_receipts(home.receipts)
    context = Context(receipts, grid)
    concerned = {each.reseau for each in receipts}
    for network in sorted(concerned if network_codes is None else concerned & set(network_codes)):
        theirs = [each for each in receipts if each.reseau == network]
        folder = private_folder(home.receipts, network)
        for receipt in theirs:
            _write(folder / f"{receipt.livraison_id}.html", receipt_page(receipt, context))
        _write(folder / INDEX, index_page(_name(network), theirs))


def receipt_page_path(home: Home, receipt: Receipt) -> Path:
    """Where the page of a receipt lives."""
    return home.receipts / receipt.reseau / f"{receipt.livraison_id}.html"


def _name(network: str) -> str:
    return next((each.name for each in networks() if each.code == network), network)


def _write(path: Path, page: str) -> None:
    if path.is_file() and path.read_text(encoding="utf-8") == page:
        path.chmod(PRIVATE_FILE)
        return
    built = aside(path)
    built.touch(mode=PRIVATE_FILE)
    built.write_text(page, encoding="utf-8")
    put_in_place(built, path)
