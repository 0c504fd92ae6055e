"""A receipt as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.receipt import Receipt
from pipelines.receipts.faults import Fault, faults_of
from pipelines.receipts.view import Context, ReceiptView, view_of
from pipelines.receipts.words import lines


def receipt_lines(receipt: Receipt, context: Context | None = None) -> Iterator[str]:
    """A receipt in sentences: what was read, where each row went, what to mend; with a `context`, the past and the use."""
    view = view_of(receipt, context)
    yield from view.relecture
    if view.refus:
        yield f"Refusé : {view.refus}"
        yield f"  Que faire : {view.remede}"
        return
    if receipt.etat == "retiree":
        yield view.etat
    yield view.bilan
    yield from _columns(view)
    for fault in view.fautes:
        yield from _fault_lines(fault)
    yield from view.corrections
    if view.controles:
        yield f"Contrôles du contrat : {view.controles}"
    yield from _titled("Par rapport à vos livraisons précédentes :", [each.phrase for each in view.comparaisons])
    yield from _titled("Ce que cette livraison permet de calculer :", view.calculs)


def breach_lines(receipt: Receipt) -> Iterator[str]:
    """The rules that rows of a delivery break: how many, where, what to do; never a value."""
    for fault in faults_of(receipt):
        yield from _fault_lines(fault)


def _columns(view: ReceiptView) -> Iterator[str]:
    if view.retirees:
        yield f"Colonnes retirées à la lecture, jamais gardées : {', '.join(view.retirees)}."
    if view.ignorees:
        yield f"Colonnes que la correspondance ignore : {', '.join(view.ignorees)}."


def _fault_lines(fault: Fault) -> Iterator[str]:
    yield f"  {fault.phrase} ({lines(fault.premieres, fault.lignes)})"
    yield f"    Que faire : {fault.remede}"


def _titled(title: str, sentences: list[str] | tuple[str, ...]) -> Iterator[str]:
    if sentences:
        yield title
        yield from (f"  {sentence}" for sentence in sentences)
