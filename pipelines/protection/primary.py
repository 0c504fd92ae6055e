"""The primary rule (methods, 7.4 and 10): a cell is shown if enough persons stand behind its smallest answered measure, and
if no one or two structures make it. A fact of organisation speaks of no person: a structure reads its own, and a network, a
département or the region is shown from three structures on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from grids.breakdowns import UNKNOWN
from grids.thresholds import Thresholds
from pipelines.protection.cube import Cube, Flags, Numbers
from pipelines.protection.given import Given

MOTIVES = (
    "", "sans_objet", "deja", "pas", "inconnue", "seuil", "reseaux", "structures", "plus_grande", "part",
    "complement", "avis", "attaque",
)  # fmt: skip
"""Why a cell is hidden, by its number; never told outside the warehouse. '' for a shown cell."""
Motives = NDArray[np.int8]


def primary(cube: Cube, given: Given, thresholds: Thresholds) -> tuple[Motives, Flags]:
    """The motive of each cell before any sum is looked at, 0 for a shown one; and whether its contents let it be shown."""
    own = _by_contents(cube, thresholds)
    unknown = np.array([slot.modality == UNKNOWN for slot in cube.slots], dtype=bool)
    never = ~cube.exists | np.tile(unknown, cube.size // max(len(cube.slots), 1))
    motives = np.select(
        [given.frozen & given.was_shown, given.closed, given.frozen, given.too_fine, never],
        [MOTIVES.index(name) for name in ("", "sans_objet", "deja", "pas", "inconnue")],
        own,
    )
    return motives.astype(np.int8), own == 0


def _by_contents(cube: Cube, thresholds: Thresholds) -> Motives:
    territory, contents = cube.territory, cube.contents
    networks = [contents.n[territory.network_of == rank] for rank in range(len(territory.networks))]
    departments = [contents.shared[territory.department_of == rank] for rank in range(len(territory.departments))]
    together = [_of_group(cube, own, thresholds) for own in [*networks, *departments]]
    return np.concatenate([_of_structures(cube), *together, _of_region(cube, thresholds)])


def _of_structures(cube: Cube) -> Motives:
    """A structure is shown its own facts; else enough persons in each part that somebody recorded."""
    n = cube.contents.n
    floor = 1 if cube.base.fact else cube.base.persons
    word = "structures" if cube.base.fact else "seuil"
    return np.where(_too_few(n, floor), MOTIVES.index(word), 0).astype(np.int8).ravel()


def _too_few(n: Numbers, floor: int) -> Flags:
    """Whether nobody recorded anything, or too few some part [… × part]."""
    told = n > 0
    return np.asarray(~told.any(axis=-1) | (told & (n < floor)).any(axis=-1))


def _of_region(cube: Cube, thresholds: Thresholds) -> Motives:
    shared = cube.contents.shared
    networks = (cube.by_network(shared) > 0).sum(axis=0)
    few = ((networks > 0) & (networks < thresholds.structures.value)).any(axis=1)
    group = _of_group(cube, shared, thresholds)
    apart = few & ~cube.base.fact & (group != MOTIVES.index("seuil"))
    return np.where(apart, MOTIVES.index("reseaux"), group).astype(np.int8)


def _of_group(cube: Cube, own: Numbers, thresholds: Thresholds) -> Motives:
    """The motives of what these structures make together [slot], from what each told [structure × slot × part]."""
    total, largest = own.sum(axis=0), own.max(axis=0, initial=0)
    few = _too_few(total, cube.base.persons)
    if cube.base.fact:
        return np.where(few, MOTIVES.index("structures"), 0).astype(np.int8)
    told, contributing = total > 0, (own > 0).sum(axis=0)
    tests = {
        "seuil": few,
        "structures": (told & (contributing < thresholds.structures.value)).any(axis=1),
        "plus_grande": (told & (total - largest < cube.base.persons)).any(axis=1),
        "part": (told & (100 * largest > thresholds.largest_share.value * total)).any(axis=1),
    }
    found = np.select(list(tests.values()), [MOTIVES.index(name) for name in tests], 0)
    return found.astype(np.int8)
