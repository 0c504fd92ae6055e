"""Rules of the house that no import contract can say."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("grids", "pipelines", "dashboard", "sample_data")
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
ATTENDANCE_ROOMS = {"attendance.py"}


def names(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_no_room_for_odds_and_ends(path: Path) -> None:
    assert not {"utils", "helpers", "helper", "manager", "misc", "common"} & set(path.with_suffix("").parts)


@pytest.mark.parametrize("path", [each for each in SOURCES if "quality" in each.name], ids=names)
def test_no_quality_module_reads_the_attendance_schema(path: Path) -> None:
    assert "attendance" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [each for each in SOURCES if each.name in ATTENDANCE_ROOMS], ids=names)
def test_no_attendance_module_reads_the_quality_schema(path: Path) -> None:
    assert not re.search(r"quality\.\w", path.read_text(encoding="utf-8"))


FROM_FIGURES = {"measurement", "statistics", "comparison", "trends", "synthesis", "evaluation", "sentences"}


@pytest.mark.parametrize("path", [each for each in SOURCES if FROM_FIGURES.intersection(each.parts)], ids=names)
def test_what_is_worked_out_from_figures_opens_no_database(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    imported = {alias.name.split(".")[0] for node in nodes for alias in getattr(node, "names", [])}
    assert "duckdb" not in imported


@pytest.mark.parametrize("path", SOURCES, ids=names)
def test_public_functions_of_the_pipelines_and_grids_say_what_they_give(path: Path) -> None:
    if path.parts[len(ROOT.parts)] not in ("grids", "pipelines"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a module says what its one idea is"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


@pytest.mark.parametrize("path", sorted((ROOT / "pipelines/release/schema").glob("*.sql")), ids=names)
def test_each_schema_of_a_release_keeps_to_itself(path: Path) -> None:
    statements = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    schemas = set(re.findall(r"\b(reference|quality|attendance)\.", statements))
    assert schemas == {{"analyses": "quality"}.get(path.stem, path.stem)}


def test_requirements_are_hashed_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "index-url" not in text
        pinned = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", text, flags=re.M)
        assert len(pinned) == len(re.findall(r"^(?!\s|#).+\\$", text, flags=re.M))
        assert text.count("--hash=sha256:") >= len(pinned)
