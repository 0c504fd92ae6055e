"""A delivery is compared with its own network's past, by median and MAD, and never judged on too little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.receipt import Balance, Measured
from pipelines.receipts.past import Comparison, Values, compared, earlier_deliveries, robust_z, verdict_of
from tests.receipts.conftest import COLUMNS, Made

Past = Callable[[Sequence[int]], list[Values]]


def _of(dimension: str, found: Sequence[Comparison]) -> Comparison:
    return next(each for each in found if each.dimension == dimension)


@pytest.mark.parametrize(
    ("value", "past", "score"),
    [
        (10.0, [1, 2, 3, 4, 5], 0.6745 * 7),  # median 3, MAD 1
        (3.0, [1, 2, 3, 4, 5], 0.0),
        (0.0, [2, 4, 6, 8], -0.6745 * 5 / 2),  # median 5, deviations 3 1 1 3
        (9.0, [4, 4, 4, 8], None),
    ],
)
def test_the_robust_score_is_that_of_iglewicz_and_hoaglin(value: float, past: list[float], score: float | None) -> None:
    assert robust_z(value, past) == pytest.approx(score)


@pytest.mark.parametrize(
    ("value", "past", "verdict"),
    [
        (0.0, [10.0] * 4, "trop_peu"),
        (0.0, [10.0] * 5, "inhabituel"),
        (9.5, [10.0] * 5, "habituel"),  # MAD of 0, within the tolerance
        (8.0, [10.0] * 3 + [2.0] * 2, "inhabituel"),  # MAD of 0 though values differ
        (15.1, [8, 9, 10, 11, 12], "habituel"),  # z = 3.44
        (15.3, [8, 9, 10, 11, 12], "inhabituel"),  # z = 3.57
        (4.7, [8, 9, 10, 11, 12], "inhabituel"),
        (10.9, [9.99, 10.0, 10.01, 10.0, 10.02], "habituel"),  # z is large, the difference is nothing
    ],
)
def test_a_delivery_is_unusual_beyond_three_and_a_half(value: float, past: list[float], verdict: str) -> None:
    assert verdict_of(value, past, tolerance=1) == verdict


@given(past=st.lists(st.floats(-100, 100), min_size=5, max_size=30), value=st.floats(-100, 100))
def test_the_score_does_not_depend_on_the_order_of_the_past(past: list[float], value: float) -> None:
    assert verdict_of(value, past, 1) == verdict_of(value, past[::-1], 1)
    assert verdict_of(past[0], [past[0]] * 5, 1) == "habituel"


def test_one_bad_month_of_the_past_hides_no_other(made: Made, past: Past) -> None:
    bad = compared(made(broken=60), past([1, 2, 3, 2, 1, 90]))
    assert _of("Exactitude", bad).verdict == "inhabituel"
    assert "inhabituel, plus bas" in _of("Exactitude", bad).phrase
    assert _of("Exactitude", compared(made(broken=2), past([1, 2, 3, 2, 1, 90]))).verdict == "habituel"


def test_too_few_deliveries_say_so_and_give_no_median(made: Made, past: Past) -> None:
    found = compared(made(broken=60), past([1, 2, 3, 2]))
    assert {each.verdict for each in found} == {"trop_peu"}
    assert {(each.mediane, each.mad) for each in found} == {(None, None)}
    assert all("trop peu de livraisons pour comparer (4 avant celle-ci, il en faut 5)" in each.phrase for each in found)
    assert "aucune avant celle-ci" in compared(made(), [])[0].phrase


def test_the_four_dimensions_are_computed_on_rows_cells_and_days(made: Made) -> None:
    receipt = made(
        broken=20,
        column="attente_jours_ouvres",
        rule="attente_si_differe",
        bilan=Balance(lues=110, nouvelles=80, quarantaine=20, ecartees=10),
        mesures=Measured(lignes=100, remplissage=dict.fromkeys(COLUMNS, 75), dernier_mois=date(2025, 2, 1)),
    )
    values = {each.dimension: each.valeur for each in compared(receipt, [])}
    assert values == {"Exactitude": 0.8, "Complétude": 0.75, "Cohérence": 0.8, "Délai": 41}
    only_a_word = compared(made(broken=20), [])
    assert (_of("Exactitude", only_a_word).valeur, _of("Cohérence", only_a_word).valeur) == (0.8, 1.0)


@pytest.mark.parametrize(
    ("last", "days", "said"),
    [
        (date(2025, 3, 1), 10, "10 jours après la fin du dernier mois livré"),
        (date(2025, 4, 1), -20, "20 jours avant la fin du dernier mois livré"),
        (date(2024, 12, 1), 100, "100 jours après"),
        (date(2052, 3, 1), -9852, "une date est sans doute fausse"),
    ],
)
def test_timeliness_counts_days_from_the_end_of_the_last_month(made: Made, last: date, days: int, said: str) -> None:
    found = _of("Délai", compared(made(mesures=Measured(lignes=1, dernier_mois=last)), []))
    assert found.valeur == days
    assert said in found.phrase
    assert ("sans doute fausse" in found.phrase) == (last > date(2025, 4, 10))


def test_only_earlier_accepted_deliveries_of_the_same_network_and_table_are_the_past(made: Made) -> None:
    others = [
        made(1),
        made(2, reseau="cio"),
        made(3, contrat="reponses"),
        made(4, etat="refusee"),
        made(5, etat="retiree"),
        made(6, etat="lue"),
        made(8),
    ]
    assert [each.rang for each in earlier_deliveries(made(7), others)] == [1]
    assert [each.rang for each in earlier_deliveries(made(0), others)] == [1, 8], "a file only tried comes after all"


def test_what_has_no_meaning_for_a_delivery_is_left_out(made: Made) -> None:
    assert compared(made(etat="refusee"), []) == ()
    empty = made(bilan=Balance(lues=3, ecartees=3), mesures=None)
    assert compared(empty, []) == ()
    counts = made(contrat="frequentation", colonnes=("accueils",), mesures=None)
    assert [each.dimension for each in compared(counts, [])] == ["Exactitude"]
