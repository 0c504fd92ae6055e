"""The series that a measure makes through the versions of the grid: each version that says it continues the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.lines import FAVOURABLE, MEDIAN
from pipelines.lines import lineages as join_versions

Row = Mapping[str, Any]
QUANTILES, DISTRIBUTION = "quantiles", "repartition"
FINEST_FIRST = ("mois", "trimestre", "annee")


@dataclass(frozen=True)
class Lineage:
    """A series: its measures, oldest first, the category that is its headline, and what its last version says of it.

    `steps`: those by which it is shown, finest first.
    """

    measures: tuple[str, ...]
    category: str
    kind: str
    opinion: bool
    fact: bool
    steps: tuple[str, ...]
    sense: str
    unit: str
    label: str

    @property
    def names(self) -> frozenset[str]:
        """The names under which a person may know it, without version: « OR02.rendue »."""
        return frozenset(each.partition("@")[0] for each in self.measures)


def lineages(measures: pl.DataFrame, categories: pl.DataFrame) -> list[Lineage]:
    """Every series that has a headline, the most recent first.

    `measures`, `categories`: reference.mesures, reference.categories. A distribution without a favourable category has no
    headline, and is left out.
    """
    rows = {row["mesure_id"]: row for row in measures.iter_rows(named=True)}
    joined = join_versions(measures)
    continued = {row["suite_de"] for row in rows.values()}
    last = sorted((each for each in rows if each not in continued), key=_version, reverse=True)
    favourable = set(categories.filter(pl.col("favorable"))["mesure_id"])
    found = [_lineage(joined[each][::-1], rows, favourable) for each in last]
    return [each for each in found if each is not None]


def _lineage(chain: tuple[str, ...], rows: Mapping[str, Row], favourable: set[str]) -> Lineage | None:
    row = rows[chain[-1]]
    kind = str(row["genre"])
    if kind == DISTRIBUTION and not favourable.intersection(chain):
        return None
    return Lineage(
        measures=chain,
        category={QUANTILES: MEDIAN, DISTRIBUTION: FAVOURABLE}.get(kind, ""),
        kind=kind,
        opinion=bool(row["opinion"]),
        fact=bool(row["fait_d_organisation"]),
        steps=tuple(step for step in FINEST_FIRST if step in row["pas"]),
        sense=str(row["sens"]),
        unit=str(row["unite"]),
        label=str(row["libelle"]),
    )


def _version(measure_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in measure_id.partition("@")[2].split(".") if part.isdigit())
