"""Structures that offer the same channels and did not act: is the change more marked than theirs? (methods 6.4)"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.evaluation.actions import NETWORK, REGION, STRUCTURE, Action
from pipelines.evaluation.lines import Line, lines, values_of
from pipelines.evaluation.sides import Sides, sides
from pipelines.evaluation.studies import Study
from pipelines.statistics.placebo import MARKED, change, placebo_rank, slopes_diverge


@dataclass(frozen=True)
class Beside:
    """How many structures a change was set beside, and whether it is more marked than theirs."""

    structures: int
    more_marked: bool


def beside(
    action: Action, study: Study, actions: Sequence[Action], values: pl.DataFrame, offers: pl.DataFrame
) -> Beside | None:
    """The change of a structure among those of its controls; None for another level, or below 20 controls.

    It is more marked where at most one in twenty changed as much, and its line was not leaving theirs before.
    `offers`: see `effects`.
    """
    if action.level != STRUCTURE:
        return None
    others = _controls(study, _without_action(action, study, actions, offers), values)
    rank = placebo_rank(_change(study.sides), [_change(each) for each in others])
    if rank is None:
        return None
    starts = [point.start for point in study.sides.before]
    diverging = slopes_diverge(values_of(study.sides.before), [_before(each.before, starts) for each in others])
    return Beside(len(others), rank <= MARKED and not diverging)


def _without_action(action: Action, study: Study, actions: Sequence[Action], offers: pl.DataFrame) -> set[str]:
    """Structures with the same channels that no action on this measure concerns, itself, its network or the region."""
    acting = [each for each in actions if each.measure in study.lineage.names]
    if any(each.level == REGION for each in acting):
        return set()
    units = {level: {each.unit for each in acting if each.level == level} for level in (STRUCTURE, NETWORK)}
    rows = list(offers.select("structure_id", "reseau", "canaux_proposes").iter_rows())
    own = next((set(channels or ()) for structure, _, channels in rows if structure == action.unit), None)
    return {
        structure
        for structure, network, channels in rows
        if own and set(channels or ()) == own
        if structure not in units[STRUCTURE] and network not in units[NETWORK]
    }


def _controls(study: Study, structures: Collection[str], values: pl.DataFrame) -> list[Sides]:
    """The sides of the structures that have as many points, and as few gaps, as is asked of the one that acted."""
    drawn = lines(
        values.filter(pl.col("unite_id").is_in(structures)), study.lineage, STRUCTURE, study.step, study.starts
    )
    found = [sides(drawn[each], study.windows) for each in sorted(structures) if each in drawn]
    return [each for each in found if each.long_enough and each.visible_enough]


def _before(line: Line, starts: Sequence[date]) -> list[int | None]:
    """The values of a line in some periods, None where it has none or had not begun."""
    by_start = {point.start: point.value for point in line}
    return [by_start.get(start) for start in starts]


def _change(both: Sides) -> float:
    return change(values_of(both.before), values_of(both.after))
