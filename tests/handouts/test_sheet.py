"""The workbook that networks receive, read back from its own XML."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grids.common_sheet import common_sheet_delivery, load_common_sheet
from grids.errors import GridError
from pipelines.handouts.neutral import neutralised
from pipelines.handouts.sheet import write_sheet
from pipelines.handouts.sheet_layout import FIRST_LINE_ROW, HEADING_ROW, Layout

SHEET = load_common_sheet()
LAYOUT = Layout(SHEET)
ENTRY, GUIDE, EXAMPLE, LISTS = 1, 2, 3, 4
FIRST, LAST = FIRST_LINE_ROW + 1, FIRST_LINE_ROW + SHEET.lines
STRUCTURES = [("FICTIF-01", "Lieu FICTIF de Rennes"), ("FICTIF-02", "Lieu FICTIF de Brest")]


def letters(number: str, choice: int = 0) -> str:
    question = next(each for each in SHEET.asked if each.number == number)
    return LAYOUT.cell(question.headings[choice], 0).strip("$").rstrip("1")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, opened: Any) -> Any:
    path = tmp_path_factory.mktemp("fiche") / "fiche.xlsx"
    write_sheet(path, "mission-locale", STRUCTURES, usual_channels={"FICTIF-02": "courriel"})
    assert [each.name for each in path.parent.iterdir()] == ["fiche.xlsx"]
    return opened(path)


def test_its_headings_are_those_by_which_the_door_knows_it(book: Any) -> None:
    row = re.compile(rf"^[A-Z]+{HEADING_ROW + 1}$")
    headings = {text for address, text in book.cells(ENTRY).items() if row.match(address)}
    delivery = common_sheet_delivery()
    assert set(delivery.recognised_by) <= headings
    assert headings == {*delivery.kept_headings, *delivery.ignored}


def test_only_questions_one_nine_and_ten_are_filled_in_on_an_untouched_line(book: Any) -> None:
    cells = book.cells(ENTRY)
    for row in (FIRST, LAST):
        answered = {each.number for each in SHEET.asked if f"{letters(each.number)}{row}" in cells}
        assert answered == {"1", "2", "2b", "9", "10"}
        assert cells[f"{letters('9')}{row}"] == cells[f"{letters('10')}{row}"] == "non précisé"
        assert cells[f"{letters('2')}{row}"].startswith("=IF(AND($B")
    assert f"A{LAST + 1}" not in cells


def test_question_one_stays_empty_when_no_usual_channel_is_known(tmp_path: Path, opened: Any) -> None:
    write_sheet(tmp_path / "f.xlsx", "cio", STRUCTURES)
    assert f"{letters('1')}{FIRST}" not in opened(tmp_path / "f.xlsx").cells(ENTRY)


def test_every_question_has_its_list_and_the_delay_its_bounds(book: Any) -> None:
    said = book.validations(ENTRY)
    for question in SHEET.asked:
        for choice in range(question.at_most):
            rule = said[f"{letters(question.number, choice)}{FIRST}:{letters(question.number, choice)}{LAST}"]
            assert rule["error"].endswith(".")
            assert rule["type"] == ("list" if question.answers else "whole")
    assert b"liste_canal" in book.parts["xl/workbook.xml"]


def test_the_lists_are_hidden_and_offer_ones_own_network_once(book: Any) -> None:
    assert b'name="listes" sheetId="4" state="hidden"' in book.parts["xl/workbook.xml"]
    offered = list(book.cells(LISTS).values())
    assert offered.count("Mon réseau (Missions locales)") == 2
    assert "Missions locales" not in offered


@pytest.mark.parametrize("number", [each.number for each in SHEET.asked if each.condition])
def test_a_question_is_grey_until_its_condition_holds(book: Any, number: str) -> None:
    area = f"{letters(number)}{FIRST}:{letters(number)}{LAST}"
    assert book.greyed(ENTRY)[area].startswith("NOT(")


def test_a_question_always_asked_is_never_grey(book: Any) -> None:
    always = {letters(each.number) for each in SHEET.asked if not each.condition}
    assert not [area for area in book.greyed(ENTRY) if area.split(str(FIRST))[0] in always]


@pytest.mark.parametrize("page", [ENTRY, GUIDE, EXAMPLE, LISTS])
def test_pages_are_protected_without_a_password(book: Any, page: int) -> None:
    protection = book.page(page).find("{*}sheetProtection")
    assert protection is not None
    assert protection.get("password") is None


def test_headings_stay_in_sight(book: Any) -> None:
    pane = book.page(ENTRY).find(".//{*}pane")
    assert pane.get("state") == "frozen"
    assert pane.get("ySplit") == str(FIRST_LINE_ROW)


def test_the_guide_tells_the_eight_rules_and_the_example_three_lines(book: Any) -> None:
    told = " ".join(book.cells(GUIDE).values())
    assert len(SHEET.rules) == 8
    assert all(rule.text in told for rule in SHEET.rules)
    assert len(SHEET.examples) == 3
    assert [text for text in book.cells(EXAMPLE).values() if text in {each.title for each in SHEET.examples}]


def test_no_other_page_would_be_taken_for_a_delivery(book: Any) -> None:
    known = set(common_sheet_delivery().recognised_by)
    for page in (GUIDE, EXAMPLE, LISTS):
        by_row: dict[str, set[str]] = {}
        for address, text in book.cells(page).items():
            by_row.setdefault(re.sub("[A-Z]", "", address), set()).add(text)
        assert not [row for row, texts in by_row.items() if known <= texts]


def test_it_asks_no_identity_and_no_day_of_a_reception(book: Any) -> None:
    row = re.compile(rf"^[A-Z]+{HEADING_ROW + 1}$")
    words = " ".join(text.lower() for address, text in book.cells(ENTRY).items() if row.match(address))
    assert not re.search(r"\b(nom|prénom|heure|jour de|accueillante?|conseill[eè]re?|commentaire)\b", words)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t="])
def test_no_text_that_we_are_given_can_run_as_a_formula(tmp_path: Path, opened: Any, start: str) -> None:
    hostile = f"{start}HYPERLINK(1)"
    write_sheet(tmp_path / "f.xlsx", "cio", [("FICTIF-01", hostile)], version=hostile)
    book = opened(tmp_path / "f.xlsx")
    for page in (ENTRY, GUIDE, EXAMPLE, LISTS):
        assert not [text for text in book.cells(page).values() if "HYPERLINK" in text and text.lstrip()[0] in "=+-@"]
    assert neutralised(hostile) == "'" + hostile


def test_the_same_contract_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_sheet(tmp_path / name, "cio", STRUCTURES)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("network", "channels"), [("inconnu", {}), ("cio", {"FICTIF-01": "pigeon"})], ids=["network", "channel"]
)
def test_what_is_not_known_is_refused_and_nothing_is_written(
    tmp_path: Path, network: str, channels: dict[str, str]
) -> None:
    with pytest.raises(GridError):
        write_sheet(tmp_path / "f.xlsx", network, STRUCTURES, usual_channels=channels)
    assert not list(tmp_path.iterdir())


def test_no_day_of_today_is_written(book: Any) -> None:
    assert f"{date.today():%Y-%m-%d}".encode() not in b"".join(book.parts.values())
