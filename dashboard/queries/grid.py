"""The grid as an edition was made under it: the clauses that it carries, what networks already tell, what is asked."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.access import Scope


def clause_register(release: duckdb.DuckDBPyConnection, _scope: Scope, *, version: str) -> pl.DataFrame:
    """clause_id, texte, champ, statut, raison, indicateurs, approchants  [clause], in the specification's order"""
    return release.sql(
        """
        SELECT clause_id, texte, champ, statut, raison, indicateurs, approchants
        FROM reference.registre_clauses WHERE version = ? ORDER BY ordre
        """,
        params=[version],
    ).pl()


def process(release: duckdb.DuckDBPyConnection, scope: Scope, *, version: str) -> pl.DataFrame:
    """indicateur_id, niveau, unite_id, etat, phrase  [indicator of the process × unit that may be seen]"""
    return release.sql(
        """
        SELECT indicateur_id, niveau, unite_id, etat, phrase
        FROM quality.processus WHERE version = ? AND list_contains(?, niveau)
        ORDER BY indicateur_id, niveau = 'reseau', unite_id
        """,
        params=[version, list(scope.levels)],
    ).pl()


def redundancies(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """reseau, objet, nature, libelle, motif, proposition, secondes  [network ('' for all) × thing that need not be asked]"""
    return release.sql(
        "SELECT * FROM reference.redondances WHERE list_contains(?, 'reseau') ORDER BY reseau, objet",
        params=[list(scope.levels)],
    ).pl()


def burdens(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """reseau, objet, libelle, questions, secondes  [network × thing to fill in]"""
    return release.sql(
        "SELECT * FROM reference.charges WHERE list_contains(?, 'reseau') ORDER BY reseau, objet",
        params=[list(scope.levels)],
    ).pl()


def equivalences(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """All columns of reference.equivalences  [source × its own indicator × measure of the grid]"""
    return release.sql("SELECT * FROM reference.equivalences ORDER BY source, indicateur_source, mesure").pl()
