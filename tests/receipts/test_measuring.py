"""What a receipt holds to be compared later is counted on the staged rows, and holds no value of theirs."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from grids.contract import load_contract
from pipelines.receipts.measuring import measured
from pipelines.staging import UNREADABLE, quoted, staged_columns, text_literal


def _rows(table: str, *rows: dict[str, str]) -> str:
    names = staged_columns(load_contract(table))
    return " UNION ALL ".join(
        f"SELECT {text_literal(row.get('livraison_id', 'L'))} AS livraison_id, "
        + ", ".join(
            f"{text_literal(row[name]) if name in row else 'NULL::VARCHAR'} AS {quoted(name)}" for name in names
        )
        for row in rows
    )


def test_filled_cells_are_counted_by_column_and_by_delivery() -> None:
    rows = _rows(
        "accueils",
        {"mois": "2025-02-01", "canal": "tchat"},
        {"mois": "2025-11-01", "canal": UNREADABLE},
        {"mois": UNREADABLE},
        {"livraison_id": "M", "mois": "2024-01-01"},
    )
    found = measured(duckdb.connect(), rows, load_contract("accueils"))
    assert (found["L"].lignes, found["L"].dernier_mois) == (3, date(2025, 11, 1))
    assert {name: count for name, count in found["L"].remplissage.items() if count} == {"mois": 3, "canal": 2}
    assert set(found["L"].remplissage) == set(staged_columns(load_contract("accueils")))
    assert (found["M"].lignes, found["M"].dernier_mois) == (1, date(2024, 1, 1))


@pytest.mark.parametrize(("step", "last"), [("mois", 1), ("trimestre", 3), ("annee", 12)])
def test_a_count_by_quarter_or_year_ends_with_its_last_month(step: str, last: int) -> None:
    rows = _rows("frequentation", {"debut": "2025-01-01", "pas": step}, {"debut": "2024-01-01", "pas": "annee"})
    assert measured(duckdb.connect(), rows, load_contract("frequentation"))["L"].dernier_mois == date(2025, last, 1)


def test_a_profile_has_no_month() -> None:
    assert measured(duckdb.connect(), _rows("structures", {}), load_contract("structures"))["L"].dernier_mois is None


def test_only_questions_of_the_grid_are_told_whatever_stands_in_the_file() -> None:
    rows = _rows("reponses", *({"question": each} for each in ("U03", "M1", "U03", "FICTIF-Dupont", UNREADABLE)))
    found = measured(duckdb.connect(), rows, load_contract("reponses"))["L"]
    assert found.questions == ("M1", "U03")
    assert "Dupont" not in found.model_dump_json()


def test_no_row_gives_no_delivery() -> None:
    rows = f"SELECT * FROM ({_rows('accueils', {})}) WHERE false"
    assert measured(duckdb.connect(), rows, load_contract("accueils")) == {}
