"""How many answers it takes, and how many are missing: the page's tables, closed forms, and the smallest indeed."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.measurement.showing import response_class, too_few_answers
from pipelines.statistics.differences import newcombe
from pipelines.statistics.missing_answers import missing_answers, needed_for_difference, needed_for_width
from pipelines.statistics.proportions import Z, wilson
from tests.measurement.by_hand import measured, read, told
from tests.measurement.test_showing import shares
from tests.statistics.tables import number, spec_table

PERCENTS = st.integers(0, 100).map(lambda percent: percent / 100)


def in_closed_form(share: float, widest: float) -> int:
    """The width of Wilson's range, squared, solved for a = z² / n: a² (1 − w²) + a (4pq − 2w²) − w² = 0."""
    square, spread = widest**2, share * (1 - share)
    b = 4 * spread - 2 * square
    return math.ceil(Z**2 * 2 * (1 - square) / (-b + math.sqrt(b * b + 4 * (1 - square) * square)) - 1e-9)


def none_or(text: str, none: str) -> int | None:
    return None if text == none else int(text)


@pytest.mark.parametrize("row", spec_table("reponses", "manque"), ids=str)
def test_about_how_many_are_missing(row: dict[str, str]) -> None:
    band_low = int(row["tranche"].split()[0])
    expected = none_or(row["il manque environ"], "rien")
    assert missing_answers(band_low, int(row["il en faut"])) == expected


@given(st.sampled_from([0, 11, 20, 50, 100]), st.integers(1, 2000))
def test_what_is_missing_is_told_by_tens_and_never_too_few(band_low: int, needed: int) -> None:
    missing = missing_answers(band_low, needed)
    assert (missing is None) == (needed <= band_low)
    if missing is not None:
        assert missing % 10 == 0
        assert needed <= band_low + missing < needed + 10


@pytest.mark.parametrize("row", spec_table("reponses", "largeur"), ids=str)
def test_needed_for_a_width(row: dict[str, str]) -> None:
    assert needed_for_width(number(row["part"]), number(row["largeur voulue"])) == int(row["réponses"])


@given(PERCENTS, st.integers(2, 99).map(lambda percent: percent / 100))
def test_needed_for_a_width_is_its_closed_form(share: float, widest: float) -> None:
    assert needed_for_width(share, widest) == pytest.approx(in_closed_form(share, widest), abs=1e-9)


@given(PERCENTS, st.sampled_from([0.1, 0.2, 0.4, 1.0]))
def test_one_answer_fewer_is_too_wide(share: float, widest: float) -> None:
    size = needed_for_width(share, widest)
    widths = [np.subtract(*reversed(wilson(share * n, n))) for n in range(max(size - 3, 1), size + 4)]
    assert [bool(width <= widest) for width in widths] == [n >= size for n in range(max(size - 3, 1), size + 4)]


@pytest.mark.parametrize("row", spec_table("reponses", "difference"), ids=str)
def test_needed_for_a_difference(row: dict[str, str]) -> None:
    expected = none_or(row["réponses de chaque côté"], "aucun nombre")
    before, after = number(row["avant"]), number(row["après"])
    assert needed_for_difference(before, after) == expected
    assert needed_for_difference(after, before) == expected


@given(PERCENTS, PERCENTS)
def test_one_answer_fewer_on_each_side_would_not_do(before: float, after: float) -> None:
    size = needed_for_difference(before, after)
    assert (size is None) == (before == after)
    if size is not None:
        assert _told_apart(before, after, size)
        assert size == 1 or not _told_apart(before, after, size - 1)


def _told_apart(before: float, after: float, size: int) -> bool:
    low, high = newcombe(before * size, size, after * size, size)
    return bool(low > 0 or high < 0)


@pytest.mark.parametrize(("share", "widest"), [(-0.1, 0.4), (1.1, 0.4), (0.5, 0), (0.5, 1.1), (float("nan"), 0.4)])
def test_a_width_is_asked_of_a_share(share: float, widest: float) -> None:
    with pytest.raises(ValueError, match="lies in"):
        needed_for_width(share, widest)


@pytest.mark.parametrize(("before", "after"), [(-0.1, 0.5), (0.5, 1.2)])
def test_a_difference_is_asked_of_shares(before: float, after: float) -> None:
    with pytest.raises(ValueError, match="lies in"):
        needed_for_difference(before, after)


def test_the_favourable_share_leaves_out_those_who_cannot_say() -> None:
    counted = [(int(row["personnes"]), row["place"]) for row in spec_table("reponses", "repartition")]
    favourable = sum(count for count, place in counted if place == "favorable")
    answers = sum(count for count, place in counted if place != "hors du calcul")
    [expected] = spec_table("reponses", "part-favorable")
    shown = shares((favourable, answers), opinion=True).select("valeur", "basse", "haute").row(0)
    assert shown == tuple(round(100 * number(each)) for each in expected.values())


def test_an_index_is_read_with_its_weakest_item() -> None:
    counted = {
        row["question"]: (int(row["favorables"]), int(row["réponses"])) for row in spec_table("reponses", "questions")
    }
    expected = {row["lecture"]: round(100 * number(row["chiffre"])) for row in spec_table("reponses", "indice")}
    frame = measured(*(told("INDICE", [counts], groupe=item) for item, counts in counted.items()))
    items = [read(frame, "INDICE", "cio", item, "part_accueils")["valeur"] for item in counted]
    favourable, answers = (sum(each) for each in zip(*counted.values(), strict=True))
    assert read(frame, "INDICE", "cio", agregation="part_accueils")["valeur"] == expected["indice"]
    assert min(items) == items[-1] == expected["point faible, P03"]
    assert round(100 * favourable / answers) == expected["réponses réunies, non employé"]


@pytest.mark.parametrize("row", spec_table("reponses", "non-reponse"), ids=str)
def test_with_too_few_answers_there_is_no_figure(row: dict[str, str]) -> None:
    answered = pl.lit(number(row["information connue"]))
    assert pl.select(response_class(answered)).item() == row["classe écrite"]
    assert pl.select(too_few_answers(answered)).item() == (row["chiffre"] == "trop de non-réponses")
