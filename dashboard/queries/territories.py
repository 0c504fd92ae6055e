"""Quality by zone d'emploi, and what the places of each EPCI offer: means and public facts, never a structure."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from dashboard.access import Scope
from dashboard.queries.visibility import OPEN_CATEGORY


def zones(release: duckdb.DuckDBPyConnection, scope: Scope, *, debut: date) -> pl.DataFrame:
    """Means of published structures in the year that begins on `debut`; nothing to whom does not see the region.

    mesure_id, zone_emploi, categorie, valeur, basse, haute, structures  [measure × zone d'emploi × category]
    """
    return release.sql(
        f"""
        SELECT mesure_id, zone_emploi, categorie, valeur, basse, haute, structures
        FROM quality.territoires
        WHERE pas = 'annee' AND debut = $debut AND list_contains($levels, 'region') AND {OPEN_CATEGORY}
        ORDER BY mesure_id, zone_emploi, categorie
        """,
        params={"debut": debut, "levels": list(scope.levels), **scope.closed},
    ).pl()


def supply(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """How many places of an EPCI describe themselves (`lieux`) and how many of them have a fact (`avec`).

    epci, fait, libelle, lieux, avec  [EPCI × fact of supply], facts in order
    """
    return release.sql(
        """
        SELECT epci, fait, libelle, lieux, avec
        FROM reference.offre
        WHERE list_contains($levels, 'region')
        ORDER BY ordre, fait, epci
        """,
        params={"levels": list(scope.levels)},
    ).pl()
