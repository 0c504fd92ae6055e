"""What an edition concludes of a measure: its sentences, how its line behaves, its structures, its actions."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard import findings
from dashboard.charts import cloud as cloud_chart
from dashboard.charts import decomposition as decomposition_chart
from dashboard.charts import trend as trend_chart
from dashboard.charts import triangulation as triangulation_chart
from dashboard.components import behaviour
from dashboard.components.figures import Drawing
from dashboard.components.html import tag
from dashboard.pages.shown import Shown
from dashboard.selection import Unit
from dashboard.views import decomposition, figures, participation, sentences, triangulation
from dashboard.views.catalogue import Indicator
from dashboard.views.effects import actions_on
from dashboard.views.explanation import READING
from dashboard.views.measures import PERCEIVED, Measure
from dashboard.views.trend import Trend, last_point


def said(measure: Measure, shown: Shown) -> str:
    """The fact, how solid it is and a question, where the edition has written them; else the figure in a sentence."""
    unit, period = shown.selection.unit, shown.selection.period
    phrase = shown.findings.phrase(measure, period)
    if phrase is None:
        return tag("p", sentences.measure_sentence(measure, shown.values, unit, period), "lead")
    return (
        tag("p", phrase.fact, "lead") + tag("p", phrase.solidity, "said") + tag("p", phrase.question, "said question")
    )


def blocks(measure: Measure, shown: Shown) -> Iterator[tuple[str, str]]:
    """A label and its content: how the line varies, how it stands beside a threshold, the share under a fixed mix."""
    trend = shown.trend(measure)
    told = trend.behaviour
    if told is not None and trend.charted:
        why = f"{told.why} {last_point(trend, measure.shown_unit)}"
        icon = told.icon(measure.sens)
        yield f"Variation par {trend.line.step}", behaviour.standing(icon, told.words, why, told.tone)
        if told.assurance and measure.seuil is not None:
            label = f"Seuil choisi par les réseaux : {figures.amount(measure.seuil, measure.unite)}"
            yield label, behaviour.standing(told.assurance_icon, told.assurance_words, "")
    answering = shown.findings.participation
    if answering is not None and measure.nature == PERCEIVED:
        yield participation.TITLE, tag("p", answering.words, "standing") + tag("p", answering.warning, "solidity")
    reweighted = shown.findings.reweighted.get(measure.id)
    if reweighted is not None:
        what = "réponses" if measure.counts_answers else "accueils"
        raw = f"Sans ce redressement : {figures.amount(reweighted.raw, measure.shown_unit)}."
        content = tag("p", figures.figure(reweighted.value, measure.shown_unit), "second") + tag("p", raw, "solidity")
        yield f"Part des {what}, à canaux constants", content


def through_time(trend: Trend, subject: str, unit: Unit) -> Drawing:
    """The line of a measure, with what is usual for it where the edition says so."""
    title = f"{subject} par {trend.line.step}, {unit.nom}"
    reading = READING["trend" if trend.charted else "timeline"]
    return Drawing(title, trend_chart.draw, trend, legend=trend.legend, notes=trend.notes, reading=reading)


def regards(indicator: Indicator, shown: Shown) -> Drawing | None:
    """The views of one thing on one line, with the gap between them; None where fewer than two have a figure."""
    unit, period = shown.selection.unit, shown.selection.period
    model = triangulation.triangulation(indicator, shown.values, shown.findings.gaps, unit, period)
    if model is None:
        return None
    title = f"Plusieurs regards sur la même chose, {unit.nom}, {period.name}"
    return Drawing(title, triangulation_chart.draw, model, reading=triangulation.READING)


def further(measure: Measure, shown: Shown) -> Iterator[tuple[str, Drawing]]:
    """The cloud of structures, then why two ways of counting part, each under a key."""
    unit, period = shown.selection.unit, shown.selection.period
    cloud = findings.cloud(measure, unit, period)
    if cloud is not None:
        title = f"Nuage des structures, {cloud.place}, {period.name}"
        keys, notes, key = cloud.legend, cloud.notes, READING["named_cloud" if cloud.named else "cloud"]
        yield "n", Drawing(title, cloud_chart.draw, cloud, cloud.sentence, keys, notes, key)
    parted = decomposition.decomposition_of(measure, shown.findings.decompositions, unit, period)
    if parted is not None:
        draw, reading = decomposition_chart.draw, decomposition.READING
        yield "d", Drawing(parted.heading, draw, parted, parted.sentence, reading=reading)


def actions(measure: Measure, shown: Shown) -> str:
    """The improvement actions that hoped to move the measure; nothing without any."""
    return behaviour.actions(measure, actions_on(measure, shown.findings.actions))
