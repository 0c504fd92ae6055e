"""Over two hundred regions where nothing happens, nothing is flagged or signalled but as often as chance alone has it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from grids.thresholds import load_thresholds
from grids.versions import record_of
from pipelines.comparison.compare import compare
from pipelines.counting.readable import readable_sql
from pipelines.measurement.figures import figures
from pipelines.release import reference
from pipelines.settled.shown import whole_cells
from pipelines.trends.lines import series
from pipelines.versions import Version
from tests.chance.counts_by_chance import MONTHS, VERSION, YEARS, drawn_counts, grid_in_force

REGIONS = 200
FLAGGED = 0.002
"""Of the tests, by chance: one in a thousand on each side."""
_NOTHING_HIDDEN = pl.DataFrame(
    schema=dict.fromkeys(("base_id", "niveau", "unite_id", "pas", "ventilation", "modalite", "etat"), pl.String)
    | {"debut": pl.Date}
)
_NO_EVENT = pl.DataFrame(
    schema=dict.fromkeys(("niveau", "unite_id", "mesure", "nature", "raison", "auteur"), pl.String) | {"mois": pl.Date}
)
_NO_PEER = pl.DataFrame(schema={"structure_id": pl.String, "pair_id": pl.String})
_PERIODS = pl.DataFrame(
    {"pas": ["mois"] * len(MONTHS) + ["annee"] * len(YEARS), "debut": [*MONTHS, *YEARS]}, schema_overrides={"debut": pl.Date}
)  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """What is said of the measures."""

    measures: pl.DataFrame
    categories: pl.DataFrame


@pytest.fixture(scope="module")
def told() -> Reference:
    grid = grid_in_force()
    versions = [Version(grid, record_of(VERSION), None, "")]
    queries = {measure_id: readable_sql(grid, measure_id, each) for measure_id, _, each in grid.measures()}
    return Reference(reference.measures(versions, queries), reference.categories(versions))


def _values(counts: pl.DataFrame) -> pl.DataFrame:
    return figures(counts, _NOTHING_HIDDEN, [grid_in_force()], load_thresholds()).whole


def _flags(counts: pl.DataFrame, values: pl.DataFrame, told: Reference) -> pl.Series:
    structures = counts["unite_id"].unique()
    units = pl.DataFrame({"niveau": "structure", "unite_id": structures, "reseau": "apec"})
    years = _PERIODS.filter(pas="annee")
    return compare(whole_cells(counts), values, told.measures, units, _NO_PEER, years).comparaisons["a_examiner"]


def _signals(values: pl.DataFrame, told: Reference) -> pl.DataFrame:
    """The monthly lines: their chart, and whether they signal anything."""
    lines = series(values.filter(pas="mois"), told.measures, told.categories, _PERIODS, _NO_EVENT).series
    return lines.select("carte", signale=pl.col("signal").is_not_null())


def _of_independent_points(values: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The same lines with points drawn from one normal law each, in whole percents, as solid as they were."""
    line = ["mesure_id", "unite_id"]
    shown = values.filter(pl.col("pas") == "mois", pl.col("valeur").is_not_null()).sort(*line, "debut")
    spread = shown.select(pl.col("valeur").std().over(line)).to_series().to_numpy()
    centre = shown.select(pl.col("valeur").mean().over(line)).to_series().to_numpy()
    drawn = np.clip(np.floor(centre + spread * rng.normal(size=len(centre)) + 0.5), 0, 100)
    return shown.with_columns(valeur=pl.Series(drawn, dtype=pl.Int32))


def _rate(found: pl.Series) -> tuple[float, float]:
    """A share, and its standard error."""
    share = float(found.mean())
    return share, math.sqrt(max(share * (1 - share), 1e-9) / len(found))


@pytest.mark.long
def test_chance_alone_flags_and_signals_no_more_than_its_rate(
    told: Reference, record_property: pytest.RecordProperty
) -> None:
    flags, signals, alike = [], [], []
    for seed in range(REGIONS):
        counts = drawn_counts(seed)
        values = _values(counts)
        flags.append(_flags(counts, values, told).is_not_null())
        signals.append(_signals(values, told))
        alike.append(_signals(_of_independent_points(values, np.random.default_rng(REGIONS + seed)), told))
    flagged, error = _rate(pl.concat(flags))
    seen, expected = (_rate(pl.concat(each)["signale"]) for each in (signals, alike))
    for name, rate in {"flagged": flagged, "signalled": seen[0], "independent": expected[0]}.items():
        record_property(name, rate)
        print(f"{name}: {100 * rate:.3f} %")
    assert len(pl.concat(flags)) == REGIONS * 40 * 3 * 2
    assert flagged <= FLAGGED + 3 * error
    assert seen[0] <= expected[0] + 3 * math.hypot(seen[1], expected[1])
