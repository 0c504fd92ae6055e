"""A warehouse of one base and a few structures, as counting leaves it, and a release that shows some of its periods."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

BASE, MEASURE = "accueils@2025.1", "PD02.rendue@2025.1"
FINE = (
    "mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR, pas VARCHAR, debut DATE, "
    "reglee BOOLEAN, ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR, categorie VARCHAR, y BIGINT, n BIGINT, "
    "applicables BIGINT, provenance VARCHAR"
)
STEPS = "base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, annee INTEGER, pas VARCHAR"
STRUCTURES = {
    "A-1": ("apec", "35"), "A-2": ("apec", "35"), "A-3": ("apec", "22"), "C-1": ("cio", "22"), "C-2": ("cio", None),
}  # fmt: skip
Row = tuple[object, ...]
Warehouse = Callable[..., duckdb.DuckDBPyConnection]
Published = Callable[..., Path]


def counted(
    structure: str,
    month: int,
    y: int,
    n: int,
    *,
    settled: bool = False,
    modality: str = "",
    category: str = "",
    measure: str = MEASURE,
    kind: str = "part",
    base: str = BASE,
) -> Row:
    """A row of comptes_fins: a month of 2025, or a modality of the year."""
    step, start = ("annee", date(2025, 1, 1)) if modality else ("mois", date(2025, month, 1))
    told = (structure, STRUCTURES[structure][0], step, start, settled, "canal" if modality else "", modality)
    return measure, base, kind, *told, "", category, y, n, n + 1, "mesure"


@pytest.fixture
def warehouse() -> Iterable[Warehouse]:
    """Makes a warehouse of rows of comptes_fins; `new`: the months of 2025 that are new, `yearly`: whether the year is."""
    opened: list[duckdb.DuckDBPyConnection] = []

    def make(rows: Iterable[Row], new: Iterable[int] = (), *, yearly: bool = False, opinion: bool = False):
        connection = duckdb.connect(":memory:")
        opened.append(connection)
        connection.execute(f"CREATE TABLE comptes_fins ({FINE})")
        connection.execute("CREATE TABLE comptes_structures AS SELECT * EXCLUDE (reglee) FROM comptes_fins")
        connection.execute(f"CREATE TABLE pas_publies ({STEPS})")
        connection.execute("CREATE TABLE periodes (pas VARCHAR, debut DATE, fin DATE, close_le DATE, nouvelle BOOLEAN)")
        connection.execute("CREATE TABLE bases (base_id VARCHAR, base VARCHAR, opinion BOOLEAN, source VARCHAR)")
        connection.execute("CREATE TABLE structures (structure_id VARCHAR, departement VARCHAR)")
        connection.execute("INSERT INTO bases VALUES (?, 'accueils', ?, 'accueils')", [BASE, opinion])
        for structure, (_, place) in STRUCTURES.items():
            connection.execute("INSERT INTO structures VALUES (?, ?)", [structure, place])
        for month in range(1, 13):
            start = date(2025, month, 1)
            connection.execute("INSERT INTO periodes VALUES ('mois', ?, ?, ?, ?)", [start, start, start, month in new])
        if yearly:
            connection.execute("INSERT INTO periodes VALUES ('annee', '2025-01-01', '2025-12-31', '2026-02-14', true)")
        listed = list(rows)
        if listed:
            connection.executemany(f"INSERT INTO comptes_fins VALUES ({', '.join('?' * 16)})", listed)
        return connection

    yield make
    for connection in opened:
        connection.close()


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """Makes the file of a release; `first`: by month of 2025, the edition that showed it first; `shown`: rows of figures."""

    def make(first: dict[int, str], shown: Iterable[Row] = ()) -> Path:
        path = tmp_path / f"{len(list(tmp_path.glob('*.duckdb')))}.duckdb"
        with duckdb.connect(str(path)) as connection:
            for schema in ("reference", "quality"):
                text = files("pipelines.release").joinpath("schema", f"{schema}.sql").read_text(encoding="utf-8")
                connection.execute(text)
            connection.execute(
                "CREATE OR REPLACE TABLE reference.mesures AS FROM reference.mesures LIMIT 0"  # without its constraints
            )
            connection.execute("INSERT INTO reference.mesures (mesure_id, base_id) VALUES (?, ?)", [MEASURE, BASE])
            for month, edition in first.items():
                days = [date(2025, month, 1)] * 4
                connection.execute(
                    "INSERT INTO reference.periodes VALUES ('mois', ?, ?, ?, ?, 'finale', ?)", [*days, edition]
                )
            for level, unit, month, aggregation, state in shown:
                connection.execute(
                    "INSERT INTO quality.valeurs (mesure_id, niveau, unite_id, pas, debut, categorie, agregation, etat) "
                    "VALUES (?, ?, ?, 'mois', ?, '', ?, ?)",
                    [MEASURE, level, unit, date(2025, month, 1), aggregation, state],
                )
        return path

    return make
