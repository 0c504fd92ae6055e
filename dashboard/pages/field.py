"""One field: its criteria, their measures, each with its charts, its tables and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import reading
from dashboard.charts import comparison as comparison_chart
from dashboard.charts import distribution as distribution_chart
from dashboard.charts import timeline as timeline_chart
from dashboard.components import cards, explanations, frame
from dashboard.components.figures import Drawing, charts_with_tables
from dashboard.components.html import tag, write
from dashboard.components.notices import needs_release
from dashboard.selection import Period, Selection, Unit
from dashboard.text import words
from dashboard.text.typography import capitalised
from dashboard.views import figures, sentences
from dashboard.views.comparison import compare
from dashboard.views.distribution import spread_over_time, spread_over_units
from dashboard.views.measures import DISTRIBUTION, Criterion, Measure
from dashboard.views.timeline import through_time
from dashboard.views.two_views import two_views
from dashboard.views.values import SHARE_OF_RECEPTIONS, Value, Values


@dataclass(frozen=True)
class _Shown:
    """What a field page shows: the choice, the units beside it, the figures."""

    selection: Selection
    units: list[Unit]
    quarters: list[Period]
    values: Values
    quarterly: Values


@needs_release("Principes de délivrance")
def principles() -> None:
    _page("principes", "Principes de délivrance")


@needs_release("Organisation")
def organisation() -> None:
    _page("organisation", "Organisation")


@needs_release("Effets")
def effects() -> None:
    _page("effets", "Effets")


def _page(code: str, title: str) -> None:
    selection = frame.head(title)
    criteria = [criterion for field in reading.quality_fields() if field.code == code for criterion in field.criteria]
    if not criteria:
        write(tag("p", "La grille de cette édition ne mesure encore rien dans ce champ."))
    shown = _Shown(
        selection,
        reading.units(),
        reading.quarters(),
        reading.values(selection.period),
        reading.quarterly_values(selection.unit),
    )
    for criterion in criteria:
        _criterion(criterion, shown)


def _criterion(criterion: Criterion, shown: _Shown) -> None:
    write(f'<div class="criterion-head">{tag("h2", criterion.libelle)}{tag("p", criterion.question, "question")}</div>')
    gap = two_views(criterion, shown.values, shown.selection.unit, shown.selection.period)
    if gap:
        write(tag("p", gap, "gap"))
    for measure in criterion.measures:
        _measure(measure, shown)


def _measure(measure: Measure, shown: _Shown) -> None:
    unit, period = shown.selection.unit, shown.selection.period
    value = shown.values.get(measure, unit, period, measure.headline or "")
    write(
        tag("h3", measure.libelle),
        tag("p", words.NATURES.get(measure.nature, ""), "nature"),
        tag("p", sentences.measure_sentence(measure, shown.values, unit, period), "lead"),
        _figures(measure, value, shown),
    )
    _charts(measure, shown)
    explanations.how_to_read(measure)
    explanations.how_it_is_computed(measure, value)


def _figures(measure: Measure, value: Value, shown: _Shown) -> str:
    if measure.headline is None:
        return ""
    unit, period = shown.selection.unit, shown.selection.period
    now = shown.values.headline(measure, unit, period)
    second = shown.values.get(measure, unit, period, measure.headline, SHARE_OF_RECEPTIONS)
    before = shown.values.headline(measure, unit, period.year_before, like=period)
    return "".join(
        [
            '<div class="figures"><div>',
            tag("p", capitalised(words.AGGREGATION_MEANINGS["moyenne_structures"]), "label"),
            cards.figure(
                figures.point(value, measure.unite),
                figures.range_note(value, measure.unite),
                value,
                measure.sens,
                is_share=measure.is_share,
            ),
            tag("p", figures.solidity(value, answers=measure.counts_answers), "solidity"),
            "</div><div>",
            tag("p", capitalised(words.AGGREGATION_MEANINGS["part_accueils"]), "label"),
            tag("p", figures.figure(second, measure.unite), "second"),
            "</div><div>",
            tag("p", "Un an avant", "label"),
            tag("p", sentences.change_sentence(now, before, period, measure.unite), "change"),
            "</div></div>",
        ]
    )


def _charts(measure: Measure, shown: _Shown) -> None:
    if measure.genre == DISTRIBUTION:
        _distributions(measure, shown)
    if measure.headline is not None:
        _comparison_and_timeline(measure, shown)


def _distributions(measure: Measure, shown: _Shown) -> None:
    unit, period = shown.selection.unit, shown.selection.period
    over_units = spread_over_units(measure, shown.values, shown.units, period)
    draw = distribution_chart.draw
    charts_with_tables(Drawing(f"Réponses par territoire, {period.name}", draw, over_units), key=f"r-{measure.id}")
    if measure.headline is None:
        over_time = spread_over_time(measure, shown.quarterly, unit, shown.quarters)
        charts_with_tables(Drawing(f"Réponses par trimestre, {unit.nom}", draw, over_time), key=f"q-{measure.id}")


def _comparison_and_timeline(measure: Measure, shown: _Shown) -> None:
    unit, period = shown.selection.unit, shown.selection.period
    subject = "Réponses favorables" if measure.genre == DISTRIBUTION else "Valeur"
    compared = compare(measure, shown.values, shown.units, period, unit)
    line = through_time(measure, shown.quarterly, unit, shown.quarters)
    charts_with_tables(
        Drawing(f"{subject} par territoire, {period.name}", comparison_chart.draw, compared),
        Drawing(f"{subject} par trimestre, {unit.nom}", timeline_chart.draw, line),
        key=f"v-{measure.id}",
    )
