"""Counting adds a drawn region up as it was drawn."""

import duckdb
import pytest

from pipelines.counting.count import roll_up
from tests.scale.counted_region import counted_region
from tests.scale.rolling_up import grid_in_force, with_finest_rows


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.long
def test_the_roll_up_finds_every_count_that_was_drawn(seed: int) -> None:
    connection = duckdb.connect()
    counted_region(connection, 15, networks=3, years=2, seed=seed)
    connection.execute("CREATE TABLE tirees AS FROM comptes_structures")
    with_finest_rows(connection)
    grid, record = grid_in_force()
    roll_up(connection, [grid], [record])
    columns = ", ".join(name for name, *_ in connection.execute("DESCRIBE tirees").fetchall())
    # A wait that nobody met stands as a row of zero day, which adds up to nothing.
    drawn, added = (
        f"SELECT {columns} FROM {table} WHERE genre NOT IN ('quantiles', 'ecart') OR y > 0"
        for table in ("tirees", "comptes_structures")
    )
    assert not connection.execute(f"({drawn}) EXCEPT ({added})").fetchall()
    assert not connection.execute(f"({added}) EXCEPT ({drawn})").fetchall()
