"""k-anonymity and l-diversity of the records, as they are and after each declared coarsening, told without any small count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import duckdb
from pydantic import BaseModel, ConfigDict

from grids.anonymity import AnonymityRules, Step
from pipelines.anonymity.classes import EDGES, Classes, count_classes
from pipelines.anonymity.coding import code_records


class ToldDiversity(BaseModel):
    """What a class of similar records teaches of one column.

    `plus_petite`: the smallest number of distinct values in a class. `part_sous_l`: whole percent of the records with that
    column recorded in their class that stand in a class of fewer than l values.
    """

    model_config = ConfigDict(frozen=True)
    colonne: str
    plus_petite: int
    part_sous_l: int


class ToldStep(BaseModel):
    """The figures at one step: what was made coarser, the band of the smallest class, shares in whole percents.

    `part_sous_k`: records in classes smaller than k. `repartition`: records by band of the size of their class.
    """

    model_config = ConfigDict(frozen=True)
    etape: str
    plus_petite_classe: str
    part_sous_k: int
    repartition: dict[str, int]
    diversites: tuple[ToldDiversity, ...]


class Anonymity(BaseModel):
    """The measure, ready for a manifest: never an exact count of records. `atteint`: whether the last step is coarse enough."""

    model_config = ConfigDict(frozen=True)
    k: int
    l: int  # noqa: E741 - its name everywhere else
    part_maximale: int
    atteint: bool
    etapes: tuple[ToldStep, ...]


def measure_anonymity(connection: duckdb.DuckDBPyConnection, rules: AnonymityRules, rows: str) -> Anonymity:
    """Measure `rows` (SQL giving the columns of `rules`, one row a record), coarsened step by step until enough is hidden."""
    values = code_records(connection, rows, rules.quasi_identifiers, rules.sensitive)
    labels: Mapping[str, Sequence[str]] = values
    told = [_told("telles quelles", _count(connection, labels, rules), rules)]
    for step in rules.steps:
        if told[-1].part_sous_k <= rules.largest_share.value:
            break
        labels = _coarsened(labels, step, values[step.column])
        told.append(_told(_sentence(step), _count(connection, labels, rules), rules))
    return Anonymity(
        k=rules.k.value,
        l=rules.l.value,
        part_maximale=rules.largest_share.value,
        atteint=told[-1].part_sous_k <= rules.largest_share.value,
        etapes=tuple(told),
    )


def whole_percent(part: int, whole: int) -> int:
    """A share as a whole percent: 0 and 100 mean none and all, never nearly."""
    return _apart(part, whole, round(100 * part / whole) if whole else 0)


def risk_percent(part: int, whole: int) -> int:
    """A share that tells a risk, as a whole percent: never less than it is, but 100 means all."""
    return _apart(part, whole, -(-100 * part // whole) if whole else 0)


def band_names(k: int) -> list[str]:
    """The bands of class sizes, in words, smallest first."""
    edges = [k, *(edge for edge in EDGES if edge > k)]
    between = [f"{low} à {high - 1}" for low, high in pairwise(edges)]
    return [f"moins de {k}", *between, f"{edges[-1]} et plus"]


def _count(
    connection: duckdb.DuckDBPyConnection, labels: Mapping[str, Sequence[str]], rules: AnonymityRules
) -> Classes:
    return count_classes(connection, labels, rules.sensitive, rules.k.value, rules.l.value)


def _told(sentence: str, classes: Classes, rules: AnonymityRules) -> ToldStep:
    names = band_names(rules.k.value)
    met = [name for name, count in zip(names, classes.by_band, strict=True) if count]
    below_k = risk_percent(classes.by_band[0], classes.records)
    above = [whole_percent(count, classes.records) for count in classes.by_band[1:]]
    return ToldStep(
        etape=sentence,
        plus_petite_classe=met[0] if met else "aucune",
        part_sous_k=below_k,
        repartition=dict(zip(names, [below_k, *above], strict=True)),
        diversites=tuple(
            ToldDiversity(colonne=name, plus_petite=each.smallest, part_sous_l=risk_percent(each.below, each.recorded))
            for name, each in classes.diversities.items()
        ),
    )


def _apart(part: int, whole: int, percent: int) -> int:
    if part in (0, whole):
        return 100 if part else 0
    return min(99, max(1, percent))


def _coarsened(labels: Mapping[str, Sequence[str]], step: Step, values: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The label of each value of each column that still singles out, once the step is applied."""
    if step.becomes == "retiree":
        return {name: given for name, given in labels.items() if name != step.column}
    return {**labels, step.column: _coarser(step, values)}


def _coarser(step: Step, values: Sequence[str]) -> list[str]:
    if step.becomes == "annee":
        return [value[:4] for value in values]
    if step.becomes == "trimestre":
        return [f"{value[:4]}-T{(int(value[5:7]) + 2) // 3}" for value in values]
    return [step.groups.get(value, value) for value in values]


def _sentence(step: Step) -> str:
    if step.becomes == "retiree":
        return f"sans {step.column}"
    return f"{step.column} par {step.becomes}" if step.becomes else f"{step.column} regroupée"
