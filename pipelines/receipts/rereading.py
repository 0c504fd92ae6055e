"""What a changed mapping changes for a file that was already read: told in its receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.receipt import Receipt
from pipelines.receipts.words import listed, number


def reread(before: Receipt, now: Receipt) -> Receipt:
    """`now` with what differs from `before`, the receipt of the same file under an earlier mapping."""
    return now.model_copy(update={"relue": tuple(_changes(before, now)) or (_NOTHING,)})


_NOTHING = "La correspondance a changé ; pour ce fichier, rien ne change."


def _changes(before: Receipt, now: Receipt) -> Iterator[str]:
    if before.etat == "refusee" and now.etat == "refusee":
        if before.refus != now.refus:
            yield "La correspondance a changé : le fichier reste refusé, pour une autre raison."
        return
    if "refusee" in (before.etat, now.etat):
        turned = "lu jusque-là, est refusé" if now.etat == "refusee" else "refusé jusque-là, est lu"
        yield f"La correspondance a changé : ce fichier, {turned}."
        return
    yield from _counts("Lignes gardées", _kept(before), _kept(now))
    yield from _counts("Lignes en quarantaine", _quarantined(before), _quarantined(now))
    yield from _counts("Lignes écartées", before.bilan.ecartees, now.bilan.ecartees)
    yield from _columns("Colonnes lues", before.colonnes, now.colonnes)
    yield from _columns("Colonnes retirées à la lecture", before.retirees, now.retirees)
    yield from _columns("Colonnes ignorées", before.ignorees, now.ignorees)


def _kept(receipt: Receipt) -> int:
    return receipt.bilan.lues - receipt.bilan.ecartees - _quarantined(receipt)


def _quarantined(receipt: Receipt) -> int:
    return len({breach.ligne for breach in receipt.quarantaine})


def _counts(what: str, before: int, now: int) -> Iterator[str]:
    if before != now:
        yield f"{what} : {number(now)}, au lieu de {number(before)} avec la correspondance précédente."


def _columns(what: str, before: Iterable[str], now: Iterable[str]) -> Iterator[str]:
    old, new = list(before), list(now)
    more, fewer = [each for each in new if each not in old], [each for each in old if each not in new]
    if more:
        yield f"{what}, en plus : {listed(more)}."
    if fewer:
        yield f"{what}, en moins : {listed(fewer)}."
