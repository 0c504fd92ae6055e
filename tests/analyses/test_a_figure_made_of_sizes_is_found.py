"""The test of the test: wherever a size is let in, or an order, or a name, the hold of "quality is not attendance" says so."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.analyses.changed import named_back, one_repeated, permuted, renamed, repeated
from tests.analyses.figured import figured
from tests.analyses.held import held
from tests.analyses.region import Region, masked_region

Wrong = Callable[[Callable[..., Any]], Callable[..., Any]]
"""Another function in the place of a right one, which it is given."""


@pytest.fixture(scope="module")
def region() -> Region:
    return masked_region(32, 3, {"accueils_analyse", "accueils_differes", "personnes_a_chaud"})


def leaning_on_size(right: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Small structures have lower shares."""
    return lambda rows, thresholds: right(rows, thresholds).with_columns(pl.col("estimation") * (1 - 1 / pl.col("n")))


def between_observations(right: Callable[..., Any]) -> Callable[..., Any]:
    """Quantiles drawn between two observations, as numpy does unless told otherwise (methods 2)."""

    def wrong(days: list[int], cumulated: list[int], wanted: float) -> Any:
        waits = np.repeat(days, np.diff([0, *cumulated]))
        return replace(right(days, cumulated, wanted), value=int(np.quantile(waits, wanted)))

    return wrong


def mean_of_all_receptions(right: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """The mean of structures in which each reception counts the same."""
    return lambda rows: right(rows.with_columns(moyenne=pl.col("y") / pl.col("n")))


def centred_by_bands(right: Callable[..., Any]) -> Callable[..., Any]:
    """The centre of a line moved by what its bands say."""

    def wrong(kind: str, phase: Any) -> Any:
        chart = right(kind, phase)
        return chart if phase.sizes is None else replace(chart, centre=chart.centre + np.nanmean(phase.sizes) / 100)

    return wrong


def between_middles(right: Callable[..., Any]) -> Callable[..., Any]:
    """The gap between the middles of two ranges, in the place of that of two points."""
    return lambda first, low, high, second, least, most: right(
        (low + high) // 2, low, high, (least + most) // 2, least, most
    )


def weakest_by_its_low(right: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """The weakest measure told by the lower bound of its range."""
    return lambda figures: right(figures.with_columns(valeur=pl.coalesce("basse", "valeur")))


def smoothed(right: Callable[..., Any]) -> Callable[..., Any]:
    """One reception that counts and one that does not added to each structure."""
    return lambda rows: right(rows.with_columns(y=pl.col("y") + 1, n=pl.col("n") + 2))


def moved_by_receptions(right: Callable[..., Any]) -> Callable[..., Any]:
    """The change of the mean of structures told by that of the share of receptions."""

    def wrong(before: Any, after: Any) -> Any:
        changes = right(before, after)
        return replace(changes, mean=changes.pooled)

    return wrong


def peers_by_size(right: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Large structures alike count for less than they say."""
    return lambda compared, alike: right(compared.with_columns(pl.col("valeur") - pl.col("n") // 50), alike)


def share_of_a_smoothed_side(right: Callable[..., int]) -> Callable[..., int]:
    """A side of an action with one reception that counts and one that does not added."""
    return lambda side, **told: right(replace(side, count=side.count + 1, size=side.size + 2), **told)


def told_with_its_band(right: Callable[..., str]) -> Callable[..., str]:
    """A sentence that says how many there were, about."""
    return lambda situation: f"{right(situation)} {situation.cell.assise or ''}"


def by_place(right: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Shares that depend on where their row stands."""
    return lambda rows, thresholds: right(rows, thresholds).with_columns(pl.col("estimation") * (pl.row_index() % 2))


WRONGS: list[tuple[str, Wrong, str]] = [
    ("pipelines.measurement.shares:estimated", leaning_on_size, "figures"),
    ("pipelines.measurement.shares:estimated", leaning_on_size, "breakdowns"),
    ("pipelines.measurement.waits:of_one_unit", between_observations, "figures"),
    ("pipelines.trends.drawing:_chart", centred_by_bands, "limits"),
    ("pipelines.synthesis.views:_gap", between_middles, "views"),
    ("pipelines.synthesis.criteria:_weakest", weakest_by_its_low, "criteria"),
    ("pipelines.synthesis.decompositions:_tally", smoothed, "decompositions"),
    ("pipelines.comparison.compare:mean_of_peers", peers_by_size, "peers"),
    ("pipelines.evaluation.changes:_percent", share_of_a_smoothed_side, "effects"),
    ("pipelines.sentences.stage:fact", told_with_its_band, "facts"),
]
WRONGS_OF_ONE: list[tuple[str, Wrong, str]] = [
    ("pipelines.measurement.shares:_means", mean_of_all_receptions, "figures"),
    ("pipelines.synthesis.decompositions:decomposition", moved_by_receptions, "decompositions"),
    ("pipelines.comparison.compare:mean_of_peers", peers_by_size, "peers"),
]


@pytest.fixture(autouse=True)
def every_year_is_decomposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.synthesis.decompositions.tell_different_stories", lambda mean, pooled: True)


def put_wrong(monkeypatch: pytest.MonkeyPatch, place: str, wrong: Wrong) -> None:
    right = pkgutil.resolve_name(place)
    monkeypatch.setattr(place.replace(":", "."), wrong(right))


@pytest.mark.long
@pytest.mark.parametrize(("place", "wrong", "subject"), WRONGS)
def test_a_size_let_in_is_found(
    monkeypatch: pytest.MonkeyPatch, region: Region, place: str, wrong: Wrong, subject: str
) -> None:
    put_wrong(monkeypatch, place, wrong)
    found = held(figured(region), figured(repeated(region, 7)))[subject]
    assert not found.moved.is_empty()


@pytest.mark.long
@pytest.mark.parametrize(("place", "wrong", "subject"), WRONGS_OF_ONE)
def test_a_reception_that_weighs_is_found(
    monkeypatch: pytest.MonkeyPatch, region: Region, place: str, wrong: Wrong, subject: str
) -> None:
    put_wrong(monkeypatch, place, wrong)
    found = held(figured(region), figured(one_repeated(region, region.largest, 7)), pooled=False)[subject]
    assert not found.moved.is_empty()


@pytest.mark.long
def test_an_order_let_in_is_found(monkeypatch: pytest.MonkeyPatch, region: Region) -> None:
    put_wrong(monkeypatch, "pipelines.measurement.shares:estimated", by_place)
    assert not held(figured(region), figured(permuted(region, seed=5)))["figures"].moved.is_empty()


@pytest.mark.long
def test_a_name_let_in_is_found(monkeypatch: pytest.MonkeyPatch, region: Region) -> None:
    def wrong(right: Callable[..., str]) -> Callable[..., str]:
        return lambda situation: f"{right(situation)} {situation.unit_id}"

    put_wrong(monkeypatch, "pipelines.sentences.stage:fact", wrong)
    names = {region.largest: "lieu-0001"}
    assert not held(figured(region), named_back(figured(renamed(region, names)), names))["facts"].moved.is_empty()
