"""From structures to networks and the region: what rests on whom, and what a figure of several is worth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.counting import count as counting
from pipelines.counting.readable import readable_sql
from tests.counting.small import Row, counted, questionnaire, small_grid, small_warehouse

BASES: dict[str, Row] = {"b": {"table": "accueils"}, "p": {"table": "reponses"}, "s": {"table": "structures"}}
YES: Row = {"base": "b", "genre": "part", "compte": "point_de_situation"}


def sizes(connection: duckdb.DuckDBPyConnection, base: str = "b@F", level: str = "structure") -> list[tuple[Any, ...]]:
    """n_min_repondu, reste_min, part_max, contributrices, reseaux of a base in 2025."""
    return connection.execute(
        "SELECT n_min_repondu, reste_min, part_max, contributrices, reseaux FROM effectifs "
        "WHERE base_id = ? AND niveau = ? AND pas = 'annee' AND ventilation = ''",
        [base, level],
    ).fetchall()


def some(column: str, count: int, **place: str) -> list[Row]:
    return [{column: True, **place} for _ in range(count)]


def test_the_smallest_answered_measure_says_how_many_stand_behind_a_base() -> None:
    grid = small_grid({"X": YES, "Y": {**YES, "compte": "situation_personnelle"}}, BASES)
    rows = [*some("point_de_situation", 5), *some("situation_personnelle", 2)]
    assert sizes(counted(small_warehouse(rows), grid)) == [(2, 0, 1.0, 1, 1)]


def test_what_nobody_recorded_pulls_nothing_down() -> None:
    grid = small_grid({"X": YES, "Y": {**YES, "compte": "situation_personnelle"}}, BASES)
    assert sizes(counted(small_warehouse(some("point_de_situation", 5)), grid)) == [(5, 0, 1.0, 1, 1)]
    assert sizes(counted(small_warehouse(some("demande_reformulee", 3)), grid)) == [(0, 0, None, 0, 0)]


ITEMS = {name: {"libelle": "Fictif", "compte": f"favorable({name})"} for name in ("U1", "U2")}
PARTS = [
    pytest.param({"genre": "indice", "items": ITEMS}, {"U1": 4, "U2": 2}, 2, id="an item"),
    pytest.param(
        {"genre": "part", "compte": "favorable(P21)", "ventilations": ["partenaire"]}, {"P21@apec": 6, "P21@cidff": 3}, 3,
        id="a partner",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "answered", "smallest"), PARTS)
def test_each_part_of_a_measure_is_as_bare_as_a_measure(measure: Row, answered: dict[str, int], smallest: int) -> None:
    grid = small_grid({"X": {"base": "p", **measure}}, BASES, {"U1": {}, "U2": {}, "P21": {"par_partenaire": True}})
    answers = [
        row
        for rank in range(max(answered.values()))
        for row in questionnaire(rank, {name: "4" for name, count in answered.items() if rank < count})
    ]
    assert [each[0] for each in sizes(counted(small_warehouse(answers=answers), grid), "p@F")] == [smallest]


def test_each_side_of_a_gap_too() -> None:
    waits = {"base": "b", "genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5]}
    gap = {
        "base": "b", "genre": "ecart", "de": "X.m", "quantile": 0.5, "groupe": "canal = 'tchat'", "contre": "canal <> 'tchat'",
    }  # fmt: skip
    rows = [{"attente_jours_ouvres": 1, "canal": canal} for canal in ["tchat"] * 2 + ["telephone"] * 7]
    assert [each[0] for each in sizes(counted(small_warehouse(rows), small_grid({"X": waits, "Y": gap}, BASES)))] == [2]


def test_what_structures_offer_is_no_number_of_persons() -> None:
    measure = {
        "base": "b",
        "genre": "diversite",
        "valeur": "canal",
        "part_minimale": 0.05,
        "proposes": "canaux_proposes",
    }
    rows = [{"canal": "tchat"} for _ in range(4)]
    warehouse = small_warehouse(rows, profiles=[{"canaux_proposes": ["tchat"]}])
    assert sizes(counted(warehouse, small_grid({"X": measure}, BASES))) == [(4, 0, 1.0, 1, 1)]


def test_a_network_rests_on_its_largest_structure() -> None:
    rows = [*some("point_de_situation", 6, structure_id="A"), *some("point_de_situation", 2, structure_id="B")]
    rows += some("point_de_situation", 4, structure_id="C", reseau="apec")
    warehouse = counted(small_warehouse(rows), small_grid({"X": YES}, BASES))
    assert sorted(sizes(warehouse, level="reseau")) == [(4, 0, 1.0, 1, 1), (8, 2, 0.75, 2, 1)]
    assert sizes(warehouse, level="region") == [(12, 6, 0.5, 3, 2)]


@pytest.fixture
def told_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that networks' own indicators would give, beside those counted; the SQL under test reads them alike."""

    def stand_in(connection: duckdb.DuckDBPyConnection, grids: object) -> None:
        for structure, network, size, degree in (("B", "cio", 20, "identique"), ("C", "apec", 30, "proche")):
            connection.execute(
                "INSERT INTO comptes_structures VALUES "
                "('X.m@F', 'b@F', 'part', ?, ?, 'annee', '2025-01-01', '', '', '', '', ?, ?, ?, ?)",
                [structure, network, size, size, size, degree],
            )

    monkeypatch.setattr(counting, "stand_in", stand_in)


@pytest.mark.usefixtures("told_by_others")
def test_a_figure_of_several_is_worth_its_weakest_and_the_region_takes_no_close_one() -> None:
    warehouse = small_warehouse(some("point_de_situation", 10))
    warehouse.execute("INSERT INTO indicateurs_reseau (reseau) VALUES ('cio')")
    counted(warehouse, small_grid({"X": YES}, BASES))
    found = warehouse.execute(
        "SELECT unite_id, n, provenance FROM comptes WHERE pas = 'annee' AND ventilation = '' ORDER BY ALL"
    ).fetchall()
    assert found == [
        ("A", 10, "mesure"), ("B", 20, "identique"), ("C", 30, "proche"), ("apec", 30, "proche"),
        ("bretagne", 30, "identique"), ("cio", 30, "identique"),
    ]  # fmt: skip
    assert sizes(warehouse, level="region") == [(30, 10, pytest.approx(2 / 3), 2, 1)]


def test_networks_own_indicators_are_read_in_the_same_breath() -> None:
    """A working warehouse, where the catalogues are really read: nothing of a small grid can be stood in for."""
    warehouse = small_warehouse(some("point_de_situation", 10))
    warehouse.execute("INSERT INTO indicateurs_reseau (reseau, indicateur_reseau) VALUES ('cio', 'FICTIF')")
    counted(warehouse, small_grid({"X": YES}, BASES))
    assert warehouse.execute("SELECT DISTINCT provenance FROM comptes").fetchall() == [("mesure",)]


def test_every_structure_s_share_is_known_at_every_day_met() -> None:
    measure = {"base": "b", "genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5]}
    rows = [{"structure_id": name, "attente_jours_ouvres": days} for name, days in (("A", 1), ("A", 5), ("B", 3))]
    warehouse = counted(small_warehouse(rows), small_grid({"X": measure}, BASES))
    found = warehouse.execute(
        "SELECT unite_id, categorie, y, n FROM comptes "
        "WHERE pas = 'annee' AND niveau <> 'reseau' AND ventilation = '' ORDER BY ALL"
    ).fetchall()
    assert found == [
        (name, day, y, n)
        for name, n, cumulated in (("A", 2, (1, 1, 2)), ("B", 1, (0, 1, 1)), ("bretagne", 3, (1, 2, 3)))
        for day, y in zip(("1", "3", "5"), cumulated, strict=True)
    ]


def test_items_held_are_those_of_every_base_of_records_whatever_its_name() -> None:
    bases = {"urgents": {"table": "accueils", "si": "urgence <> 'aucune'"}, "p": BASES["p"]}
    measures: dict[str, Row] = {
        "X": {**YES, "base": "urgents"},
        "Y": {"base": "p", "genre": "part", "compte": "favorable(U1)"},
    }
    rows = [{"urgence": "sociale", "point_de_situation": said} for said in (True, False, None)]
    warehouse = counted(_delivered(rows, questionnaire(1, {"U1": "4"})), small_grid(measures, bases, {"U1": {}}))
    assert warehouse.execute("SELECT portes, attendus FROM bilan_donnees").fetchall() == [(2, 3)]


@pytest.mark.usefixtures("told_by_others")
def test_what_an_indicator_of_a_network_tells_is_no_item_held() -> None:
    warehouse = _delivered(some("point_de_situation", 10))
    warehouse.execute("INSERT INTO indicateurs_reseau (reseau) VALUES ('cio')")
    counted(warehouse, small_grid({"X": YES}, BASES))
    assert warehouse.execute("SELECT portes, attendus FROM bilan_donnees").fetchall() == [(10, 10)]


def _delivered(rows: list[Row], answers: Sequence[Row] = ()) -> duckdb.DuckDBPyConnection:
    """These rows, and the delivery that brought them."""
    warehouse = small_warehouse(rows, answers)
    warehouse.execute("INSERT INTO livraisons VALUES ('L', 'cio', 'accueils', '2025-02-01', 3, 0)")
    warehouse.execute("INSERT INTO gardees_accueils VALUES ('L', '2025-01-01')")
    return warehouse


def test_a_delivery_of_two_years_is_told_in_one_of_them_always_the_same() -> None:
    """As many records of one month as of another: the later one gives the year, whatever order the rows are read in."""
    for months in (("2024-12-01", "2025-01-01"), ("2025-01-01", "2024-12-01")):
        warehouse = small_warehouse(some("point_de_situation", 3))
        warehouse.execute("INSERT INTO livraisons VALUES ('L', 'cio', 'accueils', '2025-02-01', 3, 0)")
        warehouse.executemany("INSERT INTO gardees_accueils VALUES ('L', ?)", [[month] for month in months])
        counted(warehouse, small_grid({"X": YES}, BASES))
        assert warehouse.execute("SELECT year(debut), jours FROM bilan_donnees").fetchall() == [(2025, 1.0)]


READ = [
    pytest.param(YES | {"si": "canal = 'tchat'"}, "y", id="part"),
    pytest.param(YES | {"si": "canal = 'tchat' or synthese = 'remise'"}, "y", id="part, one or the other"),
    pytest.param(
        {"base": "b", "genre": "repartition", "valeur": "synthese", "categories": {"remise": "r", "declinee": "d"}}, "valeur",
        id="repartition",
    ),
    pytest.param({"base": "b", "genre": "diversite", "valeur": "canal", "part_minimale": 0.1}, "valeur", id="diversite"),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "told"), READ)
def test_what_a_reader_is_shown_counts_the_same(measure: Row, told: str) -> None:
    grid = small_grid({"X": measure}, {"b": {"table": "accueils", "si": "canal = 'tchat' or synthese = 'declinee'"}})
    rows = [
        {"canal": canal, "synthese": paper, "point_de_situation": done}
        for canal in ("tchat", "telephone")
        for paper in ("remise", "declinee", None)
        for done in (True, False, None)
    ]
    warehouse = counted(small_warehouse(rows), grid)
    [(measure_id, _, read)] = grid.measures()
    warehouse.execute("CREATE OR REPLACE VIEW lus AS SELECT *, DATE '2025-01-01' AS periode FROM accueils")
    shown = readable_sql(grid, measure_id, read).replace("FROM accueils", "FROM lus")
    seen = {row.get(told if told == "valeur" else "", ""): row["y"] for row in _named(warehouse, shown)}
    counts = warehouse.execute(
        "SELECT categorie, y FROM comptes_structures WHERE pas = 'annee' AND ventilation = '' AND y > 0 ORDER BY ALL"
    ).fetchall()
    assert seen == dict(counts)


def _named(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [each[0] for each in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


SHOWN = [
    pytest.param("X", "FROM accueils\nWHERE canal = 'tchat'\n  AND attente_jours_ouvres IS NOT NULL", id="quantiles"),
    pytest.param(
        "ECART", "CASE WHEN urgence = 'aucune' THEN 'groupe' WHEN urgence = 'autre' THEN 'contre' END", id="ecart"
    ),
    pytest.param("GAIN", "AND NOT ((U1 IN (3, 4)))) AS gagnes", id="gain"),
    pytest.param("INDICE", "AS U1, count(*) FILTER (U1 IS NOT NULL) AS n_U1", id="indice"),
    pytest.param("RAPPORT", "sum(formes_24m) AS y, sum(accueillants) AS n\nFROM profils", id="rapport_de_sommes"),
    pytest.param(
        "P", "WHERE partenaire <> reseau\n  AND P21 IS NOT NULL\nGROUP BY structure_id, periode, partenaire", id="P"
    ),
    pytest.param("AUTRES", "FROM indicateurs_reseau", id="par_equivalence"),
]


@pytest.mark.parametrize(("indicator", "said"), SHOWN)
def test_the_query_of_each_kind_reads_as_it_counts(indicator: str, said: str) -> None:
    measures: dict[str, Row] = {
        "X": {"base": "tchat", "genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5]},
        "ECART": {
            "base": "tchat", "genre": "ecart", "de": "X.m", "quantile": 0.5, "groupe": "urgence = 'aucune'",
            "contre": "urgence = 'autre'",
        },
        "GAIN": {"base": "p", "genre": "gain", "avant": "favorable(U1)", "apres": "favorable(U2)"},
        "INDICE": {"base": "p", "genre": "indice", "items": ITEMS},
        "RAPPORT": {"base": "accueillants", "genre": "rapport_de_sommes", "somme": "formes_24m"},
        "P": {"base": "p", "genre": "part", "compte": "favorable(P21)", "ventilations": ["partenaire"]},
        "AUTRES": {"base": "b", "genre": "part", "par_equivalence": True},
    }  # fmt: skip
    bases = BASES | {
        "tchat": {"table": "accueils", "si": "canal = 'tchat'"},
        "accueillants": {"table": "structures", "unite": "accueillants"},
    }
    grid = small_grid(measures, bases, {"U1": {}, "U2": {}, "P21": {"par_partenaire": True}})
    queries = {measure_id: readable_sql(grid, measure_id, measure) for measure_id, _, measure in grid.measures()}
    assert said in queries[f"{indicator}.m@F"]


def test_periods_that_are_not_closed_are_not_counted() -> None:
    rows = [{"mois": date(2026, 1, 1), "point_de_situation": True}]
    assert counted(small_warehouse(rows), small_grid({"X": YES}, BASES)).execute("FROM comptes").fetchall() == []
