"""Quality figures: shares, distributions and delays, with their range. Nothing here counts receptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from dashboard.access import Scope
from dashboard.queries.visibility import MAY_SEE, OPEN_CATEGORY

_COLUMNS = """
    mesure_id, niveau, unite_id, pas, debut, categorie, agregation,
    etat, raison, valeur, basse, haute, assise, taux_reponse_classe, structures, structures_attendues,
    provenance
"""


def values(release: duckdb.DuckDBPyConnection, scope: Scope, *, pas: str, starts: Sequence[date]) -> pl.DataFrame:
    """Figures of every unit that may be seen, in some periods of one step.

    Columns of quality.valeurs  [measure × unit × period × category × aggregation]
    """
    return release.sql(
        f"""
        SELECT {_COLUMNS}
        FROM quality.valeurs
        WHERE pas = $pas AND list_contains($starts, debut) AND {MAY_SEE} AND {OPEN_CATEGORY}
        """,
        params={"pas": pas, "starts": list(starts), **scope.params, **scope.closed},
    ).pl()


def series(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str) -> pl.DataFrame:
    """Figures of one unit through all periods of one step; nothing if the unit may not be seen.

    Columns of quality.valeurs  [measure × period × category × aggregation]
    """
    return release.sql(
        f"""
        SELECT {_COLUMNS}
        FROM quality.valeurs
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND {MAY_SEE} AND {OPEN_CATEGORY}
        ORDER BY debut
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, **scope.params, **scope.closed},
    ).pl()


def breakdowns(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, debut: date
) -> pl.DataFrame:
    """Figures of one unit in one year, modality by modality; nothing if the unit may not be seen.

    Columns of quality.ventilations  [measure × breakdown × modality × category × aggregation]
    """
    return release.sql(
        f"""
        SELECT ventilation, modalite, {_COLUMNS}
        FROM quality.ventilations
        WHERE niveau = $niveau AND unite_id = $unite_id AND debut = $debut AND {MAY_SEE} AND {OPEN_CATEGORY}
        """,
        params={"niveau": niveau, "unite_id": unite_id, "debut": debut, **scope.params, **scope.closed},
    ).pl()


def data_quality(release: duckdb.DuckDBPyConnection, scope: Scope, *, pas: str, debut: date) -> pl.DataFrame:
    """reseau, dimension, etat, valeur, mot  [network × dimension] of one period"""
    return release.sql(
        """
        SELECT reseau, dimension, etat, valeur, mot
        FROM quality.donnees
        WHERE pas = ? AND debut = ? AND list_contains(?, 'reseau')
        """,
        params=[pas, debut, list(scope.levels)],
    ).pl()


def broken_rules(release: duckdb.DuckDBPyConnection, scope: Scope) -> pl.DataFrame:
    """reseau, contrat, colonne, regle, phrase, remede, part_conforme  [network × table × broken rule]"""
    return release.sql(
        """
        SELECT reseau, contrat, colonne, regle, phrase, remede, part_conforme
        FROM quality.controles
        WHERE list_contains(?, 'reseau')
        ORDER BY reseau, contrat, colonne, regle
        """,
        params=[list(scope.levels)],
    ).pl()
