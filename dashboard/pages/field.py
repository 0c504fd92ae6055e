"""One field: its criteria on a line each, then one of them in detail, chosen by the URL."""

from __future__ import annotations

from dashboard import filters, findings, reading
from dashboard.cache import once
from dashboard.committee import is_latest
from dashboard.components import cards, elsewhere, frame, notices
from dashboard.components.figures import charts_with_tables
from dashboard.components.html import tag, words, write
from dashboard.components.notices import needs_release
from dashboard.pages import conclusions
from dashboard.pages.measure import show_measure, why_apart
from dashboard.pages.shown import Shown
from dashboard.selection import CRITERION, Selection
from dashboard.text import dates
from dashboard.views import availability, field_opening
from dashboard.views.breakdown import why_no_breakdown
from dashboard.views.catalogue import Criterion, Indicator
from dashboard.views.criteria import as_of, criterion_line
from dashboard.views.gaps import gap_sentences
from dashboard.views.two_views import two_views


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
    if elsewhere.by_year_only(selection):
        return
    criteria = {
        criterion.code: criterion
        for field in reading.quality_fields(selection.period)
        if field.code == code
        for criterion in field.criteria
    }
    if not criteria:
        write(tag("p", "La grille de cette période ne mesure encore rien dans ce champ."))
        return
    shown = _shown(selection)
    if elsewhere.all_hidden(criteria.values(), shown.values, selection):
        return
    chosen = _chosen(criteria)
    standings = as_of(findings.standings(selection.unit, selection.period), latest=is_latest(selection.period))
    lines = [criterion_line(each, shown.values, selection, shown.history, standings) for each in criteria.values()]
    titles = {each.code: each.libelle for each in criteria.values()}
    write(cards.opening([field_opening.opening(titles, standings, latest=is_latest(selection.period))]))
    write(cards.criteria(lines, chosen.code, code, selection.query), tag("p", field_opening.READING, "muted"))
    _criterion(chosen, shown)


def _chosen(criteria: dict[str, Criterion]) -> Criterion:
    asked, first = filters.asked(CRITERION), next(iter(criteria.values()))
    if asked and asked not in criteria:
        notices.refusals(
            (f"Le critère « {asked} » n'est pas dans ce champ pour cette période : voici {first.libelle}.",)
        )
    return criteria.get(asked, first)


@once
def _shown(selection: Selection) -> Shown:
    unit, period = selection.unit, selection.period
    steps = dates.COARSEST_FIRST if period.pas == dates.MONTH else (dates.YEAR, dates.QUARTER)
    return Shown(
        selection=selection,
        units=availability.units_told(reading.units(), period),
        periods={pas: reading.periods_by(pas) for pas in steps},
        values=reading.values(period),
        through_time=reading.values_through_time(unit, steps),
        history=reading.history(),
        findings=findings.findings(unit, period, steps),
        breakdowns=None if why_no_breakdown(selection) else reading.breakdowns(unit, period),
    )


def _criterion(criterion: Criterion, shown: Shown) -> None:
    write(f'<div class="criterion-head">{tag("h2", criterion.libelle)}{tag("p", criterion.question, "question")}</div>')
    if len(criterion.indicators) > 1:
        links = (f'<a href="#{each.id}">{words(each.libelle)}</a>' for each in criterion.indicators)
        write(f'<p class="contents">Indicateurs : {" · ".join(links)}</p>')
    write(tag("p", why_no_breakdown(shown.selection), "muted"))
    for indicator in criterion.indicators:
        _indicator(indicator, shown)


def _indicator(indicator: Indicator, shown: Shown) -> None:
    badge = f" {tag('span', 'noyau', 'badge')}" if indicator.noyau else ""
    code = f'<span class="code">{words(indicator.id)}</span>'
    write(
        f'<div class="indicator-head" id="{indicator.id}"><h3>{words(indicator.libelle)} {code}{badge}</h3>',
        *(tag("p", sentence, "gap") for sentence in _views(indicator, shown)),
        tag("p", f"Pas encore mesuré : {indicator.pending}" if indicator.pending else "", "pending"),
        *(
            tag("p", f"Décliné par {each.nom} depuis le {dates.day(each.since)} : {each.reason}", "pending")
            for each in indicator.declined
        ),
        "</div>",
    )
    regards = conclusions.regards(indicator, shown)
    if regards is not None:
        charts_with_tables(regards, key=f"regards-{indicator.id}")
    first = next((each for each in indicator.measures if not why_apart(each, indicator, shown.selection)), None)
    for measure in indicator.measures:
        show_measure(measure, indicator, shown, folded=measure != first)
    for waiting in indicator.waiting:
        write(tag("h4", waiting.libelle), tag("p", f"Pas encore mesuré : {waiting.reason}", "pending"))


def _views(indicator: Indicator, shown: Shown) -> list[str]:
    """The gaps that the edition gives with their range; else, what two views say side by side."""
    told = gap_sentences(indicator, shown.findings.gaps)
    return told or [two_views(indicator, shown.values, shown.selection.unit, shown.selection.period)]
