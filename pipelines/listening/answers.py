"""What the door answers, as JSON data: a delivery in one line of a list, a receipt as its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from grids.load import load_grid
from grids.versions import version_in_force
from pipelines.home import Home
from pipelines.listening.terms import TurnedAway
from pipelines.receipt import Receipt, read_receipts
from pipelines.receipts.page import receipt_page
from pipelines.receipts.view import Context, view_of


def page_of(home: Home, receipt: Receipt) -> str:
    """The page of a receipt, beside its network's past and with what can now be computed. Raises GridError."""
    context = Context(read_receipts(home.receipts), load_grid(version_in_force(date.today()).version))
    return receipt_page(receipt, context)


def listed(home: Home, network: str) -> list[dict[str, Any]]:
    """The deliveries of a network, the latest first: what was sent, its state, where its rows went."""
    theirs = [each for each in read_receipts(home.receipts) if each.reseau == network]
    return [_line(each) for each in sorted(theirs, key=lambda each: each.rang, reverse=True)]


def found(home: Home, network: str, delivery_id: str) -> Receipt:
    """A network's receipt. Raises TurnedAway (404) if the network has no such delivery."""
    return _only([each for each in read_receipts(home.receipts) if each.reseau == network], delivery_id)


def _only(receipts: Sequence[Receipt], delivery_id: str) -> Receipt:
    for receipt in receipts:
        if receipt.livraison_id == delivery_id:
            return receipt
    raise TurnedAway(404, "Ce réseau n'a pas livré ce fichier.", remedy="Choisissez une livraison de la liste.")


def _line(receipt: Receipt) -> dict[str, Any]:
    view = view_of(receipt)
    balance = receipt.bilan
    broken = len({breach.ligne for breach in receipt.quarantaine})
    return {
        "id": receipt.livraison_id,
        "fichier": receipt.fichier,
        "table": view.table,
        "recue_le": receipt.recue_le.isoformat(),
        "etat": receipt.etat,
        "phrase": view.etat,
        "lues": balance.lues,
        "gardees": balance.lues - balance.ecartees - broken,
        "a_corriger": broken,
        "ecartees": balance.ecartees,
    }
