"""What each part of the region offers, as anyone reads it on the door: channels, opening, accessibility, by EPCI."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import polars as pl

from pipelines.frames import query_frame

OUTSIDE = "hors-epci"
"""The three islands that belong to no EPCI."""
_CHANNELS = {
    "presentiel": "Reçoit sur place",
    "telephone": "Reçoit par téléphone",
    "visioconference": "Reçoit en visioconférence",
    "tchat": "Répond par tchat",
    "courriel": "Répond par courriel",
}
_ACCESS = {
    "entree_et_bureau": "Accessible : l'entrée et le bureau",
    "langue_des_signes_ou_interpretariat": "Accessible : langue des signes ou interprétariat",
    "documents_faciles_a_lire": "Accessible : documents faciles à lire",
}


def supply(warehouse: duckdb.DuckDBPyConnection, as_of: date) -> pl.DataFrame:
    """reference.offre [EPCI × fact of supply], from the last profile of the structures open on the day `as_of`.

    A place that leaves a question empty does not say that it has it: it counts among `lieux`, not in `avec`.
    """
    facts = list(_facts())
    listed = ", ".join(f"('{fact}', '{_quoted(label)}', {condition})" for fact, label, condition in facts)
    told = query_frame(
        warehouse,
        f"""SELECT coalesce(epci, '{OUTSIDE}') AS epci, fait, libelle,
          CAST(count(*) AS INTEGER) AS lieux, CAST(count(*) FILTER (tenu) AS INTEGER) AS avec
        FROM structures CROSS JOIN LATERAL (FROM (VALUES {listed}) AS dits(fait, libelle, tenu))
        WHERE actif_du <= DATE '{as_of}' AND (actif_au IS NULL OR actif_au > DATE '{as_of}')
        GROUP BY ALL""",
    )
    order = {fact: rank for rank, (fact, _, _) in enumerate(facts)}
    return told.with_columns(
        ordre=pl.col("fait").replace_strict(order, return_dtype=pl.Int32)
    ).sort("epci", "ordre")  # fmt: skip


def _facts() -> Iterator[tuple[str, str, str]]:
    """Code, label and SQL condition of each fact, in order."""
    for column, labels in (("canaux_proposes", _CHANNELS), ("accessibilite", _ACCESS)):
        for code, label in labels.items():
            yield f"{column}.{code}", label, f"coalesce(list_contains({column}, '{code}'), false)"
        if column == "canaux_proposes":
            yield "sans_rendez_vous", "Ouvert sans rendez-vous", "coalesce(sans_rendez_vous_demi_journees > 0, false)"
            yield "soir_ou_samedi", "Ouvert un soir ou le samedi", "coalesce(soir_ou_samedi, false)"


def _quoted(text: str) -> str:
    return text.replace("'", "''")
