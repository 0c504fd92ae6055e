"""When the masked cells of a shown sum are safe together: OK(U) of methods 7.4, for every part of the base.

Who subtracts what is shown from the sum learns what the masked cells hold together; who is one of them, or knows what one
network holds, learns the rest. Neither may be a few persons, and no opinion may be that of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grids.thresholds import Thresholds
from pipelines.protection.cube import Cube, Flags, Numbers
from pipelines.protection.sums import Kind, Sum

_NEAR_COUNTS: frozenset[Kind] = frozenset({"reseau", "temps", "ventilation"})
"""Sums within a network, where its own near indicators count."""


@dataclass(frozen=True)
class Weakness:
    """What is wrong with masked cells: the parts that tell of too few persons, the opinions that tell of all."""

    persons: Flags
    opinions: Flags

    def __bool__(self) -> bool:
        return bool(self.persons.any() or self.opinions.any())


class Rules:
    """The rules of a cube. `harmless`: cells that are never shown, though what they hold could be."""

    def __init__(self, cube: Cube, thresholds: Thresholds, harmless: Flags) -> None:
        self.cube, self.harmless = cube, harmless
        self.floor = cube.base.persons
        self.structures = thresholds.structures.value
        self.few = thresholds.opinion_few.value
        self.members, self.entering = thresholds.hidden_members.value, thresholds.entering_mean.value
        self.for_mean = thresholds.structures_for_mean.value

    def values(self, kind: Kind) -> Numbers:
        """What is added up in a sum of this kind [cell × part]."""
        return self.cube.n if kind in _NEAR_COUNTS else self.cube.shared

    def weakness(self, link: Sum, masked: Numbers, *, alone: bool) -> Weakness:
        """What is wrong with these masked cells of a shown sum, each with somebody in it.

        `alone`: none of the sum's cells is shown, so that nothing can be subtracted; only who is inside learns something.
        """
        values = self.values(link.kind)[masked]
        no_opinion = np.zeros(len(self.cube.contents.opinion_of), dtype=bool)
        if alone and link.kind in {"temps", "ventilation"}:
            return Weakness(np.zeros(values.shape[1], dtype=bool), no_opinion)
        total = values.sum(axis=0)
        persons = (total > 0) & ((total < self.floor) | self._told_by_few(link, values, total, masked))
        return Weakness(persons | self._known_inside(link, masked, total), self._opinions(masked, total, alone=alone))

    def members_weakness(self, link: Sum, masked: Numbers) -> Flags:
        """The parts whose mean of structures would be that of one or two masked ones, once the shown ones are taken out."""
        values = self.values(link.kind)
        if self.cube.base.fact or link.kind not in {"reseau", "departement"}:
            return np.zeros(values.shape[1], dtype=bool)
        enter = (values[masked] >= self.entering).sum(axis=0)
        shown = (values[link.children] >= self.entering).sum(axis=0) >= self.for_mean
        return np.asarray(shown & (enter > 0) & (enter < self.members))

    def _told_by_few(self, link: Sum, values: Numbers, total: Numbers, masked: Numbers) -> Flags:
        """Parts where one or two cells, or the largest aside too few persons, make up what is masked."""
        if self.cube.base.fact or self.harmless[masked].all():
            return np.zeros(len(total), dtype=bool)
        units, knowing = (values > 0).sum(axis=0), self._knowing(link, values, masked)
        structures_alone = link.level != "reseau" and len(knowing) == len(values)
        least = self.structures if structures_alone else 2
        return np.asarray((units < least) | (total - knowing.max(axis=0, initial=0) < self.floor))

    def _knowing(self, link: Sum, values: Numbers, masked: Numbers) -> Numbers:
        """The masked cells whose head knows their own: structures, and networks of the region; not what one unit adds up."""
        if link.kind in {"temps", "ventilation"}:
            return values[:0]
        return values if link.kind == "region" else values[masked < self.cube.offsets["reseau"]]

    def _known_inside(self, link: Sum, masked: Numbers, total: Numbers) -> Flags:
        """Parts where who knows all that one network (in a network: one structure) holds finds a few others."""
        nobody_else = link.kind in {"reseau", "region"} or (link.kind, link.level) == ("temps", "structure")
        if self.cube.base.fact or nobody_else:
            return np.zeros(len(total), dtype=bool)
        rest = total - self._held(link, masked)
        return np.asarray(((rest > 0) & (rest < self.floor)).any(axis=0))

    def _held(self, link: Sum, masked: Numbers) -> Numbers:
        """What each insider holds of these cells, all of one level [insider × part]."""
        cube, territory = self.cube, self.cube.territory
        slots = masked % len(cube.slots)
        if link.level == "reseau":
            [network] = set((masked - cube.offsets["reseau"]) // len(cube.slots))
            return cube.contents.n[territory.network_of == network][:, slots].sum(axis=1)
        own = cube.contents.shared
        if link.level == "region":
            return cube.by_network(own[:, slots].sum(axis=1))
        departments = (masked - cube.offsets["departement"]) // len(cube.slots)
        inside = np.isin(territory.department_of, departments[departments >= 0])
        inside[masked[masked < cube.offsets["reseau"]] // len(cube.slots)] = True
        return cube.by_network(own[:, slots[0]] * inside[:, None])

    def _opinions(self, masked: Numbers, total: Numbers, *, alone: bool) -> Flags:
        """Opinions that (nearly) all of the masked persons share; alone, they are the sum, which tells its own as a bound."""
        favourable = self.cube.favourable
        if favourable is None or alone:
            return np.zeros(len(self.cube.contents.opinion_of), dtype=bool)
        told = total[self.cube.contents.opinion_of]
        of = favourable[masked].sum(axis=0)
        return np.asarray((told > 0) & ((of < self.few) | (told - of < self.few)))
