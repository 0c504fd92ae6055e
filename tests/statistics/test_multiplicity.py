"""Many comparisons at once: the spec tables of the page on comparing, and the step-up rule written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.multiplicity import FALSE_SHARE, expected_false_alarms, listed
from tests.statistics.tables import number, spec_table


@pytest.mark.parametrize("row", spec_table("comparer", "fausses-alertes"))
def test_chance_alone_raises_so_many_alarms(row: dict[str, str]) -> None:
    comparisons = int(number(row["structures"]) * number(row["indicateurs"]))
    assert expected_false_alarms(comparisons, number(row["limite"])) == pytest.approx(number(row["fausses alertes"]))


def test_the_list_is_the_published_one() -> None:
    rows = spec_table("comparer", "liste")
    kept = listed([number(row["probabilité"]) for row in rows])
    assert kept.tolist() == [row["retenu"] == "oui" for row in rows]


@given(st.lists(st.floats(0, 1), max_size=30))
def test_the_rule_written_out_agrees(p_values: list[float]) -> None:
    ordered = sorted(p_values)
    within = [p for rank, p in enumerate(ordered, 1) if p <= FALSE_SHARE * rank / len(ordered) * (1 - 1e-12)]
    beside = [p for rank, p in enumerate(ordered, 1) if p <= FALSE_SHARE * rank / len(ordered) * (1 + 1e-12)]
    if within == beside:
        assert listed(p_values).tolist() == [bool(within) and p <= within[-1] for p in p_values]


def test_nothing_to_list() -> None:
    assert listed(np.array([])).size == 0
