"""What may happen to a region's records without anything being done better or worse in its structures.

Visible counts are changed, after the mask: which cells are shown, and which structures enter a mean, is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from pipelines.command_line.analyses import Tables
from tests.analyses.region import Region
from tests.scale.rolling_up import grid_in_force

_SUMS = ("y", "n", "applicables")
_HISTOGRAMS = ("quantiles", "ecart")
_PLACE = ["mesure_id", "pas", "debut", "ventilation", "modalite", "groupe"]
_NAMED = ("unite_id", "structure_id")
_OFFERED = "proposes"


def repeated(region: Region, times: int) -> Region:
    """Each reception and each answer `times` times; facts of organisation and what structures declare are no records."""
    more = pl.when(_recorded()).then(times).otherwise(1)
    sizes = [pl.col(name) * more for name in (*_SUMS, "n_effectif")]
    return replace(region, counts=region.counts.with_columns(sizes))


def one_repeated(region: Region, structure: str, times: int) -> Region:
    """The same of one structure: its own rows, and its share of what is added up in the wider units that it is in.

    The means of structures stand as they are, and so does the effective size of sums, which only ranges are made of.
    """
    own = (pl.col("niveau") == "structure") & (pl.col("unite_id") == structure)
    more = pl.when(_recorded() & own).then(times).otherwise(1)
    [home] = region.units.filter(own).select("reseau", "departement").rows()
    wider = (pl.col("niveau") == "region") | pl.col("unite_id").is_in([each for each in home if each])
    added = pl.when(_recorded() & wider).then(times - 1).otherwise(0)
    counts = (
        _beside(region.counts, region.parts.filter(structure_id=structure))
        .with_columns(pl.col(name) * more + pl.col(f"{name}_propre").fill_null(0) * added for name in _SUMS)
        .with_columns(pl.col("n_effectif") * more)
    )
    return replace(region, counts=counts.select(region.counts.columns))


def with_unanswered(region: Region) -> Region:
    """One record in twenty more to which each item applies, and that does not say."""
    grown = (pl.col("applicables") * 21 + 19) // 20
    applicables = pl.when(_recorded()).then(grown).otherwise("applicables").alias("applicables")
    theirs = pl.when(_recorded()).then(pl.col("repondue_moyenne") * 20 / 21).otherwise("repondue_moyenne")
    return replace(region, counts=region.counts.with_columns(applicables, theirs.alias("repondue_moyenne")))


def permuted(region: Region, seed: int) -> Region:
    """The rows of every frame in another order."""
    return Region(**{name: shuffled(frame, seed) for name, frame in vars(region).items()})


def shuffled(frame: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The rows of a frame in another order."""
    return frame.sample(fraction=1, shuffle=True, seed=seed)


def renamed(region: Region, names: Mapping[str, str]) -> Region:
    """Structures under other identifiers."""
    return Region(**{name: _renamed(frame, names) for name, frame in vars(region).items()})


def named_back(tables: Tables, names: Mapping[str, str]) -> Tables:
    """Tables in which structures have their identifiers again; `names`: as for `renamed`."""
    back = {other: name for name, other in names.items()}
    return {name: _renamed(frame, back) for name, frame in tables.items()}


def _renamed(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    told = frame.with_columns(pl.col(name).replace(names) for name in _NAMED if name in frame.columns)
    if "serie_id" not in frame.columns:
        return told
    parts = pl.col("serie_id").str.split("|")
    named = pl.concat_str(
        parts.list.get(0), parts.list.get(1), parts.list.get(2).replace(names), parts.list.get(3), separator="|"
    )
    return told.with_columns(named.alias("serie_id"))


def _recorded() -> pl.Expr:
    """Whether a row of counts is made of receptions or answers."""
    grid, _ = grid_in_force()
    declared = [grid.base_id(name) for name, base in grid.bases.items() if base.is_fact or base.table == "structures"]
    return ~pl.col("base_id").is_in(declared) & (pl.col("groupe") != _OFFERED)


def _beside(counts: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """`counts` with what a structure (`parts`: its rows of comptes_structures) holds of each cell: y, n, applicables `_propre`.

    Days of waits are cumulated, at the days of the wider unit.
    """
    histogram = pl.col("genre").is_in(_HISTOGRAMS)
    own = [pl.col(name).alias(f"{name}_propre") for name in _SUMS]
    sizes = parts.select(*_PLACE, *own[1:]).unique()
    plain = parts.filter(~histogram).select(*_PLACE, "categorie", own[0])
    days = (
        parts.filter(histogram)
        .select(*_PLACE, own[0], jour=pl.col("categorie").cast(pl.Int64))
        .sort("jour")
        .with_columns(pl.col("y_propre").cum_sum().over(_PLACE))
    )
    waits = pl.col("mesure_id").is_in(parts.filter(histogram)["mesure_id"].unique().to_list())
    waited = counts.filter(waits).with_columns(jour=pl.col("categorie").cast(pl.Int64)).sort("jour")
    both = [
        counts.filter(~waits).join(plain, on=[*_PLACE, "categorie"], how="left"),
        waited.join_asof(days, on="jour", by=_PLACE, check_sortedness=False).drop("jour"),
    ]
    return pl.concat(both).join(sizes, on=_PLACE, how="left")
