"""Hiding more around the cells that an attack laid bare: local rules are not always enough (methods, 7.4, last lines)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pipelines.protection.complement import Complement
from pipelines.protection.cube import Cube, Flags
from pipelines.protection.primary import MOTIVES

_ATTACK = MOTIVES.index("attaque")
_COARSER = {"mois": ("trimestre", "annee"), "trimestre": ("annee",), "annee": ()}


def strengthen(search: Complement, bared: Sequence[int], *, again: bool = False) -> None:
    """Hide what makes each of the cells `bared` harder to tell: the quarter around it, if that is hidden already the year,
    and the smallest shown cell of its kind that is nearest to it in the sums; only where there is neither, any other.

    A shown cell that tells too much of what it sums is hidden itself. `again`: hiding by ones was not enough, so that all of
    a bared modality's breakdown goes, for its unit and for the region. A cell of an earlier edition is left as it is.
    """
    for cell in bared:
        if search.motives[cell] == 0:
            chosen = [] if search.frozen[cell] else [cell]
        elif again and (breakdown := _breakdown(search, cell)):
            chosen = breakdown
        else:
            everything = np.ones(search.rules.cube.size, dtype=bool)
            chosen = _around(search, cell) + _nearest(search, cell, _kin(search.rules.cube, cell))
            chosen = chosen or _nearest(search, cell, everything)
        search.motives[chosen] = _ATTACK


def _breakdown(search: Complement, cell: int) -> list[int]:
    """The shown cells of the breakdown of a modality, in its unit and in the region; none for a cell of all rows."""
    cube = search.rules.cube
    level, unit, slot = cube.place(cell)
    own = cube.slots[slot]
    alike = [rank for rank, each in enumerate(cube.slots) if (each.breakdown, each.start) == (own.breakdown, own.start)]
    found = (
        [cube.cell(*where, rank) for where in ((level, unit), ("region", 0)) for rank in alike] if own.breakdown else []
    )
    return [each for each in found if search.motives[each] == 0 and not search.frozen[each]]


def _around(search: Complement, cell: int) -> list[int]:
    """The finest shown period of the same unit around it that may be hidden."""
    around = _periods_around(search.rules.cube, cell)
    return [each for each in around if search.motives[each] == 0 and not search.frozen[each]][:1]


def _nearest(search: Complement, cell: int, among: Flags) -> list[int]:
    return search.nearest_shown(cell, among)[:1].tolist()


def _periods_around(cube: Cube, cell: int) -> Iterator[int]:
    """The cells of the same unit in the quarter and the year around it, that the cube has."""
    level, unit, slot = cube.place(cell)
    own = cube.slots[slot]
    for step in _COARSER[own.step]:
        for rank, other in enumerate(cube.slots):
            if other.whole and other.step == step and other.start <= own.start <= other.end:
                around = cube.cell(level, unit, rank)
                if cube.exists[around]:
                    yield around


def _kin(cube: Cube, cell: int) -> Flags:
    """The cells of the same level, and like it of all rows or of a modality."""
    level, _, slot = cube.place(cell)
    alike = np.array([each.whole == cube.slots[slot].whole for each in cube.slots], dtype=bool)
    units = len(cube.territory.units(level))
    kin = np.zeros(cube.size, dtype=bool)
    kin[cube.offsets[level] : cube.offsets[level] + units * len(cube.slots)] = np.tile(alike, units)
    return kin
