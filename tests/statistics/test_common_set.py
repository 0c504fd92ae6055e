"""Two periods compared on the structures that both have (methods 8.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.statistics.common_set import common_set
from tests.statistics.tables import spec_table

NAMES = st.lists(st.sampled_from("ABCDEFGHIJ"), unique=True)


def named(cell: str) -> list[str]:
    return [] if cell == "aucune" else cell.split(", ")


@pytest.mark.parametrize("row", spec_table("moyenne-des-structures", "ensemble-commun"), ids=lambda row: row["Après"])
def test_what_the_page_says(row: dict[str, str]) -> None:
    before, after = named(row["Avant"]), named(row["Après"])
    in_before, in_after = common_set(before, after)
    assert [before[at] for at in in_before] == [after[at] for at in in_after] == named(row["Comparées"])


@given(NAMES, NAMES)
def test_both_sides_name_the_same_structures_in_one_order(before: list[str], after: list[str]) -> None:
    in_before, in_after = common_set(before, after)
    assert [before[at] for at in in_before] == [after[at] for at in in_after] == sorted(set(before) & set(after))


def test_a_structure_stands_once_in_a_period() -> None:
    with pytest.raises(ValueError, match="twice"):
        common_set(["A", "A"], ["A"])
