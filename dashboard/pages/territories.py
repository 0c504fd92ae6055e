"""Territoires: whether quality is the same wherever one is received, what places offer, equal access by public."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import cache, filters, reading
from dashboard.access import DEPARTMENT, NETWORK
from dashboard.charts import comparison as comparison_chart
from dashboard.components import cards, frame, maps, notices
from dashboard.components.elsewhere import periods_instead
from dashboard.components.figures import Drawing
from dashboard.components.html import tag, words, write
from dashboard.components.notices import needs_release
from dashboard.pages.breakdown import show_breakdown
from dashboard.queries import territories as queries
from dashboard.selection import CRITERION, TERRITORY, Selection, Unit
from dashboard.text import dates
from dashboard.views import availability, explanation, publics, supply, territories, territory_map
from dashboard.views import territory_findings as findings
from dashboard.views.comparison import Comparison, compare, row_of
from dashboard.views.measures import Measure
from dashboard.views.territory_map import TerritoryMap
from dashboard.views.values import Values
from grids.territories import shapes

TITLE = "Territoires"
PATH = "territoires"
MEASURE, SUPPLY = "mesure", "offre"
MOST_WAYS = 3


@dataclass(frozen=True)
class Shown:
    """The choice, the units that an edition tells, the départements among them, and the figures of the year."""

    selection: Selection
    units: list[Unit]
    values: Values

    @property
    def departments(self) -> list[Unit]:
        return [unit for unit in self.units if unit.niveau == DEPARTMENT]


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    if selection.period.pas == dates.YEAR:
        _quality(Shown(selection, reading.units(), reading.values(selection.period)))
    else:
        _by_year_only(selection)
    _supply()


def _by_year_only(selection: Selection) -> None:
    years = reading.periods_by(dates.YEAR)
    write(cards.opening([territories.BY_YEAR, findings.ONLY_THOSE_WHO_CAME]))
    periods_instead(availability.longer(selection.period, years) or years[:1])


def _quality(shown: Shown) -> None:
    period = shown.selection.period
    fields = reading.quality_fields(period)
    offered = territories.offered(fields, shown.values, shown.departments, period)
    looked = findings.looked_at(offered)
    parted = territories.parted(looked, shown.values, shown.departments, period)
    answer = f"{findings.QUESTION} {findings.opening(looked, parted, period)}"
    write(
        cards.opening([answer, findings.ONLY_THOSE_WHO_CAME]),
        _ways_to_measures("À regarder ensemble :", parted, shown.selection),
    )
    if not offered:
        return
    measure = _chosen(offered)
    _way_to_measure(measure, shown.selection)
    _departments(measure, shown)
    _zones(measure, shown)
    _publics(measure, offered, shown)


def _chosen(offered: list[Measure]) -> Measure:
    asked, known = filters.asked(MEASURE), {measure.name: measure for measure in offered}
    measure = known.get(asked, offered[0])
    if asked and asked not in known:
        notices.refusals((territories.instead(asked, measure),))
    filters.choose("Mesure", MEASURE, {name: each.libelle for name, each in known.items()}, measure.name)
    return measure


def _ways_to_measures(before: str, measures: list[Measure], selection: Selection) -> str:
    """This very page on some other measures; nothing without any."""
    links = (
        f'<a target="_self" href="{cards.address(PATH, {**selection.query, MEASURE: each.name})}">{words(each.libelle)}</a>'
        for each in measures[:MOST_WAYS]
    )
    return f'<p class="contents">{words(before)} {" · ".join(links)}</p>' if measures else ""


def _way_to_measure(measure: Measure, selection: Selection) -> None:
    href = cards.address(measure.champ, {**selection.query, CRITERION: measure.critere})
    label = words(f"Lire cette mesure en détail : {measure.critere_libelle}")
    write(f'<p><a class="more" target="_self" href="{href}">{label}</a></p>')


def _departments(measure: Measure, shown: Shown) -> None:
    period, layer = shown.selection.period, shapes("departements")
    told = territories.by_department(measure, shown.values, shown.departments, period)
    units = territories.compared_departments(shown.units)
    compared = compare(measure, shown.values, units, period, shown.selection.unit)
    drawn = territories.department_map(measure, told, layer, period, compared, shown.selection.unit.id)
    write(tag("h2", "Par département"), tag("p", drawn.finding, "said"), _all_networks(shown.selection.unit))
    _map(f"Carte des départements, {period.name}", drawn, measure, compared, "departements")
    write(_ways_to_departments(shown))


def _zones(measure: Measure, shown: Shown) -> None:
    period, layer = shown.selection.period, shapes("zones_emploi")
    zones = territories.read_zones(cache.load(queries.zones, debut=period.debut))
    told = territories.by_zone(measure, zones, layer)
    said = tag("p", findings.finding(measure, told, findings.ZONES), "said")
    write(tag("h2", "Par zone d'emploi"), said, tag("p", territories.ZONE_RULE, "muted"))
    if not any(each.value.shown for each in told):
        return
    region = shown.units[0]
    whole = row_of(region.nom, measure, shown.values, region, period, whole=True)
    compared = territories.compared_zones(measure, told, whole, period)
    drawn = territories.zone_map(measure, told, layer, period, compared)
    _map(f"Carte des zones d'emploi, {period.name}", drawn, measure, compared, "zones")


def _map(title: str, drawn: TerritoryMap, measure: Measure, compared: Comparison, key: str) -> None:
    how = explanation.READING["comparison" if measure.has_ranges else "fact"]
    subject = "Valeur et fourchette" if measure.has_ranges else "Valeur"
    beside = Drawing(f"{subject} par {compared.by}", comparison_chart.draw, compared, reading=how)
    maps.map_with_table(title, drawn, reading=territory_map.READING, key=key, beside=beside)


def _all_networks(unit: Unit) -> str:
    return tag("p", territories.all_networks(unit), "muted") if unit.niveau == NETWORK else ""


def _ways_to_departments(shown: Shown) -> str:
    query = shown.selection.query
    links = (
        f'<a target="_self" href="{cards.address("synthese", {**query, TERRITORY: each.id})}">{words(each.nom)}</a>'
        for each in shown.departments
    )
    return f'<p class="contents">{words("Lire un département :")} {" · ".join(links)}</p>'


def _publics(measure: Measure, offered: list[Measure], shown: Shown) -> None:
    selection = shown.selection
    told = None if selection.unit.niveau == DEPARTMENT else reading.breakdowns(selection.unit, selection.period)
    by_public = publics.of_publics(told)
    apart = publics.why_not(measure, by_public)
    write(tag("h2", "Selon le public"), tag("p", publics.QUESTION, "said"), tag("p", apart))
    if apart:
        others = [each for each in offered if not publics.why_not(each, by_public)]
        write(_ways_to_measures("Mesures ainsi détaillées :", others, selection))
        return
    show_breakdown(measure, shown.values, by_public, selection, flat=True)


def _supply() -> None:
    told, layer = supply.read_supply(cache.load(queries.supply)), shapes("epci")
    write(tag("h2", "Ce que les lieux proposent, par EPCI"), tag("p", supply.WHAT_IT_IS, "muted"))
    if not told.facts:
        write(tag("p", supply.NOTHING))
        return
    asked = filters.asked(SUPPLY)
    found = supply.fact_asked(told, asked)
    fact = found or told.first
    if asked and not found:
        notices.refusals((supply.instead(asked, told.facts[fact]),))
    filters.choose("Ce que le lieu propose", SUPPLY, told.facts, fact)
    drawn = supply.supply_map(told, fact, layer)
    write(tag("p", drawn.finding, "said"))
    maps.map_with_table(f"{told.facts[fact]}, par EPCI", drawn, reading=territory_map.SUPPLY_READING, key="offre")
    write(tag("p", territory_map.SOURCE, "muted"))
