"""The published sums of a base: each cell that others add up to, with them (methods, 7.4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

import numpy as np

from pipelines.protection.cube import Cube, Numbers, Slot

Kind = Literal["reseau", "departement", "region", "departements", "temps", "ventilation"]
"""What is added up: structures of a network or of a département, networks or départements of the region, finer periods,
modalities of a breakdown. Structures without a département stand beside the départements."""

_FINER = {"trimestre": ("mois",), "annee": ("trimestre", "mois")}


class Sum(NamedTuple):
    """A cell, the cells that add up to it, and in which way."""

    kind: Kind
    level: str
    parent: int
    children: Numbers


def sums_of(cube: Cube) -> list[Sum]:
    """Every published sum of a base, always in the same order; facts are added up over networks and départements alone."""
    regional = [*_networks_of_region(cube), *_departments_of_region(cube)]
    if cube.base.fact:
        return regional
    inner = [
        *_periods(cube, "structure"),
        *_structures(cube, "reseau", cube.territory.network_of),
        *_structures(cube, "departement", cube.territory.department_of),
    ]
    return [*inner, *regional, *_periods(cube, "reseau"), *_periods(cube, "region"), *_modalities(cube)]


def _slots(cube: Cube, *levels: str) -> Iterator[tuple[int, Slot]]:
    """The slots that the cube has at every one of these levels."""
    for rank, slot in enumerate(cube.slots):
        if all(cube.base.shown_at(level, slot) for level in levels):
            yield rank, slot


def _structures(cube: Cube, kind: Literal["reseau", "departement"], belongs: Numbers) -> Iterator[Sum]:
    """Those of each network, or of each département; `belongs`: the rank of that of each structure."""
    members = [np.flatnonzero(belongs == rank) for rank in range(len(cube.territory.units(kind)))]
    for slot, _ in _slots(cube, "structure", kind):
        children = cube.cells("structure", slot)
        for rank, inside in enumerate(members):
            yield Sum(kind, "structure", cube.cell(kind, rank, slot), children[inside])


def _networks_of_region(cube: Cube) -> Iterator[Sum]:
    for slot, _ in _slots(cube, "reseau", "region"):
        yield Sum("region", "reseau", cube.cell("region", 0, slot), cube.cells("reseau", slot))


def _departments_of_region(cube: Cube) -> Iterator[Sum]:
    nowhere = cube.territory.department_of == len(cube.territory.departments)
    for slot, _ in _slots(cube, "departement", "region"):
        children = np.concatenate([cube.cells("departement", slot), cube.cells("structure", slot)[nowhere]])
        yield Sum("departements", "departement", cube.cell("region", 0, slot), children)


def _periods(cube: Cube, level: str) -> Iterator[Sum]:
    for slot, coarse in _slots(cube, level):
        finer = _inside(cube, level, coarse)
        for unit in range(len(cube.territory.units(level)) if finer.size else 0):
            yield Sum("temps", level, cube.cell(level, unit, slot), cube.cell(level, unit, 0) + finer)


def _inside(cube: Cube, level: str, coarse: Slot) -> Numbers:
    """The slots of the next finer step that the base has, within a whole slot."""
    for step in _FINER.get(coarse.step, ()) if coarse.whole else ():
        found = [
            rank
            for rank, slot in _slots(cube, level)
            if slot.step == step and slot.whole and coarse.start <= slot.start <= coarse.end
        ]
        if found:
            return np.array(found, dtype=np.int64)
    return np.zeros(0, dtype=np.int64)


def _modalities(cube: Cube) -> Iterator[Sum]:
    breakdowns = sorted({slot.breakdown for slot in cube.slots if not slot.whole})
    for level, breakdown in product(("reseau", "region"), breakdowns):
        for slot, whole in _slots(cube, level):
            if whole.step == "annee" and whole.whole:
                inside = [
                    rank
                    for rank, each in enumerate(cube.slots)
                    if each.breakdown == breakdown and each.start == whole.start
                ]
                for unit in range(len(cube.territory.units(level))):
                    children = cube.cell(level, unit, 0) + np.array(inside, dtype=np.int64)
                    yield Sum("ventilation", level, cube.cell(level, unit, slot), children)
