"""A region of 400 structures, 60 measures and three years: each function tells what a literal one tells."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np
import polars as pl
import pytest

from pipelines.synthesis.criteria import criteria
from pipelines.synthesis.decompositions import decompositions
from pipelines.synthesis.views import views
from pipelines.synthesis.weighting import weighted
from tests.synthesis import made

STRUCTURES, INDICATORS, NATURES = 400, 20, ("rendue", "declaree", "percue")
YEARS = [date(year, 1, 1) for year in (2023, 2024, 2025)]
PERIODS = [("annee", each) for each in YEARS] + [
    (step, date(each.year, month, 1))
    for each in YEARS
    for step, apart in (("mois", 1), ("trimestre", 3))
    for month in range(1, 13, apart)
]
NAMES = [f"s{rank:03}" for rank in range(STRUCTURES)]
UNITS = made.units({f"r{rank}": NAMES[rank::12] for rank in range(12)})
MEASURES = made.measures(
    *(
        {
            "mesure_id": f"I{rank:02}.{nature}@2023.1", "indicateur_id": f"I{rank:02}", "nature": nature,
            "critere": f"c{rank // 2}", "base_table": "accueils" if nature == "rendue" else "reponses",
        }
        for rank in range(INDICATORS) for nature in NATURES
    )
)  # fmt: skip

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def chance() -> np.random.Generator:
    return np.random.default_rng(20260301)


@pytest.fixture(scope="module")
def places() -> pl.DataFrame:
    """Every measure, unit and period at the steps that units have (methods 10): few structures are told by month."""
    periods = pl.DataFrame(PERIODS, ["pas", "debut"], orient="row")
    told = {
        step: NAMES[: STRUCTURES * percent // 100] for step, percent in (("mois", 17), ("trimestre", 60), ("annee", 91))
    }
    cells = UNITS.select("niveau", "unite_id").join(periods, how="cross")
    own = pl.col("unite_id").is_in(pl.col("pas").replace_strict(told, return_dtype=pl.List(pl.String)))
    return MEASURES.select("mesure_id").join(cells.filter((pl.col("niveau") != "structure") | own), how="cross")


@pytest.fixture(scope="module")
def values(places: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Every figure shown: about four hundred thousand."""
    value = pl.Series(chance.integers(5, 95, places.height), dtype=pl.Int32)
    own = pl.col("niveau") == "structure"
    return places.with_columns(
        valeur=value, basse=value - 5, haute=value + 5, categorie=pl.lit(""), etat=pl.lit("ok"),
        raison=pl.lit(None, pl.String),
        agregation=pl.when(own).then(pl.lit("structure")).otherwise(pl.lit("part_accueils")),
    )  # fmt: skip


@pytest.fixture(scope="module")
def counts(chance: np.random.Generator) -> pl.DataFrame:
    """Every structure's years."""
    cells = MEASURES.select("mesure_id").join(pl.DataFrame({"unite_id": NAMES}), how="cross")
    cells = cells.join(pl.DataFrame({"debut": YEARS}), how="cross")
    size = 11 + chance.lognormal(3, 1.2, cells.height).astype(int)
    share = chance.beta(2, 2, cells.height)
    return cells.with_columns(
        niveau=pl.lit("structure"), pas=pl.lit("annee"), groupe=pl.lit(""), categorie=pl.lit(""),
        n=pl.Series(size), y=pl.Series(chance.binomial(size, share)), n_effectif=pl.Series(size.astype(float)),
    )  # fmt: skip


def literal_row(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> tuple[int, ...] | None:
    """structures, moyenne, part, pratiques, composition, separees of one unit, in exact fractions."""
    common = sorted(before.keys() & after.keys())
    totals = [sum(year[name][1] for name in common) for year in (before, after)]
    moved = practices = Fraction(0)
    for name in common:
        (y0, n0), (y1, n1) = before[name], after[name]
        change = Fraction(y1, n1) - Fraction(y0, n0)
        moved += change / len(common)
        practices += (Fraction(n0, totals[0]) + Fraction(n1, totals[1])) / 2 * change
    pooled = Fraction(sum(after[name][0] for name in common), totals[1])
    pooled -= Fraction(sum(before[name][0] for name in common), totals[0])
    mean, part, own = (floor(100 * each + Fraction(1, 2)) for each in (moved, pooled, practices))
    parted = mean * part < 0 or abs(mean - part) > 5
    return (len(common), mean, part, own, part - own, parted) if len(common) >= 5 else None


def test_decompositions(counts: pl.DataFrame) -> None:
    rows = decompositions(counts, MEASURES, UNITS)
    found = {row[:3] + row[4:5]: row[6:] for row in rows.iter_rows()}
    networks = UNITS.filter(niveau="structure").group_by("reseau").agg("unite_id")
    members = {("reseau", name): set(names) for name, names in networks.iter_rows()} | {
        ("region", "bretagne"): set(NAMES)
    }
    expected = {}
    for (measure,), cells in counts.partition_by("mesure_id", as_dict=True).items():
        years = {
            debut: {name: (y, n) for name, y, n in year.select("unite_id", "y", "n").iter_rows()}
            for (debut,), year in cells.partition_by("debut", as_dict=True).items()
        }
        for unit, names in members.items():
            for since, debut in pairwise(YEARS):
                before, after = ({name: years[each][name] for name in names} for each in (since, debut))
                if row := literal_row(before, after):
                    expected[measure, *unit, debut] = row
    assert len(expected) > 50
    assert found == expected


def test_views(values: pl.DataFrame) -> None:
    rows = views(values, MEASURES)
    assert rows.height == values.height
    assert rows["concordance"].count() == INDICATORS * 3 * len(PERIODS)


def test_criteria(values: pl.DataFrame) -> None:
    lines = values.select("mesure_id", "niveau", "unite_id", "pas").unique()
    lines = lines.with_columns(variation=pl.lit("habituelle"), assurance=pl.lit(None, pl.String))
    rows = criteria(values, MEASURES, lines)
    assert 6 * rows.height == values.height
    assert set(rows["statut"]) == {"stable"}


def test_weighted(values: pl.DataFrame, counts: pl.DataFrame, chance: np.random.Generator) -> None:
    mix = pl.DataFrame({"canal": ["presentiel", "telephone", "courriel"], "part": [0.6, 0.3, 0.1]})
    cells = values.filter(pl.col("niveau") != "structure", pl.col("pas") == "annee").join(
        mix.select("canal"), how="cross"
    )
    told = cells.with_columns(ventilation=pl.lit("canal")).rename({"canal": "modalite"})
    size = chance.integers(80, 120, cells.height)
    answers = cells.select("mesure_id", "niveau", "unite_id", "debut", "canal").with_columns(
        n=pl.Series(size), y=pl.Series(chance.binomial(size, 0.6))
    )
    mixes = mix.join(pl.DataFrame({"debut": YEARS}), how="cross")
    rows = weighted(values, told, counts, MEASURES, answers, mixes)
    assert rows.height == INDICATORS * 13 * len(YEARS)
