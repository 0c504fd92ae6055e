"""What follows from the figures: lines through time, structures side by side, effects, sentences. No structure is named."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from dashboard.access import REGION, Scope
from dashboard.queries.visibility import MAY_SEE, OPEN_CATEGORY


def lines(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str) -> pl.DataFrame:
    """All columns of quality.series  [measure] of one unit and step; nothing if the unit may not be seen"""
    return release.sql(
        f"""
        SELECT * FROM quality.series
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND {MAY_SEE} AND {OPEN_CATEGORY}
        ORDER BY serie_id
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, **scope.params, **scope.closed},
    ).pl()


def points(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str) -> pl.DataFrame:
    """All columns of quality.points  [line × period], of the lines of one unit and step, in the order of time"""
    return release.sql(
        f"""
        SELECT * FROM quality.points
        WHERE serie_id IN (
            SELECT serie_id FROM quality.series
            WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND {MAY_SEE} AND {OPEN_CATEGORY}
        )
        ORDER BY serie_id, debut
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, **scope.params, **scope.closed},
    ).pl()


def events(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str) -> pl.DataFrame:
    """mesure, mois, nature, raison  [measure × month × nature] told of one unit; who told it is not for the pages"""
    return release.sql(
        f"""
        SELECT mesure, mois, nature, raison FROM quality.evenements
        WHERE niveau = $niveau AND unite_id = $unite_id AND {MAY_SEE}
        ORDER BY mois, nature, mesure
        """,
        params={"niveau": niveau, "unite_id": unite_id, **scope.params},
    ).pl()


def structures_apart(release: duckdb.DuckDBPyConnection, scope: Scope, *, pas: str, debut: date) -> pl.DataFrame:
    """mesure_id, perimetre, assise, valeur, a_examiner  [measure × structure] of one year, without its name

    Nothing of a shorter step: a structure's own is read by itself and its network, by the others the year.
    In the order of the values: an order made from the names would give them away.
    """
    return release.sql(
        """
        SELECT mesure_id, perimetre, assise, valeur, a_examiner FROM quality.comparaisons
        WHERE pas = 'annee' AND pas = $pas AND debut = $debut AND list_contains($levels, $region)
        ORDER BY mesure_id, perimetre, assise, valeur, a_examiner
        """,
        params={"pas": pas, "debut": debut, "levels": list(scope.levels), "region": REGION},
    ).pl()


def limits(release: duckdb.DuckDBPyConnection, scope: Scope, *, pas: str, debut: date) -> pl.DataFrame:
    """All columns of quality.entonnoirs  [measure × perimeter × band] of one period"""
    return release.sql(
        """
        SELECT * FROM quality.entonnoirs
        WHERE pas = $pas AND debut = $debut AND list_contains($levels, $region)
        ORDER BY mesure_id, perimetre, assise
        """,
        params={"pas": pas, "debut": debut, "levels": list(scope.levels), "region": REGION},
    ).pl()


def sentences(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str
) -> pl.DataFrame:
    """mesure_id, debut, fait, solidite, question  [measure] of one unit and step: its last figure in words"""
    return release.sql(
        f"""
        SELECT mesure_id, debut, fait, solidite, question FROM quality.phrases
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND {MAY_SEE}
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, **scope.params},
    ).pl()


def actions(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str) -> pl.DataFrame:
    """All columns of quality.actions  [improvement action] of one unit, the oldest first"""
    return release.sql(
        f"""
        SELECT * FROM quality.actions
        WHERE niveau = $niveau AND unite_id = $unite_id AND {MAY_SEE}
        ORDER BY debut, action_id
        """,
        params={"niveau": niveau, "unite_id": unite_id, **scope.params},
    ).pl()


def effects(release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str) -> pl.DataFrame:
    """All columns of quality.effets  [improvement action that has been looked at] of one unit"""
    return release.sql(
        f"""
        SELECT * FROM quality.effets
        WHERE action_id IN (
            SELECT action_id FROM quality.actions WHERE niveau = $niveau AND unite_id = $unite_id AND {MAY_SEE}
        )
        """,
        params={"niveau": niveau, "unite_id": unite_id, **scope.params},
    ).pl()


def participation(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str, debut: date
) -> pl.DataFrame:
    """classe  [one row at most]: how many of those received answered, of one unit and period"""
    return release.sql(
        f"""
        SELECT classe FROM quality.participation
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND debut = $debut AND {MAY_SEE}
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, "debut": debut, **scope.params},
    ).pl()


def decompositions(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str, debut: date
) -> pl.DataFrame:
    """All columns of quality.decompositions  [measure] of one unit and period"""
    return release.sql(
        f"""
        SELECT * FROM quality.decompositions
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND debut = $debut AND {MAY_SEE}
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, "debut": debut, **scope.params},
    ).pl()


def reweighted(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str, debut: date
) -> pl.DataFrame:
    """All columns of quality.redressements  [measure] of one unit and period"""
    return release.sql(
        f"""
        SELECT * FROM quality.redressements
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND debut = $debut AND {MAY_SEE}
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, "debut": debut, **scope.params},
    ).pl()


def gaps(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str, debut: date
) -> pl.DataFrame:
    """All columns of quality.regards  [indicator × pair of views] of one unit and period"""
    return release.sql(
        f"""
        SELECT * FROM quality.regards
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND debut = $debut AND {MAY_SEE}
        ORDER BY indicateur_id, regard_a, regard_b
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, "debut": debut, **scope.params},
    ).pl()


def criteria(
    release: duckdb.DuckDBPyConnection, scope: Scope, *, niveau: str, unite_id: str, pas: str, debut: date
) -> pl.DataFrame:
    """critere, point_faible, statut  [criterion] of one unit and period"""
    return release.sql(
        f"""
        SELECT critere, point_faible, statut FROM quality.criteres
        WHERE niveau = $niveau AND unite_id = $unite_id AND pas = $pas AND debut = $debut AND {MAY_SEE}
        """,
        params={"niveau": niveau, "unite_id": unite_id, "pas": pas, "debut": debut, **scope.params},
    ).pl()
