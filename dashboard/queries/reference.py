"""What the figures are about: the edition, the units, the periods, the measures."""

from __future__ import annotations

import duckdb
import polars as pl

from dashboard.access import Scope


def edition(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """cle, valeur  [key of the edition's manifest]"""
    return release.sql("SELECT cle, valeur FROM reference.edition ORDER BY cle").pl()


def units(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """niveau, unite_id, nom  [unit that may be seen], by name"""
    return release.sql(
        """
        SELECT niveau, unite_id, nom
        FROM reference.unites
        WHERE list_contains(?, niveau)
        ORDER BY niveau, nom
        """,
        params=[list(scope.levels)],
    ).pl()


def periods(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """pas, debut, finale_le, etat  [closed period]"""
    return release.sql("SELECT pas, debut, finale_le, etat FROM reference.periodes ORDER BY pas, debut").pl()


def measures(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """All columns of reference.mesures  [measure], in the order of the grid"""
    return release.sql("SELECT * FROM reference.mesures ORDER BY ordre, mesure_id").pl()


def modalities(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """ventilation, ventilation_libelle, modalite, libelle  [breakdown × modality], modalities in order"""
    return release.sql(
        """
        SELECT ventilation, ventilation_libelle, modalite, libelle
        FROM reference.modalites ORDER BY ventilation, ordre
        """
    ).pl()


def categories(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """mesure_id, categorie, libelle, favorable  [measure × category], in the order of the grid"""
    return release.sql(
        "SELECT mesure_id, categorie, libelle, favorable FROM reference.categories ORDER BY mesure_id, ordre"
    ).pl()


def clauses(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """mesure_id, clause_id, texte  [measure × clause it evidences]"""
    return release.sql("SELECT mesure_id, clause_id, texte FROM reference.clauses ORDER BY mesure_id, clause_id").pl()


def grids(release: duckdb.DuckDBPyConnection, _scope: Scope) -> pl.DataFrame:
    """All columns of reference.grilles  [version of the grid], oldest first"""
    return release.sql("SELECT * FROM reference.grilles ORDER BY en_vigueur_du").pl()


def declined(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """reseau, indicateur_id, raison, depuis  [network × indicator that it declines]"""
    return release.sql(
        """
        SELECT reseau, indicateur_id, raison, depuis
        FROM reference.refus
        WHERE list_contains(?, 'reseau')
        ORDER BY indicateur_id, reseau
        """,
        params=[list(scope.levels)],
    ).pl()
