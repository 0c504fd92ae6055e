"""The surveys of a network, in the shape of its survey tool: each version of the grid has its own questionnaires."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import polars as pl

from sample_data.definitions import Network
from sample_data.delivery import Delivery, contract_table, delivered, semicolon_text
from sample_data.full_surveys import first_full_frame, full_frame
from sample_data.periods import end_of, label, periods
from sample_data.questionnaires import FIRST, PRESENT, Asked, questionnaire
from sample_data.records import Records
from sample_data.single_answers import single_answers
from sample_data.surveys import coded, first_month_later, first_questions, survey_frame, survey_text
from sample_data.webforms import first_webform_frame, webform_frame, webform_text

Frame = Callable[..., pl.DataFrame]
_BY_CODE = ("mission-locale", "cap-emploi", "info-jeunes", "cio")
_IN_FULL, _AS_A_FORM, _ANSWER_BY_ANSWER = "chambres-consulaires", "suio", "france-travail"


def survey_deliveries(made: Records, seed: int) -> Iterator[Delivery]:
    """Every file of answers of a network, of people, of professionals and of teams; none where nobody is asked."""
    code = made.network.code
    if code in _BY_CODE:
        yield from _first_by_code(made, seed)
        yield from _present(made, seed, _coded_frame, survey_text, "1q")
        yield from _practices(made, seed, _coded_frame)
    elif code == _IN_FULL:
        yield from _first(made, first_full_frame(made.answers, code, seed), survey_text)
        yield from _present(made, seed, full_frame, survey_text, "6mo")
        yield from _practices(made, seed, full_frame)
    elif code == _AS_A_FORM:
        yield from _first(made, first_webform_frame(made.answers, code, seed), webform_text)
        yield from _present(made, seed, webform_frame, webform_text, "6mo")
    elif code == _ANSWER_BY_ANSWER:
        yield from _single_answers(made)


def _first_by_code(made: Records, seed: int) -> Iterator[Delivery]:
    frame = partial(survey_frame, network=made.network.code, seed=seed)
    soon = frame(made.answers, questions=first_questions())
    later = frame(made.month_later, questions=first_month_later())
    yield from _cut(soon, made.answers, FIRST, made.network, "avis", "1q", survey_text)
    yield from _cut(later, made.month_later, FIRST, made.network, "avis_un_mois", "6mo", survey_text)


def _first(made: Records, frame: pl.DataFrame, text: Callable[[pl.DataFrame], str]) -> Iterator[Delivery]:
    yield from _cut(frame, made.answers, FIRST, made.network, "avis", "6mo", text)


def _present(
    made: Records, seed: int, frame: Frame, text: Callable[[pl.DataFrame], str], step: str
) -> Iterator[Delivery]:
    for name, answers, asked, every in (
        ("questionnaire", made.answers, "a_chaud", step),
        ("questionnaire_un_mois", made.month_later, "m1", "6mo"),
    ):
        code = made.network.code
        export = frame(answers, code, seed, questionnaire(asked, code))
        yield from _cut(export, answers, PRESENT, made.network, name, every, text)


def _cut(
    export: pl.DataFrame,
    answers: pl.DataFrame,
    version: str,
    network: Network,
    name: str,
    step: str,
    text: Callable[[pl.DataFrame], str],
) -> Iterator[Delivery]:
    """The files of those asked under `version`, a period each; `export` has the rows of `answers`."""
    dated = export.with_columns(answers["debut"].alias("debut")).filter(answers["version"] == version)
    for start, part in periods(dated, "debut", step):
        content = text(part.drop("debut")).encode("utf-8")
        yield delivered(network, f"{name}_{label(start, step)}.csv", content, end_of(start, step))


def _practices(made: Records, seed: int, frame: Frame) -> Iterator[Delivery]:
    code = made.network.code
    for name, answers, asked in (
        ("pratiques", made.professionals, "professionnel"),
        ("equipes", made.teams, "equipe"),
    ):
        export = frame(answers, code, seed, questionnaire(asked, code)).with_columns(answers["debut"].alias("debut"))
        for start, part in periods(export, "debut", "1y"):
            content = survey_text(part.drop("debut")).encode("utf-8")
            yield delivered(made.network, f"{name}_{label(start, '1y')}.csv", content, end_of(start, "1q"))


def _single_answers(made: Records) -> Iterator[Delivery]:
    answers = made.professionals
    told = single_answers(answers, questionnaire("professionnel", made.network.code), "professionnel")
    for start, part in periods(told, "mois", "1y"):
        content = semicolon_text(contract_table(part)).encode("utf-8")
        yield delivered(made.network, f"reponses_professionnels_{label(start, '1y')}.csv", content, end_of(start, "1q"))


def _coded_frame(answers: pl.DataFrame, network: str, seed: int, questions: tuple[Asked, ...]) -> pl.DataFrame:
    return survey_frame(answers, network, seed, coded(questions))
