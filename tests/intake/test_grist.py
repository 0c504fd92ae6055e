"""A Grist document as its users see it."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

import pytest

from grids.errors import DeliveryRefused
from pipelines.intake.grist import is_grist, open_pages

from .made_files import grist_list, grist_text, write_grist

NOON = 1_741_737_600 + 12 * 3600  # 12 March 2025


def _value(path: Path, kind: str, value: object) -> str | None:
    write_grist(path, {"T": [("A", "Étiquette", kind, ""), ("B", "Fin", "Text", "")]}, {"T": [(1, value, "fin")]})
    (page,) = open_pages(path)
    heading, row = page.cells.rows()
    assert heading == ("Étiquette", "Fin")
    return row[0]


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("Text", "01234", "01234"),
        ("Text", "", None),
        ("Text", '["L", "a"]', '["L", "a"]'),
        ("Int", 3, "3"),
        ("Numeric", 3.0, "3"),
        ("Numeric", 0.1 + 0.2, "0.3"),
        ("Numeric", "environ 3", "environ 3"),
        ("Numeric", float("inf"), "inf"),
        ("Bool", 1, "VRAI"),
        ("Bool", 0, "FAUX"),
        ("Bool", "peut-être", "peut-être"),
        ("Bool", None, None),
        ("Date", 1_741_737_600, "2025-03-12"),
        ("Date", -86_400, "1969-12-31"),
        ("Date", 1e300, "1e+300"),
        ("Date", "le 12", "le 12"),
        ("DateTime:Europe/Paris", NOON, "2025-03-12 13:00:00"),
        ("DateTime:America/New_York", NOON, "2025-03-12 08:00:00"),
        ("DateTime", NOON, "2025-03-12 12:00:00"),
        ("ChoiceList", '["L","a","b"]', "a|b"),
        ("ChoiceList", '["a","b"]', "a|b"),
        ("ChoiceList", "[]", None),
        ("ChoiceList", "[pas une liste", "[pas une liste"),
        ("RefList:T", "[1,2]", "1|2"),
        ("Ref:T", 0, None),
        ("Ref:T", 7, "7"),
        ("Any", grist_list(grist_text("L"), grist_text("a"), grist_text("b")), "a|b"),
        ("Any", grist_list(grist_text("d"), b"i" + struct.pack("<i", 1_741_737_600)), "2025-03-12"),
        ("Any", grist_list(grist_text("D"), b"g" + struct.pack("<d", NOON), grist_text("Europe/Paris")), "2025-03-12 13:00:00"),
        ("Any", grist_list(grist_text("E"), grist_text("ZeroDivisionError")), None),
        ("Any", b"[\xff\xff\xff\x7f", None),
        ("Any", b"c\x00", None),
    ],
)  # fmt: skip
def test_a_cell_is_told_by_the_type_of_its_column(tmp_path: Path, kind: str, value: object, shown: str | None) -> None:
    assert _value(tmp_path / "a.grist", kind, value) == shown


def _two_tables(path: Path) -> Path:
    return write_grist(
        path,
        {
            "Lieux": [("Nom", "Nom du lieu", "Text", ""), ("manualSort", "manualSort", "ManualSortPos", "")],
            "Fiches": [
                ("manualSort", "manualSort", "ManualSortPos", ""),
                ("Lieu", "Lieu", "Ref:Lieux", "Lieux.Nom"),
                ("Vus", "Lieux vus", "RefList:Lieux", "Lieux.Nom"),
                ("gristHelper_Display", "gristHelper_Display", "Any", ""),
            ],
            "Fiches_summary_Lieu": [("Compte", "Compte", "Int", "")],
        },
        {
            "Lieux": [(1, "FICTIF-A", 2.0), (2, "FICTIF-B", 1.0)],
            "Fiches": [(1, 2.0, 1, "[1,2]", "FICTIF-A"), (2, 1.0, 2, None, "FICTIF-B"), (3, 3.0, 9, "[9]", None)],
            "Fiches_summary_Lieu": [(1, 3)],
        },
    )


def test_references_are_followed_and_helpers_and_summaries_left(tmp_path: Path) -> None:
    lieux, fiches = open_pages(_two_tables(tmp_path / "a.grist"))
    assert (lieux.name, fiches.name) == ("Lieux", "Fiches")
    assert lieux.cells.rows() == [("Nom du lieu",), ("FICTIF-B",), ("FICTIF-A",)]
    assert fiches.cells.rows() == [
        ("Lieu", "Lieux vus"), ("FICTIF-B", None), ("FICTIF-A", "FICTIF-A|FICTIF-B"), ("9", "9"),
    ]  # fmt: skip


def test_the_document_is_only_read_and_nothing_is_written_beside_it(tmp_path: Path) -> None:
    path = _two_tables(tmp_path / "a? #1.grist")
    before = path.read_bytes()
    path.chmod(0o400)
    open_pages(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_time_zone_is_refused_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused, match="abîmé"):
        _value(tmp_path / "a.grist", "DateTime:Mars/Olympus", 0)


def test_a_document_without_any_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused, match="aucun tableau"):
        open_pages(write_grist(tmp_path / "a.grist", {}, {}))


def test_another_database_is_no_document_even_with_views_of_the_same_names(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIEW _grist_Tables AS SELECT 1 AS id, 'T' AS tableId, 0 AS summarySourceTable")
    connection.execute("CREATE VIEW _grist_Tables_column AS SELECT 1 AS id")
    connection.close()
    assert not is_grist(path)
