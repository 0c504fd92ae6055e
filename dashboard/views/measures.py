"""The measures of the grid, as the pages go through them: field, criterion, measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

FAVOURABLE = "favorable"
SHARE, DISTRIBUTION, QUANTILES = "part", "repartition", "quantiles"
MEDIAN, NINTH_DECILE = "p50", "p90"
PERCEIVED, RENDERED = "percue", "rendue"


@dataclass(frozen=True)
class Category:
    """One answer of a distribution."""

    code: str
    libelle: str
    favorable: bool


@dataclass(frozen=True)
class Clause:
    """A clause of the cahier des charges."""

    id: str
    texte: str


@dataclass(frozen=True)
class Measure:
    """One measure of an indicator, with its answers and the clauses it evidences."""

    id: str
    indicateur: str
    champ: str
    champ_libelle: str
    critere: str
    critere_libelle: str
    critere_question: str
    genre: str
    nature: str
    base_libelle: str
    sens: str
    unite: str
    libelle: str
    definition: str
    detournement: str | None
    calcul: str
    version: str
    categories: tuple[Category, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def headline(self) -> str | None:
        """The category of the figure that stands for the measure; None when no answer is better than another."""
        if self.genre == DISTRIBUTION:
            return FAVOURABLE if any(category.favorable for category in self.categories) else None
        return MEDIAN if self.genre == QUANTILES else ""

    @property
    def telling_category(self) -> str:
        """The category whose state tells whether the measure can be shown."""
        return self.categories[0].code if self.headline is None else self.headline

    @property
    def counts_answers(self) -> bool:
        """Whether people's answers are counted, rather than receptions."""
        return self.nature != RENDERED

    @property
    def is_share(self) -> bool:
        """Whether its figures go from 0 to 100 %."""
        return self.genre != QUANTILES


@dataclass(frozen=True)
class Criterion:
    """A criterion and its measures, the lead one first: what the person says comes before what the team notes."""

    code: str
    libelle: str
    question: str
    measures: tuple[Measure, ...]

    @property
    def lead(self) -> Measure:
        return self.measures[0]


@dataclass(frozen=True)
class Field:
    """One of the three fields of the cahier des charges."""

    code: str
    libelle: str
    criteria: tuple[Criterion, ...]


def read_measures(measures: pl.DataFrame, categories: pl.DataFrame, clauses: pl.DataFrame) -> list[Measure]:
    """Measures in the order of the grid, from the three reference frames."""
    # « favorable » gathers answers; it is not one of them, and would be counted twice beside them.
    answers = _grouped(
        categories.filter(pl.col("categorie") != FAVOURABLE), ("categorie", "libelle", "favorable"), Category
    )
    evidence = _grouped(clauses, ("clause_id", "texte"), Clause)
    kept = [name for name in Measure.__dataclass_fields__ if name in measures.columns]
    return [
        Measure(
            id=row["mesure_id"],
            categories=answers.get(row["mesure_id"], ()),
            clauses=evidence.get(row["mesure_id"], ()),
            **{name: row[name] for name in kept},
        )
        for row in measures.iter_rows(named=True)
    ]


def _grouped(frame: pl.DataFrame, columns: tuple[str, ...], kind: type) -> dict[str, tuple]:
    groups: dict[str, tuple] = {}
    for measure_id, *row in frame.select("mesure_id", *columns).iter_rows():
        groups[measure_id] = (*groups.get(measure_id, ()), kind(*row))
    return groups


def fields(measures: Iterable[Measure]) -> list[Field]:
    """The fields, in the order in which the measures name them."""
    by_field: dict[str, list[Measure]] = {}
    for measure in measures:
        by_field.setdefault(measure.champ, []).append(measure)
    return [Field(code, group[0].champ_libelle, _criteria(group)) for code, group in by_field.items()]


def _criteria(measures: list[Measure]) -> tuple[Criterion, ...]:
    by_criterion: dict[str, list[Measure]] = {}
    for measure in measures:
        by_criterion.setdefault(measure.critere, []).append(measure)
    return tuple(
        Criterion(code, group[0].critere_libelle, group[0].critere_question, _lead_first(group))
        for code, group in by_criterion.items()
    )


def _lead_first(measures: list[Measure]) -> tuple[Measure, ...]:
    return tuple(sorted(measures, key=lambda measure: measure.nature != PERCEIVED))
