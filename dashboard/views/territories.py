"""One measure by département and by zone d'emploi: what its maps, its charts and their tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from dashboard.access import DEPARTMENT, REGION
from dashboard.selection import Period, Unit
from dashboard.text import words
from dashboard.theme import COLOURED_SENSES
from dashboard.views import figures
from dashboard.views.catalogue import Field
from dashboard.views.comparison import Comparison, Row, axis_title
from dashboard.views.measures import TOGETHER, Measure
from dashboard.views.tables import Table
from dashboard.views.territory_findings import DEPARTMENTS, ZONES, Kind, Told, apart, finding, with_figure
from dashboard.views.territory_map import Area, Scale, TerritoryMap, scale_of, shown_name
from dashboard.views.values import ABSENT, MEAN_OF_STRUCTURES, Value, Values
from grids.territories import Shape

BY_YEAR = "La qualité par territoire se lit par année seulement."
NO_ZONE = "non diffusé ou trop peu de structures"
ZONE_RULE = (
    "Une zone d'emploi a un chiffre à partir de cinq structures publiées, d'au moins deux réseaux : la moyenne de ces "
    "structures, où chacune compte autant. La zone de Redon n'est montrée que pour sa partie bretonne."
)

Zones = Mapping[tuple[str, str], Mapping[str, Value]]
"""(measure, category) → zone d'emploi → value."""


def read_zones(frame: pl.DataFrame) -> Zones:
    """From the columns of quality.territoires of one year."""
    found: dict[tuple[str, str], dict[str, Value]] = {}
    columns = ("mesure_id", "categorie", "zone_emploi", "valeur", "basse", "haute", "structures")
    for measure_id, category, zone, point, low, high, structures in frame.select(*columns).iter_rows():
        value = Value("ok", valeur=point, basse=low, haute=high, structures=structures)
        found.setdefault((measure_id, category), {})[zone] = value
    return found


def offered(fields: Iterable[Field], values: Values, departments: Sequence[Unit], period: Period) -> list[Measure]:
    """The measures that some département tells in a year: those of the core first, each in the order of the grid."""
    every = [each for field in fields for criterion in field.criteria for each in criterion.measures]
    told = [each for each in every if _compares(each) and with_figure(by_department(each, values, departments, period))]
    return sorted(told, key=lambda measure: not measure.noyau)


def by_department(measure: Measure, values: Values, departments: Sequence[Unit], period: Period) -> list[Told]:
    """The headline of each département."""
    return [Told(unit.id, unit.nom, values.headline(measure, unit, period)) for unit in departments]


def parted(measures: Sequence[Measure], values: Values, departments: Sequence[Unit], period: Period) -> list[Measure]:
    """Those for which the ranges of two départements do not touch."""
    return [each for each in measures if apart(by_department(each, values, departments, period))]


def by_zone(measure: Measure, zones: Zones, shapes: Sequence[Shape]) -> list[Told]:
    """The mean of each zone d'emploi, by name; ABSENT where the edition has none."""
    known = zones.get((measure.id, measure.headline or ""), {})
    named = sorted(shapes, key=lambda shape: shape.name.casefold())
    return [Told(shape.code, shown_name(shape), known.get(shape.code, ABSENT)) for shape in named]


def department_map(
    measure: Measure, told: Sequence[Told], shapes: Sequence[Shape], period: Period, compared: Comparison, chosen: str
) -> TerritoryMap:
    """The four départements, with their name and figure written on them; `chosen`: the code of one, or of none."""
    labels = {each.code: f"{each.name}\n{figures.point(each.value, measure.shown_unit)}" for each in told}
    drawn = _map(measure, told, shapes, period, DEPARTMENTS, labels, words.HIDDEN, compared.table)
    return replace(drawn, areas=tuple(replace(area, chosen=area.code == chosen) for area in drawn.areas))


def zone_map(
    measure: Measure, told: Sequence[Told], shapes: Sequence[Shape], period: Period, compared: Comparison
) -> TerritoryMap:
    """The zones d'emploi, with the figure of those that have one."""
    labels = {each.code: figures.point(each.value, measure.shown_unit) for each in told if each.value.shown}
    return _map(measure, told, shapes, period, ZONES, labels, NO_ZONE, compared.table)


@dataclass(frozen=True)
class ComparedZones(Comparison):
    """The zones that have a figure; its table has the others too, as the map beside it."""

    every: Table = field(kw_only=True)

    @property
    def table(self) -> Table:
        return self.every


def compared_zones(measure: Measure, told: Sequence[Told], whole: Row, period: Period) -> ComparedZones:
    """The zones that have a figure, by name, under the region."""
    return ComparedZones(
        title=f"{measure.libelle}, par zone d'emploi",
        period=period.name,
        unite=measure.shown_unit,
        sens=measure.sens,
        answers=measure.counts_answers,
        rows=(whole, *(Row(each.name, each.value) for each in told if each.value.shown)),
        by="zone d'emploi",
        axis=axis_title(measure, MEAN_OF_STRUCTURES),
        header=words.aggregation(MEAN_OF_STRUCTURES),
        ranged=measure.has_ranges,
        every=_zone_table(measure, told, whole, period),
    )


def compared_departments(units: Iterable[Unit]) -> list[Unit]:
    """The region, then the départements."""
    return [unit for unit in units if unit.niveau in (REGION, DEPARTMENT)]


def instead(asked: str, measure: Measure) -> str:
    """What is said when the address asks for a measure that no territory tells."""
    return f"La mesure « {asked} » n'a pas de chiffre par territoire pour cette période : voici « {measure.libelle} »."


def all_networks(unit: Unit) -> str:
    """What is said on a network: the maps are of all of them."""
    return f"Les cartes réunissent tous les réseaux ; le réseau {unit.nom} se lit plus bas, selon le public."


def _zone_table(measure: Measure, told: Sequence[Told], whole: Row, period: Period) -> Table:
    """The region, then every zone by name, with its range and how many structures its mean is of."""
    unit = measure.shown_unit
    rows = ((whole.label, whole.drawn), *((each.name, each.value) for each in told))
    cells = tuple((name, *_cells(value, unit)) for name, value in rows)
    header = ("Zone d'emploi", words.aggregation(MEAN_OF_STRUCTURES), "Fourchette", "Structures")
    return Table(f"{measure.libelle}, par zone d'emploi, {period.name}", header, cells)


def _cells(value: Value, unit: str) -> tuple[str, str, str]:
    point = figures.point(value, unit) if value.shown else NO_ZONE
    return point, figures.span(value, unit) or "–", str(value.structures or "–")


def _map(
    measure: Measure,
    told: Sequence[Told],
    shapes: Sequence[Shape],
    period: Period,
    kind: Kind,
    labels: Mapping[str, str],
    silent: str,
    table: Table,
) -> TerritoryMap:
    unit = measure.shown_unit
    scale = scale_of([each.value.valeur for each in with_figure(told) if each.value.valeur is not None], unit)
    outlines = {shape.code: shape.rings for shape in shapes}
    areas = tuple(
        Area(each.code, each.name, _said(each, unit, silent), _step(each.value, scale), labels.get(each.code, ""))
        for each in told
    )
    return TerritoryMap(
        title=f"{measure.libelle}, par {kind.one}, {period.name}",
        finding=finding(measure, told, kind),
        steps=scale.words(unit),
        silent=silent,
        areas=tuple(replace(area, rings=outlines.get(area.code, ())) for area in areas),
        table=table,
        coloured=measure.sens in COLOURED_SENSES,
    )


def _step(value: Value, scale: Scale) -> int | None:
    return scale.step(value.valeur) if value.shown and value.valeur is not None else None


def _said(told: Told, unit: str, silent: str) -> str:
    return f"{told.name} : {figures.figure(told.value, unit) if told.value.shown else silent}"


def _compares(measure: Measure) -> bool:
    return measure.headline is not None and measure.comparaison == TOGETHER and measure.shown_at(DEPARTMENT)
