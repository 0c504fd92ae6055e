"""The same thing seen twice: what is recorded, what teams say, what people say (quality.regards)."""

from __future__ import annotations

import polars as pl

from pipelines.rounding import downward, upward
from pipelines.statistics.agreement import FEWEST_UNITS, alpha, label
from pipelines.statistics.differences import difference
from pipelines.synthesis.headlines import PLACE, headlines, one_aggregation

REGARDS = {
    "indicateur_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "regard_a": pl.String, "regard_b": pl.String, "ecart": pl.Int32, "basse": pl.Int32, "haute": pl.Int32,
    "concordance": pl.Float64, "mot": pl.String,
}  # fmt: skip
"""Columns of quality.regards."""
NATURES = ("rendue", "declaree", "percue")
"""The views of one thing, in the order in which they are set side by side."""
CLASSES = 4
"""Values are put in so many classes of 25 points to see whether structures stand alike: 0–24, 25–49, 50–74, 75–100."""

_PAIR = ["regard_a", "regard_b"]
_SHOWN = ["valeur", "basse", "haute"]
_BOTH = [f"{name}_{side}" for side in "ab" for name in _SHOWN]
_VALUES = ["valeur_a", "valeur_b"]
_GAP = {name: REGARDS[name] for name in ("ecart", "basse", "haute")}


def views(values: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """The gaps between two views of one indicator, in points: REGARDS, one row a pair, unit and period.

    Both are shares of one version, meant to go the same way, shown with a point and a range in the same unit and period and
    under the same aggregation: the mean of structures where both have one. The range is MOVER's, from the published ranges;
    a fact is a census, whose range is its point. Nothing that the grid does not compare is told (methods 10, PD14).

    `concordance`: at region level, ordinal alpha between the structures that show both views in the period, in whole
    hundredths, from 20 structures; it tells whether both views see the same structures high and low, not who is right.

    `values`, `measures`: quality.valeurs, reference.mesures.
    """
    pairs = _pairs(measures)
    points = headlines(values, measures.select("mesure_id", "genre", "fait_d_organisation"))
    seen = _both_seen(points, pairs)
    ranged = one_aggregation(seen.drop_nulls(_BOTH), [*_PAIR, *PLACE]).join(_gaps(seen), on=_BOTH)
    rows = ranged.join(_concordances(seen), on=[*_PAIR, *PLACE[2:]], how="left")
    only_region = [pl.when(pl.col("niveau") == "region").then(name).alias(name) for name in ("concordance", "mot")]
    return rows.with_columns(only_region).select(*REGARDS).sort(*_PAIR, *PLACE)


def _pairs(measures: pl.DataFrame) -> pl.DataFrame:
    """indicateur_id, regard_a, regard_b: the pairs of measures that are two views of one thing."""
    views = measures.filter(pl.col("comparaison") != "aucune", unite="%").with_columns(
        rang=pl.col("nature").replace_strict({nature: rank for rank, nature in enumerate(NATURES)})
    )
    same = ["indicateur_id", "version", "sens"]
    pairs = views.join(views, on=same, suffix="_b").filter(pl.col("rang") < pl.col("rang_b"))
    return pairs.select("indicateur_id", regard_a="mesure_id", regard_b="mesure_id_b")


def _both_seen(points: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs where both have a point: their `valeur_a`, `valeur_b`, and bounds likewise."""
    bounds = [pl.when("fait_d_organisation").then("valeur").otherwise(name).alias(name) for name in ("basse", "haute")]
    cell = [*PLACE, "agregation"]
    points = points.with_columns(bounds).select("mesure_id", *cell, *_SHOWN)
    first, second = (
        points.rename({"mesure_id": f"regard_{side}"} | {name: f"{name}_{side}" for name in _SHOWN}) for side in "ab"
    )
    return pairs.join(first, on="regard_a").join(second, on=["regard_b", *cell])


def _gaps(seen: pl.DataFrame) -> pl.DataFrame:
    """ecart, basse, haute in points, beside the figures of two views that they come from (_BOTH), once for each."""
    both = seen.select(_BOTH).drop_nulls().unique()
    gaps = pl.DataFrame([_gap(*each) for each in both.iter_rows()], schema=_GAP, orient="row")
    return both.hstack(gaps)


def _gap(first: int, low: int, high: int, second: int, second_low: int, second_high: int) -> tuple[int, int, int]:
    """The first view minus the second, and its range outward, within a hundred points."""
    least, most = difference(first, (low, high), second, (second_low, second_high))
    assert least is not None
    assert most is not None
    return first - second, max(downward(least / 100), -100), min(upward(most / 100), 100)


def _concordances(seen: pl.DataFrame) -> pl.DataFrame:
    """_PAIR, pas, debut, concordance, mot: how alike structures stand in both views, where that can be told."""
    classes = [(pl.col(name) // (100 // CLASSES)).clip(upper_bound=CLASSES - 1) for name in _VALUES]
    structures = (
        seen.filter(niveau="structure")
        .group_by(*_PAIR, *PLACE[2:])
        .agg(*classes, structures=pl.len())
        .filter(pl.col("structures") >= FEWEST_UNITS)
    )
    agreed = [_agreement(*both) for both in structures.select(_VALUES).iter_rows()]
    told = pl.DataFrame(agreed, schema={"concordance": pl.Float64, "mot": pl.String}, orient="row")
    return structures.select(*_PAIR, *PLACE[2:]).hstack(told)


def _agreement(first: list[int], second: list[int]) -> tuple[float | None, str | None]:
    """Alpha in hundredths, and the word for what is then read; neither where alpha is not defined."""
    found = alpha([first, second], "ordinal")
    return (None, None) if found is None else (round(found, 2), label(round(found, 2)))
