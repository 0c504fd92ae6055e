"""What structures far on the good side do otherwise: facts of organisation of theirs, beside those of the others."""

from __future__ import annotations

import polars as pl

from pipelines.comparison.compared import PERIMETER
from pipelines.rounding import SHOWN, percent

FEWEST = 3
"""On each side: what fewer have in common would be told of each of them."""
_GOOD_SIDE = {"plus": "au_dessus", "moins": "au_dessous"}
"""A measure with a zone, or without a good side, has no structures to learn from."""
_FACT = ["pratique", "categorie", "libelle", "ordre", "rang"]
_KINDS = ["part", "repartition"]
_COLUMNS = ["structures", "part", "autres", "part_autres"]


def practices(
    positions: pl.DataFrame, values: pl.DataFrame, measures: pl.DataFrame, categories: pl.DataFrame, units: pl.DataFrame
) -> pl.DataFrame:
    """Rows of quality.pratiques [measure × perimeter × year × fact of organisation].

    `positions`: mesure_id, perimetre, pas, debut, structure_id, a_examiner, hors_95 [measure × structure × period] (see
    `Comparisons.cotes`); the rest: tables of the release. Only facts known of FEWEST structures on both sides.
    """
    sides = _sides(positions, measures, units)
    held = sides.join(_facts(values, measures, categories), on=["structure_id", "pas", "debut"])
    far, others = (held.filter(pl.col("loin") == side).drop("loin") for side in (True, False))
    return (
        _shares(far, "structures", "part")
        .join(_shares(others, "autres", "part_autres"), on=[*PERIMETER, *_FACT])
        .sort(*PERIMETER, "ordre", "rang")
        .select(*PERIMETER, "pratique", "categorie", "libelle", *_COLUMNS)
    )


def _sides(positions: pl.DataFrame, measures: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """PERIMETER, structure_id, loin: of each year, who is learnt from (true), and those within the limits (false).

    Learnt from: beyond the 99.8 % limit, or beyond the 95 % one where fewer than FEWEST are and consent. Who is beyond without
    being learnt from is on neither side.
    """
    directed = measures.filter(pl.col("sens").is_in(list(_GOOD_SIDE))).select(
        "mesure_id", bon_cote=pl.col("sens").replace_strict(_GOOD_SIDE, return_dtype=pl.String)
    )
    consenting = units.filter(pl.col("partage_nominatif"), niveau="structure")["unite_id"]
    consents = pl.col("structure_id").is_in(consenting.implode())
    beyond, farthest = (pl.col(name).eq_missing(pl.col("bon_cote")) for name in ("hors_95", "a_examiner"))
    enough = (farthest & consents).sum().over(PERIMETER) >= FEWEST
    far = pl.when(enough).then(farthest).otherwise(beyond)
    placed = positions.filter(pas="annee").join(directed, on="mesure_id").with_columns(far.alias("loin"))
    return placed.filter(pl.col("loin") & consents | ~beyond).select(*PERIMETER, "structure_id", "loin")


def _facts(values: pl.DataFrame, measures: pl.DataFrame, categories: pl.DataFrame) -> pl.DataFrame:
    """structure_id, pas, debut, _FACT, tenu: whether a structure has a fact [structure × year × fact], where it is shown."""
    facts = measures.filter(
        pl.col("fait_d_organisation"), pl.col("comparaison") != "aucune", pl.col("genre").is_in(_KINDS)
    ).select(pratique="mesure_id", nom="libelle", genre="genre", ordre="ordre")
    codes = categories.select(pratique="mesure_id", categorie="categorie", dit="libelle", rang="ordre")
    shares = facts.filter(genre="part").select(
        "pratique", pl.lit("").alias("categorie"), libelle="nom", ordre="ordre", rang=pl.lit(0, codes.schema["rang"])
    )
    spread = facts.filter(genre="repartition").join(codes, on="pratique")
    named = spread.select(
        "pratique", "categorie", libelle=pl.col("nom") + " : " + pl.col("dit"), ordre="ordre", rang="rang"
    )
    shown = values.filter(
        pl.col("valeur").is_not_null(), pl.col("etat").is_in(SHOWN), niveau="structure", pas="annee"
    ).select("pas", "debut", "categorie", structure_id="unite_id", pratique="mesure_id", tenu=pl.col("valeur") == 100)
    return shown.join(pl.concat([shares, named], how="vertical_relaxed"), on=["pratique", "categorie"])


def _shares(held: pl.DataFrame, size: str, share: str) -> pl.DataFrame:
    """PERIMETER, _FACT, `size` (FEWEST or more), `share` in whole percents."""
    counted = held.group_by(*PERIMETER, *_FACT).agg(pl.len().alias(size), pl.col("tenu").mean().alias(share))
    return counted.filter(pl.col(size) >= FEWEST).with_columns(
        pl.col(size).cast(pl.Int32), percent(pl.col(share).round(9)).cast(pl.Int32).alias(share)
    )
