"""The guides speak of pages, buttons and figures that exist."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard import navigation
from pipelines.release.reading import open_release, published

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "docs" / f"{name}.md" for name in ("guide-comite", "guide-reseau", "guide-animateur", "premiers-pas")]
TITLES = {entry.title for entries in navigation.HEADINGS.values() for entry in entries}
_WORDS_OF = [
    *(ROOT / "dashboard").rglob("*.py"),
    *(ROOT / "pipelines" / "sentences").rglob("*.py"),
    *(ROOT / "grids").rglob("*.yaml"),
]
YEAR = date(2025, 1, 1)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_page_named_is_in_the_menu(guide: Path) -> None:
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", guide.read_text(encoding="utf-8")))
    assert {title for title in named if not title.endswith(" :")} <= TITLES


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_button_and_choice_quoted_is_on_a_page(guide: Path) -> None:
    shown = "\n".join(path.read_text(encoding="utf-8") for path in _WORDS_OF).casefold()
    quoted = re.findall(r"« ([^»\d]+) »", guide.read_text(encoding="utf-8"))
    assert quoted
    assert [words for words in quoted if words.casefold() not in shown] == []


@pytest.mark.parametrize("guide", GUIDES[:3], ids=lambda guide: guide.stem)
def test_a_guide_holds_on_one_page(guide: Path) -> None:
    assert len(guide.read_text(encoding="utf-8").split()) < 650


def test_the_guides_together_name_every_page_of_the_menu() -> None:
    told = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    assert [title for title in TITLES if f"*{title}*" not in told] == []


@pytest.mark.slow
@pytest.mark.long
def test_the_figures_of_the_first_steps_are_those_of_the_sample_region(region: Path) -> None:
    page = (ROOT / "docs" / "premiers-pas.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d+\. \*\*.*$", page, flags=re.MULTILINE)[:10]
    with open_release(published(region / "releases")) as release:
        for step, measure, unit, category, year in (
            (2, "PD02.percue", "bretagne", "", YEAR),
            (3, "PD02.rendue", "cio", "", YEAR),
            (3, "PD02.percue", "cio", "", YEAR),
            (4, "OR02.rendue", "info-jeunes", "p50", YEAR),
            (4, "OR02.rendue", "info-jeunes", "p50", YEAR.replace(year=2024)),
            (5, "OR11.percue", "cap-emploi", "", YEAR),
            (5, "OR11.percue", "bretagne", "", YEAR),
        ):
            told = {int(number) for number in re.findall(r"\*\*(\d+)(?: %)?\*\*", steps[step - 1])}
            assert _value(release, measure, unit, category, year) in told, (step, measure, unit)
        without = "SELECT count(*) FROM reference.registre_clauses WHERE statut = 'sans_mesure' AND version = '2025.1'"
        assert f"**{release.execute(without).fetchall()[0][0]}** clauses" in steps[5]
        seconds = "SELECT sum(secondes) FROM reference.redondances WHERE reseau = 'info-jeunes'"
        assert f"**{release.execute(seconds).fetchall()[0][0]:.0f}** secondes" in steps[8]


def _value(release: duckdb.DuckDBPyConnection, measure: str, unit: str, category: str, year: date) -> int:
    found: list[tuple[int]] = release.execute(
        """
        SELECT valeur FROM quality.valeurs WHERE mesure_id LIKE ? AND unite_id = ? AND categorie = ? AND debut = ?
            AND pas = 'annee' AND agregation = 'moyenne_structures' AND valeur IS NOT NULL
        ORDER BY mesure_id DESC
        """,
        [f"{measure}@%", unit, category, year],
    ).fetchall()
    return found[0][0]
