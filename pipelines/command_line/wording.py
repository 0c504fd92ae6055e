"""What the command line says: receipts and outcomes as French sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from grids.contract import load_contract
from pipelines.receipt import Receipt
from pipelines.validation.rules import Rule, rules_of

_LINES_TOLD = 5


def receipt_lines(receipt: Receipt) -> Iterator[str]:
    """A receipt in sentences: what was read, where each row went, what to mend."""
    if receipt.etat == "refusee":
        yield f"Refusé : {receipt.refus}"
        yield f"  Que faire : {receipt.remede}"
        return
    balance = receipt.bilan
    yield f"{_counted(balance.lues, 'ligne lue')} : {_whereabouts(receipt)}."
    if receipt.retirees:
        yield f"Colonnes retirées à la lecture, jamais gardées : {', '.join(receipt.retirees)}."
    yield from breach_lines(receipt)


def breach_lines(receipt: Receipt) -> Iterator[str]:
    """The rules that rows of a delivery break: how many, where, what to do; never a value."""
    rules = {(rule.column, rule.name): rule for rule in rules_of(load_contract(receipt.contrat))}
    for (column, name), count in Counter((each.colonne, each.regle) for each in receipt.quarantaine).items():
        lines = [each.ligne for each in receipt.quarantaine if (each.colonne, each.regle) == (column, name)]
        yield from _breach(rules[column, name], lines, count)


def number(value: int) -> str:
    """A whole number as French writes it."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _breach(rule: Rule, lines: list[int], count: int) -> Iterator[str]:
    told = ", ".join(str(line) for line in lines[:_LINES_TOLD]) + ("…" if count > _LINES_TOLD else "")
    yield f"  {rule.sentence} ({'ligne' if count == 1 else 'lignes'} {told})"
    yield f"    Que faire : {rule.remedy}"


def _whereabouts(receipt: Receipt) -> str:
    balance = receipt.bilan
    parts = [
        (balance.nouvelles, "nouvelle"),
        (balance.remplacantes, "remplaçante"),
        (balance.repetees, "déjà connue"),
    ]
    said = [_counted(count, word) for count, word in parts if count]
    if balance.quarantaine:
        said.append(f"{number(balance.quarantaine)} en quarantaine")
    said += [f"{_counted(count, 'écartée')} ({reason})" for reason, count in receipt.motifs_ecart.items()]
    return ", ".join(said) or "rien à garder"


def _counted(count: int, word: str) -> str:
    plural = " ".join(part if part == "déjà" else f"{part}s" for part in word.split())
    return f"{number(count)} {plural if count > 1 else word}"
