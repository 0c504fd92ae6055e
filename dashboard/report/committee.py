"""The committee's note: four pages made of what an edition says of a territory and a period, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import cache, committee, findings, reading
from dashboard.charts import trend as trend_chart
from dashboard.pages.shown import Shown
from dashboard.queries import reference
from dashboard.report import charts
from dashboard.report.charts import Chart
from dashboard.report.document import Document, pages, pdf
from dashboard.selection import Selection
from dashboard.text import dates
from dashboard.views import availability, summary, unsaid
from dashboard.views.behaviour import TOO_EARLY
from dashboard.views.catalogue import Field
from dashboard.views.committee import committee_view
from dashboard.views.criteria import CriterionLine
from dashboard.views.edition import SOURCES, SYNTHETIC, USE, selection_sentence
from dashboard.views.matter import Matter
from dashboard.views.measures import Measure
from dashboard.views.trend import Trend
from dashboard.views.unsaid import Silence
from dashboard.views.versions import version_in
from grids.errors import SproError

MOST_PAGES = 4
_LAYOUT = "note.typ"
_CHART_HEIGHT = 155
_LEAST_MOMENTS = 3
_MOST_CYCLES = 6
# How many lines of each silence are told, and how large letters are, until the note is short enough.
_TRIES = ((8, 9.5), (5, 9), (3, 8.75), (3, 8.5), (2, 8), (1, 7.5))
_THRESHOLDS = {
    "personnes": "Personnes",
    "structures": "Structures",
    "structures_pour_une_moyenne": "Structures pour une moyenne",
    "cloture_jours": "Jours avant de publier une période",
    "relecture_jours": "Jours de relecture",
}
_READING = (
    "Chaque valeur est la moyenne des structures, où chaque structure compte autant ; à côté, la fourchette de ce que le "
    "hasard explique.",
    "Deux valeurs dont les fourchettes se recouvrent ne se distinguent pas. Une variation habituelle n'est pas la preuve "
    "que rien n'a changé.",
    "« Non diffusé » protège les personnes : cela ne dit rien de bon ni de mauvais.",
    "Ces chiffres ne parlent que des personnes venues ; ce qui coïncide avec un changement n'en est pas forcément la cause.",
)


def note(selection: Selection) -> bytes:
    """The note as a PDF of four pages at most, within what the current reader may see. Raises SproError."""
    told, drawings = _told(selection)
    for most, size in _TRIES:
        made = pdf(_document(told, drawings, most, size))
        if pages(made) <= MOST_PAGES:
            return made
    raise SproError("La note dépasse quatre pages.", remedy="Choisissez un territoire ou une période qui en dit moins.")


def document(selection: Selection) -> Document:
    """The note as it is first laid out, before it is made to fit."""
    return _document(*_told(selection), *_TRIES[0])


def _document(told: Mapping[str, Any], drawings: Mapping[str, bytes], most: int, size: float) -> Document:
    silences = [_shortened(each, most) for each in told["silences"]]
    return Document(_LAYOUT, {**told, "silences": silences, "size": size}, reading.edition().data_as_of, drawings)


def _told(selection: Selection) -> tuple[dict[str, Any], dict[str, bytes]]:
    matter, edition = committee.matter(selection), reading.edition()
    view, columns = committee_view(matter), summary.columns(matter)
    shown = _shown(matter)
    told_charts, drawings = charts.drawn([_chart(field, shown) for field in matter.fields])
    told = {
        "title": "Note pour le comité de pilotage",
        "selection": selection_sentence(selection, edition),
        "notice": edition.notice(selection.period),
        "synthetic": SYNTHETIC if edition.synthetic else "",
        "sentences": [each.text for each in view.sentences],
        "questions": [each.text for each in view.questions],
        "fields": [
            {"title": column.title, "lines": [_line(each) for each in column.lines], "chart": chart}
            for column, chart in zip(columns, told_charts, strict=True)
        ],
        "unsaid": unsaid.opening(matter.fields),
        "silences": unsaid.unsaid(matter.fields, matter.values, _units(selection), selection),
        "cycles": _cycles(matter),
        "cycles_sentence": summary.cycles_sentence(matter),
        "reading": _READING,
        "use": USE,
        "thresholds": _thresholds(),
        "sources": SOURCES,
        "identity": _identity(selection),
    }
    return told, drawings


def _line(line: CriterionLine) -> dict[str, Any]:
    """A criterion on a line: what is said, the figure, how it varies, on what it rests."""
    # A standing that says the same as the curve is said once.
    varies = [f"{each.symbol} {each.words}" for each in line.icons if each.words not in line.standing]
    return {
        "title": line.title,
        "sentence": line.sentence,
        "value": line.point,
        "range": line.note,
        "trend": [each for each in (*varies, line.standing or line.change) if each],
        "coverage": line.solidity,
    }


def _shown(matter: Matter) -> Shown:
    selection, steps = matter.selection, (dates.YEAR, dates.QUARTER)
    return Shown(
        selection=selection,
        units=_units(selection),
        periods={pas: reading.periods_by(pas) for pas in steps},
        values=matter.values,
        through_time=reading.values_through_time(selection.unit, steps),
        history=matter.history,
        breakdowns=None,
        findings=findings.findings(selection.unit, selection.period, steps),
    )


def _chart(field: Field, shown: Shown) -> Chart | None:
    """The line of one criterion of the field: one that moves, else one that can be told, else the longest; None without any."""
    level = shown.selection.unit.niveau
    leads = [lead for each in field.criteria if (lead := each.lead(level)) is not None]
    trends = [(lead, shown.trend(lead)) for lead in leads if lead.headline is not None and lead.shown_at(level)]
    told = [(lead, trend) for lead, trend in trends if _moments(trend) >= _LEAST_MOMENTS]
    if not told:
        return None
    lead, trend = max(told, key=lambda pair: (_moves(pair[1]), pair[1].charted, _moments(pair[1])))
    return _chart_of(lead, trend)


def _chart_of(lead: Measure, trend: Trend) -> Chart:
    title = f"{lead.critere_libelle}. {trend.table.caption}"
    legend = " · ".join(f"{each.symbol} {each.words}" for each in trend.legend)
    notes = tuple(each for each in (legend, *trend.notes) if each)
    return Chart(title, trend.alt, cache.drawn(trend_chart.draw, trend), _CHART_HEIGHT, notes)


def _moves(trend: Trend) -> bool:
    return trend.charted and trend.behaviour is not None and trend.behaviour.variation not in ("habituelle", TOO_EARLY)


def _moments(trend: Trend) -> int:
    return sum(each.value.shown for each in trend.line.moments)


def _cycles(matter: Matter) -> list[dict[str, str]]:
    return [
        {
            "title": each.action.title,
            "verdict": each.action.verdict,
            "story": each.action.story,
            "sentence": each.action.sentence,
        }
        for each in summary.cycles(matter)[-_MOST_CYCLES:]
    ]


def _units(selection: Selection) -> list:
    return availability.units_told(reading.units(), selection.period)


def _shortened(silence: Silence, most: int) -> dict[str, Any]:
    left = len(silence.lines) - most
    more = f"et {left} autre{'s' if left > 1 else ''}, sur la page Synthèse" if left > 0 else ""
    return {"reason": silence.reason, "lines": silence.lines[:most], "more": more}


def _thresholds() -> list[dict[str, str]]:
    settings = dict(cache.load(reference.edition).select("cle", "valeur").iter_rows())
    return [
        {"name": name, "value": settings[f"seuil_{code}"], "reason": settings.get(f"seuil_{code}_raison", "")}
        for code, name in _THRESHOLDS.items()
        if f"seuil_{code}" in settings
    ]


def _identity(selection: Selection) -> str:
    edition = reading.edition()
    version = version_in(edition.versions, selection.period)
    parts = (
        f"Édition {edition.release_id}, données du {dates.day(edition.data_as_of)}",
        f"{version.name}{'' if version.adopted else ', non adoptée'}",
        edition.standing(selection.period).removesuffix("."),
    )
    return f"{' ; '.join(parts)}."
