"""Records drawn at random, and a warehouse that holds them: what counting and its naive second reader both start from."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import duckdb
import polars as pl

from grids.contract import load_contract
from grids.load import load_grid
from grids.model import Grid
from grids.thresholds import load_thresholds
from pipelines.counting.count import count
from pipelines.frames import query_frame
from pipelines.periods import closed_periods
from pipelines.staging import TYPED

Row = dict[str, Any]
NETWORKS = ("cio", "mission-locale", "info-jeunes")
PERIODS = closed_periods(date(2024, 1, 1), date(2025, 3, 1), 45)
GRID: Grid = load_grid("2023.1")
THRESHOLDS = load_thresholds()


def drawn_structures(each: int = 6) -> list[tuple[str, str]]:
    """(structure, network), the same number for each network."""
    return [(f"{network}-{rank}", network) for network in NETWORKS for rank in range(each)]


def drawn_receptions(seed: int, number: int) -> list[Row]:
    """Receptions with every column that the grid reads, each sometimes empty. [reception]"""
    draw = random.Random(seed)
    structures = drawn_structures()
    return [_reception(draw, *draw.choice(structures)) for _ in range(number)]


def drawn_answers(seed: int, number: int) -> list[Row]:
    """Questionnaires as answers. [question answered]"""
    draw = random.Random(seed)
    structures = drawn_structures()
    questionnaires = [_questionnaire(draw, rank, *draw.choice(structures)) for rank in range(number)]
    return [answer for questionnaire in questionnaires for answer in questionnaire]


def counted(receptions: list[Row], answers: list[Row]) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory holding these records, counted by the working grid."""
    connection = duckdb.connect()
    _create(connection, "accueils", receptions)
    _create(connection, "reponses", answers)
    connection.execute("CREATE VIEW gardees_accueils AS SELECT *, 'x' AS livraison_id FROM accueils")
    connection.execute(
        "CREATE TABLE livraisons (livraison_id VARCHAR, reseau VARCHAR, contrat VARCHAR, recue_le DATE, lues INT, ecartees INT)"
    )
    connection.execute("CREATE TABLE quarantaine (livraison_id VARCHAR, ligne INT, colonne VARCHAR, regle VARCHAR)")
    count(connection, GRID, PERIODS, THRESHOLDS)
    return connection


def with_structures(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same warehouse, with its structures open throughout."""
    rows = [{"structure_id": name, "reseau": network} for name, network in drawn_structures()]
    frame = pl.DataFrame(rows).with_columns(actif_du=pl.lit(date(2020, 1, 1)), actif_au=pl.lit(None, pl.Date))
    connection.register("lignes", frame.to_arrow())
    connection.execute("CREATE TABLE structures AS SELECT * FROM lignes")
    return connection


def table(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    return query_frame(connection, query)


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: list[Row]) -> None:
    types = {column.name: TYPED.get(column.type, "VARCHAR") for column in load_contract(name).columns}
    columns = {"reseau": "VARCHAR", **types}
    declared = ", ".join(f"{column} {kind}" for column, kind in columns.items())
    connection.execute(f"CREATE TABLE {name} ({declared})")
    if not rows:
        return
    texts = [{name: None if row.get(name) is None else str(row[name]) for name in columns} for row in rows]
    connection.register("lignes", pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String)).to_arrow())
    connection.execute(
        f"INSERT INTO {name} SELECT {', '.join(f'CAST({c} AS {k})' for c, k in columns.items())} FROM lignes"
    )


def _reception(draw: random.Random, structure: str, network: str) -> Row:
    def sometimes(*values: Any) -> Any:
        return draw.choice([*values, None])

    return {
        "structure_id": structure,
        "reseau": network,
        "mois": date(2024, draw.randint(1, 12), 1),
        "canal": draw.choice(["presentiel", "telephone", "courriel"]),
        "modalite": sometimes("flux", "differe", "differe"),
        "date_choisie_par_la_personne": sometimes(True, False, False),
        "attente_jours_ouvres": sometimes(*range(20)),
        "type_echange": sometimes("information", "analyse"),
        "demande_reformulee": sometimes(True, False),
    }


def _questionnaire(draw: random.Random, rank: int, structure: str, network: str) -> list[Row]:
    wave = draw.choice(["a_chaud", "a_chaud", "m1"])
    head = {
        "reponse_ref": f"00000000-0000-0000-0000-{rank:012d}",
        "grille": GRID.id,
        "version": GRID.version,
        "vague": wave,
        "repondant": "personne",
        "structure_id": structure,
        "reseau": network,
        "mois": date(2024, draw.randint(1, 12), 1),
    }
    asked = [name for name, question in GRID.questions.items() if question.wave == wave]
    answered = [name for name in asked if draw.random() < 0.85] or asked[:1]
    return [{**head, "question": name, "valeur": _answer(draw, name)} for name in answered]


def _answer(draw: random.Random, question: str) -> str:
    scale = GRID.scale_of(question)
    return draw.choice([*scale.values, *scale.outside])
