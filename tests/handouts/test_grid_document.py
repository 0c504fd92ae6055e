"""The grid as a document: everything the grid says is in it, and the file is what a screen reader needs (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typst

from grids.clauses import load_clauses
from grids.load import load_grid
from grids.versions import load_versions, record_of
from pipelines.handouts.grid_contents import contents
from pipelines.handouts.grid_document import FONTS, document_bytes, write_document
from pipelines.handouts.grid_words import unbroken

GRID, RECORD = load_grid("2025.1"), record_of("2025.1")
TOLD = contents(GRID, RECORD)
TEMPLATE = FONTS.parent / "grid_document.typ"


@pytest.fixture(scope="module")
def document() -> bytes:
    return document_bytes(GRID, RECORD)


@pytest.fixture(scope="module")
def headings() -> list[tuple[int, str]]:
    """Level and text of every heading, as Typst laid them out."""
    found = typst.query(
        TEMPLATE.read_bytes(),
        "heading",
        sys_inputs={"grille": json.dumps(TOLD, ensure_ascii=False)},
        font_paths=[FONTS],
        ignore_system_fonts=True,
    )
    return [(each["level"], "".join(_texts(each["body"]))) for each in json.loads(found)]


def _texts(body: dict[str, Any]) -> Iterator[str]:
    yield {"space": " ", "smartquote": "'"}.get(body["func"], "")
    if "text" in body:
        yield body["text"]
    for child in body.get("children", ()):
        yield from _texts(child)


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for each in told.values():
            yield from _strings(each)
    elif isinstance(told, list | tuple):
        for each in told:
            yield from _strings(each)


def _said_by_the_grid() -> Iterator[str]:
    yield from (GRID.label, GRID.version, *GRID.field_labels.values())
    for criterion in GRID.criteria.values():
        yield from (criterion.label, criterion.question)
    for name, indicator in GRID.indicators.items():
        yield from (name, indicator.label, indicator.gaming, indicator.limit, indicator.pending, indicator.definition)
        for measure in indicator.measures.values():
            yield from (measure.label, measure.definition, measure.pending, *measure.categories.values())
            yield from (item.label for item in measure.items.values())
    for asked in GRID.questionnaires.values():
        yield from (asked.title, asked.opening, asked.closing)
    for name, question in GRID.questions.items():
        yield from (name, question.text)
    yield from (word for scale in GRID.scales.values() if not scale.is_box for word in scale.values.values())
    yield from (question.text for question in GRID.profile.values())
    yield from (text for clause in load_clauses().values() for text in (clause.id, clause.text))


def test_it_tells_all_that_the_grid_says() -> None:
    told = "\n".join(_strings(TOLD))
    assert not [text for text in _said_by_the_grid() if text not in told]


def test_it_says_at_once_that_the_grid_is_not_adopted() -> None:
    facts = dict(TOLD["identity"]["facts"])
    assert TOLD["identity"]["state"] == facts["État"] == "grille de travail, non adoptée"
    assert facts["En vigueur"] == "depuis le 1er janvier 2025"
    assert contents(load_grid("2023.1"), record_of("2023.1"))["identity"]["facts"][2] == (
        "En vigueur",
        "du 1er janvier 2023 au 31 décembre 2024",
    )


def test_every_indicator_has_its_heading_and_the_core_is_marked(headings: list[tuple[int, str]]) -> None:
    indicators = [text for level, text in headings if level == 3 and re.match(r"[A-Z]{2}\d\d, ", text)]
    assert Counter(text[:4] for text in indicators) == Counter(GRID.indicators.keys())
    core = {text[:4] for text in indicators if text.endswith("(noyau)")}
    assert core == {name for name, each in GRID.indicators.items() if each.core}
    assert len(core) == TOLD["identity"]["core"] == 14


def test_its_parts_come_in_order_and_no_level_is_skipped(headings: list[tuple[int, str]]) -> None:
    parts = [text for level, text in headings if level == 1]
    assert parts[:2] == ["Sommaire", "Comment lire cette grille"]
    assert parts[2 : 2 + len(GRID.field_labels)] == list(GRID.field_labels.values())
    assert parts[-5:] == [
        "Ce qui n'est pas encore mesuré",
        "Les questionnaires",
        "Le profil de structure",
        "Les clauses et comment chacune est portée",
        "Ce qu'on ne peut pas mesurer",
    ]
    levels = [level for level, _ in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_waits_and_what_nothing_measures_says_why() -> None:
    pending = {each["id"] for each in TOLD["pending"]}
    assert pending == {
        *(name for name, each in GRID.indicators.items() if each.pending),
        *(f"{i}.{m}" for i, each in GRID.indicators.items() for m, measure in each.measures.items() if measure.pending),
    }
    assert all(each["reason"] for each in TOLD["pending"])
    for clause in TOLD["clauses"]:
        assert clause["standing"].startswith(("Portée", "Approchée")) or clause["unmeasured"] or clause["forgotten"]


def test_a_screen_reader_finds_its_title_language_tags_and_headings(
    document: bytes, headings: list[tuple[int, str]]
) -> None:
    assert document.startswith(b"%PDF-1.7")
    for needed in (
        b"/Lang(fr-FR)", b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"/DisplayDocTitle true", b"pdfuaid:part>1<",
        b"/Outlines",
    ):  # fmt: skip
        assert needed in document
    tags = Counter(re.findall(rb"/S ?/(\w+)", document))
    assert {level: tags[b"H%d" % level] for level in range(1, 5)} == Counter(level for level, _ in headings)
    assert tags[b"Title"] == 1
    assert tags[b"TH"] == 3
    assert tags[b"TD"] == 3 * len(load_clauses())
    assert tags[b"TOC"]


def test_its_letters_travel_with_it(document: bytes) -> None:
    fonts = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([\w-]+)", document))
    assert fonts
    assert all(font.startswith(b"AtkinsonHyperlegible") for font in fonts)
    assert (FONTS / "OFL.txt").is_file()


def test_the_same_grid_gives_the_same_bytes_without_any_day_of_today(tmp_path: Path, document: bytes) -> None:
    write_document(tmp_path / "g.pdf", GRID, RECORD)
    assert (tmp_path / "g.pdf").read_bytes() == document
    assert [each.name for each in tmp_path.iterdir()] == ["g.pdf"]
    assert b"/CreationDate(D:20250101" in document


@pytest.mark.parametrize("version", [each.version for each in load_versions()])
def test_every_version_can_be_told(version: str) -> None:
    assert document_bytes(load_grid(version), record_of(version)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« oui » : bien ; 5 %", "«~oui~»~: bien~; 5~%"),
        ("Où\N{NARROW NO-BREAK SPACE}? a:b", "Où~? a:b"),
        ("sans rien", "sans rien"),
    ],
)
def test_a_line_never_begins_with_a_mark(text: str, expected: str) -> None:
    assert unbroken(text) == expected.replace("~", "\N{NO-BREAK SPACE}")
