"""What the page of deliveries says first."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.views.deliveries import Deliveries, Delivery, opening


def delivered(file: str, to_correct: int = 0, state: str = "comptee") -> Delivery:
    return Delivery(file, file, "accueils", date(2026, 2, 3), state, "", 10, 10 - to_correct, to_correct, 0)


def said(*lines: Delivery) -> str:
    return " ".join(opening(Deliveries(200, lines), "CIO"))


@pytest.mark.parametrize(
    ("earlier", "named"),
    [
        ([], ""),
        ([delivered("a.csv")], ""),
        ([delivered("a.csv", 2)], "dans a.csv : leur accusé"),
        ([delivered("a.csv", 2, "retiree"), delivered("b.csv", 1, "refusee")], ""),
        ([delivered(f"{name}.csv", 1) for name in "abcde"], "dans a.csv, b.csv, c.csv et 2 autres : leur accusé"),
    ],
)
def test_earlier_files_with_rows_to_correct_are_named(earlier: list[Delivery], named: str) -> None:
    told = said(delivered("dernier.csv"), *earlier)
    assert (named in told) if named else ("étaient à corriger" not in told)
    assert "rien n'y est à corriger" in told
