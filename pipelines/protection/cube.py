"""The cube of a base as arrays: how many persons (structures, for facts) stand in each cell, part by part.

A part is a measure and its group: what has one number of answers. A cell is numbered by level, unit and slot; a slot is a
period, and for years a modality too. Contents are whole numbers [cell × part], so that sums over cells are sums of rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEVELS = ("structure", "reseau", "departement", "region")


class Slot(NamedTuple):
    """Where in time, and in which modality of which breakdown ('' for all)."""

    step: str
    start: date
    end: date
    breakdown: str = ""
    modality: str = ""
    new: bool = True

    @property
    def whole(self) -> bool:
        return not self.breakdown


@dataclass(frozen=True)
class Territory:
    """Structures in the order of their network, and where each belongs."""

    structures: tuple[str, ...]
    networks: tuple[str, ...]
    departments: tuple[str, ...]
    network_of: Numbers
    department_of: Numbers
    """The rank of a structure's département; that after the last for a structure without one."""

    def units(self, level: str) -> tuple[str, ...]:
        """The units of a level."""
        return {
            "structure": self.structures,
            "reseau": self.networks,
            "departement": self.departments,
            "region": ("bretagne",),
        }[level]


@dataclass(frozen=True)
class Base:
    """What is said of a base: its steps at each level, its threshold, and whether it is of facts or of opinions."""

    base_id: str
    steps: Mapping[str, frozenset[str]]
    persons: int
    fact: bool = False
    opinion: bool = False

    def shown_at(self, level: str, slot: Slot) -> bool:
        """Whether the cube has cells of a slot at a level."""
        return slot.step in self.steps.get(level, ()) and (slot.whole or level in {"reseau", "region"})


@dataclass(frozen=True)
class Contents:
    """What structures told [structure × slot × part]: `n`; `near`, that of a network's own near indicator, its network's alone.

    `favourable` [structure × slot × opinion] counts the answers in favour of the part `opinion_of` it.
    """

    n: Numbers
    near: Numbers | None = None
    favourable: Numbers = field(default_factory=lambda: np.zeros((0, 0, 0), np.int64))
    opinion_of: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def shared(self) -> Numbers:
        """What enters the region and the départements."""
        return self.n if self.near is None else self.n - self.near


class Cube:
    """Every cell of a base. `n`, `shared` (without what is near), `favourable`: flat, [cell × part] or [cell × opinion]."""

    def __init__(self, base: Base, territory: Territory, slots: tuple[Slot, ...], contents: Contents) -> None:
        self.base, self.territory, self.slots, self.contents = base, territory, slots, contents
        self.offsets: dict[str, int] = {}
        first = 0
        for level in LEVELS:
            self.offsets[level] = first
            first += len(territory.units(level)) * len(slots)
        self.size = first
        self.shared = self._flat(contents.shared, contents.shared)
        self.n = self.shared if contents.near is None else self._flat(contents.n, contents.shared)
        self.favourable = self._flat(contents.favourable, contents.favourable) if base.opinion else None
        self.exists = np.concatenate([self._existing(level) for level in LEVELS])

    def cell(self, level: str, unit: int, slot: int) -> int:
        """The number of a cell."""
        return self.offsets[level] + unit * len(self.slots) + slot

    def cells(self, level: str, slot: int) -> Numbers:
        """The cells of every unit of a level in a slot, in order."""
        return self.offsets[level] + np.arange(len(self.territory.units(level))) * len(self.slots) + slot

    def place(self, cell: int) -> tuple[str, int, int]:
        """The level, unit and slot of a cell."""
        level = max((name for name in LEVELS if self.offsets[name] <= cell), key=lambda name: self.offsets[name])
        unit, slot = divmod(cell - self.offsets[level], len(self.slots))
        return level, unit, slot

    def by_network(self, of_structures: Numbers) -> Numbers:
        """Sums by network of an array whose first axis is the structures."""
        return _summed(of_structures, self.territory.network_of, len(self.territory.networks))

    def by_department(self, of_structures: Numbers) -> Numbers:
        """Sums by département of such an array."""
        return _summed(of_structures, self.territory.department_of, len(self.territory.departments))

    def _flat(self, own: Numbers, shared: Numbers) -> Numbers:
        levels = [own, self.by_network(own), self.by_department(shared), shared.sum(axis=0, keepdims=True)]
        return np.concatenate([each.reshape(each.shape[0] * each.shape[1], each.shape[2]) for each in levels])

    def _existing(self, level: str) -> Flags:
        here = np.array([self.base.shown_at(level, slot) for slot in self.slots], dtype=bool)
        return np.tile(here, len(self.territory.units(level)))


def _summed(values: Numbers, group_of: Numbers, groups: int) -> Numbers:
    out = np.zeros((groups, *values.shape[1:]), values.dtype)
    for group in range(groups):
        out[group] = values[group_of == group].sum(axis=0)
    return out
