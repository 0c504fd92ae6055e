"""What people, professionals and teams answer to the questions of a questionnaire: correlated in one who answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np
import polars as pl

from sample_data.draws import Floats, pick
from sample_data.questionnaires import Asked

_COMMON = 0.6
"""How much of each answer comes from the ease of the one who answers, rather than from the question."""
_SKIPPED = 0.015
_FRANK = (-0.8, 0.0, 0.9)
_STRUCTURE = 0.3
"""How much of that ease comes from the place of reception."""


def ease(places: pl.Series, structures: pl.DataFrame, personal: Floats, rng: np.random.Generator) -> Floats:
    """The ease of each who answers, of mean 0 and deviation 1 over a network: its structure's, and `personal` (the same).

    `places`: the structure of each; `structures`: those of the network, with their volume.
    """
    drawn = rng.normal(size=len(structures))
    drawn -= np.average(drawn, weights=structures["volume"].to_numpy())
    known = dict(zip(structures["structure_id"], drawn.tolist(), strict=True))
    shared = places.replace_strict(known, return_dtype=pl.Float64).to_numpy()
    return np.asarray(_STRUCTURE * shared + np.sqrt(1 - _STRUCTURE**2) * personal)


def opinions(
    questions: Sequence[Asked], levels: Mapping[str, float], eases: Floats, rng: np.random.Generator
) -> pl.DataFrame:
    """The answers to the questions that have a level or shares: one a row of `eases`, a column a question, null if skipped.

    `levels`: those of a network, by question, in the place of the ordinary ones.
    """
    answers: dict[str, pl.Series] = {}
    for each in questions:
        if each.level is not None:
            drawn = _graded(each, levels.get(each.id, each.level), eases, rng)
        elif each.shares:
            drawn = pick(rng, each.shares, len(eases))
        else:
            continue
        told = pl.Series(rng.random(len(eases)) >= _SKIPPED)
        for question, answer in each.only_if.items():
            told &= (answers[question] == answer).fill_null(value=False)
        answers[each.id] = pl.select(pl.when(told).then(drawn)).to_series()
    return pl.DataFrame(answers)


def _graded(each: Asked, level: float, eases: Floats, rng: np.random.Generator) -> pl.Series:
    size = len(eases)
    felt = NormalDist().inv_cdf(level) + _COMMON * eases + np.sqrt(1 - _COMMON**2) * rng.normal(size=size)
    score = 1 + np.searchsorted(_FRANK, felt)
    codes = np.where(each.is_reversed, 5 - score, score).astype(str).astype(object)
    codes[rng.random(size) < each.unconcerned] = "pas_concerne"
    codes[rng.random(size) < each.nothing] = "rien_remis"
    return pl.Series(codes.tolist(), dtype=pl.String)
