"""How structures practise: those seen by name through time, what those far from the others do otherwise, who consented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from dashboard.access import REGION, Scope
from dashboard.queries.visibility import NAMED_STRUCTURES, OPEN_CATEGORY


def through_time(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, measures: Sequence[str], pas: str
) -> pl.DataFrame:
    """All columns of quality.valeurs  [measure × structure seen by name × period × category] of one step, in order of time"""
    return release.sql(
        f"""
        SELECT * FROM quality.valeurs
        WHERE niveau = 'structure' AND unite_id IN {NAMED_STRUCTURES}
            AND pas = $pas AND list_contains($measures, mesure_id) AND {OPEN_CATEGORY}
        ORDER BY mesure_id, unite_id, debut
        """,
        params={"pas": pas, "measures": list(measures), **_who(scope), **scope.closed},
    ).pl()


def profiles(release: duckdb.DuckDBPyConnection, scope: Scope, *, pas: str, debut: date) -> pl.DataFrame:
    """All columns of quality.pratiques  [measure × perimeter × fact of organisation] of one period

    Nothing to whom the region is not open. No structure is told: at least three on each side of a share.
    """
    return release.sql(
        """
        SELECT * FROM quality.pratiques
        WHERE pas = $pas AND debut = $debut AND list_contains($levels, $region)
        ORDER BY mesure_id, perimetre, pratique, categorie
        """,
        params={"pas": pas, "debut": debut, "levels": list(scope.levels), "region": REGION},
    ).pl()


def consents(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """acceptent, refusent  [one row]: how many structures of the reader's own network may be named, and how many may not

    Zeros for who is not the head of a network.
    """
    return release.sql(
        """
        SELECT
            count(*) FILTER (WHERE coalesce(partage_nominatif, false)) AS acceptent,
            count(*) FILTER (WHERE NOT coalesce(partage_nominatif, false)) AS refusent
        FROM reference.unites WHERE niveau = 'structure' AND reseau = $network
        """,
        params={"network": scope.network},
    ).pl()


def _who(scope: Scope) -> dict[str, str]:
    return {"network": scope.network, "structure": scope.structure}
