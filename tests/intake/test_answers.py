"""Surveys: the block rule of several-choice questions, answers that were never finished, cells that hold anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.intake.door import Passed

Door = Callable[..., Passed]
HEADING = [
    "id",
    "submitdate",
    "lastpage",
    "token",
    "ipaddr",
    "STRUCT",
    "U03",
    "U10[SQ001]",
    "U10[SQ002]",
    "U10[SQ003]",
    "Commentaire",
]


def _row(
    number: int = 1, *, sent: str = "2025-02-03 10:00:00", u03: str = "", boxes: str = ",,", comment: str = ""
) -> str:
    cells = [str(number), sent, "2", f"FICTIFTOKEN{number}", "192.0.2.1", "A-1", u03, *boxes.split(","), comment]
    return ";".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\r\n"


def _export(*rows: str) -> str:
    return "\ufeff" + ";".join(f'"{each}"' for each in HEADING) + "\r\n" + "".join(rows) + "\r\n"


def _answers(passed: Passed) -> dict[str, str]:
    return dict(passed.connection.execute("SELECT question, valeur FROM staged ORDER BY ALL").fetchall())


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        pytest.param("Y,,", {"U10_QUI": "oui", "U10_QUOI": "non", "U10_RIEN": "non"}, id="one tick: the empty ones mean no"),
        pytest.param(",,Y", {"U10_QUI": "non", "U10_QUOI": "non", "U10_RIEN": "oui"}, id="« rien de cela » counts as a tick"),
        pytest.param("Y,N,", {"U10_QUI": "oui", "U10_QUOI": "non", "U10_RIEN": "non"}, id="an explicit no"),
        pytest.param("Y,?,", {"U10_QUI": "oui", "U10_QUOI": "#inconnu", "U10_RIEN": "non"}, id="a mark stays a mark"),
        pytest.param(",,", {}, id="none ticked: nothing is recorded"),
        pytest.param("N,,N", {}, id="no tick at all, even said: nothing is recorded"),
        pytest.param("?,,", {"U10_QUI": "#inconnu"}, id="a mark alone goes to quarantine"),
    ],
)  # fmt: skip
def test_the_boxes_of_a_block(door: Door, boxes: str, expected: dict[str, str]) -> None:
    assert _answers(door(_export(_row(u03="A2", boxes=boxes)))) == {"U03": "2", **expected}


@pytest.mark.parametrize(
    ("cell", "expected"), [("A1", "1"), ("a4", "4"), ("A5", "pas_concerne"), ("A9", "#inconnu"), ("Oui", "#inconnu")]
)
def test_an_answer_is_read_on_the_scale_of_its_question(door: Door, cell: str, expected: str) -> None:
    assert _answers(door(_export(_row(u03=cell)))) == {"U03": expected}


def test_a_question_left_empty_has_no_row(door: Door) -> None:
    assert "U03" not in _answers(door(_export(_row(boxes="Y,,"))))


def test_an_answer_to_any_question_makes_a_questionnaire(door: Door) -> None:
    passed = door(_export(_row(1, u03="A1"), _row(2, boxes="Y,,")))
    assert passed.set_aside == {"vides": 1}
    assert passed.connection.execute("SELECT DISTINCT ligne FROM staged ORDER BY ligne").fetchall() == [(2,), (3,)]


def test_unfinished_unanswered_and_blank_rows_are_set_aside_each_for_its_reason(door: Door) -> None:
    passed = door(_export(_row(1, u03="A1"), _row(2, sent="", u03="A1"), _row(3), _row(4, u03="A3")))
    assert passed.read == 5
    assert passed.set_aside == {"vides": 1, "inachevés": 1, "sans réponse": 1}
    assert passed.connection.execute("SELECT DISTINCT ligne FROM staged ORDER BY ligne").fetchall() == [(2,), (5,)]


def test_line_feeds_quotes_and_separators_inside_a_cell_make_no_new_row(door: Door) -> None:
    passed = door(_export(_row(1, u03="A1", comment='une\nligne ; "deux"\n'), _row(2, u03="A2")))
    assert passed.connection.execute("SELECT ligne, valeur FROM staged ORDER BY ligne").fetchall() == [
        (2, "1"),
        (3, "2"),
    ]


def test_the_traces_that_a_survey_tool_keeps_are_dropped_and_told(door: Door) -> None:
    passed = door(_export(_row(u03="A1", comment="FICTIF-COMMENTAIRE")))
    assert passed.removed == ("token", "ipaddr")
    held = str(passed.connection.execute("SELECT * FROM staged").fetchall())
    assert not any(each in held for each in ("FICTIF", "192.0.2"))


def test_the_moment_of_an_answer_becomes_its_month(door: Door) -> None:
    passed = door(_export(_row(u03="A1", sent="2025-12-31 23:59:59")))
    assert passed.connection.execute("SELECT mois FROM staged").fetchall() == [("2025-12-01",)]


def test_every_answer_of_a_person_has_the_same_reference(door: Door) -> None:
    passed = door(_export(_row(1, u03="A1", boxes="Y,,"), _row(2, u03="A1")))
    per_line: list[Any] = passed.connection.execute(
        "SELECT ligne, count(DISTINCT reponse_ref), count(*) FROM staged GROUP BY ligne ORDER BY ligne"
    ).fetchall()
    assert per_line == [(2, 1, 4), (3, 1, 1)]
