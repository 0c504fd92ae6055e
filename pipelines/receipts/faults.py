"""The faults of a delivery: each rule that rows break, how many, where the first stand, what to do; never a value."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from pydantic import BaseModel, ConfigDict

from grids.contract import load_contract
from pipelines.receipt import Receipt
from pipelines.validation.rules import Rule, rules_of

LINES_TOLD = 5


class Fault(BaseModel):
    """One rule broken by `lignes` rows, of which the first stand at `premieres`."""

    model_config = ConfigDict(frozen=True)
    colonne: str
    regle: str
    phrase: str
    remede: str
    lignes: int
    premieres: tuple[int, ...]


def faults_of(receipt: Receipt) -> tuple[Fault, ...]:
    """The faults of an accepted or read delivery, the most frequent first."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for breach in receipt.quarantaine:
        found[breach.colonne, breach.regle].append(breach.ligne)
    rules = _rules(receipt.contrat) if found else {}
    faults = [_fault(key, lines, rules.get(key)) for key, lines in found.items()]
    return tuple(sorted(faults, key=lambda fault: (-fault.lignes, fault.premieres)))


@cache
def _rules(table: str) -> dict[tuple[str, str], Rule]:
    return {(rule.column, rule.name): rule for rule in rules_of(load_contract(table))}


def _fault(key: tuple[str, str], lines: list[int], rule: Rule | None) -> Fault:
    column, name = key
    return Fault(
        colonne=column,
        regle=name,
        phrase=rule.sentence if rule else f"La règle « {name} » de la colonne « {column} » n'était pas tenue.",
        remede=rule.remedy if rule else "Cette règle n'existe plus dans le contrat : livrez de nouveau le fichier.",
        lignes=len(lines),
        # Below 1 a number points to no line: the row was of a year that is closed.
        premieres=tuple(sorted(line for line in lines if line > 0)[:LINES_TOLD]),
    )
