"""Means of zones d'emploi: shown where no network's own, taken away, leave a structure alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.comparison.territories import still_founded, territories
from tests.statistics.tables import number, spec_table

YEAR = date(2025, 1, 1)
ZONE = "5315"
SCHEMA = Path(__file__).parents[2] / "pipelines" / "release" / "schema" / "analyses.sql"
FIVE = {"A": [55, 60, 70], "B": [75, 90]}


def measures_of(**told: object) -> pl.DataFrame:
    usual = {"mesure_id": "M@1", "comparaison": "tous", "genre": "part", "fait_d_organisation": False}
    return pl.DataFrame([usual | told])


def values_of(networks: Mapping[str, list[int]], **told: object) -> pl.DataFrame:
    """Shown values of one year, structures named by their network: A-0, A-1…"""
    usual = {"mesure_id": "M@1", "niveau": "structure", "pas": "annee", "debut": YEAR, "categorie": "", "etat": "ok"}
    rows = [
        {**usual, "unite_id": f"{network}-{rank}", "valeur": value, **told}
        for network, shown in networks.items()
        for rank, value in enumerate(shown)
    ]
    return pl.DataFrame(rows, schema_overrides={"valeur": pl.Int32})


def units_of(values: pl.DataFrame, zone: str | None = ZONE) -> pl.DataFrame:
    names = values["unite_id"].unique().sort()
    return pl.DataFrame(
        {"niveau": "structure", "unite_id": names, "reseau": names.str.head(1), "zone_emploi": zone},
        schema_overrides={"zone_emploi": pl.String},
    )


def told(values: pl.DataFrame, measures: pl.DataFrame | None = None) -> pl.DataFrame:
    return territories(values, measures_of() if measures is None else measures, units_of(values))


def _networks(text: str) -> dict[str, list[int]]:
    """« A : 55, 60 ; B : 75 »."""
    parts = (part.split(" : ") for part in text.split(" ; "))
    return {name: [int(value) for value in shown.split(", ")] for name, shown in parts}


@pytest.mark.parametrize("row", spec_table("territoires", "zones"), ids=lambda row: row["structures"])
def test_zones_are_told_as_the_page_says(row: dict[str, str]) -> None:
    found = told(values_of(_networks(row["structures"])))
    columns = {"moyenne": "valeur", "basse": "basse", "haute": "haute"}
    said = {column: round(100 * number(row[name])) for name, column in columns.items() if row[name] != "—"}
    assert found.height == bool(said)
    assert not said or found.select(said.keys()).to_dicts() == [said]


@pytest.mark.parametrize("seed", range(40))
def test_without_any_network_two_structures_are_left(seed: int) -> None:
    chance = random.Random(seed)
    networks = {
        name: [chance.randint(0, 100) for _ in range(chance.choice([1, 1, 2, 4, 6]))] for name in "ABCD"[: seed % 4 + 1]
    }
    sizes = [len(shown) for shown in networks.values()]
    allowed = sum(sizes) >= 5 and len(sizes) >= 2 and sum(sizes) - max(sizes) >= 2
    found = told(values_of(networks))
    assert found.height == allowed
    assert found["structures"].to_list() == ([sum(sizes)] if allowed else [])
    assert (found["basse"] <= found["valeur"]).all()
    assert (found["valeur"] <= found["haute"]).all()


def test_what_is_hidden_or_without_a_point_enters_nothing() -> None:
    shown = values_of(FIVE)
    last = pl.col("unite_id") == "B-1"
    assert told(shown).height == 1
    assert told(shown.with_columns(etat=pl.when(last).then(pl.lit("masque")).otherwise("etat"))).is_empty()
    assert told(shown.with_columns(valeur=pl.when(last).then(None).otherwise("valeur"))).is_empty()
    assert told(values_of(FIVE, etat="prudence")).height == 1


@pytest.mark.parametrize(
    "left_out",
    [{"comparaison": "meme_reseau"}, {"comparaison": "aucune"}, {"fait_d_organisation": True}, {"genre": "quantiles"}],
    ids=str,
)
def test_only_shares_that_all_compare_are_told(left_out: dict[str, object]) -> None:
    assert told(values_of(FIVE), measures_of(**left_out)).is_empty()


def test_of_a_distribution_the_favourable_side_is_told() -> None:
    values = pl.concat([values_of(FIVE, categorie="favorable"), values_of(FIVE, categorie="oui")])
    assert told(values, measures_of(genre="repartition"))["categorie"].to_list() == ["favorable"]


def test_quarters_and_other_levels_are_left_out() -> None:
    assert told(values_of(FIVE, pas="trimestre")).is_empty()
    assert told(values_of(FIVE, niveau="reseau")).is_empty()


def test_a_structure_without_a_known_zone_is_in_none() -> None:
    values = values_of(FIVE)
    assert territories(values, measures_of(), units_of(values, zone=None)).is_empty()


def test_a_zone_stays_as_published_unless_its_structures_moved_away() -> None:
    values = values_of(FIVE)
    published = told(values).with_columns(valeur=pl.lit(71, pl.Int32))
    assert still_founded(published, told(values)).equals(published)
    moved = units_of(values).with_columns(
        zone_emploi=pl.when(pl.col("unite_id") == "B-0").then(pl.lit("5302")).otherwise("zone_emploi")
    )
    assert still_founded(published, territories(values, measures_of(), moved)).is_empty()


@pytest.mark.parametrize("shown", [FIVE, {"A": [50]}], ids=["some", "none"])
def test_they_are_rows_of_the_release(shown: dict[str, list[int]]) -> None:
    found = told(values_of(shown))
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA quality")
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        assert set(connection.table("quality.territoires").columns) == set(found.columns)
        connection.register("rows", found.to_arrow())
        connection.execute("INSERT INTO quality.territoires BY NAME FROM rows")
    assert all(kind != pl.Float64 for kind in found.dtypes)
