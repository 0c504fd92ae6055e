"""Comparisons fit the tables of a release, whatever is compared; and quality is not attendance (methods 8.1)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.comparison.compare import Comparisons
from pipelines.comparison.peers import peers
from tests.comparison.by_hand import PERIODS, TEN, compared, counts_of, drawn, measures_of, values_of

SCHEMA = Path(__file__).parents[2] / "pipelines" / "release" / "schema" / "analyses.sql"
NAMES = [f"S{rank:03}" for rank in range(30)]
PEERS = peers(
    pl.DataFrame(
        {
            "structure_id": NAMES,
            "reseau": ["cio", "apec", "suio"] * 10,
            "commune_insee": NAMES,
            "canaux_proposes": [["telephone"], ["telephone", "courriel"]] * 15,
            "sans_rendez_vous_demi_journees": list(range(10)) * 3,
        }
    ),
    {name: 500 * (rank + 1) for rank, name in enumerate(NAMES)},
)


def drawn_comparisons(times: int = 1, opinion: bool = False, seed: int = 4) -> Comparisons:
    """Thirty structures and six measures, each record so many times."""
    counts = drawn(seed, structures=30, measures=[f"M{rank}@1" for rank in range(6)], rate=0.9)
    repeated = counts.with_columns(pl.col("y", "n") * times)
    measures = measures_of(*counts["mesure_id"].unique().sort(), opinion=opinion)
    return compared(repeated, measures, peers=PEERS)


@pytest.mark.parametrize("opinion", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_are_rows_of_the_release(opinion: bool, seed: int) -> None:
    found = drawn_comparisons(opinion=opinion, seed=seed)
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA quality")
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        for table, frame in (("comparaisons", found.comparaisons), ("entonnoirs", found.entonnoirs)):
            assert not frame.is_empty()
            assert connection.table(f"quality.{table}").columns == frame.columns
            connection.register("rows", frame.to_arrow())
            connection.execute(f"INSERT INTO quality.{table} BY NAME FROM rows")


def test_nothing_compared_has_the_same_columns() -> None:
    some, none = compared(counts_of(TEN)), compared(counts_of(TEN), periods=PERIODS.clear())
    assert none.comparaisons.is_empty()
    assert none.entonnoirs.is_empty()
    assert none.comparaisons.schema == some.comparaisons.schema
    assert none.entonnoirs.schema == some.entonnoirs.schema


@pytest.mark.parametrize("times", [2, 3, 7])
def test_repeating_every_record_changes_neither_values_nor_what_peers_do(times: int) -> None:
    """Limits, flags and stabilised values know sizes by design: they are out of scope, and so are bands."""
    before, after = drawn_comparisons(), drawn_comparisons(times)
    kept = [
        "mesure_id", "structure_id", "pas", "debut", "perimetre", "valeur", "pairs", "pairs_valeur", "pairs_basse",
        "pairs_haute",
    ]  # fmt: skip
    assert before.comparaisons.select(kept).equals(after.comparaisons.select(kept))
    assert before.comparaisons["pairs"].is_not_null().any()
    references = [
        each.entonnoirs.select("mesure_id", "reference").unique().sort("mesure_id") for each in (before, after)
    ]
    assert references[0].equals(references[1])


def test_the_order_of_rows_changes_nothing() -> None:
    counts = drawn(4, structures=30, measures=["M0@1", "M1@1"])
    shuffled = counts.sample(fraction=1, shuffle=True, seed=8)
    before, after = (
        compared(each, peers=PEERS.sample(fraction=1, shuffle=True, seed=1)) for each in (counts, shuffled)
    )
    assert before.comparaisons.equals(after.comparaisons)
    assert before.entonnoirs.equals(after.entonnoirs)


def test_renaming_structures_renames_rows_alone() -> None:
    renamed = {name: f"T{(7 * rank) % 30:03}" for rank, name in enumerate(NAMES)}
    counts = drawn(4, structures=30, measures=["M0@1", "M1@1"])
    before = compared(counts, peers=PEERS)
    after = compared(
        counts.with_columns(pl.col("unite_id").replace_strict(renamed)),
        peers=PEERS.with_columns(pl.all().replace_strict(renamed)),
    )
    mapped = before.comparaisons.with_columns(pl.col("structure_id").replace_strict(renamed))
    assert mapped.sort("mesure_id", "structure_id").equals(after.comparaisons)
    assert before.entonnoirs.equals(after.entonnoirs)


def test_no_count_leaves() -> None:
    found = compared(counts_of(TEN), values=values_of(counts_of(TEN)))
    assert not {"y", "n"} & {*found.comparaisons.columns, *found.entonnoirs.columns}
    assert all(kind != pl.Float64 for kind in (*found.comparaisons.dtypes, *found.entonnoirs.dtypes))
