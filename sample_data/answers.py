"""What people answer: right after the reception, and a month later."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sample_data.definitions import Network, region
from sample_data.draws import Floats, pick, stream
from sample_data.opinions import ease, opinions
from sample_data.planted import levels_of
from sample_data.questionnaires import FIRST, PRESENT, questionnaire
from sample_data.receptions import months

Integers = NDArray[np.int64]

BOXES = ("U10_QUI", "U10_QUOI", "U10_COMMENT", "U10_OU", "U10_RIEN", "U10_AUCUN_AUTRE")
# The surveys number their answers apart: a number is never used twice in a network.
FIRST_ID = {"a_chaud": 1, "m1": 500_001, "professionnel": 800_001, "equipe": 900_001}
_PRESENT_FROM = pl.date(2025, 1, 1)
_STRAGGLING_UNTIL = pl.date(2025, 2, 1)
_STRAGGLERS = 0.06
"""The share of those received in the first month of a questionnaire who are still given the one before."""


def answers(structures: pl.DataFrame, receptions: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """Answers right after the reception, one person a row: `id`, `debut`, `soumis` (null if unfinished),
    `structure_id`, `canal`, `version` (of the grid they were asked under), `U03` (1 to 4 or pas_concerne), the BOXES
    (bool), and the other questions of grid 2025.1, null under the one before."""
    rng = stream(seed, network.code, "answers")
    # One in twenty leaves before the end: they come on top of the rate.
    asked = _respondents(structures, receptions, "reponse", rng, 1.05)
    asked = _versioned(_sent(asked, _days_later(len(asked), rng), 0.05, "a_chaud", rng), network, seed)
    level = _levels(asked, structures)
    understood = rng.random(len(asked)) < level["comprise"].to_numpy()
    frank = rng.random(len(asked)) < 0.55
    score = pl.Series(np.where(understood, np.where(frank, "4", "3"), np.where(frank, "2", "1")))
    unconcerned = pl.Series(rng.random(len(asked)) < 0.035)
    boxes = _boxes(rng.random(len(asked)) < level["suites"].to_numpy(), rng)
    said = asked.with_columns(U03=pl.when(unconcerned).then(pl.lit("pas_concerne")).otherwise(score)).hstack(boxes)
    satisfied = _satisfied(understood, level["comprise"].to_numpy())
    return _with_opinions(said, structures, satisfied, "a_chaud", network, seed)


def month_later(structures: pl.DataFrame, receptions: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """Answers a month after, one person a row: `id`, `debut`, `soumis`, `structure_id`, `canal`, `version`, `M1`, and the
    other questions of grid 2025.1, null under the one before."""
    rng = stream(seed, network.code, "month later")
    asked = _respondents(structures, receptions, "reponse_m1", rng, 1.05)
    asked = _versioned(_sent(asked, rng.integers(28, 40, len(asked)), 0.05, "m1", rng), network, seed)
    said = asked.with_columns(M1=pick(rng, region()["suites_m1"], len(asked)))
    return _with_opinions(said, structures, np.zeros(len(asked)), "m1", network, seed)


def _versioned(asked: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """The grid under which each is asked: that of their reception, but for those given an old questionnaire."""
    rng = stream(seed, network.code, "stragglers")
    straggling = pl.Series(rng.random(len(asked)) < _STRAGGLERS) & (pl.col("jour") < _STRAGGLING_UNTIL)
    new = (pl.col("jour") >= _PRESENT_FROM) & ~straggling
    return asked.with_columns(version=pl.when(new).then(pl.lit(PRESENT)).otherwise(pl.lit(FIRST))).drop("jour")


def _satisfied(understood: NDArray[np.bool_], level: Floats) -> Floats:
    """How much better than the others of their structure people were understood, of deviation 1."""
    return np.asarray((understood - level) / np.sqrt(level * (1 - level)))


def _with_opinions(
    said: pl.DataFrame, structures: pl.DataFrame, satisfied: Floats, name: str, network: Network, seed: int
) -> pl.DataFrame:
    rng = stream(seed, network.code, "opinions", name)
    personal = 0.6 * satisfied + 0.8 * rng.normal(size=len(said))
    eases = ease(said["structure_id"], structures, personal, rng)
    drawn = opinions(questionnaire(name, network.code), levels_of(network), eases, rng)
    asked = said["version"] == PRESENT
    return said.hstack(drawn.select(pl.when(asked).then(pl.all())))


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
    inside = timed.filter(pl.col("debut") < _end()).sort("debut", maintain_order=True)
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
