"""The documentation keeps step: its links lead somewhere, its commands exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.command_line.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "grids/README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_exists(page: Path) -> None:
    command = get_command(app)
    for first, second in re.findall(r"\bspro ([a-z]+)(?: ([a-z][a-z-]*))?", page.read_text(encoding="utf-8")):
        assert first in command.commands, first  # type: ignore[attr-defined]
        group = command.commands[first]  # type: ignore[attr-defined]
        if hasattr(group, "commands") and second:
            assert second in group.commands, f"{first} {second}"
