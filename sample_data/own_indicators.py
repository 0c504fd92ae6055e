"""The indicators that a network computes by itself: aggregates, with their base and the version of their definition."""

from __future__ import annotations

import polars as pl

SOON = 3
"""Working days within which a deferred reception is said to be soon."""
DELAY, SOON_SHARE, GUIDED_SHARE = "FT-DELAI-MEDIAN", "FT-PART-3-JOURS", "FT-PART-ORIENTEE"
_NEW_DEFINITION = pl.date(2024, 1, 1)
_FRENCH_PERCENT_UNTIL = pl.date(2025, 1, 1)


def own_indicators(receptions: pl.DataFrame) -> pl.DataFrame:
    """One row a structure, quarter and indicator: `structure_id`, `debut` (date), `indicateur`, `valeur`, `base`, `version`.

    Values are texts as its tool writes them: days with a comma, shares as « 12,5 % », and from 2025 on as 0,125.
    """
    quarterly = receptions.with_columns(debut=pl.col("jour").dt.truncate("1q")).group_by("structure_id", "debut")
    waits = pl.col("attente_jours_ouvres").filter(pl.col("date_choisie_par_la_personne") == "non")
    told = pl.col("orientation").drop_nulls()
    computed = {
        DELAY: (waits.median(), waits.len()),
        SOON_SHARE: ((waits <= SOON).mean(), waits.len()),
        GUIDED_SHARE: ((told != "aucune").mean(), told.len()),
    }
    frames = [
        quarterly.agg(valeur=value, base=base.cast(pl.Int64)).with_columns(indicateur=pl.lit(name))
        for name, (value, base) in computed.items()
    ]
    ordered = pl.concat(frames).drop_nulls("valeur").sort("debut", "structure_id", "indicateur")
    return ordered.with_columns(valeur=_as_written(), version=_version())


def _as_written() -> pl.Expr:
    percent = (pl.col("valeur") * 100).round(1).cast(pl.String) + "\N{NO-BREAK SPACE}%"
    share = (
        pl.when(pl.col("debut") < _FRENCH_PERCENT_UNTIL)
        .then(percent)
        .otherwise(pl.col("valeur").round(3).cast(pl.String))
    )
    days = pl.col("valeur").round(1).cast(pl.String)
    return pl.when(pl.col("indicateur") == DELAY).then(days).otherwise(share).str.replace(".", ",", literal=True)


def _version() -> pl.Expr:
    # A definition told anew: the same code, two versions, that nobody may compare without a thought.
    renewed = (pl.col("indicateur") == DELAY) & (pl.col("debut") >= _NEW_DEFINITION)
    return pl.when(renewed).then(pl.lit("2024")).otherwise(pl.lit("2022"))
