"""The cube of figures, and the counts that fill it: one row for each figure that a release must state, shown or not."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.measurement.context import MEAN, Context
from pipelines.measurement.showing import band, response_class, state

VALUES = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "categorie": pl.String, "agregation": pl.String, "etat": pl.String, "raison": pl.String, "valeur": pl.Int32,
    "basse": pl.Int32, "haute": pl.Int32, "assise": pl.String, "taux_reponse_classe": pl.String,
    "structures": pl.Int32, "structures_attendues": pl.Int32, "provenance": pl.String,
}  # fmt: skip
"""Columns of the figures of all rows: those of quality.valeurs."""
MODALITY = ["ventilation", "modalite"]
BROKEN_DOWN = {**dict.fromkeys(MODALITY, pl.String), **VALUES}
"""The same for one modality of a breakdown: those of quality.ventilations; '' for all rows."""

CELL = ["mesure_id", "niveau", "unite_id", "pas", "debut", *MODALITY, "agregation"]
"""A measure in a unit, a period and a modality, under one aggregation."""
FIGURE = [*CELL, "categorie"]
PROVENANCES = pl.Enum(["mesure", "identique", "proche"])
"""In order, so that the greatest is what a figure made of several is worth."""
_PLACE = ["base_id", "niveau", "unite_id", "pas", "debut", *MODALITY]


def cube(contexts: Mapping[str, Context], counts: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """FIGURE and `etat` of every figure that a release states: null in a visible cell, else 'masque' or 'sans_objet'.

    `counts`, `hidden`: those of VisibleCells. A network is no partner of its own: 'sans_objet'. How diverse categories are is
    told of all rows only: within a modality it would say nothing, or the modality itself.
    """
    figures = [
        (
            each.measure_id,
            each.base_id,
            level,
            aggregation,
            category,
            category in each.parts and not each.measure.items,
            each.measure.kind == "diversite",
        )
        for each in contexts.values()
        for level in each.levels
        for aggregation in each.aggregations(level)
        for category in each.categories
    ]
    schema = ["mesure_id", "base_id", "niveau", "agregation", "categorie", "partenaire", "entier"]
    visible = counts.select(_PLACE).unique().with_columns(etat=pl.lit(None, pl.String))
    cells = pl.concat([visible, hidden.select(*_PLACE, "etat")])
    own = pl.col("partenaire") & (pl.col("niveau") == "reseau") & (pl.col("categorie") == pl.col("unite_id"))
    return (
        pl.DataFrame(figures, schema=schema, orient="row")
        .join(cells, on=["base_id", "niveau"])
        .filter(~pl.col("entier") | (pl.col("ventilation") == ""))
        .select(*FIGURE, etat=pl.when(own).then(pl.lit("sans_objet")).otherwise("etat"))
    )


def by_aggregation(contexts: Mapping[str, Context], counts: pl.DataFrame) -> pl.DataFrame:
    """Counts at the levels where their measure is shown, once under each aggregation of the level that may be.

    Adds agregation, genre, opinion, fait (see Context) and repondue: the share of the records that hold the item; of a mean of
    structures the mean of theirs, so that no structure weighs more by its traffic (methods 8.1).
    """
    measures = [
        (each.measure_id, level, aggregation, each.measure.kind, each.opinion, each.fact)
        for each in contexts.values()
        for level in each.levels
        for aggregation in each.aggregations(level)
    ]
    schema = ["mesure_id", "niveau", "agregation", "genre", "opinion", "fait"]
    return (
        counts.join(pl.DataFrame(measures, schema=schema, orient="row"), on=["mesure_id", "niveau"])
        .filter((pl.col("agregation") != MEAN) | pl.col("moyenne_visible"))
        .with_columns(repondue=_answered(), provenance=pl.col("provenance").cast(PROVENANCES))
    )


def _answered() -> pl.Expr:
    pooled = pl.col("n") / pl.col("applicables")
    return pl.when(pl.col("agregation") == MEAN).then(pl.coalesce("repondue_moyenne", pooled)).otherwise(pooled)


def stated(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures that are shown, with what tells how solid they are, as rows of BROKEN_DOWN.

    `figures`: FIGURE, valeur, basse, haute, raison, n, repondue, structures, structures_attendues, provenance, fait.
    A fact is a census: no size tells how solid it is.
    """
    fact, mean = pl.col("fait"), pl.col("agregation") == MEAN
    return figures.with_columns(
        etat=pl.when(fact).then(pl.lit("ok")).otherwise(state(pl.col("n"))),
        assise=pl.when(~fact).then(band(pl.col("n"))),
        taux_reponse_classe=response_class(pl.col("repondue")),
        structures=pl.when(mean).then("structures"),
        structures_attendues=pl.when(mean).then("structures_attendues"),
    ).select(pl.col(name).cast(kind) for name, kind in BROKEN_DOWN.items())
