"""A questionnaire of the grid in the text that LimeSurvey imports: its tab-separated survey structure.

One row a setting (S), a text of the survey (SL), a group (G), a question (Q), a sub-question (SQ) or an answer (A); a row
belongs to the last group or question above it. The codes follow one rule, so that a mapping can be written from the grid:

- a question: its id without what is neither letter nor digit (U09_AVANT → U09AVANT);
- boxes: the block's id, then SQ001, SQ002… in the grid's order (U10[SQ001]);
- a question asked of each partner network: its id, then the network's short code (P21[FT], `partner_code`);
- answers: A1, A2… in the scale's order, those outside the scale last.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from grids.contract import load_contract
from grids.errors import GridError
from grids.partner_questions import partner_code
from grids.questions import Respondent
from pipelines.handouts.questionnaire import Form, Item, Section
from pipelines.home import aside, put_in_place

COLUMNS = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other", "default",
    "same_default", "hidden",
)  # fmt: skip
LANGUAGE = "fr"
STRUCTURE, CHANNEL = "STRUCT", "CANAL"
"""The two hidden questions that the link fills in, as the networks' mappings name them."""

_SETTINGS = {
    "language": LANGUAGE,
    "format": "G",
    "anonymized": "Y",
    # Without it LimeSurvey dates every anonymous answer of 1980, and the month is lost; the door keeps the month alone.
    "datestamp": "Y",
    "ipaddr": "N",
    "refurl": "N",
    "savetimings": "N",
    "usecookie": "N",
    "allowsave": "N",
    "allowprev": "Y",
    "showprogress": "Y",
    "shownoanswer": "Y",
    "showqnumcode": "X",
    "listpublic": "N",
}
_LIST, _DROPDOWN, _BOXES, _ARRAY, _SHORT_TEXT = "L", "!", "M", "F", "S"
_LONG_LIST = 7
_ANSWER_LIMIT = 5
_CARRIED = "Portées par le lien, jamais demandées"

Row = dict[str, str]


@dataclass(frozen=True)
class Heading:
    """How one question of the grid comes back in LimeSurvey's export of answers (headings by code).

    `values`: the tool's code → the grid's. `partner`: the network that the answer is about, or ''.
    """

    question: str
    heading: str
    values: dict[str, str]
    partner: str = ""


def write_structure(path: Path, form: Form) -> None:
    """Write `form` at `path` (a .txt) for LimeSurvey to import, whole or not at all.

    Raises GridError if two questions would bear the same code.
    """
    built = aside(path)
    built.write_text(structure_text(form), encoding="utf-8-sig", newline="")
    put_in_place(built, path)


def structure_text(form: Form) -> str:
    """The survey structure of `form`; the same form gives the same text. Raises GridError as `write_structure` does."""
    _check_codes(form)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter="\t", lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(_rows(form))
    return out.getvalue()


def headings(form: Form) -> tuple[Heading, ...]:
    """The columns of the answers' export, for each question of the grid, in the questionnaire's order."""
    return tuple(heading for item in form.items for heading in _headings(item))


def question_code(name: str) -> str:
    """The code of a question or a block: LimeSurvey admits letters and digits alone."""
    return re.sub(r"[^A-Za-z0-9]", "", name)


def _headings(item: Item) -> Iterator[Heading]:
    code = question_code(item.id)
    if item.boxes:
        for box, question in zip(_box_codes(item), item.boxes, strict=True):
            yield Heading(question, f"{code}[{box}]", {"Y": "oui", "N": "non"})
        return
    values = dict(zip(_answer_codes(item), (answer.code for answer in item.answers), strict=True))
    for network in item.partners:
        yield Heading(item.id, f"{code}[{partner_code(network.code)}]", values, network.code)
    if not item.partners:
        yield Heading(item.id, code, values)


def _answer_codes(item: Item) -> list[str]:
    return [f"A{number}" for number, _ in enumerate(item.answers, start=1)]


def _box_codes(item: Item) -> list[str]:
    return [f"SQ{number:03}" for number, _ in enumerate(item.boxes, start=1)]


def _rows(form: Form) -> Iterator[Row]:
    for name, value in _SETTINGS.items():
        yield {"class": "S", "name": name, "text": value}
    yield from _texts(form)
    group = count(1)
    yield _group(next(group), _CARRIED)
    yield from _carried(form.asked.respondent)
    for section in form.sections:
        yield _group(next(group), section.title or form.asked.title)
        yield from _questions(section)


def _texts(form: Form) -> Iterator[Row]:
    texts = {
        "surveyls_title": form.asked.title,
        "surveyls_description": f"Grille {form.grid}, version {form.version}",
        "surveyls_welcometext": form.asked.opening,
        "surveyls_endtext": form.asked.closing,
    }
    for name, text in texts.items():
        yield {"class": "SL", "name": name, "text": _shown(text), "language": LANGUAGE}


def _group(number: int, title: str) -> Row:
    return {"class": "G", "type/scale": f"G{number}", "name": _shown(title), "relevance": "1", "language": LANGUAGE}


def _carried(respondent: Respondent) -> Iterator[Row]:
    yield _question(_SHORT_TEXT, STRUCTURE, "Structure (identifiant)", hidden=True)
    channel = load_contract("reponses").column("canal")
    if respondent == "personne" and channel is not None:
        yield _question(_LIST, CHANNEL, channel.label, hidden=True)
        for number, code in enumerate(channel.values, start=1):
            yield _answer(f"A{number}", code)


def _questions(section: Section) -> Iterator[Row]:
    for item in section.items:
        yield _question(_type(item), question_code(item.id), item.text)
        for code, text in zip(_box_codes(item), item.boxes.values(), strict=True):
            yield _sub_question(code, text)
        for network in item.partners:
            yield _sub_question(partner_code(network.code), network.name)
        if not item.boxes:
            for code, answer in zip(_answer_codes(item), item.answers, strict=True):
                yield _answer(code, answer.words)


def _type(item: Item) -> str:
    if item.boxes:
        return _BOXES
    if item.partners:
        return _ARRAY
    return _DROPDOWN if len(item.answers) >= _LONG_LIST else _LIST


def _question(kind: str, code: str, text: str, *, hidden: bool = False) -> Row:
    return {
        "class": "Q", "type/scale": kind, "name": code, "relevance": "1", "text": _shown(text), "language": LANGUAGE,
        "mandatory": "N", "other": "N", "same_default": "0", "hidden": "1" if hidden else "",
    }  # fmt: skip


def _sub_question(code: str, text: str) -> Row:
    return {
        "class": "SQ", "type/scale": "0", "name": code, "relevance": "1", "text": _shown(text), "language": LANGUAGE
    }  # fmt: skip


def _answer(code: str, text: str) -> Row:
    return {
        "class": "A", "type/scale": "0", "name": code, "relevance": "0", "text": _shown(text), "language": LANGUAGE
    }  # fmt: skip


def _shown(text: str) -> str:
    """As LimeSurvey shows it: HTML on one line, where a brace would begin an expression."""
    line = re.sub(r"[ \t\r\n]+", " ", html.escape(text, quote=False)).strip()
    return line.replace("{", "&#123;").replace("}", "&#125;")


def _check_codes(form: Form) -> None:
    items = list(form.items)
    _check_distinct([item.id for item in items] + [STRUCTURE, CHANNEL], question_code, form)
    for item in items:
        _check_distinct([network.code for network in item.partners], partner_code, form)
        if any(len(code) > _ANSWER_LIMIT for code in _answer_codes(item)):
            raise GridError(f"« {item.id} » a trop de réponses pour LimeSurvey.", remedy="Raccourcissez son échelle.")


def _check_distinct(names: list[str], code_of: Callable[[str], str], form: Form) -> None:
    seen: dict[str, str] = {}
    for name in names:
        code = code_of(name)
        if code.upper() in seen:
            raise GridError(
                f"« {seen[code.upper()]} » et « {name} » auraient le même code dans LimeSurvey ({code}).",
                place=f"questionnaire « {form.name} »",
                remedy="Donnez à l'un un identifiant qui en diffère par une lettre ou un chiffre.",
            )
        seen[code.upper()] = name
