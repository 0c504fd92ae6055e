"""A version of the grid as its readers go through it: where it stands, its indicators, its questionnaires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.text import dates, numbers, words
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views.catalogue import Declined
from dashboard.views.tables import Table
from dashboard.views.versions import Version
from grids.model import LEVELS, Grid, Indicator, Measure
from grids.questions import Question

KINDS = {
    "part": "une part, en pourcentage",
    "repartition": "une répartition des réponses",
    "quantiles": "une médiane et un neuvième décile",
    "ecart": "un écart entre deux groupes",
    "diversite": "un nombre de modalités vraiment utilisées",
    "gain": "un gain entre avant et après",
    "indice": "un indice, lu avec son point faible",
    "rapport_de_sommes": "un rapport de deux sommes",
}


@dataclass(frozen=True)
class MeasureText:
    """A measure in words: how it is told, who is counted, its sense."""

    label: str
    definition: str
    facts: str
    pending: str


@dataclass(frozen=True)
class IndicatorText:
    """An indicator in words. `definition`: of one that the product works out by itself, which has no measure to tell it."""

    id: str
    label: str
    core: bool
    definition: str
    measures: tuple[MeasureText, ...]
    notes: tuple[tuple[str, str], ...]
    pending: str
    declined: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """What the indicators name by a code: clauses by their id, networks that decline by indicator."""

    clauses: Mapping[str, str]
    declined: Mapping[str, tuple[Declined, ...]]


def state_sentence(version: Version, grid: Grid) -> str:
    """Where a version stands, since when, what it holds."""
    since, until = dates.day(version.since), version.until
    force = f"en vigueur du {since} au {dates.day(until)}" if until else f"en vigueur depuis le {since}"
    core = sum(indicator.core for indicator in grid.indicators.values())
    held = f"{numbers.number(len(grid.criteria))} critères, {numbers.number(len(grid.indicators))} indicateurs"
    first = f", dont {core} au noyau, proposés pour une première discussion" if core else ""
    return f"{capitalised(version.name)}, {force} : {held}{first}."


def why_sentence(version: Version) -> str:
    """Why a version was made, when it was adopted, when it is looked at again."""
    adopted = f"Adoptée le {dates.day(version.adopted_on)}." if version.adopted_on else ""
    again = version.next_review if version.until is None else None
    return " ".join(
        filter(None, (version.reason, adopted, f"Prochaine revue : le {dates.day(again)}." if again else ""))
    )


def indicators_of(grid: Grid, criterion: str, glossary: Glossary) -> list[IndicatorText]:
    """The indicators of a criterion, in the grid's order."""
    return [
        _indicator(grid, name, indicator, glossary)
        for name, indicator in grid.indicators.items()
        if indicator.criterion == criterion
    ]


def _indicator(grid: Grid, name: str, indicator: Indicator, glossary: Glossary) -> IndicatorText:
    return IndicatorText(
        name,
        indicator.label,
        indicator.core,
        indicator.definition,
        tuple(_measure(grid, each) for each in indicator.measures.values()),
        tuple((term, text) for term, text in _notes(indicator, glossary.clauses) if text),
        indicator.pending,
        tuple(
            f"{each.nom}, depuis le {dates.day(each.since)} : {each.reason}" for each in glossary.declined.get(name, ())
        ),
    )


def _notes(indicator: Indicator, clauses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not indicator.measures:
        yield "Sens", words.SENSES[indicator.direction]
    yield "Ce qui peut fausser ce chiffre", indicator.gaming
    yield "Ce qu'il ne dit pas", indicator.limit
    yield "Chef de file", indicator.owner
    yield from (("Clause " + clause, clauses.get(clause, "")) for clause in indicator.clauses)
    yield from (("Approche la clause " + clause, clauses.get(clause, "")) for clause in indicator.approached)
    for each in indicator.references:
        yield words.FRAMEWORKS[each.framework], f"{each.code} : {each.label}"


def _measure(grid: Grid, measure: Measure) -> MeasureText:
    levels = grid.levels_of(measure)
    facts = (
        words.NATURES[measure.nature],
        KINDS[measure.kind],
        f"sur : {grid.bases[measure.base].label}",
        uncapitalised(words.SENSES[measure.direction].removesuffix(".")),
        ""
        if set(levels) == set(LEVELS)
        else f"montré {numbers.listed(words.LEVELS[each] for each in levels)} seulement",
    )
    return MeasureText(measure.label, measure.definition, f"{' ; '.join(filter(None, facts))}.", measure.pending)


def questions_table(grid: Grid, questionnaire: str) -> Table:
    """The questions of a questionnaire, with the answers that they admit."""
    asked = grid.questionnaires[questionnaire]
    rows = tuple(
        (name, question.text, _answers(grid, name, question))
        for name, question in grid.questions_of(questionnaire).items()
    )
    minutes = numbers.number(asked.minutes)
    return Table(f"{asked.title} : {minutes} minutes estimées", ("Code", "Question", "Réponses"), rows)


def loose_questions_table(grid: Grid) -> Table:
    """The questions that stand in no questionnaire of the version."""
    asked = {name for questionnaire in grid.questionnaires for name in grid.questions_of(questionnaire)}
    rows = tuple(
        (name, question.text, _answers(grid, name, question))
        for name, question in grid.questions.items()
        if name not in asked
    )
    return Table("Questions posées sans questionnaire rédigé", ("Code", "Question", "Réponses"), rows)


def profile_table(grid: Grid) -> Table:
    """What each structure says of itself once a year."""
    rows = tuple((name, question.text) for name, question in grid.profile.items())
    return Table("Profil de structure, une fois par an", ("Code", "Question"), rows)


def _answers(grid: Grid, name: str, question: Question) -> str:
    scale = grid.scale_of(name)
    if scale.is_box:
        return "Case à cocher"
    told = " · ".join((*scale.values.values(), *scale.outside.values()))
    return f"Pour chaque réseau partenaire : {told}" if question.by_partner else told
