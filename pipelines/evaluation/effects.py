"""What may be said of each action: from the frames of a release to the rows of quality.effets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.evaluation.actions import STRUCTURE, Action, declared
from pipelines.evaluation.changes import Change, change
from pipelines.evaluation.controls import beside
from pipelines.evaluation.lineages import Lineage, lineages
from pipelines.evaluation.lines import values_of
from pipelines.evaluation.phrases import changed, missing_data, too_early, usual
from pipelines.evaluation.sides import FEWEST_ANSWERS
from pipelines.evaluation.studies import Periods, Study, closed_periods, study
from pipelines.evaluation.tallies import tallies
from pipelines.statistics.frozen_limits import direction_after
from pipelines.statistics.missing_answers import missing_answers
from pipelines.statistics.segmented import segmented
from pipelines.statistics.verdict import INSUFFICIENT, side, verdict

EFFECTS = {
    "action_id": pl.String, "mesure_id": pl.String, "pas": pl.String, "verdict": pl.String, "signal": pl.String,
    "avant_du": pl.Date, "avant_au": pl.Date, "apres_du": pl.Date, "apres_au": pl.Date,
    "avant": pl.Int32, "apres": pl.Int32, "ecart": pl.Int32, "basse": pl.Int32, "haute": pl.Int32,
    "saut": pl.Float64, "saut_bas": pl.Float64, "saut_haut": pl.Float64,
    "temoins": pl.Int32, "plus_marque": pl.Boolean, "manque": pl.Int32, "phrase": pl.String,
}  # fmt: skip
"""Columns of quality.effets."""
_SEASONS = {"mois": 12, "trimestre": 4}
Row = dict[str, Any]


@dataclass(frozen=True)
class _Released:
    """What every action is looked at with."""

    actions: Sequence[Action]
    known: Sequence[Lineage]
    periods: Periods
    values: pl.DataFrame
    counts: pl.DataFrame
    offers: pl.DataFrame


def effects(
    actions: pl.DataFrame,
    values: pl.DataFrame,
    measures: pl.DataFrame,
    categories: pl.DataFrame,
    periods: pl.DataFrame,
    counts: pl.DataFrame,
    offers: pl.DataFrame,
) -> pl.DataFrame:
    """The rows of quality.effets (EFFECTS), one for each action whose measure has a headline, by action_id.

    `actions`, `values`: quality.actions, quality.valeurs; `measures`, `categories`, `periods`: reference.mesures, .categories,
    .periodes. `counts`: mesure_id, niveau, unite_id, pas, debut, groupe, categorie, y, n of shown cells; for quantiles
    categorie is a number of days and y how many waited at most that. `offers`: structure_id, reseau, canaux_proposes
    (a list of codes, in any order). Methods 6.
    """
    looked_at = tuple(declared(actions))
    released = _Released(looked_at, lineages(measures, categories), closed_periods(periods), values, counts, offers)
    rows = (_effect(action, released) for action in looked_at)
    return pl.DataFrame([row for row in rows if row], schema=EFFECTS, orient="row")


def _effect(action: Action, released: _Released) -> Row | None:
    seen = study(action, released.known, released.values, released.periods)
    if seen is None:
        return None
    known: Row = dict.fromkeys(EFFECTS) | {
        "action_id": action.action_id, "mesure_id": seen.measure_id, "pas": seen.step, **_dates(seen)
    }  # fmt: skip
    return known | (_conclusion(action, seen, released) if _enough(seen) else _no_conclusion(action, seen))


def _enough(seen: Study) -> bool:
    return seen.sides.long_enough and seen.sides.visible_enough and _missing(seen) is None


def _missing(seen: Study) -> int | None:
    """About how many answers lack for both sides to have enough, from the bands alone; None if none, or for a fact."""
    if seen.lineage.fact:
        return None
    at_hand = (sum(point.at_least for point in line) for line in (seen.sides.before, seen.sides.after))
    return missing_answers(sum(min(FEWEST_ANSWERS, each) for each in at_hand), 2 * FEWEST_ANSWERS)


def _no_conclusion(action: Action, seen: Study) -> Row:
    """Answers are told to lack in a structure alone, once time has passed: elsewhere other reasons hide a period."""
    missing = _missing(seen) if action.level == STRUCTURE and not too_early(seen) else None
    return {"verdict": INSUFFICIENT, "manque": missing, "phrase": missing_data(seen, missing)}


def _conclusion(action: Action, seen: Study, released: _Released) -> Row:
    lineage, hoped = seen.lineage, action.direction(seen.lineage.sense)
    held = tallies(released.counts, lineage, action.level, action.unit, seen.step)
    found = change(seen.sides, held, lineage, action.level)
    signal = direction_after(values_of(seen.sides.before), values_of(seen.sides.after))
    others = beside(action, seen, released.actions, released.values, released.offers)
    speaking = signal or found.direction
    return {
        "verdict": verdict(signal, found.direction, hoped),
        "signal": side(signal, hoped),
        **_figures(found),
        **_jump(seen),
        "temoins": others and others.structures,
        "plus_marque": others and others.more_marked,
        "phrase": changed(action, seen, found, signal, others) if speaking else usual(action, seen, found),
    }


def _dates(seen: Study) -> Row:
    """First days of the first and last periods of each side."""
    sides = {"avant": seen.sides.before, "apres": seen.sides.after}
    return {
        f"{name}_{end}": line[rank].start if line else None
        for name, line in sides.items()
        for end, rank in (("du", 0), ("au", -1))
    }


def _figures(found: Change) -> Row:
    if not found.told:
        return {}
    return {
        "avant": found.before, "apres": found.after, "ecart": found.difference, "basse": found.low, "haute": found.high
    }  # fmt: skip


def _jump(seen: Study) -> Row:
    """The level change of the two segments, with one decimal, its bounds outward."""
    rank = {start: rank for rank, start in enumerate(seen.starts)}
    points = [point for point in (*seen.sides.before, *seen.sides.after) if point.value is not None]
    fitted = segmented(
        [rank[point.start] for point in points],
        [point.value for point in points if point.value is not None],
        rank[seen.sides.after[0].start] - 1,
        season=_SEASONS.get(seen.step),
    )
    if fitted is None:
        return {}
    return {
        "saut": round(fitted.level_change, 1) + 0.0,
        "saut_bas": math.floor(round(10 * fitted.level_change_low, 9)) / 10,
        "saut_haut": math.ceil(round(10 * fitted.level_change_high, 9)) / 10,
    }
