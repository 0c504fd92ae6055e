"""Records drawn at random, and a warehouse that holds them: what counting and its naive second reader both start from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from grids.contract import Column, load_contract
from grids.load import load_grids
from grids.model import Grid
from grids.questions import Respondent, Wave
from grids.register import network_codes
from grids.thresholds import load_thresholds
from grids.versions import load_versions
from pipelines.counting.count import count, roll_up
from pipelines.frames import query_frame
from pipelines.periods import closed_periods
from pipelines.staging import TYPED

Row = dict[str, Any]
NETWORKS = ("cio", "mission-locale", "info-jeunes")
PERIODS = closed_periods(date(2024, 1, 1), date(2026, 3, 1), load_thresholds())
GRIDS = load_grids()
GRID, WORKING_GRID = GRIDS
RECORDS = load_versions()
THRESHOLDS = load_thresholds()
_ASKED: tuple[tuple[Respondent, Wave], ...] = (
    ("personne", "a_chaud"),
    ("personne", "a_chaud"),
    ("personne", "m1"),
    ("professionnel", "a_chaud"),
    ("equipe", "a_chaud"),
)
_DRAWN = {
    "canal": ("presentiel", "telephone", "courriel"),
    "modalite": ("flux", "differe", "differe", None),
    "date_choisie_par_la_personne": (True, False, False, None),
    "attente_jours_ouvres": (*range(20), None),
    "delai_annonce_jours_ouvres": (*range(20), None),
    "accueillants": (*range(4), None),
    "formes_24m": (*range(4), None),
    "formes_inter_reseaux_24m": (*range(4), None),
}
"""Values drawn for a column, where those of its type would meet too little; None is a cell left empty."""


def drawn_structures(each: int = 6) -> list[tuple[str, str]]:
    """(structure, network), the same number for each network."""
    return [(f"{network}-{rank}", network) for network in NETWORKS for rank in range(each)]


def drawn_receptions(seed: int, number: int, year: int = 2024) -> list[Row]:
    """Receptions of a year with every column that a grid reads, each sometimes empty. [reception]"""
    draw = random.Random(seed)
    return [reception(draw, *draw.choice(drawn_structures()), year) for _ in range(number)]


def drawn_answers(seed: int, number: int, year: int = 2024, grid: Grid = GRID) -> list[Row]:
    """Questionnaires of a year as answers, asked under a version. [question answered]"""
    draw = random.Random(seed)
    drawn = (questionnaire(draw, rank, *draw.choice(drawn_structures()), year, grid) for rank in range(number))
    return [answer for asked in drawn for answer in asked]


def drawn_profiles(seed: int, years: Sequence[int]) -> list[Row]:
    """Most structures' profile of each year. [structure × year]"""
    draw = random.Random(seed)
    structures = [(name, network, year) for name, network in drawn_structures() for year in years]
    return [profile(draw, *each) for each in structures if draw.random() < 0.8]


def counted(
    receptions: list[Row], answers: list[Row], profiles: Sequence[Row] = (), grids: Sequence[Grid] = (GRID,)
) -> duckdb.DuckDBPyConnection:
    """A warehouse in memory holding these records, counted by these versions of the grid."""
    connection = duckdb.connect()
    _create(connection, "accueils", receptions)
    _create(connection, "reponses", answers)
    _create(connection, "structures", list(profiles))
    connection.execute("ALTER TABLE structures RENAME TO profils")
    connection.execute("CREATE TABLE structures AS SELECT *, NULL::VARCHAR AS departement FROM profils LIMIT 0")
    _create(connection, "indicateurs_reseau", [])
    connection.execute("CREATE VIEW gardees_accueils AS SELECT *, 'x' AS livraison_id FROM accueils")
    connection.execute(
        "CREATE TABLE livraisons (livraison_id VARCHAR, reseau VARCHAR, contrat VARCHAR, recue_le DATE, lues INT, ecartees INT)"
    )
    connection.execute("CREATE TABLE quarantaine (livraison_id VARCHAR, ligne INT, colonne VARCHAR, regle VARCHAR)")
    versions = {grid.version for grid in grids}
    known = [each for each in RECORDS if each.version in versions]
    count(connection, grids, known, PERIODS, THRESHOLDS)
    roll_up(connection, grids, known)
    return connection


def with_structures(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same warehouse, once its structures are described: open throughout."""
    rows = [{"structure_id": name, "reseau": network} for name, network in drawn_structures()]
    frame = pl.DataFrame(rows).with_columns(actif_du=pl.lit(date(2020, 1, 1)), actif_au=pl.lit(None, pl.Date))
    connection.register("lignes", frame.to_arrow())
    connection.execute("INSERT INTO structures BY NAME FROM lignes")
    return connection


def table(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    return query_frame(connection, query)


def reception(draw: random.Random, structure: str, network: str, year: int) -> Row:
    """A reception of some month of `year`."""
    drawn = {column.name: _cell(draw, column) for column in load_contract("accueils").columns}
    return {**drawn, "structure_id": structure, "reseau": network, "mois": date(year, draw.randint(1, 12), 1)}


def profile(draw: random.Random, structure: str, network: str, year: int) -> Row:
    """A structure's profile of `year`, open for part of it at least."""
    drawn = {column.name: _cell(draw, column) for column in load_contract("structures").columns}
    opened = draw.choice([date(2020, 1, 1), date(year, 5, 10)])
    closed = draw.choice([None, None, date(year, 8, 20)])
    named = {"structure_id": structure, "reseau": network, "annee": year}
    return {**drawn, **named, "actif_du": opened, "actif_au": closed}


_HEADS = {
    "canal": ("presentiel", "telephone", "courriel"),
    "situation": ("apprenti", "sans_emploi", "non_precise"),
    "tranche_age": ("18_25", "45_plus", "non_precise"),
}


def questionnaire(
    draw: random.Random, rank: int, structure: str, network: str, year: int, grid: Grid = GRID
) -> list[Row]:
    """A questionnaire's answers: one a question, one a partner network where it is asked about each."""
    respondent, wave = draw.choice(
        [each for each in _ASKED if any(_is_asked(grid, name, *each) for name in grid.questions)]
    )
    head = {
        "reponse_ref": f"00000000-0000-0000-{year:04d}-{rank:012d}",
        "grille": grid.id,
        "version": grid.version,
        "vague": wave,
        "repondant": respondent,
        "structure_id": structure,
        "reseau": network,
        "mois": date(year, draw.randint(1, 12), 1),
        "partenaire": None,
        **{name: draw.choice([*codes, None]) for name, codes in _HEADS.items()},
    }
    asked = [each for name in grid.questions if _is_asked(grid, name, respondent, wave) for each in _lines(grid, name)]
    answered = [each for each in asked if draw.random() < 0.85] or asked[:1]
    return [{**head, **each, "valeur": _answer(draw, grid, each["question"])} for each in answered]


def _is_asked(grid: Grid, name: str, respondent: Respondent, wave: Wave) -> bool:
    question = grid.questions[name]
    return respondent in question.respondents and question.wave == wave


def _lines(grid: Grid, question: str) -> Iterator[Row]:
    if not grid.questions[question].by_partner:
        yield {"question": question}
        return
    yield from ({"question": question, "partenaire": partner} for partner in network_codes())


def _answer(draw: random.Random, grid: Grid, question: str) -> str:
    scale = grid.scale_of(question)
    return draw.choice([*scale.values, *scale.outside])


def _cell(draw: random.Random, column: Column) -> Any:
    if column.name in _DRAWN:
        return draw.choice(_DRAWN[column.name])
    codes = [*column.values, *(NETWORKS if column.referential else ())]
    match column.type:
        case "booleen":
            return draw.choice([True, True, False, False, None])
        case "code":
            return draw.choice([*codes, None])
        case "ensemble":
            return draw.choice([sorted(draw.sample(codes, draw.randint(1, min(3, len(codes))))), None])
        case _:
            return None


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
