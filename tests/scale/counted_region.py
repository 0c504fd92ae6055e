"""The tables that protection reads, for a region of any size: drawn with numpy, exact sums, the working grid's own measures."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import duckdb
import numpy as np
import polars as pl

from grids.breakdowns import UNKNOWN, Breakdown, load_breakdowns
from grids.load import load_grid
from grids.model import Grid, Step
from grids.versions import load_versions
from tests.scale.calendar import FIRST_YEAR, MONTHS, periods_frame
from tests.scale.draws import Counts, crossed, mixes, split
from tests.scale.parts import Part, parts_of
from tests.scale.places import drawn_region
from tests.scale.populations import Drawn, coarser

VERSION = load_versions()[-1].version
_ALL = ""
_KEY = "niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, ventilation VARCHAR, modalite VARCHAR"
_EMPTY = f"""
CREATE TABLE comptes_structures (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR, categorie VARCHAR,
  y BIGINT, n BIGINT, applicables BIGINT, provenance VARCHAR);
CREATE TABLE bases (base_id VARCHAR, base VARCHAR, niveau VARCHAR, pas VARCHAR, fait BOOLEAN, opinion BOOLEAN,
  debut DATE, fin DATE, source VARCHAR);
CREATE TABLE volumes (base_id VARCHAR, structure_id VARCHAR, annee INTEGER, volume BIGINT);
CREATE TABLE deja_publiees (base_id VARCHAR, {_KEY}, visible BOOLEAN, moyenne_visible BOOLEAN);
CREATE TABLE pas_fixes (base_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, annee INTEGER, pas VARCHAR);
"""
_UNFOLDED = """
INSERT INTO comptes_structures BY NAME
SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, ventilation, modalite, groupe, categorie,
  y, n, applicables, 'mesure' AS provenance
FROM tirees JOIN categories USING (categorie_rang) JOIN lieux USING (structure_rang)
JOIN (SELECT pas, debut, row_number() OVER (PARTITION BY pas ORDER BY debut) - 1 AS periode_rang FROM periodes) AS rangees
  USING (pas, periode_rang)
"""


def counted_region(
    connection: duckdb.DuckDBPyConnection,
    structures: int,
    networks: int = 12,
    years: int = 3,
    seed: int = 7,
    bases: Collection[str] | None = None,
) -> None:
    """Create `comptes_structures`, `periodes` (all closed, all new), `bases`, `structures`, `volumes`, and `deja_publiees`
    and `pas_fixes`, empty: what a first build of a region counts over `years` years from 2023, the same for the same seed.

    `bases`: names of bases of the working grid, and those that they are a part of are drawn too; every one unless it says so.
    A sum is that of its parts: quarters and years of the finer step, modalities of a breakdown of their year; a base that is
    part of another one never counts more than it. A structure of `volumes` is known where it was open in the year before.
    """
    rng = np.random.default_rng(seed)
    region = drawn_region(rng, structures, networks, years)
    connection.execute(_EMPTY)
    _create(connection, "structures", region.table)
    _create(connection, "periodes", periods_frame(years))
    grid = load_grid(VERSION)
    drawn = Drawn(rng, grid, region)
    for base in dict.fromkeys(measure.base for _, _, measure in grid.measures()):
        if bases is None or base in bases:
            _insert(connection, "bases", _base_rows(grid, base))
            _insert(connection, "volumes", _volume_rows(drawn, base))
            _count(connection, drawn, base)


def _count(connection: duckdb.DuckDBPyConnection, drawn: Drawn, base: str) -> None:
    """Draw and add the rows of every part of a base."""
    parts = parts_of(drawn.grid, base)
    if not parts:
        return
    _create(connection, "categories", _categories(drawn.grid, base, parts))
    places = drawn.region.table.select("structure_id", "reseau").with_row_index("structure_rang")
    _create(connection, "lieux", places)
    first = 0
    for part in parts:
        tirees = pl.concat(list(_rows(drawn, base, part, first)))
        connection.register("tirees", tirees.to_arrow())
        connection.execute(_UNFOLDED)
        connection.unregister("tirees")
        first += len(part.names)
    connection.execute("DROP TABLE categories; DROP TABLE lieux")


def _rows(drawn: Drawn, base: str, part: Part, first: int) -> Iterator[pl.DataFrame]:
    """A part's rows at every step of its base, then by modality of each year."""
    rng, region = drawn.rng, drawn.region
    applicable = drawn.published(base)
    own = (region.table["reseau"] == part.group).to_numpy()
    applicable = applicable * ~own[:, None]  # a network is no partner of its own
    recording = rng.beta(18, 2, region.size) * (rng.random(region.size) > 0.03)
    answered = rng.binomial(applicable, recording[:, None])
    answers = split(rng, answered, mixes(rng, part.weights, 12, region.size))
    steps = drawn.grid.bases[base].steps
    for step in steps:
        periods = region.years * 12 // MONTHS[step]
        yield _told(part, first, step, (_ALL, _ALL), coarser(answers, periods), coarser(applicable, periods))
    every = np.concatenate([answers, (applicable - answered)[:, :, None]], axis=2)
    for name, breakdown in _breakdowns(drawn.grid, base).items():
        table = crossed(rng, drawn.modalities(base, name, breakdown), coarser(every, region.years))
        for rank, modality in enumerate([*breakdown.modalities, UNKNOWN]):
            one = table[:, :, rank]
            yield _told(part, first, "annee", (name, modality), one[:, :, :-1], one.sum(axis=2))


def _breakdowns(grid: Grid, base: str) -> dict[str, Breakdown]:
    """The breakdowns that are counted: none of what is only known by year."""
    said = grid.bases[base]
    return load_breakdowns().active(said.table) if "trimestre" in said.steps else {}


def _told(
    part: Part, first: int, step: Step, breakdown: tuple[str, str], answers: Counts, applicable: Counts
) -> pl.DataFrame:
    """One row a structure, period and category where the base holds somebody."""
    n = answers.sum(axis=2)
    y = (answers @ part.categories).astype(np.int64)
    kept = np.broadcast_to((applicable > 0)[:, :, None], y.shape)
    if part.histogram:
        nobody = np.zeros_like(y, dtype=bool)
        nobody[:, :, 0] = n == 0
        kept = kept & ((y > 0) | nobody)
    place, period, category = np.nonzero(kept)
    return pl.DataFrame(
        {
            "structure_rang": place,
            "periode_rang": period,
            "categorie_rang": first + category,
            "y": y[kept],
            "n": n[place, period],
            "applicables": applicable[place, period],
        }
    ).with_columns(pas=pl.lit(step), ventilation=pl.lit(breakdown[0]), modalite=pl.lit(breakdown[1]))


def _categories(grid: Grid, base: str, parts: list[Part]) -> pl.DataFrame:
    rows = [
        (part.measure_id, grid.base_id(base), part.kind, part.group, category)
        for part in parts
        for category in part.names
    ]
    columns = ["mesure_id", "base_id", "genre", "groupe", "categorie"]
    return pl.DataFrame(rows, schema=columns, orient="row").with_row_index("categorie_rang")


def _base_rows(grid: Grid, base: str) -> pl.DataFrame:
    said = grid.bases[base]
    rows = [
        (grid.base_id(base), base, level, step, said.is_fact, said.opinion, said.table)
        for level in said.levels
        for step in said.steps
        if level != "departement" or step == "annee"
    ]
    columns = ["base_id", "base", "niveau", "pas", "fait", "opinion", "source"]
    start = pl.date(FIRST_YEAR, 1, 1)
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(debut=start, fin=pl.lit(None, pl.Date))


def _volume_rows(drawn: Drawn, base: str) -> pl.DataFrame:
    """Of structures open in the year before; nothing of facts, which are no volume."""
    region = drawn.region
    yearly = coarser(drawn.counts(base), region.years + 1)[:, :-1]
    known = coarser(region.receptions, region.years + 1)[:, :-1] > 0
    place, year = np.nonzero(known & (not drawn.grid.bases[base].is_fact))
    return pl.DataFrame(
        {
            "base_id": np.full(len(place), drawn.grid.base_id(base)),
            "structure_id": region.table["structure_id"].to_numpy()[place],
            "annee": FIRST_YEAR + year,
            "volume": yearly[place, year],
        }
    )


def _create(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.register("lignes", frame.to_arrow())
    connection.execute(f"CREATE TABLE {name} AS FROM lignes")
    connection.unregister("lignes")


def _insert(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    connection.register("lignes", frame.to_arrow())
    connection.execute(f"INSERT INTO {name} BY NAME FROM lignes")
    connection.unregister("lignes")
