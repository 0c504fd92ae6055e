"""One measure of one unit in one year, modality by modality of one breakdown: never two breakdowns crossed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.access import DEPARTMENT
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates, numbers, words
from dashboard.views.comparison import Comparison, axis_title, row_of
from dashboard.views.distribution import Distribution, spread_of
from dashboard.views.measures import Measure
from dashboard.views.values import MEAN_OF_STRUCTURES, Values, read_values

TOGETHER = "Ensemble"
BY_YEAR = "Le détail selon le canal, la situation ou l'âge se lit par année seulement."
NOT_HERE = "Le détail selon le canal, la situation ou l'âge se lit pour la région et pour chaque réseau seulement."
NOTHING = "Pas de détail selon le canal, la situation ou l'âge pour ce territoire et cette année."
ALL_HIDDEN = (
    "Aucune modalité n'est diffusée ici, pour qu'on ne puisse reconnaître personne. "
    "Cela ne dit rien de bon ni de mauvais sur l'accueil."
)


@dataclass(frozen=True)
class Breakdown:
    """A breakdown: its code, its name after « selon », its modalities by code, in order."""

    code: str
    label: str
    modalities: Mapping[str, str]


@dataclass(frozen=True)
class Breakdowns:
    """Every breakdown, with the figures of one unit in one year by (breakdown, modality)."""

    every: tuple[Breakdown, ...]
    values: Mapping[tuple[str, str], Values]

    def of(self, measure: Measure) -> list[Breakdown]:
        """Those by which the edition tells a measure."""
        return [each for each in self.every if any(self._tells(measure, each.code, code) for code in each.modalities)]

    def at(self, breakdown: Breakdown, modality: str) -> Values:
        """The figures of one modality."""
        return self.values.get((breakdown.code, modality), Values({}))

    def _tells(self, measure: Measure, breakdown: str, modality: str) -> bool:
        cells = self.values.get((breakdown, modality), Values({})).cells
        return any(key[0] == measure.id for key in cells)


def read_breakdowns(figures: pl.DataFrame, modalities: pl.DataFrame) -> Breakdowns:
    """From quality.ventilations of one unit and year, and reference.modalites in order."""
    columns = ("ventilation", "ventilation_libelle", "modalite", "libelle")
    named: dict[str, tuple[str, dict[str, str]]] = {}
    for code, label, modality, name in modalities.select(*columns).iter_rows():
        named.setdefault(code, (label, {}))[1][modality] = name
    parts = figures.partition_by("ventilation", "modalite", as_dict=True)
    return Breakdowns(
        tuple(Breakdown(code, *named[code]) for code in sorted(named, key=_rank)),
        {(str(code), str(modality)): read_values(frame) for (code, modality), frame in parts.items()},
    )


def why_no_breakdown(selection: Selection) -> str:
    """A sentence when nothing is ever told modality by modality for such a choice; empty otherwise."""
    if selection.unit.niveau == DEPARTMENT:
        return NOT_HERE
    return "" if selection.period.pas == dates.YEAR else BY_YEAR


def _rank(code: str) -> int:
    known = list(words.BREAKDOWNS)
    return known.index(code) if code in known else len(known)


def instead(asked: str, chosen: Breakdown) -> str:
    """What is said when the edition does not tell a measure by the breakdown that the address asks for."""
    label = words.BREAKDOWNS.get(asked, asked)
    return f"Cette mesure n'est pas détaillée selon « {label} » : voici selon {chosen.label}."


def title(offered: list[Breakdown]) -> str:
    """« Selon le canal, la situation de la personne et l'âge »."""
    return f"Selon {numbers.listed(each.label for each in offered)}"


def by_modality(
    measure: Measure, values: Values, told: Breakdowns, breakdown: Breakdown, unit: Unit, period: Period
) -> Comparison:
    """The headline of a unit for each modality, in the order of the breakdown, under that of everybody together."""
    rows = [row_of(TOGETHER, measure, values, unit, period, whole=True)]
    rows += [
        row_of(name, measure, told.at(breakdown, code), unit, period) for code, name in breakdown.modalities.items()
    ]
    return Comparison(
        title=f"{measure.libelle}, selon {breakdown.label}",
        period=f"{unit.nom}, {period.name}",
        unite=measure.shown_unit,
        sens=measure.sens,
        answers=measure.counts_answers,
        rows=tuple(rows),
        by="modalité",
        axis=axis_title(measure, MEAN_OF_STRUCTURES),
        header=words.aggregation(MEAN_OF_STRUCTURES),
        ranged=measure.has_ranges,
    )


def spread_by_modality(
    measure: Measure, values: Values, told: Breakdowns, breakdown: Breakdown, unit: Unit, period: Period
) -> Distribution:
    """The answers of a unit for each modality, under those of everybody together."""
    rows = [spread_of(TOGETHER, measure, values, unit, period)]
    rows += [
        spread_of(name, measure, told.at(breakdown, code), unit, period) for code, name in breakdown.modalities.items()
    ]
    subject = f"selon {breakdown.label}, {unit.nom}, {period.name}"
    return Distribution(measure.libelle, subject, "Modalité", measure.categories, tuple(rows))


def none_told(measure: Measure, told: Breakdowns, breakdown: Breakdown, unit: Unit, period: Period) -> bool:
    """Whether no modality of a breakdown has a figure to show."""
    return not any(told.at(breakdown, code).headline(measure, unit, period).told for code in breakdown.modalities)
