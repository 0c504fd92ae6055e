"""What each EPCI offers: places that are open, what they say they have, and the communes without EPCI."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.release.supply import supply

AS_OF = date(2026, 3, 1)
SCHEMA = Path(__file__).parents[2] / "pipelines" / "release" / "schema" / "reference.sql"
TOLD = """
INSERT INTO structures VALUES
  ('rennes', ['presentiel', 'tchat'], 3, true, ['entree_et_bureau'], '2020-01-01', NULL),
  ('rennes', ['presentiel'], 0, NULL, NULL, '2020-01-01', NULL),
  ('rennes', NULL, NULL, NULL, NULL, '2020-01-01', '2026-03-02'),
  ('rennes', ['tchat'], 5, true, NULL, '2020-01-01', '2026-03-01'),
  ('brest', ['tchat'], 5, true, NULL, '2026-03-02', NULL),
  (NULL, ['telephone'], 1, false, NULL, '2026-03-01', NULL)
"""


@pytest.fixture
def told() -> pl.DataFrame:
    with duckdb.connect() as connection:
        connection.execute(
            """CREATE TABLE structures (epci VARCHAR, canaux_proposes VARCHAR[], sans_rendez_vous_demi_journees INTEGER,
              soir_ou_samedi BOOLEAN, accessibilite VARCHAR[], actif_du DATE, actif_au DATE)"""
        )
        connection.execute(TOLD)
        return supply(connection, AS_OF)


@pytest.mark.parametrize(
    ("epci", "fact", "places", "having"),
    [
        ("rennes", "canaux_proposes.presentiel", 3, 2),
        ("rennes", "canaux_proposes.tchat", 3, 1),
        ("rennes", "canaux_proposes.courriel", 3, 0),
        ("rennes", "sans_rendez_vous", 3, 1),
        ("rennes", "soir_ou_samedi", 3, 1),
        ("rennes", "accessibilite.entree_et_bureau", 3, 1),
        ("hors-epci", "canaux_proposes.telephone", 1, 1),
        ("hors-epci", "soir_ou_samedi", 1, 0),
    ],
)
def test_open_places_are_counted_and_those_that_say_they_have_it(
    told: pl.DataFrame, epci: str, fact: str, places: int, having: int
) -> None:
    assert told.filter(epci=epci, fait=fact).select("lieux", "avec").rows() == [(places, having)]


def test_an_epci_without_an_open_place_is_absent_and_each_other_has_every_fact(told: pl.DataFrame) -> None:
    assert told["epci"].unique().sort().to_list() == ["hors-epci", "rennes"]
    assert told.group_by("epci").len()["len"].to_list() == [10, 10]
    assert told.filter(epci="rennes")["ordre"].to_list() == list(range(10))


def test_it_is_a_table_of_the_release(told: pl.DataFrame) -> None:
    with duckdb.connect() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        assert connection.table("reference.offre").columns == told.columns
        connection.register("rows", told.to_arrow())
        connection.execute("INSERT INTO reference.offre BY NAME FROM rows")
