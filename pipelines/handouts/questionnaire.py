"""A questionnaire of the grid as it is put to people, whatever it is written in: sections, questions, boxes, partners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from grids.errors import GridError
from grids.model import Grid
from grids.questions import Question, Questionnaire, Respondent, Wave
from grids.register import Network, networks

FORMS: dict[str, tuple[Respondent, Wave]] = {
    "personnes": ("personne", "a_chaud"),
    "un-mois": ("personne", "m1"),
    "professionnels": ("professionnel", "a_chaud"),
    "equipes": ("equipe", "a_chaud"),
}
"""What the command line calls each questionnaire: who answers it, and when."""

BOXES_HEADING = "Cochez tout ce qui convient."


@dataclass(frozen=True)
class Answer:
    """An answer offered: its code in the grid, its words; `aside`: it leaves the denominator."""

    code: str
    words: str
    aside: bool = False


@dataclass(frozen=True)
class Item:
    """One thing asked: a question with its answers, asked of each partner where there are some, or boxes to tick.

    `id`: the question's, or the block's. `boxes`: question → text, in order, where they are ticked together; `answers` are
    then ticked and not ticked.
    """

    id: str
    text: str
    answers: tuple[Answer, ...]
    boxes: dict[str, str] = field(default_factory=dict)
    partners: tuple[Network, ...] = ()
    on_trial: bool = False


@dataclass(frozen=True)
class Section:
    """Items under one heading, '' where the grid gives none."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Form:
    """A whole questionnaire, and the version of the grid that asks it. `name`: one of FORMS."""

    name: str
    grid: str
    version: str
    asked: Questionnaire
    sections: tuple[Section, ...]

    @property
    def items(self) -> Iterator[Item]:
        """Every item, in order."""
        return (item for section in self.sections for item in section.items)


def form_of(grid: Grid, name: str) -> Form:
    """The questionnaire `name` (one of FORMS) of a grid; raises GridError if that version has none, or does not fill it."""
    for key, asked in grid.questionnaires.items():
        if (asked.respondent, asked.wave) == FORMS[name] and (questions := grid.questions_of(key)):
            return Form(name, grid.id, grid.version, asked, tuple(_sections(grid, questions)))
    told = [each for each, who in FORMS.items() if who in _who_answers(grid)]
    raise GridError(
        f"La version {grid.version} n'a pas de questionnaire « {name} ».",
        place=f"{grid.id}/{grid.version}.yaml (questionnaires)",
        remedy=f"Elle a : {', '.join(told)}."
        if told
        else "Choisissez une version qui en a, par exemple la plus récente.",
    )


def forms_of(grid: Grid) -> tuple[Form, ...]:
    """Every questionnaire of a grid, in the order of FORMS."""
    return tuple(form_of(grid, name) for name, who in FORMS.items() if who in _who_answers(grid))


def _who_answers(grid: Grid) -> set[tuple[Respondent, Wave]]:
    return {(each.respondent, each.wave) for each in grid.questionnaires.values()}


def _sections(grid: Grid, questions: dict[str, Question]) -> Iterator[Section]:
    for title in dict.fromkeys(question.part for question in questions.values()):
        yield Section(title, tuple(_items(grid, {q: each for q, each in questions.items() if each.part == title})))


def _items(grid: Grid, questions: dict[str, Question]) -> Iterator[Item]:
    """Boxes of one block are one item; any other question is one by itself."""

    def together(question: str) -> str:
        in_block = questions[question].block and grid.scale_of(question).is_box
        return questions[question].block if in_block else question

    for name, ids in groupby(questions, key=together):
        listed = tuple(ids)
        if grid.scale_of(listed[0]).is_box:
            trial = all(questions[each].on_trial for each in listed)
            boxes = {each: questions[each].text for each in listed}
            yield Item(name, BOXES_HEADING, _answers(grid, listed[0]), boxes, on_trial=trial)
        else:
            yield _single(grid, name, questions[name])


def _single(grid: Grid, name: str, question: Question) -> Item:
    partners = networks() if question.by_partner else ()
    return Item(name, question.text, _answers(grid, name), partners=partners, on_trial=question.on_trial)


def _answers(grid: Grid, question: str) -> tuple[Answer, ...]:
    scale = grid.scale_of(question)
    aside = [Answer(code, words, aside=True) for code, words in scale.outside.items()]
    return (*(Answer(code, words) for code, words in scale.values.items()), *aside)
