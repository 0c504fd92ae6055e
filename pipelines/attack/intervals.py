"""From what to what a reader can tell that each hidden number lies: nobody, surely not few, or too wide to tell (7.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.attack.exploring import Rule, already_harmless, by_random_tables, one_by_one
from pipelines.attack.knowledge import Known
from pipelines.attack.sums import Sums, Vector
from pipelines.attack.tables import Fit, fitting

_SEED, _SAMPLE = 20260301, 2
OUTSIDER = ""


@dataclass(frozen=True)
class Settled:
    """Cells, by number, that one way settled for one attacker ('' or a network's code): `safe`, or else bared.

    low, high: the range of each bared cell, empty if safe.
    """

    way: str
    attacker: str
    cells: Vector
    safe: bool
    low: Vector
    high: Vector


def not_few(persons: int, width: int) -> Rule:
    """Safe: surely at least `persons` or nobody, or possibly so many with 2·`width` of doubt (methods 10)."""
    return Rule(
        doubtful=lambda low, high: (high - low >= 2 * width) & (high >= persons),
        harmless=lambda low, high: (low >= persons) | (high == 0),
    )


SOMEBODY = Rule(doubtful=lambda low, high: high >= 1, harmless=lambda low, high: low >= 1)
"""Safe: possibly one person at least."""


def settle(sums: Sums, known: Known, targets: Vector, rule: Rule, insiders: Sequence[str]) -> Iterator[Settled]:
    """How each of `targets` is settled for an outsider, then for each network (where the real numbers are granted)."""
    fit = fitting(sums, known)
    sure = already_harmless(fit, targets, rule)
    yield _safe("sommes", OUTSIDER, sure)
    left = targets = np.setdiff1d(targets, sure)
    if known.granted and targets.size:
        left = by_random_tables(fit, fit.inside_networks(), targets, rule)
        yield _safe("tables dans un réseau", OUTSIDER, np.setdiff1d(targets, left))
    yield from _attacked(fit, left, rule, OUTSIDER)
    for network in insiders if known.granted else ():
        own = sums.network(network)
        reached = fit.linked_to(own)
        yield from _attacked(fit.owned(own), np.intersect1d(left[~own[left]], reached), rule, network)


def _attacked(fit: Fit, targets: Vector, rule: Rule, attacker: str) -> Iterator[Settled]:
    if targets.size == 0:
        return
    polytope = fit.polytope(fit.sums.columns[targets])
    left = by_random_tables(fit, polytope, targets, rule)
    yield _safe("tables au hasard", attacker, np.setdiff1d(targets, left))
    bared, low, high = one_by_one(fit, polytope, left, rule)
    yield _safe("une à une", attacker, np.setdiff1d(left, bared))
    yield Settled("une à une", attacker, bared, False, low, high)


def in_whole_numbers(sums: Sums, known: Known, targets: Vector, rule: Rule) -> Iterator[Settled]:
    """A few of `targets`, drawn with a seed, in tables of whole numbers, which are fewer than those of any numbers."""
    drawn = np.random.default_rng(_SEED).permutation(targets)[:_SAMPLE]
    if drawn.size == 0 or not known.granted:
        return
    fit = fitting(sums, known)
    polytope = fit.polytope(sums.columns[drawn])
    polytope.in_whole_numbers()
    bared, low, high = one_by_one(fit, polytope, np.sort(drawn), rule)
    yield _safe("nombres entiers", OUTSIDER, np.setdiff1d(drawn, bared))
    yield Settled("nombres entiers", OUTSIDER, bared, False, low, high)


def _safe(way: str, attacker: str, cells: Vector) -> Settled:
    return Settled(way, attacker, cells, True, np.empty(0), np.empty(0))
