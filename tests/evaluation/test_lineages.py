"""Which measures make one series, and what its headline is."""

from __future__ import annotations

from pipelines.evaluation.lineages import Lineage, lineages
from tests.evaluation.released import Released


def found(released: Released) -> list[Lineage]:
    frames = released.frames()
    return lineages(frames["measures"], frames["categories"])


def test_versions_that_continue_each_other_are_one_series_oldest_first() -> None:
    released = (
        Released().measure("B@2025.1", suite_de="A@2023.1").measure("A@2023.1").measure("B@2026.1", suite_de="B@2025.1")
    )
    (only,) = found(released)
    assert only.measures == ("A@2023.1", "B@2025.1", "B@2026.1")
    assert only.names == {"A", "B"}


def test_a_break_makes_two_series_the_most_recent_first() -> None:
    released = Released().measure("A@2025.2").measure("A@2025.10").measure("A@2023.1")
    assert [each.measures for each in found(released)] == [("A@2025.10",), ("A@2025.2",), ("A@2023.1",)]


def test_a_measure_that_continues_one_that_the_release_lacks_begins_there() -> None:
    (only,) = found(Released().measure("A@2025.1", suite_de="A@2023.1"))
    assert only.measures == ("A@2025.1",)


def test_headlines() -> None:
    released = Released().measure("A@1").measure("B@1", genre="quantiles").measure("C@1", genre="repartition")
    released.measure("D@1", genre="repartition").measure("E@1", genre="gain", pas=["annee", "trimestre"])
    released.categories.append({"mesure_id": "C@1", "categorie": "trois", "favorable": True})
    released.categories.append({"mesure_id": "D@1", "categorie": "trois", "favorable": False})
    series = {each.measures[0]: each for each in found(released)}
    assert {name: each.category for name, each in series.items()} == {
        "A@1": "", "B@1": "p50", "C@1": "favorable", "E@1": ""
    }  # fmt: skip
    assert series["E@1"].steps == ("trimestre", "annee")
