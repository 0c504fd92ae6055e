"""Fiche structure: one structure, for its own team and for a head of network to whom it agreed to be named. For nobody else."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import filters, reader_choice, reading
from dashboard.charts import practice_profile as profile_chart
from dashboard.components import behaviour, cards, frame, sheet
from dashboard.components.choices import choices
from dashboard.components.figures import Drawing, charts_with_tables, download
from dashboard.components.html import table, tag, write
from dashboard.components.notices import needs_release
from dashboard.report.button import sheet_button
from dashboard.selection import PERIOD, Period, Selection, Unit
from dashboard.sheets import told_of, view_of
from dashboard.text.typography import capitalised
from dashboard.text.words import STEPS
from dashboard.views import practice_profile, structure_points
from dashboard.views.structure_access import NOBODY, STRUCTURE, Opened, opened
from dashboard.views.structure_periods import latest_by_step, own_period
from dashboard.views.structure_sheet import SheetView

TITLE = "Fiche structure"
ADDRESS = "fiche-structure"
READING = (
    "Comment lire : le chiffre de la structure, avec sa fourchette de variation due au hasard, et l'assise, qui dit sur "
    "combien de réponses ou d'accueils il repose ; puis comment il varie ; pour repère, la moyenne des structures du réseau "
    "et de la région. Ce n'est jamais un classement."
)


@dataclass(frozen=True)
class _Asked:
    """The structure and period looked at, the periods in which it is told, and the parameters that bring them back."""

    selection: Selection
    told: list[Period]
    query: dict[str, str]


@needs_release(TITLE)
def page() -> None:
    who = opened(reading.reader(), reading.named_structures(), filters.asked(STRUCTURE))
    if who.structure is None:
        _nobody(who)
        return
    asked = _asked(who.structure)
    _sidebar(who, asked)
    frame.top(TITLE, asked.selection)
    view = view_of(asked.selection, asked.told)
    write(cards.opening(list(view.opening)), tag("p", view.step, "muted"))
    write(_steps(asked))
    sheet_button(asked.selection.unit, asked.selection.period)
    _points(view)
    _criteria(view)
    write(tag("h2", behaviour.ACTIONS), sheet.cycles(view.cycles))
    _sides(view, asked.selection)
    _practices(view, asked.selection)


def _asked(structure: Unit) -> _Asked:
    """The period of the URL, else the finest that has a figure."""
    chosen, told = filters.current(), told_of(structure)
    finest = own_period(told, reading.periods())
    period = chosen.period if filters.asked(PERIOD) else finest
    query = {**chosen.query, STRUCTURE: structure.id, PERIOD: period.code}
    return _Asked(Selection(structure, period, chosen.refusals, chosen.reader, chosen.language), told, query)


def _nobody(who: Opened) -> None:
    reader_choice.sidebar()
    frame.top(TITLE, filters.current())
    write(tag("p", who.refusal, "lead"), tag("p", NOBODY))
    if who.names:
        write(choices("Fiches qui vous sont ouvertes", ADDRESS, filters.current().query, STRUCTURE, who.names, ""))


def _sidebar(who: Opened, asked: _Asked) -> None:
    selection = asked.selection
    with st.sidebar:
        st.html('<h2 class="nav">Ce que vous regardez</h2>')
        if len(who.names) > 1:
            filters.choose("Structure", STRUCTURE, who.names, selection.unit.id)
        names = {each.code: capitalised(each.name) for each in asked.told} or {
            selection.period.code: capitalised(selection.period.name)
        }
        names.setdefault(selection.period.code, capitalised(selection.period.name))
        filters.choose("Période", PERIOD, names, selection.period.code)
    reader_choice.sidebar()


def _steps(asked: _Asked) -> str:
    """The latest period of each step in which the structure is told, as links."""
    latest = {each.code: f"par {STEPS[pas]} ({each.name})" for pas, each in latest_by_step(asked.told).items()}
    if len(latest) < 2:
        return ""
    return choices("Lire cette fiche", ADDRESS, asked.query, PERIOD, latest, asked.selection.period.code)


def _points(view: SheetView) -> None:
    strong, first = st.columns(2, gap="large")
    with strong:
        write(tag("h2", "Points forts"), sheet.points(view.strong) or tag("p", structure_points.NO_STRONG_POINT))
    with first:
        write(
            tag("h2", "À regarder d'abord"), sheet.points(view.first) or tag("p", structure_points.NOTHING_TO_LOOK_AT)
        )


def _criteria(view: SheetView) -> None:
    write(tag("h2", "Tous les critères"), tag("p", READING, "muted"))
    if view.hidden:
        write('<div class="notice">', tag("p", view.hidden), "</div>")
    for each in view.fields:
        write(tag("h3", each.title), sheet.lines(each))


def _sides(view: SheetView, selection: Selection) -> None:
    write(tag("h2", "L'équipe et les personnes"), tag("p", view.sides.answer))
    if view.sides.rows:
        write(table(view.sides.table), tag("p", view.sides.question, "question"))
        download(view.sides.table, key="deux-cotes", about=selection)


def _practices(view: SheetView, selection: Selection) -> None:
    profile = view.profile
    write(tag("h2", "Pratiques"))
    if not profile.practices:
        write(tag("p", profile.sentence))
        return
    title = f"Faits d'organisation, {profile.structure}, {profile.period}"
    drawn = Drawing(
        title,
        profile_chart.draw,
        profile,
        profile.sentence,
        legend=profile.legend,
        reading=practice_profile.READING,
    )
    charts_with_tables(drawn, key="pratiques", about=selection)
