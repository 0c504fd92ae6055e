"""The workbooks of questionnaires, read back from their own XML."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grids.contract import load_contract
from grids.errors import GridError
from grids.load import load_grid
from grids.versions import record_of
from pipelines.handouts.questionnaire import FORMS, Form, form_of
from pipelines.handouts.questionnaire_paper import BOX
from pipelines.handouts.questionnaire_screen import TEAM_COLUMNS
from pipelines.handouts.questionnaire_workbook import banner, write_profile_workbook, write_questionnaire

GRID, RECORD = load_grid("2025.1"), record_of("2025.1")
PAPER, SCREEN, PROFILE = 1, 2, 1
FORMS_OF_GRID = {name: form_of(GRID, name) for name in FORMS}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, opened: Callable[[Path], Any]) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("questionnaires")
    for name in FORMS:
        write_questionnaire(folder / f"{name}.xlsx", GRID, RECORD, name)
    write_profile_workbook(folder / "profil.xlsx", GRID, RECORD)
    assert len(list(folder.iterdir())) == len(FORMS) + 1
    return {path.stem: opened(path) for path in folder.iterdir()}


def screen_of(name: str) -> int:
    return 1 if name == "equipes" else SCREEN


def pages_of(book: Any) -> list[str]:
    """The pages of a workbook, that of its lists last."""
    return [name for name in book.parts if name.startswith("xl/worksheets/sheet")]


def wanted(form: Form) -> dict[str, tuple[str, ...]]:
    """Question's text → the words of its list, as the page to fill in asks it."""
    asked: dict[str, tuple[str, ...]] = {}
    for item in form.items:
        words = tuple(answer.words for answer in item.answers)
        texts = item.boxes.values() or [f"{item.text} ({each.name})" for each in item.partners] or [item.text]
        asked |= dict.fromkeys(texts, words)
    return asked


def offered(book: Any, page: int) -> dict[str, tuple[str, ...]]:
    """Question's text → the words of the list beside it, from the validations of the page and the hidden lists."""
    names = dict(re.findall(r'<definedName name="(liste_\d+)">([^<]+)<', book.parts["xl/workbook.xml"].decode()))
    lists, cells = book.cells(len(pages_of(book))), book.cells(page)
    found = {}
    for address, rule in book.validations(page).items():
        (column, first), (_, last) = re.findall(r"\$([A-Z]+)\$(\d+)", names[rule["formula"].lstrip("=")])
        words = tuple(lists[f"{column}{row}"] for row in range(int(first), int(last) + 1))
        found[cells["B" + address.strip("ABCDE")]] = words
    return found


@pytest.mark.parametrize("name", FORMS)
def test_every_question_has_the_list_of_its_scale_in_words(books: dict[str, Any], name: str) -> None:
    assert offered(books[name], screen_of(name)) == wanted(FORMS_OF_GRID[name])


@pytest.mark.parametrize("name", FORMS)
def test_it_says_which_grid_it_is_and_that_it_is_not_adopted(books: dict[str, Any], name: str) -> None:
    said = banner(GRID, RECORD)
    assert "version 2025.1 (grille de travail, non adoptée)" in said
    for page in {1, screen_of(name)}:
        assert books[name].cells(page)["A2"] == said
        assert FORMS_OF_GRID[name].asked.title == books[name].cells(page)["A1"]


@pytest.mark.parametrize("name", [each for each in FORMS if each != "equipes"])
def test_the_page_to_print_asks_everything_and_has_a_box_for_each_answer(books: dict[str, Any], name: str) -> None:
    told = list(books[name].cells(PAPER).values())
    form = FORMS_OF_GRID[name]
    for item in form.items:
        assert any(text.startswith(item.text) for text in told)
        assert all(f"{BOX}  {text}" in told for text in item.boxes.values())
    boxes = sum(text.count(BOX) for text in told)
    assert boxes == sum(
        len(item.boxes) or len(item.answers) * max(1, len(item.partners)) for item in form.items
    )  # fmt: skip
    assert form.asked.opening in told
    assert not form.asked.closing or form.asked.closing in told


def test_a_team_says_what_shows_its_answer_and_what_it_tries(books: dict[str, Any]) -> None:
    headings = [text for address, text in books["equipes"].cells(1).items() if re.fullmatch("[A-E]4", address)]
    assert headings == ["N°", "Question", "Notre réponse", *TEAM_COLUMNS]


@pytest.mark.parametrize("name", [*FORMS, "profil"])
def test_pages_are_one_page_wide_with_repeated_titles_and_protected(books: dict[str, Any], name: str) -> None:
    book = books[name]
    for page in range(1, len(pages_of(book))):
        sheet = book.page(page)
        assert sheet.find("{*}pageSetup").get("fitToHeight") == "0"
        assert sheet.find(".//{*}pageSetUpPr").get("fitToPage") == "1"
        assert sheet.find("{*}sheetProtection").get("password") is None
    assert book.parts["xl/workbook.xml"].count(b"_xlnm.Print_Titles") == len(pages_of(book)) - 1
    assert b'state="hidden"' in book.parts["xl/workbook.xml"]


@pytest.mark.parametrize("name", FORMS)
def test_letters_are_large_upright_and_ragged_right(books: dict[str, Any], name: str) -> None:
    styles = books[name].parts["xl/styles.xml"].decode()
    assert 'name val="Verdana"' in styles
    assert "<i/>" not in styles
    assert 'horizontal="justify"' not in styles


def test_the_profile_asks_each_column_of_the_contract_that_it_names(books: dict[str, Any]) -> None:
    told = set(books["profil"].cells(PROFILE).values())
    contract = load_contract("structures")
    named = {name for question in GRID.profile.values() for name in question.columns if contract.column(name)}
    assert named
    assert named <= told
    assert all(question.text in told for question in GRID.profile.values())


def test_nothing_in_it_would_be_taken_for_a_delivery(books: dict[str, Any]) -> None:
    required = {column.name for column in load_contract("structures").columns if column.required}
    by_row: dict[str, set[str]] = {}
    for address, text in books["profil"].cells(PROFILE).items():
        by_row.setdefault(re.sub("[A-Z]", "", address), set()).add(text)
    assert not [row for row, texts in by_row.items() if required <= texts]


def test_the_same_grid_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_questionnaire(tmp_path / name, GRID, RECORD, "professionnels")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def _write_profile(path: Path, name: str) -> None:
    write_profile_workbook(path, load_grid("2023.1"), record_of("2023.1"))


def _write_form(path: Path, name: str) -> None:
    write_questionnaire(path, load_grid("2023.1"), record_of("2023.1"), name)


@pytest.mark.parametrize(
    ("write", "name"), [*((_write_form, name) for name in FORMS), (_write_profile, "profil")]
)  # fmt: skip
def test_what_a_version_does_not_have_is_refused_and_nothing_is_written(
    tmp_path: Path, write: Callable[[Path, str], None], name: str
) -> None:
    with pytest.raises(GridError, match=r"2023\.1 n'a pas de"):
        write(tmp_path / "f.xlsx", name)
    assert not list(tmp_path.iterdir())
