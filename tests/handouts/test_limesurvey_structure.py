"""LimeSurvey cannot run here: the structure is held against the rules of its import, and its answers against our own door."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grids.errors import GridError
from grids.load import load_grid
from grids.network import Delivery, Mapping, Source, load_mapping
from grids.partner_questions import partner_code, question_and_partner
from grids.register import network_codes
from pipelines.handouts.limesurvey_structure import (
    COLUMNS,
    Heading,
    headings,
    question_code,
    structure_text,
    write_structure,
)
from pipelines.handouts.questionnaire import FORMS, Answer, Form, Item, Section, form_of
from pipelines.intake.door import pass_door
from pipelines.intake.references import passing_keys

VERSION = "2025.1"
NEEDS_ANSWERS, NEEDS_BOXES = ("L", "!", "F"), ("M", "F")
CHANNELS = {
    "A1": "presentiel",
    "A2": "telephone",
    "A3": "visioconference",
    "A4": "tchat",
    "A5": "courriel",
}

Row = dict[str, str]


@cache
def form(name: str) -> Form:
    return form_of(load_grid(VERSION), name)


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def faults(text: str) -> Iterator[str]:
    """What LimeSurvey would refuse, cut or drop without a word."""
    rows = rows_of(text)
    yield from _line_faults(text)
    yield from _code_faults(rows)
    yield from _order_faults(rows)
    yield from _completeness_faults(rows)
    if [row["text"] for row in rows if (row["class"], row["name"]) == ("S", "language")] != ["fr"]:
        yield "language of the survey"


def _line_faults(text: str) -> Iterator[str]:
    lines = text.split("\r\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        yield "headings"
    if any(line.count("\t") != len(COLUMNS) - 1 for line in lines if line):
        yield "a tab within a cell"
    if "\n" in text.replace("\r\n", "") or re.search(r"[{}]", text):
        yield "a line feed, or an expression, within a cell"


def _code_faults(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        kind, code = row["class"], row["name"]
        if kind in ("Q", "SQ") and not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", code):
            yield f"code of {kind} {code}"
        if kind == "A" and not re.fullmatch(r"[A-Za-z0-9]{1,5}", code):
            yield f"code of answer {code}"
        if kind not in ("S",) and row["language"] != "fr":
            yield f"language of {kind} {code}"
        if kind in ("Q", "SQ", "A", "G") and not (row["text"] or kind == "G"):
            yield f"text of {kind} {code}"


def _order_faults(rows: list[Row]) -> Iterator[str]:
    """What belongs to nothing, and codes met twice where they must differ."""
    questions, below, last = set[str](), set[tuple[str, str]](), ""
    for row in rows:
        kind, code = row["class"], row["name"]
        if kind == "Q":
            if code.upper() in questions:
                yield f"question {code} twice"
            questions.add(code.upper())
            below = set()
        if kind in ("SQ", "A"):
            if (kind, code) in below:
                yield f"{kind} {code} twice"
            below.add((kind, code))
        if kind == "Q" and last not in ("G", "Q", "SQ", "A"):
            yield f"question {code} without a group"
        if kind in ("SQ", "A") and last not in ("Q", "SQ", "A"):
            yield f"{kind} {code} without a question"
        last = kind


def _completeness_faults(rows: list[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if row["class"] != "Q":
            continue
        owned = []
        for each in rows[number + 1 :]:
            if each["class"] not in ("SQ", "A"):
                break
            owned.append(each["class"])
        if (row["type/scale"] in NEEDS_ANSWERS) != ("A" in owned):
            yield f"answers of {row['name']}"
        if (row["type/scale"] in NEEDS_BOXES) != ("SQ" in owned):
            yield f"sub-questions of {row['name']}"


@pytest.mark.parametrize("name", FORMS)
def test_the_structure_of_a_questionnaire_keeps_the_rules_of_the_import(name: str) -> None:
    assert not list(faults(structure_text(form(name))))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("G\tG1\t", "X\tG1\t"),
        ("Q\tL\tU01\t", "Q\tL\tU_01\t"),
        ("Q\tL\tU02\t", "Q\tL\tU01\t"),
        ("A\t0\tA1\t", "A\t0\ttoo_long_a_code\t"),
        ("A\t0\tA2\t", "A\t0\tA1\t"),
        ("\tfr\t", "\ten\t"),
        ("écouté", "éco\tuté"),
        ("écouté", "éco\nuté"),
        ("écouté", "éco{uté}"),
        ("Q\tM\tU10\t", "Q\tL\tU10\t"),
        ("class\ttype/scale", "class\tscale"),
    ],
)  # fmt: skip
def test_the_rules_refuse_a_structure_that_breaks_them(before: str, after: str) -> None:
    text = structure_text(form("personnes"))
    assert before in text
    assert next(faults(text.replace(before, after)), None)


@pytest.mark.parametrize("name", FORMS)
def test_every_question_of_the_grid_is_asked_once_in_its_words(name: str) -> None:
    grid = load_grid(VERSION)
    asked = next(
        key for key, each in grid.questionnaires.items() if (each.respondent, each.wave) == FORMS[name]
    )  # fmt: skip
    text = structure_text(form(name)).replace("&amp;", "&")
    assert list(dict.fromkeys(each.question for each in headings(form(name)))) == list(grid.questions_of(asked))
    assert all(question.text in text for question in grid.questions_of(asked).values())


def test_codes_follow_the_one_rule() -> None:
    by_question = {
        (each.question, each.partner): each
        for each in (*headings(form("personnes")), *headings(form("professionnels")))
    }
    assert by_question["U09_AVANT", ""].heading == "U09AVANT"
    assert by_question["U10_AUCUN_AUTRE", ""].heading == "U10[SQ006]"
    assert by_question["U10_AUCUN_AUTRE", ""].values == {"Y": "oui", "N": "non"}
    assert by_question["P21", "france-travail"].heading == "P21[FT]"
    assert by_question["U01", ""].values == {"A1": "1", "A2": "2", "A3": "3", "A4": "4", "A5": "pas_concerne"}
    assert by_question["P24_FICHE", ""].values["A10"] == "30"


def test_every_network_has_a_short_code_of_its_own() -> None:
    codes = [partner_code(network) for network in network_codes()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[A-Z]{1,5}", code) for code in codes)


@pytest.mark.parametrize(("name", "hidden"), [("personnes", ["STRUCT", "CANAL"]), ("professionnels", ["STRUCT"])])
def test_what_the_link_carries_is_hidden_and_nothing_else(name: str, hidden: list[str]) -> None:
    rows = rows_of(structure_text(form(name)))
    assert [row["name"] for row in rows if row["hidden"] == "1"] == hidden
    assert all(row["mandatory"] == "N" for row in rows if row["class"] == "Q")


def test_it_keeps_no_address_and_no_time_of_an_answer() -> None:
    said = {row["name"]: row["text"] for row in rows_of(structure_text(form("personnes"))) if row["class"] == "S"}
    assert said["anonymized"] == "Y"
    assert [said[each] for each in ("ipaddr", "refurl", "savetimings", "usecookie")] == ["N"] * 4
    assert said["datestamp"] == "Y"  # without it the month of an anonymous answer is lost


def test_texts_are_shown_as_they_are_whatever_they_hold() -> None:
    answers = (Answer("1", "a < b"), Answer("2", "c & d"))
    section = Section("", (Item("U01", "Deux\nlignes {et} « un »\tmot", answers),))
    made = form("personnes")
    text = structure_text(Form(made.name, made.grid, made.version, made.asked, (section,)))
    assert not list(faults(text))
    assert "Deux lignes &#123;et&#125; « un » mot" in text
    assert "a &lt; b" in text


@pytest.mark.parametrize("ids", [("U09_A", "U09A"), ("u1", "U1"), ("STRUCT", "U1")])
def test_two_questions_of_one_code_are_refused(ids: tuple[str, str]) -> None:
    made, answers = form("personnes"), (Answer("1", "non"), Answer("2", "oui"))
    items = tuple(Item(each, "Une question ?", answers) for each in ids)
    with pytest.raises(GridError, match="même code"):
        structure_text(Form(made.name, made.grid, made.version, made.asked, (Section("", items),)))


def test_a_version_without_questionnaires_says_so() -> None:
    with pytest.raises(GridError, match=r"2023\.1 n'a pas de questionnaire"):
        form_of(load_grid("2023.1"), "personnes")


def test_the_file_is_the_tool_s_own_shape_and_always_the_same(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write_structure(tmp_path / name, form("professionnels"))
    content = (tmp_path / "a.txt").read_bytes()
    assert content == (tmp_path / "b.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfclass\t")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", FORMS)
def test_answers_to_it_come_in_at_our_door_with_a_mapping_written_from_it(name: str, tmp_path: Path) -> None:
    read = [each for each in headings(form(name)) if not each.partner]
    columns = ["id", "submitdate", "lastpage", "startlanguage", "seed", "STRUCT", *(each.heading for each in read)]
    lines = [_answered(read, turn) for turn in range(10)]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([columns, *lines])
    path = tmp_path / "answers.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    passed = pass_door(path, Mapping(network="cio", name="CIO", deliveries=(_delivery(name, read),)), passing_keys())
    got = passed.connection.execute("SELECT question, valeur FROM staged").fetchall()
    expected = [
        (each.question, _code(each.values, turn + rank)[1]) for turn in range(10) for rank, each in enumerate(read)
    ]  # fmt: skip
    assert sorted(got) == sorted(expected)


def _answered(read: list[Heading], turn: int) -> list[str]:
    own = [str(turn), "2025-05-05 10:00:00", "9", "fr", "1", "FICTIF-01"]
    return [*own, *(_code(each.values, turn + rank)[0] for rank, each in enumerate(read))]


def _code(values: dict[str, str], turn: int) -> tuple[str, str]:
    return list(values.items())[turn % len(values)]


def _delivery(name: str, read: list[Heading]) -> Delivery:
    respondent, wave = FORMS[name]
    return Delivery(
        id="essai",
        table="reponses",
        reader="limesurvey",
        recognised_by=(read[0].heading,),
        constants={"grille": "api-bretagne", "version": VERSION, "vague": wave, "repondant": respondent},
        columns={
            "reponse_ref": Source(heading="id"),
            "structure_id": Source(heading="STRUCT"),
            "mois": Source(heading="submitdate", date="AAAA-MM-JJ hh:mm:ss"),
        },
        questions={each.question: _source(each) for each in read},
        ignored=("lastpage", "startlanguage", "seed"),
    )


def _source(read: Heading) -> Source:
    block = read.heading.partition("[")[0] if "[" in read.heading else ""
    return Source(heading=read.heading, values=read.values, block=block)


def _mapped() -> Iterator[tuple[str, Delivery]]:
    for network in network_codes():
        for delivery in load_mapping(network).deliveries:
            by_code = any(source.heading == "STRUCT" for source in delivery.columns.values())
            if delivery.reader == "limesurvey" and by_code:
                yield network, delivery


def test_the_networks_mappings_understand_the_answers_to_it() -> None:
    known = {
        (name, each.question, each.partner): each for name in FORMS for each in headings(form(name))
    }  # fmt: skip
    seen = set()
    for network, delivery in _mapped():
        asked = (delivery.constants["repondant"], delivery.constants["vague"])
        name = next(each for each, who in FORMS.items() if who == asked)
        for key, source in delivery.questions.items():
            ours = known[name, *question_and_partner(key)]
            assert (ours.heading, ours.values) == (source.heading, source.values), f"{network}/{delivery.id}/{key}"
            seen.add((name, key))
    assert {("personnes", "U09_AVANT"), ("un-mois", "M4"), ("professionnels", "P21@france-travail")} <= seen


def test_channels_are_coded_as_a_mapping_reads_them() -> None:
    rows = rows_of(structure_text(form("personnes")))
    start = next(number for number, row in enumerate(rows) if row["name"] == "CANAL") + 1
    assert {row["name"]: row["text"] for row in rows[start : start + len(CHANNELS)]} == CHANNELS
    assert rows[start + len(CHANNELS)]["class"] == "G"
    surveys = [each for each in load_mapping("mission-locale").deliveries if each.reader == "limesurvey"]
    read = [each.columns["canal"].values for each in surveys if "canal" in each.columns]
    assert read
    assert all(values == CHANNELS for values in read)


def test_a_code_keeps_letters_and_digits_alone() -> None:
    assert question_code("U09_AVANT") == "U09AVANT"
