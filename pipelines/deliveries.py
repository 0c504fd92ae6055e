"""The deliveries of a data folder, and taking one back: its rows are deleted, its receipt stays and says so."""

from __future__ import annotations

from datetime import date

from grids.errors import SproError
from grids.load import load_grid
from grids.versions import version_in_force
from pipelines.home import Home
from pipelines.receipt import Receipt, read_receipts, write_receipt
from pipelines.receipts.store import store_pages
from pipelines.receipts.view import ID_TOLD
from pipelines.receipts.words import day


def listed(home: Home) -> list[Receipt]:
    """The receipts of every delivery, refused and withdrawn ones included, in the order of their arrival."""
    return list(read_receipts(home.receipts))


def withdraw(home: Home, delivery_id_prefix: str, on: date) -> Receipt:
    """Take back the delivery whose id begins with `delivery_id_prefix`; returns its receipt, `retiree` on that day.

    Its staged rows are deleted; the next build counts without it. Raises SproError if no delivery or several begin so, if
    it is already withdrawn or was refused; BuildBusy if a build holds the data folder; GridError if no grid is in force.
    """
    grid = load_grid(version_in_force(on).version)
    with home.held():
        forget_withdrawn(home)
        receipt = _withdrawable(_named(home, delivery_id_prefix.strip().lower()))
        _refuse_frozen(home, receipt)
        withdrawn = receipt.model_copy(update={"etat": "retiree", "retiree_le": on})
        # The receipt first: after a crash in between, rows remain that nothing reads any more, never the contrary.
        write_receipt(home.receipts, withdrawn)
        _forget(home, withdrawn)
        store_pages(home, grid, [withdrawn.reseau])
    return withdrawn


def forget_withdrawn(home: Home) -> None:
    """Delete the staged rows that a crash left after a withdrawal. To be called with the data folder held."""
    for receipt in read_receipts(home.receipts):
        if receipt.etat == "retiree":
            _forget(home, receipt)


def _forget(home: Home, receipt: Receipt) -> None:
    for table in (receipt.contrat, "verbatims"):
        (home.staged / table / f"{receipt.livraison_id}.parquet").unlink(missing_ok=True)


def _named(home: Home, prefix: str) -> Receipt:
    found = [each for each in read_receipts(home.receipts) if prefix and each.livraison_id.startswith(prefix)]
    if not found:
        raise SproError(
            f"Aucune livraison ne commence par « {prefix} ».",
            place=str(home.root),
            remedy="« spro delivery list » donne l'identifiant de chacune.",
        )
    if len(found) > 1:
        several = ", ".join(f"{each.livraison_id[: ID_TOLD + len(prefix)]} ({each.fichier})" for each in found)
        raise SproError(
            f"Plusieurs livraisons commencent par « {prefix} » : {several}.",
            place=str(home.root),
            remedy="Donnez quelques caractères de plus.",
        )
    return found[0]


def _refuse_frozen(home: Home, receipt: Receipt) -> None:
    if receipt.livraison_id in home.frozen_deliveries():
        raise SproError(
            "Cette livraison contient des lignes d'une année close : anonymes, elles ne peuvent plus être retirées.",
            place=f"{receipt.reseau}/{receipt.fichier}",
            remedy="Les chiffres de l'année close restent tels que publiés.",
        )


def _withdrawable(receipt: Receipt) -> Receipt:
    place = f"{receipt.reseau}/{receipt.fichier}"
    if receipt.etat == "retiree" and receipt.retiree_le:
        raise SproError(
            f"Cette livraison est déjà retirée, depuis le {day(receipt.retiree_le)}.",
            place=place,
            remedy="Il n'y a rien à faire : elle ne compte plus.",
        )
    if not receipt.counts:
        raise SproError(
            "Cette livraison a été refusée : rien n'en est gardé.",
            place=place,
            remedy="Il n'y a rien à retirer ; corrigez le fichier et livrez-le de nouveau.",
        )
    return receipt
