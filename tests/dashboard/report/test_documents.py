"""The note and the sheet: what a screen reader needs is in the file, they fit, they keep to what the reader may see."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import reading
from dashboard.report import committee, document, pictures
from dashboard.report import structure as sheets
from dashboard.selection import Selection
from dashboard.views.edition import USE
from grids.errors import SproError
from pipelines.command_line.reporting import As, _reader

ROOT = Path(__file__).resolve().parents[3]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="155"><rect width="9" height="9"/></svg>'
FORBIDDEN = re.compile(r"performan|conformité|entonnoir|palmarès|classé|en retard|bons? élèves?", re.IGNORECASE)
NEEDED = (b"/Lang(fr-FR)", b"/StructTreeRoot", b"/Marked true", b"/DisplayDocTitle true", b"pdfuaid:part>1<")


@pytest.fixture(autouse=True)
def _served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.setenv("SPRO_ROLE", "comite")
    monkeypatch.setattr(pictures, "available", lambda: True)
    monkeypatch.setattr(pictures, "draw_all", lambda figures, _shape: [SVG for _ in figures])


def _selection(territory: str = "bretagne") -> Selection:
    unit = next(each for each in reading.units() if each.id == territory)
    return Selection(unit, next(each for each in reading.periods() if each.code == "2025"))


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from (text for each in told.values() for text in _strings(each))
    elif isinstance(told, list | tuple):
        yield from (text for each in told for text in _strings(each))


def _tags(made: bytes) -> list[bytes]:
    return re.findall(rb"/S ?/(\w+)", made)


@pytest.mark.slow
@pytest.mark.long
def test_the_note_is_what_a_screen_reader_needs_and_fits() -> None:
    made, chosen = committee.note(_selection()), _selection()
    assert document.pages(made) <= committee.MOST_PAGES
    assert all(each in made for each in NEEDED)
    tags, drawings = _tags(made), committee.document(chosen).drawings
    assert tags.count(b"Title") == 1
    assert tags.count(b"Figure") == len(drawings) == made.count(b"/Alt")
    assert drawings
    assert tags.count(b"TH") >= 5 * len(committee.document(chosen).told["fields"])


@pytest.mark.parametrize("territory", ["bretagne", "cio", "22"])
def test_the_note_says_what_it_must_and_nothing_forbidden(territory: str) -> None:
    told = committee.document(_selection(territory)).told
    text = "\n".join(_strings(told))
    assert USE in told["notice"]
    assert "grille de travail 2025.1" in told["selection"]
    assert told["synthetic"]
    assert [each["title"] for each in told["fields"]]
    assert not FORBIDDEN.findall(text.replace(USE, ""))


def test_a_hidden_figure_has_no_number_in_the_note() -> None:
    told = committee.document(_selection("cio")).told
    lines = [line for field in told["fields"] for line in field["lines"]]
    hidden = [line for line in lines if line["value"] == "non diffusé"]
    assert hidden
    assert not [line for line in hidden if re.search(r"\d", line["range"] + line["coverage"])]


def test_without_a_browser_the_note_tells_its_charts_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "available", lambda: False)
    made = committee.document(_selection())
    assert not made.drawings
    assert [each["chart"]["alt"] for each in made.told["fields"] if each["chart"]]
    assert document.pages(committee.note(_selection())) <= committee.MOST_PAGES


def test_a_sheet_is_for_its_team_alone(monkeypatch: pytest.MonkeyPatch, structure_id: str) -> None:
    with pytest.raises(SproError):
        sheets.named(structure_id)
    monkeypatch.setenv("SPRO_ROLE", "structure")
    monkeypatch.setenv("SPRO_STRUCTURE", structure_id)
    unit = sheets.named(structure_id)
    made = sheets.sheet(unit)
    assert document.pages(made) <= sheets.MOST_PAGES
    assert all(each in made for each in NEEDED)
    told = sheets.document(unit).told
    assert unit.nom in told["selection"]
    assert not FORBIDDEN.findall("\n".join(_strings(told)).replace(USE, "").replace("jamais un classement", ""))
    monkeypatch.setenv("SPRO_STRUCTURE", "autre")
    with pytest.raises(SproError):
        sheets.sheet(unit)


@pytest.fixture
def structure_id() -> str:
    """The one structure of the fixture, whose head of network may name it."""
    return "S-001"


def test_a_button_makes_nothing_before_it_is_pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committee, "note", lambda _: pytest.fail("made too early"))
    script = """
from dashboard import filters
from dashboard.report.button import note_button
note_button(filters.current())
"""
    test = AppTest.from_string(script, default_timeout=20).run()
    assert not test.exception
    (button,) = test.get("download_button")
    assert button.proto.label == "La note du comité (PDF, quatre pages)"


def test_a_document_is_made_for_whoever_looked_at_the_page() -> None:
    script = """
import streamlit as st
from dashboard.report.button import _as_who_looks
st.session_state["made"] = _as_who_looks(lambda: st.query_params.get("lecteur", "personne").encode())
"""
    test = AppTest.from_string(script, default_timeout=20)
    test.query_params["lecteur"] = "reseau:cio"
    assert test.run().session_state["made"]() == b"reseau:cio"


def test_whoever_reads_a_sheet_is_said_to_the_process() -> None:
    assert _reader(As.TEAM, "CIO-0006", "")["SPRO_STRUCTURE"] == "CIO-0006"
    assert _reader(As.HEAD_OF_NETWORK, "CIO-0006", "cio") == {
        "SPRO_ROLE": "reseau",
        "SPRO_RESEAU": "cio",
        "SPRO_STRUCTURE": "",
    }
    with pytest.raises(SproError):
        _reader(As.HEAD_OF_NETWORK, "CIO-0006", "")


@pytest.mark.slow
@pytest.mark.long
def test_the_process_says_in_a_sentence_what_is_wrong_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "dashboard.report", f"--home={home}", f"--out={tmp_path / 'n.pdf'}"]
    done = subprocess.run([*command, "committee", "--territoire=ailleurs"], cwd=ROOT, capture_output=True, check=False)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.startswith("Le territoire « ailleurs » n'est pas dans cette édition.")
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())
