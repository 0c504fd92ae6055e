"""A year of monthly editions, with late, corrected and withdrawn deliveries: what is shown never changes, and the year stays
the sum of its published parts, but for what came late, which moves it by nobody or by enough.

The door, the mask and the measures are left out: a few structures are counted by hand, each figure tells its y and n.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from grids.errors import ReleaseError
from grids.thresholds import load_thresholds
from pipelines.frames import query_frame
from pipelines.measurement.figures import VALUES
from pipelines.periods import closed_periods
from pipelines.release.copying import first_editions, published_periods, with_published
from pipelines.release.manifest import Manifest
from pipelines.release.plan import Plan, plan
from pipelines.release.publish import publish
from pipelines.release.reading import published
from pipelines.release.reference import period_rows
from pipelines.settled.late import admit_late
from pipelines.settled.ledger import keep, tidy
from pipelines.settled.settle import settle
from tests.release.test_deciding import YEAR_2025, tables
from tests.settled.conftest import BASE, MEASURE, STRUCTURES, Row, Warehouse, counted

THRESHOLDS = load_thresholds()
T = THRESHOLDS.persons.value
Records = dict[tuple[str, int], tuple[int, int]]
"""y and n by structure and month of 2025."""
Shown = dict[tuple[str, str, date], tuple[int, int]]
"""y and n by unit and period."""


def delivered(drawn: random.Random, records: Records, months: range, restless: float) -> None:
    """The records after a month of deliveries: the month's own, and earlier ones completed, corrected or withdrawn."""
    for structure in STRUCTURES:
        for month in months:
            if (structure, month) not in records or drawn.random() < restless:
                size = drawn.choice([0, 5, 12, 20, 40])
                records[structure, month] = (drawn.randint(0, size), size)


def fine_rows(records: Records, planned: Plan) -> Iterator[Row]:
    settled = {each.start.month for each in planned.settled if each.step == "mois"}
    months = {each.start.month for each in planned.counted if each.step == "mois"}
    for (structure, month), (y, n) in records.items():
        if month in months:
            yield counted(structure, month, y, n, settled=month in settled)


def figures(connection: duckdb.DuckDBPyConnection, planned: Plan) -> pl.DataFrame:
    """quality.valeurs of the new periods: a figure tells its y (basse) and n (haute), hidden under t."""
    cells = query_frame(connection, _CELLS)
    new = pl.DataFrame([each.key for each in planned.new], schema={"pas": pl.String, "debut": pl.Date}, orient="row")
    shown = pl.col("n") >= T
    told = cells.join(new, on=["pas", "debut"], how="semi").select(
        *("niveau", "unite_id", "pas", "debut"),
        mesure_id=pl.lit(MEASURE),
        categorie=pl.lit(""),
        agregation=pl.lit("part_accueils"),
        etat=pl.when(shown).then(pl.lit("ok")).otherwise(pl.lit("masque")),
        basse=pl.when(shown).then("y"),
        haute=pl.when(shown).then("n"),
    )
    return pl.concat([pl.DataFrame(schema=VALUES), told], how="diagonal_relaxed")


_CELLS = """
WITH lignes AS (
  SELECT structure_id, reseau, 'mois' AS pas, debut, y, n FROM comptes_fins
  UNION ALL SELECT structure_id, reseau, 'trimestre', CAST(date_trunc('quarter', debut) AS DATE), y, n FROM comptes_fins
  UNION ALL SELECT structure_id, reseau, 'annee', CAST(date_trunc('year', debut) AS DATE), y, n FROM comptes_fins
  UNION ALL SELECT structure_id, reseau, pas, debut, y, n FROM tardifs
),
placees AS (
  SELECT 'structure' AS niveau, structure_id AS unite_id, pas, debut, y, n FROM lignes
  UNION ALL SELECT 'reseau', reseau, pas, debut, y, n FROM lignes
)
SELECT niveau, unite_id, pas, debut, CAST(sum(y) AS INTEGER) AS y, CAST(sum(n) AS INTEGER) AS n FROM placees GROUP BY ALL
"""


def edition(home: Path, records: Records, as_of: date, warehouse: Warehouse) -> Plan:
    """Publish what is final on that day, as a build does."""
    try:
        before = published(home / "releases").path
    except ReleaseError:
        before = None
    periods = [each for each in closed_periods(date(2025, 1, 1), as_of, THRESHOLDS) if each.start.year == 2025]
    planned = plan(periods, published_periods(before) if before else (), as_of)
    if not planned.new:
        return planned
    name = f"{as_of}-edition"
    connection = warehouse(fine_rows(records, planned))
    connection.execute("DELETE FROM periodes")
    for each in planned.counted:
        row = [*each.key, each.end, each.closes_on, each in planned.new]
        connection.execute("INSERT INTO periodes VALUES (?, ?, ?, ?, ?)", row)
    settle(connection, home / "settled", before)
    admit_late(connection, THRESHOLDS)
    keep(connection, home / "settled", name, planned.years_left_open)
    made = tables(YEAR_2025) | {
        "quality.valeurs": figures(connection, planned),
        "reference.periodes": period_rows(planned.new, name, as_of),
    }
    made["reference.mesures"] = made["reference.mesures"].with_columns(mesure_id=pl.lit(MEASURE), base_id=pl.lit(BASE))
    manifest = Manifest(name, name, as_of, {"release_id": name, "empreinte_entrees": name, "donnees_du": f"{as_of}"})
    release = publish(home / "releases", manifest, with_published(made, before))
    after = plan(periods, published_periods(release.path), as_of)
    tidy(home / "settled", first_editions(release.path), after.closed_years)
    return planned


def shown(home: Path) -> Shown:
    with duckdb.connect(str(published(home / "releases").path), read_only=True) as connection:
        rows = connection.execute("SELECT unite_id, pas, debut, basse, haute FROM quality.valeurs").fetchall()
    return {(unit, step, start): (y, n) for unit, step, start, y, n in rows}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_never_changes_and_the_year_is_the_sum_of_it(
    seed: int, tmp_path: Path, warehouse: Warehouse
) -> None:
    drawn, records, frozen, before = random.Random(seed), Records(), Records(), Shown()
    day = date(2025, 2, 10) + timedelta(days=drawn.randint(0, 25))
    restless = (0.02, 0.05, 0.1, 0.4)[seed]
    while ("apec", "annee", date(2025, 1, 1)) not in before:
        over = (day.year - 2025) * 12 + day.month - 1
        delivered(drawn, records, range(1, min(over, 12) + 1), restless)
        planned = edition(tmp_path, records, day, warehouse)
        for each in planned.new:
            if each.step == "mois":
                frozen |= {key: told for key, told in records.items() if key[1] == each.start.month}
        if planned.new:
            after = shown(tmp_path)
            assert before.items() <= after.items()
            before = after
        day += timedelta(days=drawn.randint(20, 40))
    assert len([each for each in before if each[0] == "apec"]) == 12 + 4 + 1
    assert not list((tmp_path / "settled").rglob("*"))
    check_months_and_quarters(before, frozen)
    check_year(before, frozen, records)


def summed(units: list[str], records: Records, months: range) -> tuple[int, int]:
    told = [records[structure, month] for structure in units for month in months]
    return sum(y for y, _ in told), sum(n for _, n in told)


def units_of() -> dict[str, list[str]]:
    """The structures of each unit."""
    networks = {network for network, _ in STRUCTURES.values()}
    return {each: [each] for each in STRUCTURES} | {
        network: [each for each, (own, _) in STRUCTURES.items() if own == network] for network in networks
    }


def check_months_and_quarters(found: Shown, frozen: Records) -> None:
    """Each is what was known on the day when it was published, whatever came later."""
    for unit, structures in units_of().items():
        for step, length in (("mois", 1), ("trimestre", 3)):
            for first in range(1, 13, length):
                y, n = summed(structures, frozen, range(first, first + length))
                assert found[unit, step, date(2025, first, 1)] == ((y, n) if n >= T else (None, None))


def check_year(found: Shown, frozen: Records, records: Records) -> None:
    """The year is what was published of it, and differs from it by nobody or by enough."""
    for unit, structures in units_of().items():
        (y, n), known = found[unit, "annee", date(2025, 1, 1)], summed(structures, frozen, range(1, 13))
        if n is not None:
            assert abs(n - known[1]) >= T or (y, n) == known
            if len(structures) == 1:
                assert (y, n) in (known, summed(structures, records, range(1, 13)))
