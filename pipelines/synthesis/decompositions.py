"""What changed from one year to the next on the same structures, and why both ways to count part (quality.decompositions)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import polars as pl

from pipelines.lines import headline_category, lineages
from pipelines.rounding import nearest
from pipelines.statistics.common_set import common_set
from pipelines.statistics.decomposition import FEWEST_STRUCTURES, Tally, decomposition, tell_different_stories
from pipelines.synthesis.membership import members

DECOMPOSITIONS = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "depuis": pl.Date, "structures": pl.Int32, "moyenne": pl.Int32, "part": pl.Int32, "pratiques": pl.Int32,
    "composition": pl.Int32, "separees": pl.Boolean,
}  # fmt: skip
"""Columns of quality.decompositions."""


class _Place(NamedTuple):
    """A measure in a network, or in the region, in one year: the columns that say so."""

    mesure_id: str
    niveau: str
    unite_id: str
    debut: date


def decompositions(counts: pl.DataFrame, measures: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The change of both ways to count since the year before: DECOMPOSITIONS, one row a measure, unit and year.

    Over the structures shown in both years, at least 5; a year is compared with the one before under the same measure, or
    the nearest that it continues. Of shares only, and not of facts, in which each structure counts once whichever way.
    `part` = `pratiques` + `composition`, in whole points; `separees`: both ways tell different stories. Methods 8.2.

    `counts`: visible cells; those of structures are read. `measures`, `units`: reference.mesures, reference.unites.
    """
    cells = _cells(counts, measures, units)
    years = {_Place(*key): rows for key, rows in cells.partition_by(_Place._fields, as_dict=True).items()}
    continued = lineages(measures)
    rows = [_row(place, years, continued[place.mesure_id]) for place in years]
    frame = pl.DataFrame([row for row in rows if row], schema=DECOMPOSITIONS, orient="row")
    return frame.sort("mesure_id", "niveau", "unite_id", "debut")


def _cells(counts: pl.DataFrame, measures: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """_Place, structure, y, n: each structure's year, once in its network and once in the region."""
    shares = measures.filter(pl.col("genre").is_in(["part", "repartition"]), ~pl.col("fait_d_organisation"))
    structures = counts.filter(niveau="structure", pas="annee", groupe="").filter(pl.col("n") > 0)
    cells = shares.select("mesure_id", categorie=headline_category()).join(structures, on=["mesure_id", "categorie"])
    return cells.select("mesure_id", "debut", "y", "n", structure="unite_id").join(members(units), on="structure")


def _row(place: _Place, years: Mapping[_Place, pl.DataFrame], lineage: tuple[str, ...]) -> tuple[object, ...] | None:
    """The row of a year, if enough of its structures are shown in the year before."""
    since = place.debut.replace(year=place.debut.year - 1)
    earlier = (years.get(place._replace(mesure_id=each, debut=since)) for each in lineage)
    before = next((rows for rows in earlier if rows is not None), None)
    if before is None:
        return None
    tallies = _on_common_set(before, years[place])
    structures = len(tallies[0].size)
    if structures < FEWEST_STRUCTURES:
        return None
    changes = decomposition(*tallies)
    mean, pooled, practices = (nearest(each) for each in (changes.mean, changes.pooled, changes.practices))
    # What is left of the whole points of the share, so that both parts add up as they are read.
    composition = pooled - practices
    unit = place.mesure_id, place.niveau, place.unite_id, "annee", place.debut
    return *unit, since, structures, mean, pooled, practices, composition, tell_different_stories(mean, pooled)


def _on_common_set(before: pl.DataFrame, after: pl.DataFrame) -> tuple[Tally, Tally]:
    places = common_set(before["structure"].to_list(), after["structure"].to_list())
    first, second = (rows[at.tolist()] for rows, at in zip((before, after), places, strict=True))
    return _tally(first), _tally(second)


def _tally(rows: pl.DataFrame) -> Tally:
    return Tally(rows["y"].to_numpy(), rows["n"].to_numpy())
