"""A delivery beside its network's own past: correctness, completeness, consistency, timeliness.

Each is compared with the earlier accepted deliveries of the same network and table by the modified z-score of Iglewicz and
Hoaglin (1993), 0.6745 (x - median) / MAD, unusual beyond 3.5: one bad month of the past moves neither median nor MAD.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Literal

from pydantic import BaseModel, ConfigDict

from grids.contract import load_contract
from pipelines.receipt import Receipt
from pipelines.receipts.words import month, number, share

ENOUGH = 5
"""With fewer earlier deliveries a median says nothing."""
UNUSUAL = 3.5
_NORMAL_MAD = 0.6745
"""MAD of a standard normal: makes the score comparable to an ordinary z."""

Values = Mapping[str, float]
"""The value of each dimension that has a meaning for a delivery, by its French name."""
Verdict = Literal["habituel", "inhabituel", "trop_peu"]


class Comparison(BaseModel):
    """One dimension of a delivery: its value (a share, or days), the past's median and MAD, and the sentence that says so."""

    model_config = ConfigDict(frozen=True)
    dimension: str
    valeur: float
    mediane: float | None
    mad: float | None
    precedentes: int
    verdict: Verdict
    phrase: str


@dataclass(frozen=True)
class _Dimension:
    """How a dimension is computed and told. `tolerance`: a smaller difference is never unusual, however steady the past."""

    name: str
    value: Callable[[Receipt], float | None]
    told: Callable[[float], str]
    what: str
    tolerance: float
    lower: str
    higher: str


def earlier_deliveries(receipt: Receipt, receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """The accepted deliveries of the same network and table that came before; all of them for a file only tried."""
    return tuple(
        each
        for each in receipts
        if each.etat == "acceptee"
        and (each.reseau, each.contrat) == (receipt.reseau, receipt.contrat)
        and (receipt.rang == 0 or each.rang < receipt.rang)
    )


def values_of(receipt: Receipt) -> Values:
    """The dimensions of a delivery: shares of its rows or cells, days; one that has no meaning for it is left out."""
    found = {dimension.name: dimension.value(receipt) for dimension in _DIMENSIONS} if receipt.counts else {}
    return {name: value for name, value in found.items() if value is not None}


def compared(receipt: Receipt, past: Sequence[Values]) -> tuple[Comparison, ...]:
    """The dimensions of a delivery, each beside those of the `past`: the earlier deliveries of its network and table."""
    values = values_of(receipt)
    return tuple(
        _comparison(
            dimension,
            values[dimension.name],
            [each[dimension.name] for each in past if dimension.name in each],
            receipt,
        )
        for dimension in _DIMENSIONS
        if dimension.name in values
    )


def robust_z(value: float, past: Sequence[float]) -> float | None:
    """The modified z-score of `value` against `past`; None if at least half of `past` is one same value (MAD of 0)."""
    middle, spread = _median_and_mad(past)
    return _NORMAL_MAD * (value - middle) / spread if spread else None


def verdict_of(value: float, past: Sequence[float], tolerance: float) -> Verdict:
    """Whether `value` is unusual. Where MAD is 0 there is no score: any difference beyond `tolerance` is unusual."""
    if len(past) < ENOUGH:
        return "trop_peu"
    if abs(value - median(past)) <= tolerance:
        return "habituel"
    score = robust_z(value, past)
    return "inhabituel" if score is None or abs(score) > UNUSUAL else "habituel"


def _median_and_mad(past: Sequence[float]) -> tuple[float, float]:
    middle = median(past)
    return middle, median(abs(each - middle) for each in past)


def _comparison(dimension: _Dimension, value: float, past: Sequence[float], receipt: Receipt) -> Comparison:
    verdict = verdict_of(value, past, dimension.tolerance)
    enough = verdict != "trop_peu"
    middle, spread = _median_and_mad(past) if enough else (None, None)
    return Comparison(
        dimension=dimension.name,
        valeur=value,
        mediane=middle,
        mad=spread,
        precedentes=len(past),
        verdict=verdict,
        phrase=f"{dimension.name} : {dimension.told(value)}{dimension.what}{_beside(dimension, value, middle, past)}"
        + (_future(receipt) if dimension.value is _timeliness else ""),
    )


def _beside(dimension: _Dimension, value: float, middle: float | None, past: Sequence[float]) -> str:
    if middle is None:
        before = f"{number(len(past))} avant celle-ci" if past else "aucune avant celle-ci"
        return f" ; trop peu de livraisons pour comparer ({before}, il en faut {ENOUGH})."
    usual = f" ; d'habitude {dimension.told(middle)} (médiane de {number(len(past))} livraisons)"
    if verdict_of(value, past, dimension.tolerance) == "habituel":
        return f"{usual} : habituel."
    return f"{usual} : inhabituel, {dimension.lower if value < middle else dimension.higher}."


def _rows(receipt: Receipt) -> int:
    return receipt.bilan.lues - receipt.bilan.ecartees


def _share_without(receipt: Receipt, rules: set[str] | None) -> float | None:
    rows = _rows(receipt)
    broken = {breach.ligne for breach in receipt.quarantaine if rules is None or breach.regle in rules}
    return (rows - len(broken)) / rows if rows > 0 else None


def _correctness(receipt: Receipt) -> float | None:
    return _share_without(receipt, None)


def _completeness(receipt: Receipt) -> float | None:
    if receipt.mesures is None:
        return None
    filled = [receipt.mesures.remplissage[name] for name in receipt.colonnes if name in receipt.mesures.remplissage]
    cells = receipt.mesures.lignes * len(filled)
    return sum(filled) / cells if cells else None


def _consistency(receipt: Receipt) -> float | None:
    rules = {rule.id for rule in load_contract(receipt.contrat).rules}
    return _share_without(receipt, rules) if rules else None


def _timeliness(receipt: Receipt) -> float | None:
    """Days from the end of the last month delivered to the reception; negative if the month was not over."""
    last = receipt.mesures.dernier_mois if receipt.mesures else None
    if last is None:
        return None
    end = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return float((receipt.recue_le - end).days)


def _future(receipt: Receipt) -> str:
    last = receipt.mesures.dernier_mois if receipt.mesures else None
    if last is None or last <= receipt.recue_le:
        return ""
    return (
        f" Le dernier mois livré, {month(last)}, n'avait pas commencé à la réception : une date est sans doute fausse."
    )


def _days(value: float) -> str:
    shown = f"{abs(value):g}".replace(".", ",")
    days = f"{shown} jour{'s' if abs(value) >= 2 else ''}"
    return f"{days} avant" if value < 0 else f"{days} après"


_DIMENSIONS = (
    _Dimension(
        "Exactitude", _correctness, share, " des lignes sont hors quarantaine", 0.01, "plus bas", "plus haut"
    ),
    _Dimension(
        "Complétude", _completeness, share, " des cases des colonnes livrées sont remplies", 0.01, "plus bas", "plus haut"
    ),
    _Dimension(
        "Cohérence", _consistency, share, " des lignes sont sans contradiction entre colonnes", 0.01, "plus bas",
        "plus haut",
    ),
    _Dimension("Délai", _timeliness, _days, " la fin du dernier mois livré", 1, "plus tôt", "plus tard"),
)  # fmt: skip
