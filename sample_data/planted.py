"""What is planted (planted.yaml): effects in the levels of the networks, defects in the lines of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sample_data.definitions import Network, read


def effects(network: str) -> list[dict[str, Any]]:
    """The effects planted in a network."""
    return [each for each in read("planted.yaml")["effects"] if each["network"] == network]


def defects(network: str, file: str = "") -> list[dict[str, Any]]:
    """The defects planted in a network, or in one file of it."""
    planted = [each for each in read("planted.yaml")["defects"] if each["network"] == network]
    return [each for each in planted if not file or each["file"] == file]


def levels_of(network: Network, month: str = "") -> dict[str, float]:
    """The levels of a network with its effects; those that begin some month count only from that `month` on."""
    levels = dict(network.levels)
    for effect in effects(network.code):
        if not effect.get("from") or (month and month >= effect["from"]):
            levels |= effect["levels"]
    return levels


def damage(lines: list[str], heading: str, found: list[dict[str, Any]], earlier: Mapping[str, list[str]]) -> list[str]:
    """The lines of a file with its defects in place.

    `lines` are cells joined by ";", from the first line of the file; `earlier` has the lines of the files delivered
    before, by name. Raises ValueError if a planted line holds no record, since the defect would then not exist.
    """
    damaged = list(lines)
    for defect in found:
        if defect["rule"] == "repetees":
            copies = [earlier[defect["copied_from"]][number - 1] for number in defect["copied_lines"]]
            damaged[defect["lines"][0] - 1 : defect["lines"][0] - 1] = copies
        elif "value" in defect:
            _replace(damaged, heading.split(";").index(defect["column"]), defect)
    return damaged


def _replace(lines: list[str], rank: int, defect: dict[str, Any]) -> None:
    for number in defect["lines"]:
        cells = lines[number - 1].split(";")
        if not cells[rank] or lines[number - 1].startswith("TOTAL"):
            raise ValueError(f"{defect['id']}: line {number} of {defect['file']} holds no record.")
        lines[number - 1] = ";".join([*cells[:rank], defect["value"], *cells[rank + 1 :]])
