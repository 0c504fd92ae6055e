"""The indicators of the improvement itself: one sentence for each unit, never for a structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.access import NETWORK, REGION
from dashboard.selection import Unit

_APART = "Cela se dit réseau par réseau."


@dataclass(frozen=True)
class ProcessLine:
    """An indicator of the process: what it says of the unit chosen, or else of the region; then of each other network."""

    id: str
    label: str
    sentence: str
    others: tuple[str, ...]
    pending: bool


def process_lines(
    frame: pl.DataFrame, labels: Mapping[str, str], units: Sequence[Unit], chosen: Unit
) -> list[ProcessLine]:
    """From queries.grid.process; `labels` of the grid's indicators, in its order; `units` of the edition."""
    groups = {name: frame.filter(indicateur_id=name) for name in labels}
    return [_line(name, labels[name], rows, units, chosen) for name, rows in groups.items() if rows.height]


def _line(name: str, label: str, rows: pl.DataFrame, units: Sequence[Unit], chosen: Unit) -> ProcessLine:
    told = {(level, unit): phrase for level, unit, phrase in rows.select("niveau", "unite_id", "phrase").iter_rows()}
    regional = next((phrase for (level, _), phrase in told.items() if level == REGION), _APART)
    others = (each for each in units if each.niveau == NETWORK and each != chosen and (each.niveau, each.id) in told)
    return ProcessLine(
        name,
        label,
        told.get((chosen.niveau, chosen.id), regional),
        tuple(_named(each.nom, told[each.niveau, each.id]) for each in others),
        pending=bool((rows["etat"] == "pas_encore").all()),
    )


def _named(name: str, phrase: str) -> str:
    return phrase if phrase.startswith(name) else f"{name} : {phrase[:1].lower()}{phrase[1:]}"
