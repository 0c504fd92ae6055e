"""Every pair of answers has its words, and the page that readers see holds them all."""

from __future__ import annotations

from itertools import product

import pytest

from pipelines.evaluation.sides import FEWEST_AFTER, FEWEST_ANSWERS, FEWEST_BEFORE, MOST_HIDDEN
from pipelines.statistics.verdict import INSUFFICIENT, VERDICTS, side, verdict
from tests.statistics.tables import number, spec_table

ROWS = spec_table("verdicts", "verdicts")
DIRECTIONS = {"aucun": 0, "contient 0": 0, "neutre": 0, "hausse": 1, "plus": 1, "baisse": -1, "moins": -1}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(list(row.values())[:3]))
def test_the_page_says_what_the_code_says(row: dict[str, str]) -> None:
    hoped, signal, difference = (DIRECTIONS[row[name]] for name in ("sens attendu", "signal", "fourchette"))
    assert verdict(signal, difference, hoped) == row["verdict"]


def test_the_page_holds_every_case_once() -> None:
    cases = [(row["sens attendu"], row["signal"], row["fourchette"]) for row in ROWS]
    senses, signals, ranges = (
        ("plus", "moins", "neutre"),
        ("aucun", "hausse", "baisse"),
        ("contient 0", "hausse", "baisse"),
    )
    assert cases == list(product(senses, signals, ranges))


def test_every_word_is_met() -> None:
    assert {row["verdict"] for row in ROWS} == {*VERDICTS.values(), "Variation habituelle"}
    assert INSUFFICIENT == "Données insuffisantes"


@pytest.mark.parametrize(("signal", "difference"), list(product((-1, 0, 1), repeat=2)))
def test_the_mirror_of_a_change_has_the_mirrored_words(signal: int, difference: int) -> None:
    assert verdict(signal, difference, 1) == verdict(-signal, -difference, -1)


@pytest.mark.parametrize("direction", [-1, 1])
def test_without_a_hope_nothing_improves(direction: int) -> None:
    assert side(direction, 0) in ("hausse", "baisse")
    assert all("mélioration" not in verdict(direction, other, 0) for other in (-1, 0, 1))


def test_the_page_says_how_much_is_needed() -> None:
    points, answers, hidden = spec_table("verdicts", "minimums")
    assert (number(points["avant"]), number(points["après"])) == (FEWEST_BEFORE, FEWEST_AFTER)
    assert number(answers["avant"]) == number(answers["après"]) == FEWEST_ANSWERS
    assert number(hidden["avant"]) == number(hidden["après"]) == MOST_HIDDEN
