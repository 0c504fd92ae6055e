"""The door and the contract's checks on files written by hand, and the cells of a workbook read without any library."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from grids.common_sheet import common_sheet_delivery
from grids.network import Delivery, Mapping, contract_delivery
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.references import passing_keys
from pipelines.receipt import Breach
from pipelines.validation.check import check_rows
from pipelines.validation.views import create_structure_register

Row = dict[str, str]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def passed(tmp_path: Path) -> Callable[..., Passed]:
    """Rows passed through the door as a file of the network "cio", which delivers the common sheet unless told."""

    def through(rows: Sequence[Row], delivery: Delivery | None = None) -> Passed:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n", delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / "fichier.csv"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        mapping = Mapping(network="cio", name="Réseau d'essai", deliveries=(delivery or common_sheet_delivery(),))
        return pass_door(path, mapping, passing_keys())

    return through


@pytest.fixture
def breaches(passed: Callable[..., Passed]) -> Callable[[str, Sequence[Row]], tuple[Breach, ...]]:
    """What the door and the contract find wrong in rows of a table; the structure FICTIF-01 is known."""

    def found(table: str, rows: Sequence[Row]) -> tuple[Breach, ...]:
        # Told which table it is: the headings of `reponses` are also enough for `accueils`.
        shape = contract_delivery(table)
        through = passed(rows, shape.model_copy(update={"recognised_by": shape.kept_headings}))
        assert through.delivery.table == table
        create_structure_register(through.connection, [])
        through.connection.execute("INSERT INTO registre VALUES ('cio', 'FICTIF-01')")
        staged = "SELECT '-' AS livraison_id, 'cio' AS reseau, * FROM staged"
        return check_rows(through.connection, table, staged, ["-"])["-"].breaches

    return found


class Workbook:
    """An XLSX as its XML says it: page names, and for a page its cells (text or formula), rules and protection."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self._words = [
            "".join(each.text or "" for each in entry.iter(f"{_MAIN}t"))
            for entry in ElementTree.fromstring(self.parts["xl/sharedStrings.xml"])
        ]

    def page(self, number: int) -> ElementTree.Element:
        return ElementTree.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])

    def cells(self, number: int) -> dict[str, str]:
        """Address → text, number, or formula with its "="; empty cells are left out."""
        return {cell.get("r", ""): said for cell in self.page(number).iter(f"{_MAIN}c") if (said := self._said(cell))}

    def validations(self, number: int) -> dict[str, dict[str, str]]:
        """Range → what a validation says."""
        return {
            each.get("sqref", ""): {**each.attrib, "formula": each.findtext(f"{_MAIN}formula1") or ""}
            for each in self.page(number).iter(f"{_MAIN}dataValidation")
        }

    def greyed(self, number: int) -> dict[str, str]:
        """Range → the formula under which its format changes."""
        return {
            each.get("sqref", ""): each.findtext(f".//{_MAIN}formula") or ""
            for each in self.page(number).iter(f"{_MAIN}conditionalFormatting")
        }

    def _said(self, cell: ElementTree.Element) -> str:
        formula, value = cell.findtext(f"{_MAIN}f"), cell.findtext(f"{_MAIN}v") or ""
        if formula:
            return f"={formula}"
        return self._words[int(value)] if cell.get("t") == "s" else value


@pytest.fixture(scope="session")
def opened() -> type[Workbook]:
    """Reads a workbook."""
    return Workbook
