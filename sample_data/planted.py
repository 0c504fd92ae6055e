"""What is planted (planted.yaml): effects in networks, changes in structures, defects in the lines of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sample_data.definitions import Network, read
from sample_data.delivery import Export
from sample_data.tables import Cell, Table


def effects(network: str) -> list[dict[str, Any]]:
    """The effects planted in a whole network."""
    return [each for each in read("planted.yaml")["effects"] if each["network"] == network]


def changes(network: str) -> list[dict[str, Any]]:
    """The changes planted in one structure of a network, from a month on."""
    return [each for each in read("planted.yaml")["changes"] if each["network"] == network]


def events(network: str) -> list[dict[str, str]]:
    """The events that a network tells of its lines."""
    return [each for each in read("planted.yaml")["events"] if each["network"] == network]


def defects(network: str, file: str = "") -> list[dict[str, Any]]:
    """The defects planted in a network, or in one file of it."""
    planted = [each for each in read("planted.yaml")["defects"] if each["network"] == network]
    return [each for each in planted if not file or each["file"] == file]


def mishaps(network: str, made_from: str) -> list[dict[str, Any]]:
    """The defects of a network that are a file of their own, made from the sound file `made_from`."""
    return [each for each in defects(network) if each.get("made_from") == made_from]


def levels_of(network: Network, month: str = "") -> dict[str, float]:
    """The levels of a network with its effects; those that begin some month count only from that `month` on."""
    levels = dict(network.levels)
    for effect in effects(network.code):
        if not effect.get("from") or (month and month >= effect["from"]):
            levels |= effect["levels"]
    return levels


def damaged(export: Export, network: str) -> Table:
    """The table of an export with its defects in place: each planted line takes the cells that the defect says.

    Raises ValueError if a planted line holds no record, since the defect would then not exist.
    """
    rows = list(export.filled.rows)
    for defect in defects(network, export.name):
        if "made_from" in defect:
            continue
        for number in defect["lines"]:
            place = number - export.first_line
            if not 0 <= place < len(rows):
                raise ValueError(f"{defect['id']}: line {number} of {defect['file']} holds no record.")
            rows[place] = _changed(export.filled, rows[place], _cells(defect))
    return export.filled.with_rows(rows)


def damage(lines: list[str], heading: str, found: list[dict[str, Any]], earlier: Mapping[str, list[str]]) -> list[str]:
    """The lines of a file with its defects in place.

    `lines` are cells joined by ";", from the first line of the file; `earlier` has the lines of the files delivered
    before, by name. Raises ValueError if a planted line holds no record, since the defect would then not exist.
    """
    placed = list(lines)
    for defect in found:
        if defect["rule"] == "repetees":
            copies = [earlier[defect["copied_from"]][number - 1] for number in defect["copied_lines"]]
            placed[defect["lines"][0] - 1 : defect["lines"][0] - 1] = copies
        elif "value" in defect:
            _replace(placed, heading.split(";").index(defect["column"]), defect)
    return placed


def _cells(defect: dict[str, Any]) -> dict[str, Cell]:
    return {**defect.get("beside", {}), defect["column"]: defect["value"]}


def _changed(filled: Table, row: tuple[Cell, ...], cells: dict[str, Cell]) -> tuple[Cell, ...]:
    unknown = cells.keys() - set(filled.headings)
    if unknown:
        raise ValueError(f"No such column: {sorted(unknown)}.")
    return tuple(cells.get(heading, cell) for heading, cell in zip(filled.headings, row, strict=True))


def _replace(lines: list[str], rank: int, defect: dict[str, Any]) -> None:
    for number in defect["lines"]:
        cells = lines[number - 1].split(";")
        if not cells[rank] or lines[number - 1].startswith("TOTAL"):
            raise ValueError(f"{defect['id']}: line {number} of {defect['file']} holds no record.")
        lines[number - 1] = ";".join([*cells[:rank], defect["value"], *cells[rank + 1 :]])
