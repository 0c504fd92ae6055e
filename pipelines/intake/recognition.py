"""Which delivery of a network a file is, from its headings: nothing is guessed from its name."""

from __future__ import annotations

from dataclasses import dataclass

from grids.common_sheet import common_sheet_delivery
from grids.contract import TABLES, load_contract
from grids.errors import DeliveryRefused
from grids.network import Delivery, Mapping, contract_delivery
from pipelines.intake.office_text import FirstLines, normalised


@dataclass(frozen=True)
class Recognised:
    """A file known for what it is: its delivery, its headings as written, the row (from 1) where they stand."""

    delivery: Delivery
    headings: tuple[str, ...]
    heading_row: int
    lines_above: int  # lines of the file above that row, and
    heading_line: int  # the line on which it ends: a cell may hold line feeds

    def position(self, heading: str) -> int | None:
        """Where a heading named by the mapping stands among the file's (from 0), or None."""
        wanted = normalised(heading)
        return next((i for i, each in enumerate(self.headings) if normalised(each) == wanted), None)


def recognise(lines: FirstLines, mapping: Mapping, file_name: str) -> Recognised:
    """The one delivery of `mapping`, or table of the contract, whose headings stand in the first lines.

    Raises DeliveryRefused if none fits, or if a heading stands twice.
    """
    candidates = [(delivery, delivery.recognised_by) for delivery in mapping.deliveries]
    candidates += [(common_sheet_delivery(), common_sheet_delivery().recognised_by)]
    candidates += [(contract_delivery(table), _required(table)) for table in TABLES]
    for row_number, row in enumerate(lines.rows, start=1):
        known = {normalised(cell) for cell in row}
        fitting = [(len(needed), delivery) for delivery, needed in candidates if set(map(normalised, needed)) <= known]
        if fitting:
            # A network's own deliveries come first; between tables of the contract, the one that says most of the file.
            delivery = max(fitting, key=lambda each: (each[1] in mapping.deliveries, each[0]))[1]
            ends = (0, *lines.line_ends)
            return Recognised(delivery, _trimmed(row, file_name), row_number, ends[row_number - 1], ends[row_number])
    raise DeliveryRefused(
        f"Ce fichier ne ressemble à aucune livraison connue de « {mapping.name} ».",
        place=file_name,
        remedy=f"En-têtes attendus : {_expected(mapping)}. "
        f"Vérifiez l'export, ou complétez grids/networks/{mapping.network}.yaml.",
    )


def _required(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in load_contract(table).columns if column.required)


def _expected(mapping: Mapping) -> str:
    shapes = [" + ".join(f"« {heading} »" for heading in each.recognised_by) for each in mapping.deliveries]
    return " ; ou ".join(shapes) or "ceux du contrat de données"


def _trimmed(row: tuple[str, ...], file_name: str) -> tuple[str, ...]:
    headings = tuple(cell.strip() for cell in row)
    named = [normalised(heading) for heading in headings if heading]
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    if twice:
        raise DeliveryRefused(
            f"L'en-tête « {twice[0]} » figure deux fois.", place=file_name, remedy="Gardez une seule de ces colonnes."
        )
    return headings
