"""Appointments as RDV Service Public exports them: when each was made, for when, and who for (which nobody may keep)."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from grids.territories import communes
from sample_data.draws import stream

_BORN_FROM = np.datetime64("1960-01-01", "D")


def appointments(receptions: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """`receptions` with the columns of that tool, all fictitious on their face: `usager`, `naissance`, `commune`, `motif`
    (canal and modalité joined by a space), `origine` (agent or usager), `heure`, `statut`; `demande` is when it was made.

    Those received without appointment are noted too, without a request. No mail is an appointment.
    """
    received = receptions.filter(pl.col("canal") != "courriel", pl.col("modalite").is_not_null())
    rng, size = stream(seed, network, "appointments"), len(received)
    towns = np.array([each.name for each in communes().values() if each.population >= 8000], dtype=object)
    born = _BORN_FROM + rng.integers(0, 44 * 365, size)
    return received.with_columns(
        pl.concat_str("canal", "modalite", separator=" ").alias("motif"),
        pl.col("date_choisie_par_la_personne").alias("origine"),
        pl.concat_str(pl.lit("FICTIF-USAGER-"), pl.col("accueil_ref").cast(pl.String).str.zfill(4)).alias("usager"),
        pl.Series("naissance", born),
        pl.Series("commune", towns[rng.integers(0, len(towns), size)].tolist()),
        pl.Series("heure", [f"{hour:02d}:{minute:02d}" for hour, minute in _hours(rng, size)]),
        pl.lit("Rendez-vous honoré").alias("statut"),
    )


def two_digit_days(days: list[date]) -> list[str]:
    """Days as a computer set to another country writes them, now month first, now day first: nobody can tell which."""
    return [day.strftime("%d/%m/%y" if rank % 2 else "%m/%d/%y") for rank, day in enumerate(days)]


def _hours(rng: np.random.Generator, size: int) -> list[tuple[int, int]]:
    return list(zip(rng.integers(9, 18, size).tolist(), (15 * rng.integers(0, 4, size)).tolist(), strict=True))
