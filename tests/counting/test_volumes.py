"""How many rows of a base a structure had in the year before, as told by the version in force."""

from __future__ import annotations

from datetime import date

from tests.counting.small import Row, counted, questionnaire, small_grid, small_record, small_warehouse

BASES: dict[str, Row] = {
    "tous": {"table": "accueils"},
    "tchats": {"table": "accueils", "si": "canal = 'tchat'"},
    "dits": {"table": "reponses"},
}
MEASURES: dict[str, Row] = {
    "A": {"base": "tous", "genre": "part", "compte": "point_de_situation"},
    "B": {"base": "tchats", "genre": "part", "compte": "point_de_situation"},
    "C": {"base": "dits", "genre": "part", "compte": "favorable(U1)"},
}


def test_receptions_count_under_the_version_of_the_next_year_and_answers_under_their_own() -> None:
    receptions = [
        {"mois": date(year, 3, 1), "canal": canal, "structure_id": structure}
        for year, canal, structure in [
            (2024, "tchat", "A"), (2024, "telephone", "A"), (2024, "telephone", "B"),
            (2023, "tchat", "A"), (2025, "tchat", "C"),
        ]
    ]  # fmt: skip
    answers = [
        row
        for rank, (version, year) in enumerate([("vieille", 2023), ("vieille", 2024), ("neuve", 2024), ("neuve", 2025)])
        for row in questionnaire(rank, {"U1": "4"}, version=version, mois=date(year, 5, 1))
    ]
    grids = [small_grid(MEASURES, BASES, {"U1": {}}, version) for version in ("vieille", "neuve")]
    records = [small_record("vieille", date(2024, 1, 1)), small_record("neuve", date(2025, 1, 1))]
    warehouse = counted(small_warehouse(receptions, answers), *grids, records=records)
    assert warehouse.execute("FROM volumes ORDER BY ALL").fetchall() == [
        ("dits@neuve", "A", 2025, 1), ("dits@neuve", "A", 2026, 1), ("dits@vieille", "A", 2024, 1),
        ("tchats@neuve", "A", 2025, 1), ("tchats@neuve", "B", 2025, 0), ("tchats@neuve", "C", 2026, 1),
        ("tchats@vieille", "A", 2024, 1),
        ("tous@neuve", "A", 2025, 2), ("tous@neuve", "B", 2025, 1), ("tous@neuve", "C", 2026, 1),
        ("tous@vieille", "A", 2024, 1),
    ]  # fmt: skip
