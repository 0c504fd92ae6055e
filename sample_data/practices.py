"""What professionals say of their practice, each for themselves, and what a team answers together, once a year."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import polars as pl

from sample_data.answers import FIRST_ID
from sample_data.definitions import Network, read
from sample_data.draws import stream
from sample_data.opinions import ease, opinions
from sample_data.planted import levels_of
from sample_data.questionnaires import questionnaire
from sample_data.receptions import months, open_in
from sample_data.working_days import working_days_of


def professionals(structures: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """The answers of professionals, one a row: `id`, `debut`, `soumis`, `structure_id`, and the grid's questions.

    Nothing says who answered. Each structure open when they are asked has two to six.
    """
    rng, asked = stream(seed, network.code, "professionals"), _open_then(structures)
    sizes = np.resize(read("questionnaires.yaml")["professionals_a_structure"], len(asked))
    return _answered(asked, rng.permutation(sizes), "professionnel", network, rng)


def teams(structures: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """The common answer of the teams that gave one, about two in three: the columns of `professionals`."""
    rng, asked = stream(seed, network.code, "teams"), _open_then(structures)
    count = round(read("questionnaires.yaml")["teams_answering"] * len(asked))
    sizes = np.where(np.arange(len(asked)) < count, 1, 0)
    return _answered(asked, rng.permutation(sizes), "equipe", network, rng)


def _open_then(structures: pl.DataFrame) -> pl.DataFrame:
    return structures.filter(pl.Series(open_in(structures)[:, int(np.searchsorted(months(), _month()))]))


def _answered(
    structures: pl.DataFrame, sizes: np.typing.NDArray[np.int64], name: str, network: Network, rng: np.random.Generator
) -> pl.DataFrame:
    places = pl.Series("structure_id", np.repeat(structures["structure_id"].to_numpy(), sizes).tolist(), pl.String)
    eases = ease(places, structures, rng.normal(size=len(places)), rng)
    answers = opinions(questionnaire(name, network.code), levels_of(network), eases, rng)
    begun = _moments(len(places), rng)
    taken = pl.Series(rng.integers(240, 900, len(places)) * 1_000_000).cast(pl.Duration("us"))
    told = pl.DataFrame([places, begun.alias("debut"), (begun + taken).alias("soumis")]).hstack(answers)
    return told.sort("debut", maintain_order=True).with_row_index("id", offset=FIRST_ID[name])


def _moments(size: int, rng: np.random.Generator) -> pl.Series:
    days = rng.choice(working_days_of(_month()), size).astype("datetime64[us]")
    moments: list[datetime] = (days + rng.integers(9 * 3600, 18 * 3600, size).astype("timedelta64[s]")).tolist()
    return pl.Series(moments, dtype=pl.Datetime("us"))


def _month() -> np.datetime64:
    return np.datetime64(read("questionnaires.yaml")["asked_in"], "M")
