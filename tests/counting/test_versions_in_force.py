"""Which version measures what, at which steps: records by their month, answers by what was asked, profiles by their year."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.counting.small import Row, cells, counted, questionnaire, small_grid, small_record, small_warehouse

OLD, NEW = "ancienne", "nouvelle"
STARTS = {OLD: date(2024, 1, 1), NEW: date(2025, 1, 1)}
BASES: dict[str, Row] = {
    "accueils": {"table": "accueils"},
    "personnes": {"table": "reponses"},
    "structures": {"table": "structures", "fait_d_organisation": True},
}
MEASURES: dict[str, Row] = {
    "A": {"base": "accueils", "genre": "part", "compte": "point_de_situation"},
    "B": {"base": "personnes", "genre": "part", "compte": "favorable(U1)"},
    "C": {"base": "structures", "genre": "part", "compte": "soir_ou_samedi"},
}
Told = list[tuple[str, date, int]]


def both(connection: duckdb.DuckDBPyConnection, measures: dict[str, Row] = MEASURES) -> duckdb.DuckDBPyConnection:
    grids = [small_grid(measures, BASES, {"U1": {}}, version) for version in (NEW, OLD)]
    return counted(connection, *grids, records=[small_record(grid.version, STARTS[grid.version]) for grid in grids])


def told(connection: duckdb.DuckDBPyConnection, indicator: str, step: str = "annee") -> Told:
    return connection.execute(
        "SELECT split_part(mesure_id, '@', 2), debut, n FROM comptes_structures "
        "WHERE starts_with(mesure_id, ?) AND pas = ? AND ventilation = '' ORDER BY ALL",
        [indicator, step],
    ).fetchall()


def test_a_reception_is_measured_under_the_version_in_force_in_its_month() -> None:
    months = [date(2024, 1, 1), date(2024, 12, 1), date(2025, 1, 1), date(2023, 12, 1), date(2026, 1, 1)]
    warehouse = both(small_warehouse([{"mois": month, "point_de_situation": True} for month in months]))
    assert told(warehouse, "A") == [(OLD, date(2024, 1, 1), 2), (NEW, date(2025, 1, 1), 1)]
    assert told(warehouse, "A", "trimestre") == [
        (OLD, date(2024, 1, 1), 1), (OLD, date(2024, 10, 1), 1), (NEW, date(2025, 1, 1), 1),
    ]  # fmt: skip


def test_an_answer_is_measured_under_the_version_that_was_asked() -> None:
    answers = [
        row
        for rank, (version, month) in enumerate([(OLD, date(2024, 5, 1)), (OLD, date(2025, 1, 1)), (NEW, date(2025, 1, 1))])
        for row in questionnaire(rank, {"U1": "4"}, version=version, mois=month)
    ]  # fmt: skip
    assert told(both(small_warehouse(answers=answers)), "B") == [
        (OLD, date(2024, 1, 1), 1), (OLD, date(2025, 1, 1), 1), (NEW, date(2025, 1, 1), 1),
    ]  # fmt: skip


def test_a_profile_is_measured_under_the_version_of_its_year_and_says_nothing_of_a_quarter() -> None:
    warehouse = both(small_warehouse(profiles=[{"annee": year, "soir_ou_samedi": True} for year in (2024, 2025)]))
    assert told(warehouse, "C") == [(OLD, date(2024, 1, 1), 1), (NEW, date(2025, 1, 1), 1)]
    assert told(warehouse, "C", "trimestre") == []


def test_the_register_of_bases_says_where_when_and_for_how_long() -> None:
    bases = {
        "accueils": {**BASES["accueils"], "niveaux": ["reseau"], "pas": ["annee"]},
        "structures": BASES["structures"],
    }
    grids = [small_grid({"A": MEASURES["A"], "C": MEASURES["C"]}, bases, {}, version) for version in (OLD, NEW)]
    records = [small_record(grid.version, STARTS[grid.version]) for grid in grids]
    warehouse = counted(small_warehouse(), *grids, records=records)
    until = {OLD: date(2024, 12, 31), NEW: None}
    expected = [
        (f"{base}@{version}", base, level, "annee", base == "structures", False, STARTS[version], until[version], base)
        for version in (OLD, NEW)
        for base, levels in (
            ("accueils", ("reseau",)),
            ("structures", ("structure", "reseau", "departement", "region")),
        )
        for level in levels
    ]
    assert sorted(warehouse.execute("FROM bases").fetchall(), key=str) == sorted(expected, key=str)


def test_a_base_without_quarters_has_years_alone() -> None:
    grid = small_grid({"X": MEASURES["A"]}, {"accueils": {"table": "accueils", "pas": ["annee"]}})
    warehouse = counted(small_warehouse([{"point_de_situation": True}]), grid)
    assert cells(warehouse) == {("", ""): (1, 1, 1)}
    assert warehouse.execute("SELECT DISTINCT pas FROM comptes_structures").fetchall() == [("annee",)]


def test_an_indicator_that_a_network_declines_is_not_counted_for_it() -> None:
    grid = small_grid({"X": MEASURES["A"], "Y": MEASURES["A"]}, BASES)
    rows = [{"structure_id": name, "reseau": name, "point_de_situation": True} for name in ("cio", "apec")]
    warehouse = counted(small_warehouse(rows), grid, declined={"cio": ["X"]})
    found = warehouse.execute(
        "SELECT mesure_id, reseau, n FROM comptes_structures WHERE pas = 'annee' AND ventilation = '' ORDER BY ALL"
    ).fetchall()
    assert found == [("X.m@F", "apec", 1), ("Y.m@F", "apec", 1), ("Y.m@F", "cio", 1)]


def test_a_measure_that_waits_or_that_others_tell_is_not_counted() -> None:
    pending = {**MEASURES["A"], "pas_encore": "attend le journal"}
    others = {"base": "accueils", "genre": "part", "par_equivalence": True}
    warehouse = counted(small_warehouse([{"point_de_situation": True}]), small_grid({"X": pending, "Y": others}, BASES))
    assert warehouse.execute("FROM comptes_structures").fetchall() == []


DELAYS: dict[str, Row] = {
    "X": {"base": "accueils", "genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5]},
    "Y": {"base": "accueils", "genre": "part", "compte": "attente_jours_ouvres <= 3"},
    "Z": {
        "base": "accueils", "genre": "ecart", "de": "X.m", "quantile": 0.5,
        "groupe": "canal = 'tchat'", "contre": "canal <> 'tchat'",
    },
}  # fmt: skip
RECEPTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "mois": st.sampled_from([date(2025, month, 1) for month in (1, 2, 4, 8, 12)]),
            "attente_jours_ouvres": st.none() | st.integers(0, 12),
            "canal": st.sampled_from(["tchat", "telephone"]),
            "structure_id": st.sampled_from(["A", "B"]),
        }
    ),
    max_size=25,
)


@settings(max_examples=8, deadline=None)
@given(rows=RECEPTIONS)
@pytest.mark.long
def test_a_year_is_counted_as_if_it_had_no_quarters(rows: list[Row]) -> None:
    grid = small_grid(DELAYS, BASES)
    january = [{**row, "mois": date(2025, 1, 1)} for row in rows]
    query = "FROM comptes_structures WHERE pas = 'annee' ORDER BY ALL"
    spread, gathered = (counted(small_warehouse(each), grid).execute(query).fetchall() for each in (rows, january))
    assert spread == gathered


@pytest.mark.parametrize("version", [OLD, NEW])
def test_nothing_is_counted_where_nothing_was_delivered(version: str) -> None:
    warehouse = counted(small_warehouse(), small_grid(MEASURES, BASES, {"U1": {}}, version))
    assert warehouse.execute("FROM comptes").fetchall() == warehouse.execute("FROM effectifs").fetchall() == []
