"""What a team says of itself, by consensus, beside what persons say of the same thing. Never a mean of individual answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.selection import Unit
from dashboard.text import numbers, words
from dashboard.text.typography import capitalised
from dashboard.views import figures, practice_profile
from dashboard.views.catalogue import Criterion, Field
from dashboard.views.history import History
from dashboard.views.measures import INDEX, PERCEIVED, Category, Measure
from dashboard.views.practice_profile import is_practice
from dashboard.views.structure_periods import Slice, comparable_in
from dashboard.views.tables import Table
from dashboard.views.values import ABSENT, Value

OFTEN, NOT_OFTEN = "souvent, ou presque toujours", "parfois, ou jamais"
TEAM_ALONE = "La réponse commune de l'équipe reste dans l'équipe : elle seule la lit, et choisit de la partager."
NO_TEAM_ANSWER = "Aucune réponse d'équipe n'est montrée pour cette année."
QUESTION = "Sur quelle ligne l'équipe et les personnes ne disent-elles pas la même chose, et qu'en faisons-nous ?"

_ANSWERED = ("ok", "prudence", "masque")
# What persons are asked about the very thing that an item of the team's answer speaks of.
_SAID_OF = {"p01": "PD10.percue", "p02": "PD02.percue", "p03": "PD11.percue", "p05": "PD15.percue"}


@dataclass(frozen=True)
class TwoSides:
    """One thing: what the team says of it, and what persons say (empty where nobody asks them)."""

    subject: str
    team: str
    people: str = ""


@dataclass(frozen=True)
class Sides:
    """All of them, the ways of receiving first, then the place and the rules. `answer`: the team's answer in a sentence."""

    structure: str
    answer: str
    rows: tuple[TwoSides, ...]

    @property
    def question(self) -> str:
        """A question for the team, where there are two sides to any row."""
        return QUESTION if any(each.people for each in self.rows) else ""

    @property
    def table(self) -> Table:
        header = ("De quoi il s'agit", "Ce que l'équipe dit, ensemble", "Ce que les personnes disent")
        rows = tuple((each.subject, each.team, each.people or "question non posée") for each in self.rows)
        return Table(f"{self.structure} : l'équipe et les personnes", header, rows)


def sides_of(
    fields: Sequence[Field], slices: Sequence[Slice], structure: Unit, history: History, *, for_team: bool
) -> Sides:
    """The items of the team's answer, each beside what persons say of it; then each fact of a criterion that persons too
    are asked about. The team's answer is for the team alone (`for_team`).
    """
    reader = _Told(slices, structure, history)
    answers = [
        each for field in fields for criterion in field.criteria for each in criterion.measures if _is_answer(each)
    ]
    said = {each.name: each for field in fields for criterion in field.criteria for each in criterion.measures}
    items = [row for each in answers for row in _items(each, said, reader)] if for_team else []
    facts = [row for field in fields for criterion in field.criteria for row in _facts(criterion, reader)]
    answer = _answer_sentence(answers, reader) if for_team else TEAM_ALONE
    return Sides(structure.nom, answer, (*items, *facts))


@dataclass(frozen=True)
class _Told:
    """Looks a measure up in the finest period that tells it."""

    slices: Sequence[Slice]
    structure: Unit
    history: History

    def part(self, measure: Measure, category: str) -> Value:
        """The figure of one category of the structure: the first that is shown, else the last looked at."""
        cell = ABSENT
        for now, each in comparable_in(measure, self.slices, self.history):
            how = each.values.aggregation(now, self.structure, each.period)
            cell = each.values.get(now, self.structure, each.period, category, how)
            if cell.shown:
                break
        return cell

    def said(self, measure: Measure) -> str:
        """« 83 % (entre 75 et 89 %), année 2025 »; or the state of the longest period."""
        found = comparable_in(measure, self.slices, self.history)
        cells = [(now, each, each.values.headline(now, self.structure, each.period)) for now, each in found]
        shown = next(((now, each, cell) for now, each, cell in cells if cell.shown), None)
        if shown is not None:
            now, each, cell = shown
            return f"{figures.figure(cell, now.shown_unit)}, {each.period.name}"
        return figures.point(cells[-1][2], measure.shown_unit) if cells else words.ABSENT

    def answer(self, measure: Measure) -> tuple[str, str]:
        """What the structure answers of a fact, and its state."""
        found = comparable_in(measure, self.slices, self.history)
        answers = (practice_profile.answer_of(now, each.values, self.structure, each.period) for now, each in found)
        told = list(answers)
        return next((each for each in told if each[1] != practice_profile.UNTOLD), told[-1] if told else ("", ""))


def _is_answer(measure: Measure) -> bool:
    """Whether a measure is the common answer of a team."""
    return measure.fait_d_organisation and measure.genre == INDEX


def _items(measure: Measure, said: dict[str, Measure], told: _Told) -> Iterator[TwoSides]:
    for part in measure.parts:
        cell = told.part(measure, part.code)
        persons = said.get(_SAID_OF.get(part.code.lower(), ""))
        people = f"{persons.libelle} : {told.said(persons)}" if persons else ""
        if cell.etat in _ANSWERED:
            yield TwoSides(capitalised(part.libelle.removesuffix(".")), capitalised(_often(cell)), people)


def _often(cell: Value) -> str:
    if not cell.shown:
        return figures.point(cell, figures.PERCENT)
    return OFTEN if cell.valeur else NOT_OFTEN


def _facts(criterion: Criterion, told: _Told) -> Iterator[TwoSides]:
    """The facts of a criterion, beside the first thing that persons are asked in it."""
    persons = next(
        (each for each in criterion.measures if each.nature == PERCEIVED and each.shown_at("structure")), None
    )
    for fact in criterion.measures if persons else ():
        answer, state = told.answer(fact) if is_practice(fact) else ("", practice_profile.UNTOLD)
        if persons and state != practice_profile.UNTOLD:
            yield TwoSides(fact.libelle, capitalised(answer), f"{persons.libelle} : {told.said(persons)}")


def _answer_sentence(answers: Iterable[Measure], told: _Told) -> str:
    """« L'équipe dit suivre souvent quatre façons d'accueillir sur six. Point faible : « … ». »"""
    for measure in answers:
        cells = [(part, told.part(measure, part.code)) for part in measure.parts]
        known = [(part, cell) for part, cell in cells if cell.shown]
        if known:
            return _counted(known, len(cells))
    return NO_TEAM_ANSWER


def _counted(known: Sequence[tuple[Category, Value]], asked: int) -> str:
    often = sum(bool(cell.valeur) for _, cell in known)
    rare = [f"« {part.libelle.removesuffix('.')} »" for part, cell in known if not cell.valeur]
    ways = f"{'façon' if often < 2 else 'façons'} d'accueillir sur {numbers.spelled(asked, feminine=True)}"
    some = numbers.spelled(often, feminine=True) if often else "aucune"
    fact = f"L'équipe dit suivre souvent {some} {ways}."
    return f"{fact} Point faible : {numbers.listed(rare)}." if rare else fact
