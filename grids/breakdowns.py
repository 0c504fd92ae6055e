"""The breakdowns by which a network's or the region's figures of a year may be read (`grids/ventilations.yaml`)."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from grids.contract import column_types
from grids.definitions import ROOT, Definition, read_definition
from grids.errors import GridError
from grids.expressions import parse_expression
from grids.model import Table

UNKNOWN = "inconnue"
"""The modality of rows that do not say, or that the breakdown does not concern; never shown."""


class Breakdown(Definition):
    """A column of the contract by which rows are told apart, one modality after another, and the rows that it concerns."""

    label: str = Field(alias="libelle")
    tables: tuple[Table, ...] = Field(min_length=1)
    condition: str = Field(default="", alias="si")
    active: bool = Field(default=True, alias="actif")
    modalities: dict[str, str] = Field(alias="modalites", min_length=2)

    @field_validator("condition")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text if text else text


class Breakdowns(Definition):
    """Every breakdown by its column."""

    every: dict[str, Breakdown] = Field(alias="ventilations")

    def active(self, table: Table) -> dict[str, Breakdown]:
        """The breakdowns of the rows of `table` that are switched on, in order."""
        return {name: each for name, each in self.every.items() if each.active and table in each.tables}


def load_breakdowns(path: Path = ROOT / "ventilations.yaml") -> Breakdowns:
    """The breakdowns in use. Raises GridError if the file says something that cannot be, or names what no table holds."""
    read = read_definition(Breakdowns, path)
    for name, breakdown in read.every.items():
        for table in breakdown.tables:
            _refuse_unknown(path, name, breakdown, table)
    return read


def _refuse_unknown(path: Path, name: str, breakdown: Breakdown, table: Table) -> None:
    column = column_types(table).get(name)
    if column is None:
        raise GridError(
            f"La ventilation « {name} » n'est pas une colonne de la table {table}.",
            place=str(path),
            remedy="Nommez une colonne du contrat, ou retirez cette table.",
        )
    unknown = [code for code in breakdown.modalities if code not in column.values]
    if unknown:
        raise GridError(
            f"La ventilation « {name} » a une modalité que le contrat ne connaît pas : {unknown[0]}.",
            place=str(path),
            remedy=f"Choisissez parmi : {', '.join(column.values)}.",
        )
