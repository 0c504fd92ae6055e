"""Indicators declined: every one with a network, an indicator, a reason and a date, or the file is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from grids.declines import declined_indicators, load_declines
from grids.errors import GridError
from grids.load import load_grids
from grids.register import network_codes

OLD, WORKING = load_grids()[0], load_grids()[-1]
LINE = (
    '  - {reseau: "cio", indicateur: "PD12", raison: "Nos centres orientent surtout vers les lycées.", '
    'depuis: "2025-01-01"}\n'
)


def test_the_shipped_example_is_of_a_known_network_and_says_that_it_is_fictitious() -> None:
    declines = load_declines(WORKING)
    assert declines
    assert all(each.network in network_codes() and "fictif" in each.reason for each in declines)


def test_an_indicator_of_another_version_may_be_declined(tmp_path: Path) -> None:
    (tmp_path / "refus.yaml").write_text(f"refus:\n{LINE}", encoding="utf-8")
    assert "PD12" not in OLD.indicators
    (decline,) = load_declines(OLD, tmp_path / "refus.yaml")
    assert (decline.network, decline.indicator, decline.since) == ("cio", "PD12", date(2025, 1, 1))


def test_indicators_are_gathered_by_network(tmp_path: Path) -> None:
    text = f"refus:\n{LINE}{LINE.replace('PD12', 'OR01')}{LINE.replace('cio', 'apec')}"
    (tmp_path / "refus.yaml").write_text(text, encoding="utf-8")
    assert declined_indicators(load_declines(WORKING, tmp_path / "refus.yaml")) == {
        "cio": {"PD12", "OR01"},
        "apec": {"PD12"},
    }


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        (LINE.replace("cio", "cioo"), "« cioo » n'est pas un réseau du registre", 2),
        (LINE.replace("PD12", "PD99"), "« PD99 » n'est pas un indicateur de la grille", 2),
        (LINE + LINE, "Ce réseau refuse deux fois cet indicateur", 2),
        (LINE.replace("Nos centres", "À préciser : nos centres"), "ne dit encore rien", 2),
        (LINE.replace(" orientent surtout vers les lycées.", "."), "« raison » est trop court", 2),
        (LINE.replace("2025-01-01", "bientôt"), "« depuis » doit être une date", 2),
        (LINE.replace(', depuis: "2025-01-01"', ""), "« depuis » manque", 2),
        (LINE.replace("raison", "motif"), "manque", 2),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, told: str, line: int) -> None:
    path = tmp_path / "refus.yaml"
    path.write_text(f"refus:\n{text}", encoding="utf-8")
    with pytest.raises(GridError) as refusal:
        load_declines(WORKING, path)
    assert told in refusal.value.sentence
    assert f"refus.yaml, ligne {line}" in refusal.value.place
    assert refusal.value.remedy
