"""Structures to compare, made by hand: their counts, the figures that are shown of them, and what they are."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from pipelines.comparison.compare import Comparisons, compare

YEAR = date(2025, 1, 1)
PERIODS = pl.DataFrame({"pas": ["annee"], "debut": [YEAR]})
NO_PEERS = pl.DataFrame(schema={"structure_id": pl.String, "pair_id": pl.String})
TEN = {
    f"S{rank:02}": counted
    for rank, counted in enumerate(
        zip((34, 41, 12, 55, 70, 18, 22, 61, 9, 47), (50, 52, 20, 70, 80, 30, 41, 75, 18, 60), strict=True), 1
    )
}
"""The structures of the pages on over-dispersion and on the stabilised value: y, n."""


def counts_of(
    counted: Mapping[str, tuple[int, int]], measure: str = "M@1", category: str = "", step: str = "annee"
) -> pl.DataFrame:
    """The counts of one measure in one period, y and n by structure."""
    return pl.DataFrame(
        {
            "mesure_id": measure, "niveau": "structure", "unite_id": list(counted), "pas": step, "debut": YEAR,
            "groupe": "", "categorie": category,
            "y": [y for y, _ in counted.values()], "n": [n for _, n in counted.values()],
        }
    )  # fmt: skip


def values_of(counts: pl.DataFrame, opinion: bool = False) -> pl.DataFrame:
    """What is shown of them: whole percents and bands."""
    percents = (100 * pl.col("y") / pl.col("n") + 0.5).floor().cast(pl.Int32)
    size, band = pl.col("n"), pl.lit
    bands = (
        pl.when(size < 20).then(band("11-19")).when(size < 50).then(band("20-49")).when(size < 100).then(band("50-99"))
    ).otherwise(band("100+"))
    return counts.with_columns(
        agregation=pl.lit("structure"), etat=pl.lit("ok"), assise=bands,
        valeur=percents.clip(1, 99) if opinion else percents,
    ).drop("y", "n", "groupe")  # fmt: skip


def measures_of(*names: str, **told: object) -> pl.DataFrame:
    """Measures that are shares compared in the whole region, unless told otherwise."""
    usual = {"comparaison": "tous", "genre": "part", "fait_d_organisation": False, "opinion": False}
    return pl.DataFrame([{"mesure_id": name, **usual, **told} for name in names or ("M@1",)])


def units_of(names: Sequence[str], network: str = "cio") -> pl.DataFrame:
    return pl.DataFrame({"niveau": "structure", "unite_id": names, "reseau": network})


def drawn(seed: int, structures: int, measures: Sequence[str], rate: float = 0.7, smallest: int = 11) -> pl.DataFrame:
    """The counts of structures that share one rate, in one year, a measure after the other."""
    chance = random.Random(seed)
    sizes = {f"S{rank:03}": chance.randint(smallest, 200) for rank in range(structures)}
    return pl.concat(
        counts_of({name: (sum(chance.random() < rate for _ in range(n)), n) for name, n in sizes.items()}, measure)
        for measure in measures
    )


def compared(
    counts: pl.DataFrame,
    measures: pl.DataFrame | None = None,
    values: pl.DataFrame | None = None,
    units: pl.DataFrame | None = None,
    peers: pl.DataFrame = NO_PEERS,
    periods: pl.DataFrame = PERIODS,
) -> Comparisons:
    """Compare, with the usual of what is not told."""
    names = counts["unite_id"].unique().sort().to_list()
    measures = measures_of(*counts["mesure_id"].unique().sort()) if measures is None else measures
    values = values_of(counts, measures["opinion"].any()) if values is None else values
    return compare(counts, values, measures, units_of(names) if units is None else units, peers, periods)
