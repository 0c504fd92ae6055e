"""`spro grid export`, and the commands of its page in the documentation."""

from __future__ import annotations

import re
import shlex
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grids.errors import GridError, SproError
from pipelines.command_line.french import Commands
from pipelines.command_line.grid_export import export
from pipelines.command_line.options import DONE

PAGE = Path(__file__).parents[2] / "docs/exporter-la-grille.md"
RUN = CliRunner(env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"})
STARTS = {".pdf": b"%PDF-1.7", ".xlsx": b"PK", ".txt": b"\xef\xbb\xbfclass\t"}

group = Commands(help="La grille.")
group.callback()(lambda: None)
group.command()(export)


def commands() -> list[list[str]]:
    """What the page tells to run, without « spro grid »."""
    lines = re.findall(r"^spro grid (export .*)$", PAGE.read_text(encoding="utf-8"), re.M)
    return [shlex.split(line.split(" #")[0]) for line in lines]


def test_the_page_shows_each_thing_that_can_be_exported() -> None:
    told = " ".join(" ".join(each) for each in commands())
    subjects = ("personnes", "un-mois", "professionnels", "equipes", "profil", "grille")
    assert all(f"--quoi {subject}" in told for subject in subjects)


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_of_the_page_writes_what_it_says(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = RUN.invoke(group, words)
    assert shown.exit_code == DONE, shown.output
    (written,) = tmp_path.iterdir()
    assert written.read_bytes().startswith(STARTS[written.suffix])
    assert shown.output.startswith(written.name)


def test_the_version_in_force_is_the_one_exported_unless_told(tmp_path: Path) -> None:
    for name, version in (("a.pdf", []), ("b.pdf", ["2025.1"]), ("c.pdf", ["2023.1"])):
        assert RUN.invoke(group, ["export", *version, "--out", str(tmp_path / name)]).exit_code == DONE
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (tmp_path / "b.pdf").read_bytes() != (tmp_path / "c.pdf").read_bytes()


def test_the_help_is_in_french_and_names_what_can_be_told() -> None:
    shown = " ".join(RUN.invoke(group, ["export", "--help"]).output.split())
    assert "Écrire la grille en document" in shown
    assert all(word in shown for word in ("--quoi", "--format", "--out", "limesurvey", "un-mois"))
    assert not any(word in shown for word in ("Usage:", "Options", "Show this message", "default", "required"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--quoi", "grille", "--format", "xlsx", "--out", "g.xlsx"], "« grille » ne s'écrit pas en xlsx."),
        (["--quoi", "profil", "--format", "limesurvey", "--out", "g.txt"], "ne s'écrit pas en limesurvey"),
        (["--quoi", "personnes", "--format", "limesurvey", "--out", "g.lss"], "finit par .txt"),
        (["--quoi", "grille", "--out", "g"], "finit par .pdf"),
        (["1999.1", "--out", "g.pdf"], "« 1999.1 »"),
        (["2023.1", "--quoi", "equipes", "--out", "g.xlsx"], "n'a pas de questionnaire « equipes »"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_written(
    words: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = RUN.invoke(group, ["export", *words])
    assert isinstance(shown.exception, SproError)
    assert sentence in str(shown.exception)
    assert shown.exception.remedy or isinstance(shown.exception, GridError)
    assert not list(tmp_path.iterdir())


def test_an_exported_workbook_opens(tmp_path: Path) -> None:
    RUN.invoke(group, ["export", "2025.1", "--quoi", "equipes", "--out", str(tmp_path / "e.xlsx")])
    assert zipfile.ZipFile(tmp_path / "e.xlsx").testzip() is None
