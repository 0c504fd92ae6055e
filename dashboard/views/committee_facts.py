"""The five sentences, each by its rule, from what the edition concludes and nothing else. A fact, how solid, a question."""

from __future__ import annotations

from dashboard.selection import Period
from dashboard.text import dates, numbers, words
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views import changes, figures, sentences
from dashboard.views.criteria import leads
from dashboard.views.matter import Matter, Statement, indicator_of
from dashboard.views.measures import Measure
from dashboard.views.values import overlap

MOST_NAMES = 3


def where_we_stand(matter: Matter, _taken: frozenset[str]) -> Statement:
    """The opening: the first lead measure of the core that has a figure, else the first that has one.

    In the words of the edition where it tells this period (fact, then how solid it is and since when); else the figure,
    its range and the year before.
    """
    every = leads(matter.fields, matter.selection)
    told = [each for each in every if matter.value(each).shown]
    lead = next((each for each in told if each.noyau), next(iter(told or every), None))
    unit, period = matter.selection.unit, matter.selection.period
    place = sentences.place(unit, period)
    if lead is None:
        return matter.elsewhere(f"{place} : la grille n'a aucune mesure pour ce choix.", "Grille", "grille")
    phrase = matter.findings.phrase(lead, period)
    if phrase is not None and matter.value(lead).shown:
        return matter.on(lead, f"{phrase.fact} {phrase.solidity}")
    said = uncapitalised(sentences.measure_sentence(lead, matter.values, unit, period))
    if not matter.value(lead).shown:
        return matter.on(lead, f"{place} : {said}")
    figure = figures.figure(matter.value(lead), lead.shown_unit)
    before = changes.short_change(lead, matter.values, unit, period, matter.history)
    return matter.on(lead, f"{place}, {said.removesuffix('.')} : {' ; '.join(filter(None, (figure, before)))}.")


def what_changed(matter: Matter, taken: frozenset[str]) -> Statement | None:
    """On the last period, the lines that go beyond what varies as usual, or that none does; else the year before.

    The year before is compared by ranges that do not overlap, on the lead measures alone.
    """
    followed = {
        each.id: each for each in matter.measures if each.id in matter.lines and indicator_of(each) not in taken
    }
    if not followed:
        return _since_a_year(matter, taken)
    moved = [each for each in followed.values() if matter.lines[each.id].moves]
    still = len(followed) - len(moved)
    if not moved:
        text = (
            f"C'est stable : sur {_counted(still)} suivies dans le temps, aucune ne dépasse ce qui varie d'une période à "
            "l'autre. Ce n'est pas la preuve que rien n'a changé."
        )
        return matter.elsewhere(text, "Principes de délivrance", "principes")
    rest = f" {_others(still)}" if still else ""
    told = _one_moves(matter, moved[0]) if len(moved) == 1 else _several_move(matter, moved)
    return _of_several(matter, moved, f"{told}{rest}")


def _one_moves(matter: Matter, measure: Measure) -> str:
    line = matter.lines[measure.id]
    return (
        f"« {measure.libelle} » : {uncapitalised(line.behaviour.words)}, {words.STEPS[line.step]} par "
        f"{words.STEPS[line.step]}. Que s'est-il passé ?"
    )


def _several_move(matter: Matter, moved: list[Measure]) -> str:
    named = [f"« {each.libelle} » ({matter.lines[each.id].word})" for each in moved[:MOST_NAMES]]
    more = len(moved) - MOST_NAMES
    if more > 0:
        named.append(f"{numbers.spelled(more, feminine=True)} autre{'s' if more > 1 else ''}")
    count = capitalised(numbers.spelled(len(moved), feminine=True))
    return f"{count} mesures sortent de leur variation habituelle : {numbers.listed(named)}. Que s'est-il passé ?"


def _others(still: int) -> str:
    return "L'autre mesure suivie est stable." if still == 1 else f"Les {still} autres mesures suivies sont stables."


def _counted(count: int) -> str:
    return f"{numbers.spelled(count, feminine=True)} mesure{'s' if count > 1 else ''}"


def _of_several(matter: Matter, measures: list[Measure], text: str) -> Statement:
    """A sentence on several measures, which leads to the first of them."""
    first = matter.on(measures[0], text)
    return Statement(first.text, first.title, first.path, first.query, tuple(map(indicator_of, measures)))


def _since_a_year(matter: Matter, taken: frozenset[str]) -> Statement | None:
    unit, period = matter.selection.unit, matter.selection.period
    compared = [
        (lead, shared)
        for lead in leads(matter.fields, matter.selection)
        if lead.headline is not None and indicator_of(lead) not in taken
        for shared in [
            overlap(matter.value(lead), changes.year_before(lead, matter.values, unit, period, matter.history))
        ]
        if shared is not None
    ]
    apart = [lead for lead, shared in compared if not shared]
    if not compared:
        return None
    since = f"Par rapport {_compared_with(period)}"
    if not apart:
        which = f"les {numbers.spelled(len(compared))} mesures" if len(compared) > 1 else "la seule autre mesure"
        text = (
            f"C'est stable : {uncapitalised(since)}, pour {which} que l'on peut comparer, les fourchettes se recouvrent ; "
            "rien ne permet de dire que quelque chose a changé."
        )
        return matter.elsewhere(text, "Principes de délivrance", "principes")
    names = numbers.listed(f"« {each.libelle} »" for each in apart[:MOST_NAMES])
    count = _counted(len(apart))
    return _of_several(
        matter,
        apart[:MOST_NAMES],
        f"{since}, les fourchettes ne se recouvrent pas pour {count} sur {len(compared)} : {names}. Que s'est-il passé ?",
    )


def _compared_with(period: Period) -> str:
    before = period.year_before
    return f"au {before.name}" if before.pas == dates.QUARTER else f"à {before.within.removeprefix('en ')}"
