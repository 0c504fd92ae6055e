"""What people answer: right after the reception, and a month later."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sample_data.definitions import region
from sample_data.draws import pick, stream
from sample_data.receptions import months

Integers = NDArray[np.int64]

BOXES = ("U10_QUI", "U10_QUOI", "U10_COMMENT", "U10_OU", "U10_RIEN", "U10_AUCUN_AUTRE")
# The two surveys number their answers apart: a number is never used twice in a network.
FIRST_ID = {"a_chaud": 1, "m1": 500_001}


def answers(structures: pl.DataFrame, receptions: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """Answers right after the reception, one person a row: `id`, `debut`, `soumis` (null if unfinished),
    `structure_id`, `canal`, `U03` (1 to 4 or pas_concerne) and the BOXES (bool)."""
    rng = stream(seed, network, "answers")
    # One in twenty leaves before the end: they come on top of the rate.
    asked = _respondents(structures, receptions, "reponse", rng, 1.05)
    asked = _sent(asked, _days_later(len(asked), rng), 0.05, "a_chaud", rng)
    level = _levels(asked, structures)
    understood = rng.random(len(asked)) < level["comprise"].to_numpy()
    frank = rng.random(len(asked)) < 0.55
    score = pl.Series(np.where(understood, np.where(frank, "4", "3"), np.where(frank, "2", "1")))
    unconcerned = pl.Series(rng.random(len(asked)) < 0.035)
    boxes = _boxes(rng.random(len(asked)) < level["suites"].to_numpy(), rng)
    return asked.with_columns(U03=pl.when(unconcerned).then(pl.lit("pas_concerne")).otherwise(score)).hstack(boxes)


def month_later(structures: pl.DataFrame, receptions: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """Answers a month after, one person a row: `id`, `debut`, `soumis`, `structure_id`, `canal`, `M1`."""
    rng = stream(seed, network, "month later")
    asked = _respondents(structures, receptions, "reponse_m1", rng, 1.05)
    asked = _sent(asked, rng.integers(28, 40, len(asked)), 0.05, "m1", rng)
    return asked.with_columns(M1=pick(rng, region()["suites_m1"], len(asked)))


def _respondents(
    structures: pl.DataFrame, receptions: pl.DataFrame, rate: str, rng: np.random.Generator, more: float
) -> pl.DataFrame:
    level = _levels(receptions, structures)[rate].to_numpy()
    answered = pl.Series(rng.random(len(receptions)) < level * more)
    return receptions.select("structure_id", "canal", "jour").filter(answered)


def _levels(frame: pl.DataFrame, structures: pl.DataFrame) -> pl.DataFrame:
    return frame.select("structure_id").join(structures, on="structure_id", how="left", maintain_order="left")


def _days_later(size: int, rng: np.random.Generator) -> Integers:
    return rng.choice(np.array([0, 0, 0, 0, 0, 0, 1, 2]), size)


def _sent(
    asked: pl.DataFrame, days: Integers, unfinished: float, survey: str, rng: np.random.Generator
) -> pl.DataFrame:
    size = len(asked)
    second_of_day = rng.integers(9 * 3600, 19 * 3600, size)
    begun = pl.col("jour").cast(pl.Datetime("us")) + pl.duration(days=_lit(days), seconds=_lit(second_of_day))
    finished = pl.Series(rng.random(size) >= unfinished)
    taken = pl.duration(seconds=_lit(rng.integers(40, 420, size)))
    timed = asked.with_columns(debut=begun).with_columns(soumis=pl.when(finished).then(pl.col("debut") + taken))
    inside = timed.filter(pl.col("debut") < _end()).sort("debut", maintain_order=True).drop("jour")
    return inside.with_row_index("id", offset=FIRST_ID[survey])


def _lit(values: Integers) -> pl.Expr:
    return pl.lit(pl.Series(values))


def _end() -> datetime:
    return datetime.fromisoformat(f"{months()[-1] + 1}-01")


def _boxes(clear: NDArray[np.bool_], rng: np.random.Generator) -> pl.DataFrame:
    """The boxes for each person: three or four of the first four for those who see clearly, else none to two."""
    size = len(clear)
    ticks = np.where(clear, rng.integers(3, 5, size), rng.choice(np.array([0, 1, 1, 2, 2]), size))
    order = rng.random((size, 4)).argsort(axis=1).argsort(axis=1)
    known = order < ticks[:, None]
    nobody_else = rng.random(size) < 0.12
    skipped = rng.random(size) < 0.025
    known &= ~(nobody_else | skipped)[:, None]
    nothing = (ticks == 0) & ~nobody_else & ~skipped
    columns = np.column_stack([known, nothing, nobody_else & ~skipped])
    return pl.DataFrame(columns, schema=list(BOXES))
