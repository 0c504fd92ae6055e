"""A version of the grid as the pages go through it: field, criterion, indicator, measure; with what waits or is declined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from dashboard.text import words
from dashboard.views.measures import INDEX, PERCEIVED, TOGETHER, Category, Measure
from grids import model
from grids.register import networks


@dataclass(frozen=True)
class Waiting:
    """A measure that the grid defines and nothing can count yet."""

    libelle: str
    reason: str


@dataclass(frozen=True)
class Declined:
    """A network that declines an indicator, and why."""

    reseau: str
    nom: str
    reason: str
    since: date


@dataclass(frozen=True)
class Indicator:
    """An indicator: its measures, the headline first, and what a reader must know of it."""

    id: str
    libelle: str
    noyau: bool = False
    references: tuple[str, ...] = ()
    pending: str = ""
    measures: tuple[Measure, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    declined: tuple[Declined, ...] = ()

    @property
    def declining(self) -> frozenset[str]:
        """The codes of the networks that decline it."""
        return frozenset(each.reseau for each in self.declined)


@dataclass(frozen=True)
class Criterion:
    """A criterion, the question that it asks, and its indicators."""

    code: str
    libelle: str
    question: str
    indicators: tuple[Indicator, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for indicator in self.indicators for measure in indicator.measures)

    def lead(self, niveau: str) -> Measure | None:
        """The measure that stands for the criterion at a level.

        One that is shown and compared there; what people say first, then the core of the grid.
        """

        def rank(each: Measure) -> tuple[bool, ...]:
            return (
                not each.shown_at(niveau),
                each.comparaison != TOGETHER,
                each.nature != PERCEIVED,
                not each.noyau,
            )

        return min(self.measures, key=rank, default=None)


@dataclass(frozen=True)
class Field:
    """One of the fields of the cahier des charges."""

    code: str
    libelle: str
    criteria: tuple[Criterion, ...]


def fields(
    grid: model.Grid, measures: Iterable[Measure], declined: Mapping[str, tuple[Declined, ...]]
) -> tuple[Field, ...]:
    """The fields of a version that speak of the service, in its order; `declined` by indicator."""
    by_indicator: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.version == grid.version:
            by_indicator.setdefault(measure.indicateur_id, []).append(_with_parts(measure, grid))
    found = {
        name: _indicator(name, indicator, tuple(by_indicator.get(name, ())), declined.get(name, ()))
        for name, indicator in grid.indicators.items()
    }
    return tuple(
        Field(code, libelle, _criteria(grid, code, found))
        for code, libelle in grid.field_labels.items()
        if code != model.PROCESS
    )


def read_declined(frame: pl.DataFrame) -> dict[str, tuple[Declined, ...]]:
    """By indicator, from reference.refus."""
    names = _network_names()
    groups: dict[str, tuple[Declined, ...]] = {}
    for indicator, code, reason, since in frame.select("indicateur_id", "reseau", "raison", "depuis").iter_rows():
        groups[indicator] = (*groups.get(indicator, ()), Declined(code, names.get(code, code), reason, since))
    return groups


def _criteria(grid: model.Grid, field: str, found: Mapping[str, Indicator]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(code, each.label, each.question, _indicators(grid, code, found))
        for code, each in grid.criteria.items()
        if each.field == field
    )


def _indicators(grid: model.Grid, criterion: str, found: Mapping[str, Indicator]) -> tuple[Indicator, ...]:
    return tuple(found[name] for name, each in grid.indicators.items() if each.criterion == criterion)


def _indicator(
    name: str, written: model.Indicator, measures: tuple[Measure, ...], declined: tuple[Declined, ...]
) -> Indicator:
    return Indicator(
        id=name,
        libelle=written.label,
        noyau=written.core,
        references=tuple(
            f"{words.FRAMEWORKS[each.framework]}, {each.code} : {each.label}" for each in written.references
        ),
        pending=written.pending,
        measures=measures,
        waiting=tuple(Waiting(each.label, each.pending) for each in written.measures.values() if each.pending),
        declined=declined,
    )


def _with_parts(measure: Measure, grid: model.Grid) -> Measure:
    name = measure.id.partition("@")[0].partition(".")[2]
    written = grid.indicators[measure.indicateur_id].measures[name]
    if measure.genre == INDEX:
        return replace(measure, parts=tuple(Category(code, item.label) for code, item in written.items.items()))
    if "partenaire" in written.breakdowns:
        return replace(measure, parts=tuple(Category(code, name) for code, name in _network_names().items()))
    return measure


def _network_names() -> dict[str, str]:
    return {each.code: each.name for each in networks()}
