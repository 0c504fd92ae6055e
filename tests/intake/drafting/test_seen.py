"""Every table of a file, whatever its kind; what is no data is left out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import xlsxwriter

from grids.errors import DeliveryRefused
from pipelines.intake.drafting.seen import MOST_ROWS, seen_tables
from tests.intake.made_files import one_of_each, write_grist, write_xlsx

MUSEUM = Path(__file__).parents[1] / "museum"
LINES = ["Référence;Structure;Reçu le;Canal", "F-1;A-1;13/02/2025;Téléphone", "F-2; A-2 ;14/02/2025;"]


def lay(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_text_is_seen_in_its_own_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "Export FICTIF\r\n" + "".join(f"{line}\r\n" for line in LINES).replace(";", separator)
    [table] = seen_tables(lay(tmp_path, text, encoding))
    assert {column.heading: column.cells for column in table.columns} == {
        "Référence": ("F-1", "F-2"),
        "Structure": ("A-1", "A-2"),
        "Reçu le": ("13/02/2025", "14/02/2025"),
        "Canal": ("Téléphone",),
    }
    assert (table.reader, table.rows) == ("csv", 2)


def test_rows_that_are_no_record_are_left(tmp_path: Path) -> None:
    lines = [*LINES, ";;;", LINES[0], "TOTAL;2;;", LINES[1]]
    [table] = seen_tables(lay(tmp_path, "\n".join(lines)))
    assert table.rows == 3


def test_only_so_many_rows_are_looked_at(tmp_path: Path) -> None:
    [table] = seen_tables(lay(tmp_path, "\n".join([LINES[0], *[LINES[1]] * (MOST_ROWS + 100)])))
    assert table.rows == MOST_ROWS


def test_headings_that_are_not_distinct_are_refused_without_being_told(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused, match="Aucun tableau") as refused:
        seen_tables(lay(tmp_path, "Canal;canal;Motif\nVisio;Tel;x\n"))
    assert "canal" not in str(refused.value).lower()


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_every_kind_is_seen(tmp_path: Path, kind: str) -> None:
    [table] = seen_tables(one_of_each(tmp_path)[kind])
    assert table.headings == ("Structure", "Reçu le", "Délai")


def test_sheets_of_notes_and_of_sums_are_no_data(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name, rows in {
            "Notice": [["Colonne", "Explication"], ["Canal", "Par où"]],
            "Fiches": [["Export FICTIF"], ["Structure", "Canal", "Reçu le"], ["A-1", "Visio", "13/02/2025"]],
            "Lisez-moi": [["Version", "Auteur"], ["un", "FICTIF"]],
            "Synthèse 2025": [["Canal", "Total"], ["Visio", "12"]],
            "Vide": [],
        }.items():
            sheet = book.add_worksheet(name)
            for rank, row in enumerate(rows):
                sheet.write_row(rank, 0, row)

    [table] = seen_tables(write_xlsx(tmp_path / "classeur.xlsx", fill))
    assert (table.headings, table.rank) == (("Structure", "Canal", "Reçu le"), 2)


def test_each_table_of_a_document_is_seen(tmp_path: Path) -> None:
    columns = [("A", "Structure", "Text", ""), ("B", "Canal", "Text", "")]
    rows = [(1, "A-1", "Visio"), (2, "A-2", "Visio")]
    path = write_grist(tmp_path / "d.grist", {"Fiches": columns, "Autres": columns}, {"Fiches": rows, "Autres": rows})
    assert [table.headings for table in seen_tables(path)] == [("Structure", "Canal")] * 2


@pytest.mark.parametrize(
    ("text", "reader", "headings"),
    [
        pytest.param(
            '\ufeff"id";"submitdate";"lastpage";"U10_SQ001"\r\n"1";"2025-02-13 08:00:00";"2";"Y"\r\n\r\n',
            "limesurvey",
            ("id", "submitdate", "lastpage", "U10[SQ001]"),
            id="LimeSurvey, codes",
        ),
        pytest.param(
            '"ID de la réponse";"Date de soumission";"Dernière page";"Avis\u00a0: [Accueil]"\n"1";"";"2";"Oui"\n',
            "limesurvey",
            ("id", "submitdate", "lastpage", "Avis : [Accueil]"),
            id="LimeSurvey, French",
        ),
        pytest.param(
            'Avis FICTIF;;;;\nDétails;;;;Votre avis\n"Serial";"SID";"Submitted Time";"UID";"Accueil"\n1;9;2025;0;Oui\n',
            "webform",
            ("Serial", "SID", "Submitted Time", "UID", "Votre avis [Accueil]"),
            id="Webform, Drupal 7",
        ),
        pytest.param(
            '"Serial number","Submission ID","Created","Accueil"\n1,9,2025,Oui\n',
            "webform",
            ("Serial number", "Submission ID", "Created", "Accueil"),
            id="Webform, Drupal 8",
        ),
    ],
)
def test_questionnaires_are_seen_under_the_names_a_mapping_may_use(
    tmp_path: Path, text: str, reader: str, headings: tuple[str, ...]
) -> None:
    [table] = seen_tables(lay(tmp_path, text))
    assert (table.reader, table.headings) == (reader, headings)
    assert table.rows == 1


@pytest.mark.parametrize(
    "name", ["binaire.csv", "vide.csv", "page_web.csv", "lignes_vides.csv", "entete_a_la_ligne_11.csv"]
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(MUSEUM / name, tmp_path))
    with pytest.raises(DeliveryRefused) as refused:
        seen_tables(path)
    assert refused.value.place == name
    assert refused.value.remedy
