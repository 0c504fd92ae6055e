"""`spro grid`: what a facilitator reads in the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grids.definitions import ROOT
from grids.errors import GridError
from grids.load import load_grid
from grids.versions import DEFAULT_GRID, file_fingerprint
from pipelines.command_line.grid import commands
from pipelines.command_line.options import DONE, PARTLY

RUN = CliRunner(env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"})
EARLIER, WORKING = "2023.1", "2025.1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The grids of the product, in a folder that may be changed."""
    shutil.copytree(ROOT / DEFAULT_GRID, tmp_path / DEFAULT_GRID)
    return tmp_path


def rewritten(path: Path, was: str, becomes: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")


def run(*words: str) -> tuple[int, str]:
    shown = RUN.invoke(commands, list(words))
    if isinstance(shown.exception, GridError):
        raise shown.exception
    return shown.exit_code, shown.output


@pytest.mark.parametrize("command", ["check", "show", "diff"])
def test_the_help_is_in_french(command: str) -> None:
    _, shown = run(command, "--help")
    assert not any(word in shown for word in ("Usage:", "Options", "Show this message", "default", "required"))


@pytest.mark.long
def test_what_the_product_ships_is_refused_nowhere() -> None:
    code, shown = run("check", "--as-of", "2026-11-24")
    assert code == DONE, shown
    assert f"grids/{DEFAULT_GRID}/{WORKING}.yaml : rien à refuser" in shown
    assert "grids/networks/cio.yaml : rien à refuser" in shown
    assert "grids/equivalences : rien à refuser" in shown
    assert "grids/refus.yaml : rien à refuser" in shown
    assert " 0 refus, " in shown


def test_advice_is_told_apart_and_does_not_refuse(folder: Path) -> None:
    path = folder / DEFAULT_GRID / f"{WORKING}.yaml"
    rewritten(path, 'chapeau: "', 'chapeau: "Mesurons la performance. ')
    code, shown = run("check", WORKING, "--folder", str(folder), "--as-of", "2025-06-01")
    assert code == DONE
    assert "· conseil : questionnaires › personnes › chapeau, ligne " in shown
    assert "« performance »" in shown
    assert "✗" not in shown


def test_what_is_refused_is_told_with_its_line_and_its_remedy(folder: Path) -> None:
    path = folder / DEFAULT_GRID / f"{WORKING}.yaml"
    rewritten(path, 'chapeau: "', 'chapeau: "TODO ')
    code, shown = run("check", "--folder", str(folder), "--as-of", "2025-06-01")
    assert code == PARTLY
    line = next(rank for rank, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if '"TODO ' in text)
    assert f"✗ questionnaires › personnes › chapeau, ligne {line} : « TODO" in shown
    assert "Écrivez le texte." in shown
    assert f"{EARLIER}.yaml : rien à refuser" in shown, "one broken file hides no other"


def test_a_file_that_is_no_grid_is_refused_and_the_others_still_read(folder: Path) -> None:
    rewritten(folder / DEFAULT_GRID / f"{WORKING}.yaml", 'sens: "plus"', 'sens: "haut"')
    code, shown = run("check", "--folder", str(folder))
    assert code == PARTLY
    assert "« haut » n'est pas admis" in shown
    assert f"{EARLIER}.yaml : rien à refuser" in shown


def test_a_version_that_nothing_declares_is_refused(folder: Path) -> None:
    (folder / DEFAULT_GRID / "2027.1.yaml").write_text("", encoding="utf-8")
    code, shown = run("check", "--folder", str(folder), "--as-of", "2025-06-01")
    assert code == PARTLY
    assert "2027.1.yaml : Cette version n'est pas dans versions.yaml" in shown


def test_a_version_reads_like_a_page() -> None:
    code, shown = run("show", WORKING)
    grid = load_grid(WORKING)
    assert code == DONE
    assert file_fingerprint(ROOT / DEFAULT_GRID / f"{WORKING}.yaml") in shown
    assert "grille de travail, non adoptée" in shown
    for name, indicator in grid.indicators.items():
        assert f"{name}  {indicator.label}" in shown
    assert shown.count("● ") - 1 == sum(each.core for each in grid.indicators.values()), "one more in the legend"
    assert shown.count("(pas encore mesuré)") >= 3


def test_the_version_in_force_is_read_when_none_is_named() -> None:
    assert run("show")[1] == run("show", WORKING)[1]


def test_an_indicator_reads_whole() -> None:
    code, shown = run("show", WORKING, "PD02")
    indicator = load_grid(WORKING).indicators["PD02"]
    assert code == DONE
    for measure in indicator.measures.values():
        assert measure.definition in shown
    assert f"Ce qui peut le fausser : {indicator.gaming}" in shown
    assert "témoigne de I-4 : " in shown
    assert "suite de PD02.percue" in shown


def test_an_unknown_indicator_or_version_is_told_the_known_ones() -> None:
    with pytest.raises(GridError, match="PD02"):
        run("show", WORKING, "PD99")
    with pytest.raises(GridError, match=EARLIER):
        run("show", "1999.1")


def test_what_changed_is_told_and_the_series_apart() -> None:
    code, shown = run("diff", EARLIER, WORKING)
    assert code == DONE
    assert shown.index(f"Ce qui change de {EARLIER} à {WORKING}") < shown.index("Les séries qui continuent")
    assert "+ Nouvelle question U01 : « " in shown
    assert "~ PD02.percue : " in shown
    assert "+ Nouvelle mesure PD01.rendue" in shown


def test_one_version_of_itself_differs_in_nothing_but_series_that_nothing_declares() -> None:
    _, shown = run("diff", EARLIER, EARLIER)
    assert "Ce qui change" not in shown
