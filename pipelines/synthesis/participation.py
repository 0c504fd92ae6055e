"""How many of those who were received answered: a class beside what persons say, never inside it (quality.participation)."""

from __future__ import annotations

import polars as pl

from pipelines.rounding import SHOWN
from pipelines.synthesis.membership import members

PARTICIPATION = {
    "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date, "classe": pl.String,
}  # fmt: skip
"""Columns of quality.participation."""
WHOLE_COLLECTIONS = ("outil", "continu")
"""Collections that hold every reception: sample weeks say nothing of how many were received."""
FEWEST_STRUCTURES = 5
"""A class made of fewer structures would be read as theirs."""
_CLASSES = ((0.75, "75-100"), (0.50, "50-74"), (0.30, "30-49"))
_LOWEST = "0-29"
_UNIT = ["niveau", "unite_id", "debut"]


def participation(
    counts: pl.DataFrame,
    values: pl.DataFrame,
    measures: pl.DataFrame,
    units: pl.DataFrame,
    collections: pl.DataFrame,
) -> pl.DataFrame:
    """The class of questionnaires / receptions of a year: PARTICIPATION, one row a structure, network, region and year.

    Of structures whose collection holds every reception and whose both sides are shown; networks and the region from
    FEWEST_STRUCTURES of them on; where something that persons say is shown, beside which it stands. Methods 3.

    `counts`: visible cells; those of structures are read. `values`, `measures`, `units`: quality.valeurs, reference.mesures,
    reference.unites.
    `collections`: structure_id, mode_collecte [structure].
    """
    both = _both_sides(counts, measures).join(
        collections.filter(pl.col("mode_collecte").is_in(WHOLE_COLLECTIONS)),
        left_on="structure",
        right_on="structure_id",
        how="semi",
    )
    alone = both.select(pl.lit("structure").alias("niveau"), "debut", "reponses", "accueils", unite_id="structure")
    wider = both.join(members(units), on="structure").group_by(_UNIT).agg(pl.sum("reponses", "accueils"), pl.len())
    together = wider.filter(pl.col("len") >= FEWEST_STRUCTURES).select(alone.columns)
    rows = pl.concat([alone, together]).with_columns(pas=pl.lit("annee"), classe=_class_of())
    beside = rows.join(_said(values, measures), on=[*_UNIT, "pas"], how="semi")
    return beside.select(*PARTICIPATION).sort("niveau", "unite_id", "debut")


def _said(values: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Shown figures of what persons say."""
    perceived = measures.filter(nature="percue").select("mesure_id")
    return values.filter(pl.col("etat").is_in(SHOWN)).join(perceived, on="mesure_id", how="semi")


def _both_sides(counts: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """structure, debut, reponses, accueils: the widest base of persons' answers and of receptions, where both are shown."""
    asked = pl.col("base_table").replace_strict({"reponses": "reponses", "accueils": "accueils"}, default=None)
    sides = measures.filter((pl.col("base_table") == "accueils") | (pl.col("nature") == "percue"))
    cells = counts.filter(
        pl.col("groupe") != "proposes", pl.col("provenance") == "mesure", niveau="structure", pas="annee"
    ).join(sides.select("mesure_id", cote=asked).drop_nulls(), on="mesure_id")
    widest = cells.group_by("cote", "debut", structure="unite_id").agg(pl.max("applicables"))
    answers, receptions = (
        widest.filter(cote=side).select("structure", "debut", pl.col("applicables").alias(side))
        for side in ("reponses", "accueils")
    )
    return answers.join(receptions, on=["structure", "debut"])


def _class_of() -> pl.Expr:
    rate, named = pl.col("reponses") / pl.col("accueils"), pl.lit(_LOWEST)
    for floor, name in reversed(_CLASSES):
        named = pl.when(rate >= floor).then(pl.lit(name)).otherwise(named)
    return named
