"""Small grids and small warehouses, written by hand, so that each count can be told beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from grids.contract import load_contract
from grids.model import Grid
from grids.thresholds import load_thresholds
from grids.versions import VersionRecord
from pipelines.counting.count import NOBODY_DECLINES, count, roll_up
from pipelines.counting.registers import Declined
from pipelines.periods import closed_periods
from pipelines.staging import TYPED

Row = dict[str, Any]
PERIODS = closed_periods(date(2024, 1, 1), date(2026, 3, 1), load_thresholds())
YEAR, JANUARY = date(2025, 1, 1), date(2025, 1, 1)
_OTHERS = """
CREATE TABLE gardees_accueils (livraison_id VARCHAR, mois DATE);
CREATE TABLE livraisons (livraison_id VARCHAR, reseau VARCHAR, contrat VARCHAR, recue_le DATE, lues INT, ecartees INT);
CREATE TABLE quarantaine (livraison_id VARCHAR, ligne INT, colonne VARCHAR, regle VARCHAR);
"""


def small_grid(
    measures: dict[str, Row],
    bases: dict[str, Row],
    questions: dict[str, Row] | None = None,
    version: str = "F",
) -> Grid:
    """A grid of these measures, each of an indicator of its own (X.m@F), and only what they need."""
    common = {"nature": "rendue", "libelle": "Fictif", "definition": "Fictif", "sens": "plus"}
    indicators = {
        name: {"libelle": "Fictif", "critere": "c", "clauses": ["I-1"], "mesures": {"m": {**common, **measure}}}
        for name, measure in measures.items()
    }
    asked = {
        name: {"texte": "Fictif ?", "repondants": ["personne"], "vague": "a_chaud", "echelle": "accord", **question}
        for name, question in (questions or {}).items()
    }
    return Grid.model_validate(
        {
            "grille": "fictive", "version": version, "libelle": "Grille fictive",
            "gouvernance": {"auteur": "Fictif", "verifie_par": "Fictif"},
            "champs": {"effets": "Effets"},
            "criteres": {"c": {"champ": "effets", "libelle": "Fictif", "question": "Fictif ?"}},
            "echelles": {
                "accord": {
                    "valeurs": {"1": "non", "2": "plutôt non", "3": "plutôt oui", "4": "oui"}, "favorables": ["3", "4"],
                    "hors_echelle": {"pas_concerne": "pas concerné"},
                },
                "coche": {"valeurs": {"oui": "coché", "non": "non coché"}, "favorables": ["oui"]},
                "suite": {"valeurs": {"continue": "continue", "arrete": "arrête"}},
            },
            "questions": asked,
            "bases": {name: {"libelle": "fictif", **base} for name, base in bases.items()},
            "indicateurs": indicators,
        }
    )  # fmt: skip


def small_record(version: str = "F", start: date = YEAR) -> VersionRecord:
    return VersionRecord.model_validate(
        {"version": version, "etat": "travail", "en_vigueur_du": start, "prochaine_revue": start}
    )


def small_warehouse(
    receptions: Sequence[Row] = (), answers: Sequence[Row] = (), profiles: Sequence[Row] = ()
) -> duckdb.DuckDBPyConnection:
    """A warehouse of these rows; what they do not say is not recorded, but where and when."""
    place = {"structure_id": "A", "reseau": "cio"}
    connection = duckdb.connect()
    connection.execute(_OTHERS)
    _create(connection, "accueils", [{**place, "mois": JANUARY, **row} for row in receptions])
    said = {"grille": "fictive", "version": "F", "repondant": "personne", "vague": "a_chaud"}
    _create(connection, "reponses", [{**place, **said, "mois": JANUARY, **row} for row in answers])
    opened = {"annee": 2025, "actif_du": date(2020, 1, 1)}
    _create(connection, "profils", [{**place, **opened, **row} for row in profiles], "structures")
    connection.execute(
        "CREATE VIEW structures AS SELECT *, NULL::VARCHAR AS departement FROM profils "
        "QUALIFY row_number() OVER (PARTITION BY structure_id ORDER BY annee DESC) = 1"
    )
    _create(connection, "indicateurs_reseau", [])
    return connection


def questionnaire(reference: int, said: Row, **head: Any) -> list[Row]:
    """The answers of one questionnaire; « P21@apec » is what P21 says of the Apec."""
    rows = []
    for key, value in said.items():
        question, _, partner = key.partition("@")
        rows.append({"reponse_ref": _uuid(reference), "question": question, "valeur": value, **head})
        rows[-1] |= {"partenaire": partner} if partner else {}
    return rows


def counted(
    connection: duckdb.DuckDBPyConnection,
    *grids: Grid,
    records: Sequence[VersionRecord] = (),
    declined: Declined = NOBODY_DECLINES,
) -> duckdb.DuckDBPyConnection:
    """The same warehouse, counted."""
    known = records or [small_record(grid.version) for grid in grids]
    count(connection, grids, known, PERIODS, load_thresholds(), declined)
    roll_up(connection, grids, known)
    return connection


def cells(
    connection: duckdb.DuckDBPyConnection, measure: str = "X.m@F", structure: str = "A", step: str = "annee"
) -> dict[tuple[str, str], tuple[int, int, int]]:
    """(group, category) → (y, n, applicable) of a measure in one structure, in 2025 or its first quarter."""
    rows = connection.execute(
        "SELECT groupe, categorie, y, n, applicables FROM comptes_structures "
        "WHERE mesure_id = ? AND structure_id = ? AND pas = ? AND debut = ? AND ventilation = ''",
        [measure, structure, step, YEAR],
    ).fetchall()
    found = {(group, category): tuple(counts) for group, category, *counts in rows}
    assert len(found) == len(rows)
    return found


def _uuid(reference: int) -> str:
    return f"00000000-0000-0000-0000-{reference:012d}"


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row], contract: str = "") -> None:
    types = {"reseau": "VARCHAR"}
    types |= {column.name: TYPED.get(column.type, "VARCHAR") for column in load_contract(contract or name).columns}
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in types.items())})")
    for row in rows:
        assert row.keys() <= types.keys(), row.keys() - types.keys()
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
