"""The reference tables that speak of the grid's place among the networks: equivalences, refusals, redundancy, burden."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import polars as pl

from grids.burden import Burden
from grids.common_sheet import CommonSheet
from grids.declines import Decline
from grids.equivalences import Catalogue
from grids.model import Grid
from grids.redundancy import Redundancy

_EQUIVALENCES = (
    "source", "source_libelle", "indicateur_source", "libelle", "definition", "perimetre", "periode", "mesure", "degre",
    "raison",
)  # fmt: skip


def sheet_users(warehouse: duckdb.DuckDBPyConnection, sheet: CommonSheet) -> frozenset[str]:
    """The networks that delivered the common sheet."""
    rows = warehouse.execute("SELECT DISTINCT reseau FROM livraisons WHERE livraison = ?", [sheet.id]).fetchall()
    return frozenset(network for (network,) in rows)


def answered_questions(warehouse: duckdb.DuckDBPyConnection, grid: Grid) -> dict[str, frozenset[str]]:
    """By network, the questions asked under `grid` that it delivered answers to, whatever the shape."""
    rows = warehouse.execute(
        "SELECT reseau, list(DISTINCT question) FROM reponses WHERE grille = ? AND version = ? GROUP BY reseau",
        [grid.id, grid.version],
    ).fetchall()
    return {network: frozenset(questions) & grid.questions.keys() for network, questions in rows}


def equivalences(catalogues: Sequence[Catalogue]) -> pl.DataFrame:
    """reference.equivalences. [source × its own indicator × measure]"""
    rows = [
        (
            catalogue.source,
            catalogue.name,
            indicator.code,
            indicator.label,
            f"{indicator.definition} — {indicator.origin}.",
            indicator.perimeter,
            indicator.period,
            each.measure,
            each.degree,
            each.reason,
            each.stands_in,
        )
        for catalogue in catalogues
        for indicator, each in catalogue.pairs()
    ]
    schema = dict.fromkeys(_EQUIVALENCES, pl.String) | {"remplace": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def refusals(declines: Sequence[Decline]) -> pl.DataFrame:
    """reference.refus. [network × indicator that it declines]"""
    rows = [(each.network, each.indicator, each.reason, each.since) for each in declines]
    schema = {"reseau": pl.String, "indicateur_id": pl.String, "raison": pl.String, "depuis": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def redundancy_rows(redundant: Sequence[Redundancy]) -> pl.DataFrame:
    """reference.redondances. [network, or '' for all × question or column]"""
    rows = [
        (each.network, each.object, each.kind, each.label, each.reason, each.proposal, each.seconds)
        for each in redundant
    ]
    texts = ("reseau", "objet", "nature", "libelle", "motif", "proposition")
    return pl.DataFrame(rows, schema=dict.fromkeys(texts, pl.String) | {"secondes": pl.Float64}, orient="row")


def burden_rows(burdens: Sequence[Burden]) -> pl.DataFrame:
    """reference.charges. [network × thing to fill in]"""
    rows = [(each.network, each.object, each.label, each.questions, each.seconds) for each in burdens]
    texts = dict.fromkeys(("reseau", "objet", "libelle"), pl.String)
    return pl.DataFrame(rows, schema=texts | {"questions": pl.Int32, "secondes": pl.Float64}, orient="row")
