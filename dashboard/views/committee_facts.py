"""The five sentences, each by its rule, from what the edition concludes and nothing else. A fact, how solid, a question."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.access import REGION
from dashboard.selection import Period
from dashboard.text import dates, numbers, words
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views import changes, equity, figures, sentences
from dashboard.views.catalogue import Indicator
from dashboard.views.cloud import FEWEST, Cloud, cloud_of
from dashboard.views.criteria import leads
from dashboard.views.gaps import Gap
from dashboard.views.matter import Matter, Statement, indicator_of
from dashboard.views.measures import GAP, PERCEIVED, RENDERED, Measure
from dashboard.views.triangulation import pair_of
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


def solid_gaps(matter: Matter, taken: frozenset[str]) -> list[tuple[Indicator, Gap]]:
    """Gaps between views that chance does not explain: noted and perceived first, then the widest first.

    Equals in the order of the grid; an indicator once, by its first gap in that order.
    """
    found = [
        (indicator, gap)
        for indicator in _indicators(matter)
        if indicator.id not in taken
        for gap in matter.findings.gaps.get(indicator.id, ())
        if not gap.by_chance and pair_of(gap, indicator) is not None
    ]
    ordered = sorted(found, key=lambda pair: (not _noted_and_perceived(*pair), -abs(pair[1].value.valeur or 0)))
    first: dict[str, tuple[Indicator, Gap]] = {}
    for indicator, gap in ordered:
        first.setdefault(indicator.id, (indicator, gap))
    return list(first.values())


def widest_gap(matter: Matter, taken: frozenset[str]) -> Statement | None:
    """The first of `solid_gaps`; that there is none where views are told together and chance explains every gap."""
    found = solid_gaps(matter, taken)
    if found:
        return gap_statement(matter, *found[0], "Que mettons-nous derrière ces mots ?")
    if not any(matter.findings.gaps.values()):
        return None
    text = "Quand une même chose est vue de plusieurs côtés, aucun écart ne dépasse ce que le hasard explique."
    return matter.elsewhere(text, "Principes de délivrance", "principes")


def gap_statement(matter: Matter, indicator: Indicator, gap: Gap, question: str) -> Statement:
    """« Diagnostic partagé » : what one view says goes beyond what another says, by so many points, and a question."""
    pair = pair_of(gap, indicator)
    assert pair is not None
    points = gap.value.valeur or 0
    higher, lower = (uncapitalised(words.NATURES[each.nature]) for each in (pair if points > 0 else pair[::-1]))
    ends = sorted(abs(end) for end in (gap.value.basse, gap.value.haute) if end is not None)
    span = f" (entre {ends[0]} et {ends[-1]})" if ends else ""
    many = f"{abs(points)} point{'s' if abs(points) > 1 else ''}{span}"
    return matter.on(pair[0], f"« {indicator.libelle} » : {higher} dépasse de {many} {lower}. {question}")


def _noted_and_perceived(indicator: Indicator, gap: Gap) -> bool:
    pair = pair_of(gap, indicator)
    return pair is not None and {each.nature for each in pair} == {PERCEIVED, RENDERED}


def _indicators(matter: Matter) -> Iterator[Indicator]:
    return (indicator for criterion in matter.criteria for indicator in criterion.indicators)


def spread_or_equity(matter: Matter, taken: frozenset[str]) -> Statement | None:
    """The first of: a gap that the specification asks not to have and that chance does not explain; three structures or
    more that part from the others; the widest difference between publics; fewer structures; that none parts.
    """
    free = [each for each in matter.measures if indicator_of(each) not in taken]
    clouds = [(each, cloud) for each in free if (cloud := _cloud(matter, each))]
    parting = max(clouds, key=lambda pair: apart_in(pair[1]), default=None)
    many = parting is not None and apart_in(parting[1]) >= FEWEST
    told = _unequal(matter, free) or (_parting(matter, *parting) if parting and many else None)
    told = told or equity.between_publics(matter, free)
    if told or parting is None:
        return told
    if apart_in(parting[1]):
        return _parting(matter, *parting)
    text = "Parmi les structures comparées, aucune ne s'écarte des autres plus que le hasard ne l'explique."
    return matter.elsewhere(text, "Principes de délivrance", "principes")


def _cloud(matter: Matter, measure: Measure) -> Cloud | None:
    return cloud_of(measure, matter.findings.clouds, matter.selection.unit, matter.selection.period)


def apart_in(cloud: Cloud) -> int:
    """How many structures part from the others."""
    return sum(bool(each.apart) for each in cloud.structures)


def _parting(matter: Matter, measure: Measure, cloud: Cloud) -> Statement:
    where = "" if matter.selection.unit.niveau == REGION else f" ({cloud.place})"
    if apart_in(cloud) >= FEWEST:
        said = uncapitalised(cloud.sentence)
    else:
        said = "au moins une structure s'écarte nettement des autres. Qu'a-t-elle fait, ou connu, de différent ?"
    return matter.on(measure, f"« {measure.libelle} »{where} : {said}")


def _unequal(matter: Matter, free: list[Measure]) -> Statement | None:
    for each in free:
        if each.genre == GAP and _against(each, matter):
            phrase = matter.findings.phrase(each, matter.selection.period)
            unit, period = matter.selection.unit, matter.selection.period
            fact = phrase.fact if phrase else sentences.measure_sentence(each, matter.values, unit, period)
            return matter.on(each, f"{fact} Que pouvons-nous leur proposer dès le premier contact ?")
    return None


def _against(measure: Measure, matter: Matter) -> bool:
    low, high = matter.value(measure).basse, matter.value(measure).haute
    if measure.sens == "moins":
        return low is not None and low > 0
    return measure.sens == "plus" and high is not None and high < 0


def what_cannot_be_said(matter: Matter, _taken: frozenset[str]) -> Statement:
    """How many indicators wait, are told elsewhere or have no figure here; how few answered; about how many answers an
    action still misses; and that nothing speaks of those who did not come.
    """
    every = list(_indicators(matter))
    kinds = [_kind(matter, each) for each in every]
    counted = numbers.listed(_spelled(kinds.count(kind), words) for kind, words in _UNSAID.items() if kind in kinds)
    answering = matter.findings.participation
    missing = max((each.effect.get("manque") or 0 for each in matter.findings.actions), default=0)
    parts = (
        f"Sur {len(every)} indicateurs, {counted}." if counted else "",
        f"{answering.words}." if answering else "",
        f"Il manque environ {numbers.number(missing)} réponses pour juger d'une action." if missing else "",
        "Ces chiffres ne parlent que des personnes venues.",
    )
    return matter.elsewhere(" ".join(filter(None, parts)), "Cahier des charges vivant", "cahier-des-charges")


_UNSAID = {
    "waiting": ("n'est pas encore mesuré", "ne sont pas encore mesurés"),
    "elsewhere": ("ne se lit pas pour ce choix", "ne se lisent pas pour ce choix"),
    "silent": ("n'a rien qui puisse être montré", "n'ont rien qui puisse être montré"),
}
"""Why an indicator says nothing here, for one and for several."""


def _spelled(count: int, said: tuple[str, str]) -> str:
    return f"{numbers.spelled(count)} {said[count > 1]}"


def _kind(matter: Matter, indicator: Indicator) -> str:
    """The key of `_UNSAID` under which an indicator falls; empty where it has a figure."""
    unit, period = matter.selection.unit, matter.selection.period
    if not indicator.measures:
        return "waiting"
    able = [each for each in indicator.measures if each.shown_at(unit.niveau) and each.shown_by(period.pas)]
    if not able:
        return "elsewhere"
    return "" if any(matter.value(each).told for each in able) else "silent"
