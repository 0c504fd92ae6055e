"""Structures by name: only those that the scope sees so (dashboard.access)."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from dashboard.access import Scope
from dashboard.queries.visibility import NAMED_STRUCTURES


def named(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """unite_id, nom, reseau, departement, epci, zone_emploi  [structure seen by name], in the order of names"""
    return release.sql(
        f"""
        SELECT unite_id, nom, reseau, departement, epci, zone_emploi
        FROM reference.unites
        WHERE niveau = 'structure' AND unite_id IN {NAMED_STRUCTURES}
        ORDER BY nom, unite_id
        """,
        params=_who(scope),
    ).pl()


def compared(release: duckdb.DuckDBPyConnection, scope: Scope, *, pas: str, debut: date) -> pl.DataFrame:
    """All columns of quality.comparaisons  [measure × structure seen by name] of one period"""
    return release.sql(
        f"""
        SELECT * FROM quality.comparaisons
        WHERE pas = $pas AND debut = $debut AND structure_id IN {NAMED_STRUCTURES}
        ORDER BY mesure_id, structure_id
        """,
        params={"pas": pas, "debut": debut, **_who(scope)},
    ).pl()


def of_the_sample(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """unite_id, nom, reseau  [structure], in the order of names; nothing unless the whole edition is synthetic

    So that whoever tries the sample region may look as the team of any of its invented structures.
    """
    return release.sql(
        """
        SELECT unite_id, nom, reseau FROM reference.unites
        WHERE niveau = 'structure'
            AND EXISTS (SELECT 1 FROM reference.edition WHERE cle = 'synthetique' AND valeur = 'oui')
        ORDER BY nom, unite_id
        """
    ).pl()


def _who(scope: Scope) -> dict[str, str]:
    return {"network": scope.network, "structure": scope.structure}
