"""Small cubes written as tables of numbers, and what a mask leaves of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from grids.thresholds import load_thresholds
from pipelines.protection.cube import LEVELS, Base, Contents, Cube, Numbers, Slot, Territory
from pipelines.protection.given import Given
from pipelines.protection.mask import Masked, mask_cube
from pipelines.protection.primary import MOTIVES

THRESHOLDS = load_thresholds()
EVERY_STEP = frozenset({"mois", "trimestre", "annee"})
WHOLE_CUBE = {"structure": EVERY_STEP, "reseau": EVERY_STEP, "departement": frozenset({"annee"}), "region": EVERY_STEP}


def slot(step: str, first: int, new: bool = True) -> Slot:
    """The period of 2025 that starts in the month `first`."""
    length = {"mois": 1, "trimestre": 3, "annee": 12}[step]
    after = date(2025 + (first + length - 1) // 12, (first + length - 1) % 12 + 1, 1)
    return Slot(step, date(2025, first, 1), after - timedelta(days=1), new=new)


YEAR = slot("annee", 1)


def modality(code: str) -> Slot:
    return YEAR._replace(breakdown="canal", modality=code)


def territory(networks: Sequence[int], departments: Sequence[int] | None = None) -> Territory:
    """Structures s0, s1… by the rank of their network, and of their département (-1: none)."""
    names = [f"r{rank}" for rank in range(max(networks) + 1)]
    places = np.array(departments if departments is not None else [-1] * len(networks))
    codes = tuple(f"d{rank}" for rank in range(max(places.max() + 1, 0)))
    return Territory(
        tuple(f"s{rank}" for rank in range(len(networks))),
        tuple(names),
        codes,
        np.array(networks),
        np.where(places < 0, len(codes), places),
    )


def cube(
    place: Territory,
    told: dict[Slot, Sequence[int]] | dict[Slot, Numbers],
    levels: dict[str, frozenset[str]] | None = None,
    *,
    favourable: dict[Slot, Sequence[int]] | None = None,
    near: dict[Slot, Sequence[int]] | None = None,
    fact: bool = False,
) -> Cube:
    """What each structure told in each slot: a number, or one a part [structure × part]."""
    base = Base(
        "b@2025.1",
        WHOLE_CUBE if levels is None else levels,
        THRESHOLDS.structures.value if fact else THRESHOLDS.persons.value,
        fact,
        opinion=favourable is not None,
    )
    n = _stacked(told)
    if fact:
        n = (n > 0).astype(np.int64)
    beside = None if near is None else _stacked({each: near.get(each, [0] * n.shape[0]) for each in told})
    contents = (
        Contents(n, beside)
        if favourable is None
        else Contents(n, beside, _stacked({each: favourable[each] for each in told}), np.array([0]))
    )
    return Cube(base, place, tuple(told), contents)


def _stacked(told: dict[Slot, Sequence[int]] | dict[Slot, Numbers]) -> Numbers:
    arrays = [np.asarray(each, dtype=np.int64) for each in told.values()]
    return np.stack([each if each.ndim == 2 else each[:, None] for each in arrays], axis=1)


def summed(told: dict[Slot, Sequence[int]]) -> dict[Slot, Sequence[int]]:
    """The same months, with the quarters and the year that they make where every one of their months is there."""
    whole = dict(told)
    for step, length in (("trimestre", 3), ("annee", 12)):
        for first in range(1, 13, length):
            months = [slot("mois", month) for month in range(first, first + length)]
            if all(month in told for month in months):
                whole[slot(step, first)] = np.sum([np.asarray(told[month]) for month in months], axis=0)
    return whole


def given(of: Cube, frozen: dict[tuple[str, str, Slot], bool] | None = None, too_fine: Sequence[str] = ()) -> Given:
    """Nothing settled but the `frozen` cells, by level, unit and slot, and structures' slots of the steps `too_fine`."""
    closed, fine, froze, shown = np.zeros((4, of.size), dtype=bool)
    for (level, unit, when), was_shown in (frozen or {}).items():
        cell = of.cell(level, of.territory.units(level).index(unit), of.slots.index(when))
        froze[cell], shown[cell] = True, was_shown
    for rank, each in enumerate(of.slots):
        fine[of.cells("structure", rank)] = each.step in too_fine
    return Given(closed, fine, froze, shown, shown.copy())


def masked(of: Cube, settled: Given | None = None, *, complement: bool = True) -> Masked:
    return mask_cube(of, settled or given(of), THRESHOLDS, complement=complement)


def hidden(of: Cube, found: Masked, level: str, when: Slot) -> list[str]:
    """The units of a level that are hidden in a slot."""
    cells = of.cells(level, of.slots.index(when))
    return [unit for unit, cell in zip(of.territory.units(level), cells, strict=True) if found.motives[cell]]


def motive(of: Cube, found: Masked, level: str, unit: str, when: Slot) -> str:
    return MOTIVES[found.motives[of.cell(level, of.territory.units(level).index(unit), of.slots.index(when))]]


def mean_shown(of: Cube, found: Masked, level: str, unit: str, when: Slot) -> bool:
    return bool(found.means[of.cell(level, of.territory.units(level).index(unit), of.slots.index(when))])


def every_cell(of: Cube) -> list[tuple[str, str, Slot]]:
    """The level, unit and slot of each cell, in their order."""
    return [(level, unit, when) for level in LEVELS for unit in of.territory.units(level) for when in of.slots]
