"""What the stage gives goes into the release's tables as it is, and in a time that a build can bear."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from pipelines.trends.lines import Lines, series
from tests.trends.made import MONTHS, PERIODS, SHARE, categories, cells, events, measures, values

SCHEMA = Path(__file__).parents[2] / "pipelines" / "release" / "schema" / "analyses.sql"


def _region(measure_count: int, structure_count: int) -> Lines:
    """Lines of random shares of so many measures and structures, some of them hidden."""
    ids = [f"M{rank:02}.rendue@2025.1" for rank in range(measure_count)]
    units = pl.DataFrame({"unite_id": [f"S-{rank:04}" for rank in range(structure_count)]})
    ordinary = values(cells([60] * len(MONTHS))).drop("mesure_id", "unite_id")
    cube = pl.DataFrame({"mesure_id": ids}).join(units, how="cross").join(ordinary, how="cross")
    draw = np.random.default_rng(3)
    shown = pl.Series(draw.integers(30, 90, cube.height), dtype=pl.Int32)
    hidden = pl.Series(draw.random(cube.height) < 0.1)
    bands = pl.Series(draw.choice(["20-49", "50-99"], cube.height))
    return series(
        cube.with_columns(valeur=pl.when(~hidden).then(shown), assise=bands),
        measures(*({"mesure_id": each, "seuil": 50} for each in ids)),
        categories(),
        PERIODS,
        events({"unite_id": "S-0001", "mois": MONTHS[12]}),
    )


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA quality")
    for statement in re.sub("--.*", "", SCHEMA.read_text(encoding="utf-8")).split(";"):
        if re.search(r"quality\.(series|points) ", statement):
            connection.execute(statement)
    return connection


def test_lines_fit_the_tables_of_the_release(connection: duckdb.DuckDBPyConnection) -> None:
    found = _region(5, 20)
    for name, frame in found._asdict().items():
        told = connection.sql(f"FROM quality.{name}")
        assert frame.columns == told.columns
        connection.register("lines_to_insert", frame)
        connection.execute(f"INSERT INTO quality.{name} FROM lines_to_insert")
        connection.unregister("lines_to_insert")
    assert found.series["assurance"].null_count() == 0
    assert found.points.filter(pl.col("serie_id").str.contains("S-0001"))["phase"].max() == 1


def test_no_line_at_all_fits_too(connection: duckdb.DuckDBPyConnection) -> None:
    found = series(values(), measures({"mesure_id": SHARE}), categories(), PERIODS, events())
    assert {name: frame.columns for name, frame in found._asdict().items()} == {
        name: connection.sql(f"FROM quality.{name}").columns for name in ("series", "points")
    }
    some = series(values(cells([60, 61])), measures({"mesure_id": SHARE}), categories(), PERIODS, events())
    assert (found.series.schema, found.points.schema) == (some.series.schema, some.points.schema)
