"""Means of structures' rates: a shown mean of k structures is their sum, which must not bare the rates of one or two."""

from __future__ import annotations

import polars as pl

from pipelines.attack.release_file import SHOWN, ReleaseFile
from pipelines.attack.report import Finding
from pipelines.attack.wording import cells_words

_KINDS = ["part", "repartition", "indice", "gain", "rapport_de_sommes"]
_PLACE = ["mesure_id", "categorie", "pas", "debut"]
_REMEDY = "Ne pas montrer cette moyenne, ou masquer davantage de structures derrière elle."


def bared_means(release: ReleaseFile, fewest: int) -> list[Finding]:
    """Shown means, and differences of shown means, behind which 1 to `fewest` − 1 entering structures are hidden.

    A shown structure enters (its number of persons is above the entering size); what is left of `structures` is hidden.
    """
    means, rates = _means(release), _shown_rates(release)
    behind = _behind(means, rates)
    alone = _bare(behind, fewest)
    apart = pl.concat([_apart(behind, level) for level in ("reseau", "departement")])
    return [
        *_found(
            "moyenne",
            alone,
            "Une ou deux structures masquées se déduisent de cette moyenne et des structures montrées.",
        ),
        *_found(
            "moyenne_difference",
            _bare(apart, fewest),
            "La moyenne de la région moins celles qui sont montrées laisse une ou deux structures masquées.",
        ),
    ]


def _means(release: ReleaseFile) -> pl.DataFrame:
    """Shown means of persons' rates, the mean of an index's items left out: its items say the same."""
    measures = release.measures.filter(~pl.col("fait_d_organisation"), pl.col("genre").is_in(_KINDS))
    headline = (pl.col("genre") == "indice") & (pl.col("categorie") == "")
    return (
        release.values.join(measures.select("mesure_id", "base_id", "genre"), on="mesure_id")
        .filter(pl.col("etat").is_in(SHOWN), agregation="moyenne_structures", ventilation="")
        .filter(~headline)
    )


def _shown_rates(release: ReleaseFile) -> pl.DataFrame:
    """Structures that show a figure, once under each unit they belong to: _PLACE, niveau, unite_id, reseau, departement."""
    places = release.units.filter(niveau="structure").select("unite_id", "reseau", "departement")
    rates = (
        release.values.filter(pl.col("etat").is_in(SHOWN), niveau="structure", ventilation="")
        .select(*_PLACE, "unite_id", "provenance")
        .join(places, on="unite_id")
    )
    region = release.units.filter(niveau="region")["unite_id"].first()
    beyond = rates.filter(pl.col("provenance").fill_null("") != "proche")
    return pl.concat(
        [
            rates.with_columns(niveau=pl.lit("reseau"), unite_id="reseau"),
            beyond.with_columns(niveau=pl.lit("departement"), unite_id="departement"),
            beyond.with_columns(niveau=pl.lit("region"), unite_id=pl.lit(region)),
        ]
    )


def _behind(means: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Each shown mean with how many of its structures are hidden: `cachees`."""
    key = [*_PLACE, "niveau", "unite_id"]
    shown = rates.group_by(key).len("montrees")
    return means.join(shown, on=key, how="left").with_columns(
        cachees=pl.col("structures") - pl.col("montrees").fill_null(0)
    )


def _apart(behind: pl.DataFrame, level: str) -> pl.DataFrame:
    """The region's means with how many hidden structures the shown means of a level leave."""
    told = behind.filter(pl.col("provenance").fill_null("") != "proche", niveau=level)
    inside = told.group_by(_PLACE).agg(dedans=pl.sum("cachees"))
    region = behind.filter(niveau="region").join(inside, on=_PLACE)
    return region.with_columns(cachees=pl.col("cachees") - pl.col("dedans"))


def _bare(behind: pl.DataFrame, fewest: int) -> pl.DataFrame:
    return behind.filter(pl.col("cachees").is_between(1, fewest - 1))


def _found(kind: str, rows: pl.DataFrame, why: str) -> list[Finding]:
    return [Finding(kind, cells_words(rows.sort(_PLACE)), why, _REMEDY)] if rows.height else []
