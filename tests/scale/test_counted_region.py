"""What is drawn at scale adds up as real counts do."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scale.counted_region import counted_region
from tests.scale.draws import crossed

PART = "mesure_id, structure_id, reseau, groupe, categorie"
TOLD = "sum(y) AS y, sum(n) AS n, sum(applicables) AS applicables"
SUMS = {
    "a quarter is its months": (
        f"""SELECT {PART}, date_trunc('quarter', debut) AS debut, {TOLD} FROM par_part
        WHERE pas = 'mois' AND ventilation = '' GROUP BY ALL""",
        f"""SELECT {PART}, debut, y, n, applicables FROM par_part
        WHERE pas = 'trimestre' AND ventilation = '' AND base_id IN (SELECT base_id FROM bases WHERE pas = 'mois')""",
    ),
    "a year is its quarters": (
        f"""SELECT {PART}, date_trunc('year', debut) AS debut, {TOLD} FROM par_part
        WHERE pas = 'trimestre' AND ventilation = '' GROUP BY ALL""",
        f"""SELECT {PART}, debut, y, n, applicables FROM par_part
        WHERE pas = 'annee' AND ventilation = '' AND base_id IN (SELECT base_id FROM bases WHERE pas = 'trimestre')""",
    ),
    "a year is the modalities of each of its breakdowns": (
        f"""SELECT {PART}, ventilation, debut, {TOLD} FROM par_part WHERE ventilation <> '' GROUP BY ALL""",
        f"""SELECT {PART}, ventilations.ventilation, debut, y, n, applicables FROM par_part
        JOIN (SELECT DISTINCT base_id, ventilation FROM par_part WHERE ventilation <> '') AS ventilations USING (base_id)
        WHERE pas = 'annee' AND par_part.ventilation = ''""",
    ),
}


@pytest.fixture(scope="module")
def region() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    counted_region(connection, 40, networks=4, years=2)
    # Waits are told where they were met only: their values would not meet, their totals do.
    connection.execute(
        """CREATE VIEW par_part AS
        FROM comptes_structures WHERE genre NOT IN ('quantiles', 'ecart')
        UNION ALL BY NAME SELECT * EXCLUDE (y, categorie), sum(y) AS y, '' AS categorie
        FROM comptes_structures WHERE genre IN ('quantiles', 'ecart') GROUP BY ALL"""
    )
    yield connection
    connection.close()


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_is_that_of_its_parts(region: duckdb.DuckDBPyConnection, name: str) -> None:
    parts, whole = SUMS[name]
    rows = region.execute(f"SELECT count(*) FROM ({parts})").fetchall()[0][0]
    assert rows > 500
    assert not region.execute(f"({parts}) EXCEPT ({whole})").fetchall()
    assert not region.execute(f"({whole}) EXCEPT ({parts})").fetchall()


def test_counts_are_counts_and_waits_are_everyone_once(region: duckdb.DuckDBPyConnection) -> None:
    wrong = "SELECT 1 FROM comptes_structures WHERE NOT (0 <= y AND y <= n AND n <= applicables AND applicables > 0)"
    waits = """SELECT 1 FROM comptes_structures WHERE genre IN ('quantiles', 'ecart')
      GROUP BY mesure_id, structure_id, pas, debut, ventilation, modalite, groupe HAVING sum(y) <> any_value(n)"""
    assert not region.execute(wrong).fetchall()
    assert not region.execute(waits).fetchall()


def test_a_base_never_counts_more_than_the_one_that_it_is_a_part_of(region: duckdb.DuckDBPyConnection) -> None:
    rows = region.execute(
        """SELECT structure_id, pas, debut, ventilation, modalite,
          max(applicables) FILTER (base_id LIKE 'accueils_urgents@%') AS urgents,
          max(applicables) FILTER (base_id LIKE 'accueils@%') AS tous
        FROM comptes_structures GROUP BY ALL HAVING urgents IS NOT NULL"""
    ).fetchall()
    assert len(rows) > 500
    assert all(urgent <= every for *_, urgent, every in rows)


def test_every_register_is_there_and_the_first_build_has_nothing_behind_it(region: duckdb.DuckDBPyConnection) -> None:
    counted = "SELECT DISTINCT base_id FROM comptes_structures"
    assert not region.execute(f"{counted} EXCEPT SELECT base_id FROM bases").fetchall()
    assert region.execute("SELECT count(*) FROM deja_publiees").fetchall() == [(0,)]
    assert region.execute("SELECT count(*) FROM pas_fixes").fetchall() == [(0,)]
    assert region.execute("SELECT count(*), bool_and(nouvelle) FROM periodes").fetchall() == [(24 + 8 + 2, True)]
    assert region.execute("SELECT min(annee), max(annee) FROM volumes").fetchall() == [(2023, 2024)]
    assert region.execute("SELECT min(c) FROM (SELECT count(*) AS c FROM structures GROUP BY reseau)").fetchall() >= [
        (3,)
    ]


def test_the_same_seed_draws_the_same_region_and_another_one_another() -> None:
    drawn = []
    for seed in (1, 1, 2):
        connection = duckdb.connect()
        counted_region(connection, 12, networks=3, years=1, seed=seed, bases={"accueils_orientes", "pas_clair_avant"})
        tables = ("comptes_structures", "structures", "volumes", "bases")
        drawn.append([sorted(map(repr, connection.execute(f"FROM {name}").fetchall())) for name in tables])
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


@given(st.data())
def test_a_crossed_table_keeps_both_margins(data: st.DataObject) -> None:
    table = np.array(data.draw(st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=2, max_size=5)))
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    drawn = crossed(np.random.default_rng(0), rows, columns)
    assert (drawn >= 0).all()
    assert (drawn.sum(axis=1) == rows).all()
    assert (drawn.sum(axis=0) == columns).all()
