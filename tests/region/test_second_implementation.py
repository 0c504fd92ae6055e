"""The whole region, counted by the product, equals what the naive second implementation counts: every cell of every measure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from grids.declines import declined_indicators, load_declines
from grids.load import load_grids
from grids.register import network_codes
from grids.versions import load_versions
from pipelines.frames import query_frame
from tests.counting import naive_cells
from tests.counting.naive import Row
from tests.counting.naive_cells import Cells, Held, Key, Span

pytestmark = pytest.mark.long

GRIDS = load_grids()
KEY = ("mesure_id", "structure_id", "reseau", "pas", "debut", "ventilation", "modalite", "groupe", "categorie")


@pytest.fixture(scope="module")
def warehouse(region: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(region / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def second(warehouse: duckdb.DuckDBPyConnection) -> Cells:
    """What the second implementation counts, but where a network's own indicator tells instead of silent records."""
    held = Held(*(_rows(warehouse, f"FROM {table}") for table in ("accueils", "reponses", "profils")))
    spans: list[Span] = [(row["pas"], row["debut"], row["fin"]) for row in _rows(warehouse, "FROM periodes")]
    declined = declined_indicators(load_declines(GRIDS[-1]))
    cells: Cells = {}
    for force in naive_cells.forces(GRIDS, [record.in_force_from for record in load_versions()]):
        cells |= naive_cells.cells(force, held, spans, network_codes(), declined)
    told = {_place(_key(row)) for row in _counted(warehouse, "provenance <> 'mesure'")}
    return {key: counts for key, counts in cells.items() if counts[1] or _place(key) not in told}


def test_every_cell_is_the_same(warehouse: duckdb.DuckDBPyConnection, second: Cells) -> None:
    rows = _counted(warehouse, "provenance = 'mesure'")
    first = {_key(row): (row["y"], row["n"], row["applicables"]) for row in rows}
    differing = [key for key in first.keys() | second.keys() if first.get(key) != second.get(key)]
    assert [(key, first.get(key), second.get(key)) for key in sorted(differing)[:5]] == []
    assert len(rows) == len(first) > 50_000


def test_every_measure_was_answered(second: Cells) -> None:
    assert naive_cells.measured(GRIDS) - {key[0] for key, (_, n, _) in second.items() if n} == set()


def _counted(warehouse: duckdb.DuckDBPyConnection, condition: str) -> list[Row]:
    return _rows(warehouse, f"FROM comptes_structures WHERE {condition}")


def _rows(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    return query_frame(warehouse, query).to_dicts()


def _key(row: Row) -> Key:
    return tuple(row[name] for name in KEY)


def _place(key: Key) -> tuple[str, ...]:
    measure, structure, _, step, start, *broken_down = key
    return measure, structure, step, str(start), *broken_down[:2]
