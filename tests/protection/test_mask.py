"""From the warehouse's tables to `masque`: which cells there are, what of each part is read, what is settled before."""

from datetime import date
from typing import Any

import duckdb
import pytest

from grids.thresholds import PersonThreshold, load_thresholds
from pipelines.protection.mask import mask
from tests.protection.warehouses import add, told, warehouse

THRESHOLDS = load_thresholds()
THREE = {"s1": "cio", "s2": "cio", "s3": "cio"}
ALL_LEVELS = ("structure", "reseau", "departement", "region")


def motives(connection: duckdb.DuckDBPyConnection, **options: bool) -> dict[str, str]:
    """The motive of each unit's year, '' where it is shown, once masked."""
    mask(connection, THRESHOLDS, **options)
    query = (
        "SELECT unite_id, motif, visible FROM masque WHERE ventilation = '' AND debut = '2025-01-01' AND pas = 'annee'"
    )
    found = connection.execute(query).fetchall()
    assert all((motive == "") is visible for _, motive, visible in found)
    return {unit: motive for unit, motive, _ in found}


@pytest.mark.parametrize("level", ALL_LEVELS)
def test_a_cell_where_nobody_was_counted_is_hidden_like_any_other(level: str) -> None:
    assert set(motives(warehouse(THREE, [level])).values()) == {"seuil"}


def test_a_base_of_its_own_threshold_is_shown_from_there() -> None:
    connection = warehouse(THREE, ["structure"])
    told(connection, {"s1": 11, "s2": 15, "s3": 20})
    fifteen = PersonThreshold(valeur=15, raison="Décidé pour cette base.", decide_par="Le comité")
    mask(connection, THRESHOLDS.model_copy(update={"by_base": {"b": fifteen}}))
    assert connection.execute("SELECT visible FROM masque ORDER BY unite_id").fetchall() == [(False,), (True,), (True,)]


FORCES = [
    # first and last day of a version → the periods of its cube, of 2024 and 2025
    ("2024-01-01", "2024-12-31", ["2024-01-01"]),
    ("2025-01-01", None, ["2025-01-01"]),
    ("2024-01-01", None, ["2024-01-01", "2025-01-01"]),
    ("2026-01-01", None, []),
]


@pytest.mark.parametrize(("first", "last", "periods"), FORCES)
def test_the_cube_of_a_base_is_that_of_its_version(first: str, last: str | None, periods: list[str]) -> None:
    connection = with_2024(warehouse(THREE))
    connection.execute("UPDATE bases SET debut = CAST($1 AS DATE), fin = CAST($2 AS DATE)", [first, last])
    mask(connection, THRESHOLDS)
    rows = connection.execute("SELECT DISTINCT CAST(debut AS VARCHAR) FROM masque ORDER BY 1").fetchall()
    assert [day for (day,) in rows] == periods


def test_an_older_version_still_answered_has_its_whole_cube_in_that_period() -> None:
    """Every unit is a row, the one that was answered and those that were not."""
    connection = with_2024(warehouse(THREE, ["structure"]))
    told(connection, {"s1": 20})
    connection.execute("UPDATE bases SET debut = DATE '2024-01-01', fin = DATE '2024-12-31'")
    assert motives(connection) == {"s1": "", "s2": "seuil", "s3": "seuil"}


def with_2024(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("INSERT INTO periodes VALUES ('annee', '2024-01-01', '2024-12-31', '2025-02-14', true)")
    return connection


def test_a_base_has_cells_at_its_own_levels_and_steps() -> None:
    connection = warehouse(THREE, ["structure"])
    add(
        connection,
        "bases",
        [
            {
                "base_id": "b@2025.1",
                "base": "b",
                "niveau": "reseau",
                "pas": "trimestre",
                "fait": False,
                "opinion": False,
                "debut": date(2025, 1, 1),
                "source": "accueils",
            }
        ],
    )
    connection.execute("INSERT INTO periodes VALUES ('trimestre', '2025-01-01', '2025-03-31', '2025-05-15', true)")
    mask(connection, THRESHOLDS)
    found = connection.execute("SELECT DISTINCT niveau, pas FROM masque").fetchall()
    assert set(found) == {("structure", "annee"), ("reseau", "trimestre")}


def test_every_modality_of_a_breakdown_is_a_cell_of_networks_and_of_the_region_alone() -> None:
    connection = warehouse(THREE, ALL_LEVELS)
    told(connection, dict.fromkeys(THREE, 60))
    told(connection, dict.fromkeys(THREE, 40), ventilation="canal", modalite="presentiel")
    told(connection, dict.fromkeys(THREE, 20), ventilation="canal", modalite="inconnue")
    mask(connection, THRESHOLDS)
    found = connection.execute(
        "SELECT niveau, modalite, visible FROM masque WHERE ventilation = 'canal' ORDER BY ALL"
    ).fetchall()
    assert found == [
        ("region", "inconnue", False),
        ("region", "presentiel", False),
        ("reseau", "inconnue", False),
        # One network alone: the region's cell is the same as its own, and no secret.
        ("reseau", "presentiel", True),
    ]


def test_a_structure_closed_throughout_is_without_object() -> None:
    connection = warehouse(THREE, ["structure"])
    connection.execute("UPDATE structures SET actif_au = DATE '2024-12-31' WHERE structure_id = 's1'")
    connection.execute("UPDATE structures SET actif_du = DATE '2026-01-01' WHERE structure_id = 's2'")
    assert motives(connection) == {"s1": "sans_objet", "s2": "sans_objet", "s3": "seuil"}


OFFERS: list[tuple[dict[str, Any], str]] = [
    ({"genre": "diversite", "groupe": "proposes"}, ""),  # counts of structures, not of persons
    ({"genre": "diversite", "groupe": ""}, "seuil"),
    ({"genre": "indice", "groupe": "P01"}, "seuil"),
]


@pytest.mark.parametrize(("said", "expected"), OFFERS)
def test_every_part_of_a_base_is_read_but_offers(said: dict[str, Any], expected: str) -> None:
    connection = warehouse(THREE, ["structure"])
    told(connection, {"s1": 40})
    told(connection, {"s1": 5}, mesure_id="N@2025.1", **said)
    assert motives(connection)["s1"] == expected


FAVOURABLE: list[tuple[list[dict[str, Any]], str]] = [
    ([{"genre": "part"}], "avis"),
    ([{"genre": "indice", "groupe": "P01"}], "avis"),
    ([{"genre": "repartition", "categorie": "favorable"}], "avis"),
    ([{"genre": "repartition", "categorie": "autre"}], ""),  # a category is not an opinion in favour
    ([{"genre": "gain", "categorie": "avant"}], "avis"),
    ([{"genre": "gain", "categorie": "avant", "y": 3}, {"genre": "gain", "categorie": "apres"}], "avis"),
    ([{"genre": "part", "y": 3}], ""),
]


@pytest.mark.parametrize(("rows", "expected"), FAVOURABLE)
def test_the_favourable_answers_of_each_kind_are_read(rows: list[dict[str, Any]], expected: str) -> None:
    """Three structures of six persons are hidden; none of the 18 is in favour unless `y` says so."""
    names = {f"s{rank}": "cio" for rank in range(5)}
    connection = warehouse(names, opinion=True)
    counts = {"s0": 40, "s1": 40, "s2": 6, "s3": 6, "s4": 6}
    for row in rows:
        few = {**row, "y": row.get("y", 0)}
        told(connection, {"s0": 40, "s1": 40}, **{**few, "y": 20})
        told(connection, {name: 6 for name in counts if counts[name] == 6}, **few)
    assert motives(connection)["s0"] == expected


def test_what_is_published_stays_as_it_was_and_the_rest_of_its_periods_hidden() -> None:
    connection = with_2024(warehouse(THREE))
    connection.execute("UPDATE periodes SET nouvelle = false WHERE debut = '2025-01-01'")
    told(connection, {"s1": 50, "s2": 5, "s3": 50})
    place = {
        "base_id": "b@2025.1",
        "niveau": "structure",
        "pas": "annee",
        "debut": date(2025, 1, 1),
        "ventilation": "",
        "modalite": "",
    }
    add(
        connection,
        "deja_publiees",
        [
            {**place, "unite_id": "s1", "visible": False, "moyenne_visible": False},
            {**place, "unite_id": "s2", "visible": True, "moyenne_visible": False},
        ],
    )
    assert motives(connection) == {"s1": "deja", "s2": "", "s3": "deja", "cio": "deja"}


def test_a_near_indicator_is_its_networks_alone() -> None:
    connection = warehouse(THREE, ["reseau", "departement"])
    told(connection, dict.fromkeys(THREE, 20), provenance="proche")
    assert motives(connection) == {"cio": "", "22": "seuil"}


def test_the_order_of_rows_changes_nothing() -> None:
    names = {f"s{rank}": f"r{rank % 3}" for rank in range(12)}
    masks = []
    for order in (1, -1):
        connection = warehouse(dict(list(names.items())[::order]), ALL_LEVELS)
        told(connection, {name: 7 * (int(name[1:]) + 1) % 31 for name in list(names)[::order]})
        mask(connection, THRESHOLDS)
        masks.append(connection.execute("FROM masque ORDER BY ALL").fetchall())
    assert masks[0] == masks[1]
    assert {row[-2] for row in masks[0]} == {True, False}


def test_the_primary_rule_alone_hides_less() -> None:
    names = {f"s{rank}": "cio" for rank in range(5)}
    counts = {"s0": 50, "s1": 14, "s2": 13, "s3": 60, "s4": 1}
    both = []
    for complement in (True, False):
        connection = warehouse(names)
        told(connection, counts)
        both.append([unit for unit, motive in motives(connection, complement=complement).items() if motive])
    assert both == [["s1", "s2", "s4"], ["s4"]]


def test_a_region_where_nothing_was_ever_told_is_masked_whole() -> None:
    connection = warehouse(THREE, ALL_LEVELS)
    connection.execute("DELETE FROM periodes")
    mask(connection, THRESHOLDS)
    assert connection.execute("SELECT count(*) FROM masque").fetchall() == [(0,)]
