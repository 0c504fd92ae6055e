"""Structures alike, and the mean of what is shown of them."""

from __future__ import annotations

import math
import statistics

import polars as pl

from pipelines.comparison.peers import peers
from tests.comparison.by_hand import TEN, compared, counts_of, measures_of, units_of

POPULATIONS = {f"350{rank:02}": 1000 * 2**rank for rank in range(12)}
T_OF_8 = 2.364624251592785
"""Student's t with 7 degrees of freedom, at 97.5 %."""


def profiles(**told: list[object]) -> pl.DataFrame:
    """Twelve structures, each in a larger commune than the one before."""
    usual = {
        "structure_id": [f"S{rank:02}" for rank in range(12)],
        "reseau": ["cio"] * 12,
        "commune_insee": list(POPULATIONS),
        "canaux_proposes": [["presentiel", "telephone"]] * 12,
        "sans_rendez_vous_demi_journees": [5] * 12,
    }
    schema = {
        "structure_id": pl.String, "reseau": pl.String, "commune_insee": pl.String,
        "canaux_proposes": pl.List(pl.String), "sans_rendez_vous_demi_journees": pl.Int32,
    }  # fmt: skip
    return pl.DataFrame(usual | told, schema=schema)


def peers_of(found: pl.DataFrame, name: str) -> list[str]:
    return found.filter(pl.col("structure_id") == name)["pair_id"].to_list()


def test_communes_alike_come_first() -> None:
    found = peers(profiles(), POPULATIONS)
    assert peers_of(found, "S00") == [f"S{rank:02}" for rank in range(1, 12)]
    assert sorted(peers_of(found, "S06")[:2]) == ["S05", "S07"]


def test_each_fact_weighs_the_same() -> None:
    networks = ["cio"] * 6 + ["apec"] * 6
    halves = [5] * 11 + [0]
    found = peers(profiles(reseau=networks, sans_rendez_vous_demi_journees=halves), POPULATIONS)
    assert peers_of(found, "S00")[:5] == ["S01", "S02", "S03", "S04", "S05"]
    assert peers_of(found, "S00")[-1] == "S11"


def test_what_is_unknown_is_left_out() -> None:
    told = profiles(
        commune_insee=[None, "99999", *list(POPULATIONS)[2:]],
        canaux_proposes=[None, *[["presentiel"]] * 11],
        sans_rendez_vous_demi_journees=[None, *[5] * 11],
    )
    found = peers(told, POPULATIONS)
    # The network alone says what S00 is: all are as near, and names decide.
    assert peers_of(found, "S00") == [f"S{rank:02}" for rank in range(1, 12)]


def test_the_order_of_profiles_changes_nothing() -> None:
    told = profiles()
    found = peers(told.sample(fraction=1, shuffle=True, seed=3), POPULATIONS)
    assert found.sort("structure_id", maintain_order=True).equals(peers(told, POPULATIONS))


def test_renaming_structures_renames_their_peers() -> None:
    # Populations that make no two distances equal: names decide nothing.
    populations = dict(zip(POPULATIONS, (100, 170, 350, 800, 1500, 4000, 7e3, 19e3, 4e4, 9e4, 3e5, 1e6), strict=True))
    renamed = {f"S{rank:02}": f"T{(7 * rank) % 12:02}" for rank in range(12)}
    before = peers(profiles(), populations)
    after = peers(profiles(structure_id=list(renamed.values())), populations)
    mapped = before.with_columns(pl.all().replace_strict(renamed))
    assert mapped.sort(pl.all()).equals(after.sort(pl.all()))


def test_few_structures_have_no_peers() -> None:
    assert peers(profiles().head(8), POPULATIONS).is_empty()
    assert peers(profiles().clear(), POPULATIONS).is_empty()


def pairs_of(first: str, others: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"structure_id": [first] * len(others), "pair_id": others})


def test_the_mean_of_peers_is_that_of_their_published_values() -> None:
    others = [f"S{rank:02}" for rank in range(2, 10)]
    found = compared(counts_of(TEN), peers=pairs_of("S01", others)).comparaisons
    row = found.filter(pl.col("structure_id") == "S01").to_dicts()[0]
    theirs = found.filter(pl.col("structure_id").is_in(others))["valeur"].to_list()
    mean, half = statistics.mean(theirs), T_OF_8 * statistics.stdev(theirs) / math.sqrt(8)
    assert row["pairs"] == 8
    assert row["pairs_valeur"] == math.floor(mean + 0.5)
    assert (row["pairs_basse"], row["pairs_haute"]) == (math.floor(mean - half), math.ceil(mean + half))


def test_fewer_than_eight_peers_beside_a_structure_say_nothing() -> None:
    others = [f"S{rank:02}" for rank in range(2, 9)]
    found = compared(counts_of(TEN), peers=pairs_of("S01", [*others, "S99"])).comparaisons
    assert found.select("pairs", "pairs_valeur", "pairs_basse", "pairs_haute").null_count().row(0) == (10,) * 4


def test_peers_count_only_within_the_perimeter() -> None:
    names = [f"S{rank:02}" for rank in range(1, 21)]
    counts = counts_of(dict.fromkeys(names, (30, 40)))
    units = pl.concat([units_of(names[:10], "cio"), units_of(names[10:], "apec")])
    others = pl.concat([pairs_of("S01", names[1:12]), pairs_of("S02", names[5:16])])
    found = compared(counts, measures_of(comparaison="meme_reseau"), units=units, peers=others).comparaisons
    told = dict(found.select("structure_id", "pairs").iter_rows())
    assert (told["S01"], told["S02"]) == (9, None)
