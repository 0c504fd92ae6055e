"""Fiche structure: one structure, for its own team and for a head of network to whom it agreed to be named. For nobody else."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import filters, findings, reader_choice, reading
from dashboard.access import NETWORK, REGION, TEAM
from dashboard.charts import practice_profile as profile_chart
from dashboard.components import behaviour, cards, notices
from dashboard.components.choices import choices
from dashboard.components.figures import Drawing, charts_with_tables, download
from dashboard.components.html import table, tag, words, write
from dashboard.components.notices import needs_release
from dashboard.report.button import sheet_button
from dashboard.selection import PERIOD, Period, Selection, Unit
from dashboard.text import dates
from dashboard.text.typography import capitalised
from dashboard.text.words import STEPS
from dashboard.views import practice_profile, structure_points
from dashboard.views.edition import selection_sentence
from dashboard.views.structure_access import NOBODY, STRUCTURE, Opened, opened
from dashboard.views.structure_lines import FieldLines, Places, SheetLine
from dashboard.views.structure_periods import Slice, latest_by_step, looked_at, own_period, told_periods
from dashboard.views.structure_points import Point
from dashboard.views.structure_sheet import Cycle, SheetView, sheet_view

TITLE = "Fiche structure"
ADDRESS = "fiche-structure"
READING = (
    "Comment lire : le chiffre de la structure, avec sa fourchette de variation due au hasard ; puis comment il varie ; "
    "pour repère, la moyenne des structures du réseau et de la région. Ce n'est jamais un classement."
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
    _head(asked.selection)
    view = view_of(asked.selection, asked.told)
    write(cards.opening(list(view.opening)), tag("p", view.step, "muted"))
    write(_steps(asked))
    sheet_button(asked.selection.unit, asked.selection.period)
    _points(view)
    _criteria(view)
    _cycles(view.cycles)
    _sides(view)
    _practices(view)


def view_of(selection: Selection, told: list[Period]) -> SheetView:
    """The sheet of the structure and period chosen, within what the reader may see."""
    structure, period = selection.unit, selection.period
    return sheet_view(
        _places(structure),
        [_slice(structure, each) for each in looked_at(period, reading.periods())],
        reading.quality_fields(period),
        reading.history(),
        told,
        for_team=reading.reader().role == TEAM,
    )


def told_of(structure: Unit) -> list[Period]:
    """The periods in which a structure has figures of quality, the finest step first."""
    steps = reading.values_through_time(structure, dates.COARSEST_FIRST)
    return told_periods(steps, reading.periods(), reading.history())


def _places(structure: Unit) -> Places:
    network = next(each.reseau for each in reading.named_structures() if each.id == structure.id)
    units = reading.units()
    return Places(
        structure,
        next(each for each in units if (each.niveau, each.id) == (NETWORK, network)),
        next(each for each in units if each.niveau == REGION),
    )


def _slice(structure: Unit, period: Period) -> Slice:
    concluded = findings.findings(structure, period, (period.pas,))
    return Slice(period, reading.values(period), concluded, findings.standings(structure, period))


def _asked(structure: Unit) -> _Asked:
    """The period of the URL, else the finest that has a figure."""
    chosen, told = filters.current(), told_of(structure)
    finest = own_period(told, reading.periods())
    period = chosen.period if filters.asked(PERIOD) else finest
    query = {**chosen.query, STRUCTURE: structure.id, PERIOD: period.code}
    return _Asked(Selection(structure, period, chosen.refusals, chosen.reader), told, query)


def _nobody(who: Opened) -> None:
    reader_choice.sidebar()
    notices.edition(reading.edition())
    write(f'<header class="head">{tag("h1", TITLE)}</header>', tag("p", who.refusal, "lead"), tag("p", NOBODY))
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


def _head(selection: Selection) -> None:
    edition = reading.edition()
    notices.edition(edition)
    write(
        '<header class="head">',
        tag("h1", TITLE),
        tag("p", selection_sentence(selection, edition), "selection"),
        tag("p", edition.notice(selection.period), "use"),
        "</header>",
    )
    notices.refusals(selection.refusals)


def _steps(asked: _Asked) -> str:
    """The latest period of each step in which the structure is told, as links."""
    latest = {each.code: f"par {STEPS[pas]} ({each.name})" for pas, each in latest_by_step(asked.told).items()}
    if len(latest) < 2:
        return ""
    return choices("Lire cette fiche", ADDRESS, asked.query, PERIOD, latest, asked.selection.period.code)


def _points(view: SheetView) -> None:
    strong, first = st.columns(2, gap="large")
    with strong:
        write(tag("h2", "Points forts"), _listed(view.strong) or tag("p", structure_points.NO_STRONG_POINT))
    with first:
        write(tag("h2", "À regarder d'abord"), _listed(view.first) or tag("p", structure_points.NOTHING_TO_LOOK_AT))


def _listed(points: tuple[Point, ...]) -> str:
    items = "".join(
        f"<li>{tag('p', each.title, 'strong')}{tag('p', each.fact)}{tag('p', each.solidity, 'muted')}"
        f"{tag('p', each.question, 'question')}</li>"
        for each in points
    )
    return f'<ul class="actions">{items}</ul>' if items else ""


def _criteria(view: SheetView) -> None:
    write(tag("h2", "Tous les critères"), tag("p", READING, "muted"))
    if view.hidden:
        write('<div class="notice">', tag("p", view.hidden), "</div>")
    for each in view.fields:
        write(tag("h3", each.title), _lines(each))


def _lines(field: FieldLines) -> str:
    return f'<div class="criteria"><ul>{"".join(_line(each) for each in field.lines)}</ul></div>'


def _line(told: SheetLine) -> str:
    line = told.line
    shown = cards.figure(line.point, line.note, line.value, line.sens, is_share=line.is_share)
    return "".join(
        [
            f"<li><div>{tag('p', line.title, 'strong')}{tag('p', line.sentence)}</div>",
            f"<div>{shown}{tag('p', capitalised(told.when), 'muted')}{tag('p', line.solidity, 'muted')}</div>",
            f"<div>{_trend(told)}",
            *(tag("p", each, "muted") for each in told.beside),
            tag("p", told.kept_back, "muted"),
            "</div></li>",
        ]
    )


def _trend(told: SheetLine) -> str:
    if not told.icon:
        return tag("p", told.trend)
    icon = f'<span aria-hidden="true">{words(told.icon)}</span>'
    return f'<p class="{f"standing {told.tone}".strip()}">{icon} {words(told.trend)}</p>'


def _cycles(told: tuple[Cycle, ...]) -> None:
    write(tag("h2", behaviour.ACTIONS))
    items = "".join(_cycle(each) for each in told)
    write(f'<ul class="actions">{items}</ul>' if items else tag("p", "Aucune action d'amélioration n'est inscrite."))


def _cycle(told: Cycle) -> str:
    badge = f'<span class="{f"badge {told.tone}".strip()}">{words(told.verdict)}</span>'
    return "".join(
        [
            f'<li><p class="strong">{words(told.title)} {badge}</p>',
            tag("p", told.gap),
            tag("p", told.sentence),
            tag("p", told.story, "muted"),
            "</li>",
        ]
    )


def _sides(view: SheetView) -> None:
    write(tag("h2", "L'équipe et les personnes"), tag("p", view.sides.answer))
    if view.sides.rows:
        write(table(view.sides.table), tag("p", view.sides.question, "question"))
        download(view.sides.table, key="deux-cotes")


def _practices(view: SheetView) -> None:
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
    charts_with_tables(drawn, key="pratiques")
