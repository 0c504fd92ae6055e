"""One measure on a field page: the sentence, the figure, the year before, the charts with their tables, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from dashboard.charts import comparison as comparison_chart
from dashboard.charts import distribution as distribution_chart
from dashboard.components import cards, explanations
from dashboard.components.elsewhere import periods_instead
from dashboard.components.figures import Drawing, charts_with_tables
from dashboard.components.html import said, tag, write
from dashboard.pages import conclusions
from dashboard.pages.breakdown import show_breakdown
from dashboard.pages.shown import Shown
from dashboard.selection import Selection
from dashboard.text import words
from dashboard.text.typography import capitalised
from dashboard.views import availability, changes, decomposition, figures
from dashboard.views.catalogue import Indicator
from dashboard.views.comparison import compare, parts_of
from dashboard.views.distribution import spread_over_time, spread_over_units
from dashboard.views.explanation import READING, delay_note, reading_of_units
from dashboard.views.measures import DISTRIBUTION, NEVER, SAME_NETWORK, TOGETHER, Measure
from dashboard.views.values import ABSENT, MEAN_OF_STRUCTURES, SHARE_OF_RECEPTIONS, Value

_NOT_COMPARED = {
    NEVER: "Cette mesure ne se compare jamais d'un territoire à l'autre.",
    SAME_NETWORK: "Cette mesure ne se compare qu'entre structures d'un même réseau.",
}


def show_measure(measure: Measure, indicator: Indicator, shown: Shown, *, folded: bool) -> None:
    """Draw one measure for the unit and period chosen, or say why there is nothing to draw.

    `folded`: its charts are drawn only once they are asked for.
    """
    write(tag("h4", measure.libelle), tag("p", _nature(measure), "nature"))
    apart = why_apart(measure, indicator, shown.selection)
    if apart:
        _apart(apart, measure, shown)
        explanations.how_it_is_computed(measure, indicator, ABSENT)
        return
    unit, period = shown.selection.unit, shown.selection.period
    value = shown.values.get(measure, unit, period, measure.headline or "")
    write(
        conclusions.said(measure, shown),
        _flag(measure, shown),
        _figures(measure, value, shown),
    )
    if not folded:
        _detail(measure, indicator, value, shown, flat=False)
        return
    with st.expander(said("Graphiques, tableaux et calcul"), key=f"plus-{measure.id}", on_change="rerun") as more:
        if more.open:
            _detail(measure, indicator, value, shown, flat=True)


def why_apart(measure: Measure, indicator: Indicator, selection: Selection) -> str:
    """Why a measure has no figure for a choice, when that is known before looking; empty otherwise."""
    return (
        availability.declined_by(indicator, selection.unit)
        or availability.not_at_level(measure, selection.unit)
        or availability.not_by_step(measure, selection.period)
    )


def _detail(measure: Measure, indicator: Indicator, value: Value, shown: Shown, *, flat: bool) -> None:
    """Charts with their tables and how to read them, where the figure comes from."""
    if measure.comparaison in _NOT_COMPARED:
        write(tag("p", _NOT_COMPARED[measure.comparaison], "muted"))
    for key, drawings in _charts(measure, indicator, shown):
        charts_with_tables(*drawings, key=f"{key}-{measure.id}", flat=flat)
    write(conclusions.actions(measure, shown))
    show_breakdown(measure, shown.values, shown.breakdowns, shown.selection, flat=flat)
    explanations.how_it_is_computed(measure, indicator, value, flat=flat)


def _nature(measure: Measure) -> str:
    if measure.fait_d_organisation:
        return capitalised(words.FACT)
    return words.NATURES.get(measure.nature, "")


def _apart(sentence: str, measure: Measure, shown: Shown) -> None:
    """Why there is no figure; with the way to the periods by which it is told."""
    write(tag("p", sentence, "lead"))
    if availability.not_by_step(measure, shown.selection.period):
        every = [period for periods in shown.periods.values() for period in periods]
        periods_instead(availability.longer(shown.selection.period, every, measure))


def _flag(measure: Measure, shown: Shown) -> str:
    """What is known to be wrong with the figure, before the figure itself."""
    headline = shown.values.headline(measure, shown.selection.unit, shown.selection.period)
    return tag("p", f"Chiffre {headline.flag}" if headline.shown and headline.flag else "", "flag")


def _figures(measure: Measure, value: Value, shown: Shown) -> str:
    if measure.headline is None:
        return ""
    unit, period = shown.selection.unit, shown.selection.period
    blocks = [_block(_meaning(measure, MEAN_OF_STRUCTURES), _large(measure, value))]
    second = shown.values.get(measure, unit, period, measure.headline, SHARE_OF_RECEPTIONS)
    if second.told:
        said = tag("p", figures.figure(replace(second, flag=""), measure.shown_unit), "second")
        blocks.append(_block(_meaning(measure, SHARE_OF_RECEPTIONS), said))
    change = changes.change_sentence(measure, shown.values, unit, period, shown.history)
    alike = decomposition.same_structures(measure, shown.findings.decompositions)
    blocks.append(_block("Un an avant", tag("p", change, "change") + tag("p", alike, "solidity")))
    blocks += (_block(label, content) for label, content in conclusions.blocks(measure, shown))
    return f'<div class="figures">{"".join(blocks)}</div>'


def _block(label: str, content: str) -> str:
    return f"<div>{tag('p', label, 'label')}{content}</div>"


def _meaning(measure: Measure, aggregation: str) -> str:
    if measure.fait_d_organisation:
        return words.FACT_AGGREGATION if measure.is_share else capitalised(words.FACT)
    return capitalised(words.aggregation_meaning(aggregation, answers=measure.counts_answers))


def _large(measure: Measure, value: Value) -> str:
    without = words.FACT if measure.fait_d_organisation else "sans fourchette"
    return cards.figure(
        figures.point(value, measure.shown_unit),
        figures.range_note(value, measure.shown_unit, without=without),
        value,
        measure.sens,
        is_share=measure.is_share,
    ) + tag("p", figures.solidity(value, answers=measure.counts_answers), "solidity")


def _charts(measure: Measure, indicator: Indicator, shown: Shown) -> Iterator[tuple[str, list[Drawing]]]:
    """Charts that stand side by side, under a key."""
    unit, period = shown.selection.unit, shown.selection.period
    parts = parts_of(measure, shown.values, unit, period)
    if parts.rows:
        title = f"Item par item, {unit.nom}, {period.name}"
        yield "i", [Drawing(title, comparison_chart.draw, parts, reading=READING["parts"])]
    if measure.genre == DISTRIBUTION:
        # One under the other: a legend of five answers leaves half a page no room for bars.
        yield from ((f"r{order}", [drawing]) for order, drawing in enumerate(_distributions(measure, shown)))
    if measure.headline is not None:
        drawings = _comparison_and_trend(measure, indicator, shown)
        if drawings:
            yield "v", drawings
    yield from ((key, [drawing]) for key, drawing in conclusions.further(measure, shown))


def _distributions(measure: Measure, shown: Shown) -> list[Drawing]:
    unit, period, draw = shown.selection.unit, shown.selection.period, distribution_chart.draw
    units = shown.units if measure.comparaison == TOGETHER else [unit]
    over_units = spread_over_units(measure, shown.values, units, period)
    reading = READING["distribution"]
    drawings = [Drawing(f"Réponses par territoire, {period.name}", draw, over_units, reading=reading)]
    if measure.headline is None:
        step, stages = shown.long_step(measure), shown.history.stages(measure)
        over_time = spread_over_time(measure, shown.through_time[step], unit, shown.periods[step], stages)
        if len(over_time.rows) > 1:
            title = f"Réponses par {words.STEPS[step]}, {unit.nom}"
            drawings.append(Drawing(title, draw, over_time, reading=reading))
    return drawings


def _comparison_and_trend(measure: Measure, indicator: Indicator, shown: Shown) -> list[Drawing]:
    unit, period, trend = shown.selection.unit, shown.selection.period, shown.trend(measure)
    subject = "Réponses favorables" if measure.genre == DISTRIBUTION else "Valeur"
    drawings = []
    if measure.comparaison == TOGETHER:
        compared = compare(measure, shown.values, shown.units, period, unit, declining=indicator.declining)
        title, notes = f"{subject} par territoire, {period.name}", tuple(filter(None, (delay_note(measure),)))
        reading = reading_of_units(measure)
        drawings.append(Drawing(title, comparison_chart.draw, compared, notes=notes, reading=reading))
    if len(trend.line.moments) > 1:
        drawings.append(conclusions.through_time(trend, subject, unit))
    return drawings
