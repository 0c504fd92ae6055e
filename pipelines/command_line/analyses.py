"""What follows from the figures of a release: lines, comparisons, views, verdicts and sentences, stage by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl

from grids.territories import communes
from pipelines.comparison.compare import compare
from pipelines.comparison.peers import peers
from pipelines.comparison.practices import practices
from pipelines.comparison.territories import still_founded, territories
from pipelines.evaluation.effects import effects
from pipelines.frames import query_frame
from pipelines.release.copying import with_published
from pipelines.sentences.evidence import Analyses
from pipelines.sentences.stage import sentences
from pipelines.settled.shown import whole_cells
from pipelines.synthesis.criteria import criteria
from pipelines.synthesis.decompositions import decompositions
from pipelines.synthesis.participation import participation
from pipelines.synthesis.views import views
from pipelines.synthesis.weighting import weighted
from pipelines.trends.lines import series

Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Grounds:
    """What analyses are made of.

    figures: the tables of quality and reference of the release, by name; fresh: the counts of the cells that it is the first
    to show (see VisibleCells); before: those of the cells that earlier editions show (see settled.shown).
    """

    figures: Mapping[str, pl.DataFrame]
    fresh: pl.DataFrame
    before: Sequence[pl.DataFrame]

    @cached_property
    def counts(self) -> pl.DataFrame:
        """Of every cell that is shown, without breakdowns."""
        return pl.concat([*self.before, whole_cells(self.fresh)], how="diagonal_relaxed")

    @property
    def values(self) -> pl.DataFrame:
        return self.figures["quality.valeurs"]

    @property
    def measures(self) -> pl.DataFrame:
        return self.figures["reference.mesures"]

    @property
    def categories(self) -> pl.DataFrame:
        return self.figures["reference.categories"]

    @property
    def periods(self) -> pl.DataFrame:
        return self.figures["reference.periodes"]

    @property
    def units(self) -> pl.DataFrame:
        return self.figures["reference.unites"]


def analyses(warehouse: duckdb.DuckDBPyConnection, grounds: Grounds, copied_from: Path | None) -> Tables:
    """Every table of the analyses: what compares counts stands as it was published, the rest follows from what is shown."""
    events, actions = query_frame(warehouse, _EVENTS), query_frame(warehouse, _ACTIONS)
    lines = series(grounds.values, grounds.measures, grounds.categories, grounds.periods, events)
    tables = {
        "quality.series": lines.series,
        "quality.points": lines.points,
        "quality.evenements": events,
        "quality.actions": actions,
        "quality.regards": views(grounds.values, grounds.measures),
        "quality.criteres": criteria(grounds.values, grounds.measures, lines.series),
        "quality.effets": _effects(warehouse, grounds, actions),
        **with_published(_compared(warehouse, grounds), copied_from),
        "quality.territoires": _territories(grounds, copied_from),
    }
    return tables | {"quality.phrases": _sentences(grounds, tables)}


def _compared(warehouse: duckdb.DuckDBPyConnection, grounds: Grounds) -> Tables:
    """What compares counts, of the periods that this release is the first to show."""
    profiles = query_frame(warehouse, _PROFILES)
    alike = peers(profiles, {code: commune.population for code, commune in communes().items()})
    periods = grounds.fresh.select("pas", "debut").unique()
    beside = compare(grounds.counts, grounds.values, grounds.measures, grounds.units, alike, periods)
    return {
        "quality.comparaisons": beside.comparaisons,
        "quality.entonnoirs": beside.entonnoirs,
        "quality.pratiques": practices(
            beside.cotes, grounds.values, grounds.measures, grounds.categories, grounds.units
        ),
        "quality.decompositions": decompositions(grounds.counts, grounds.measures, grounds.units),
        "quality.redressements": weighted(
            grounds.values,
            grounds.figures["quality.ventilations"],
            grounds.counts,
            grounds.measures,
            _by_channel(grounds),
            _mix(grounds),
        ),
        "quality.participation": participation(
            grounds.counts, grounds.values, grounds.measures, grounds.units, profiles
        ),
    }


def _territories(grounds: Grounds, copied_from: Path | None) -> pl.DataFrame:
    name, today = "quality.territoires", territories(grounds.values, grounds.measures, grounds.units)
    return still_founded(with_published({name: today}, copied_from)[name], today)


def _effects(warehouse: duckdb.DuckDBPyConnection, grounds: Grounds, actions: pl.DataFrame) -> pl.DataFrame:
    offers = query_frame(warehouse, _OFFERS)
    reference = grounds.measures, grounds.categories, grounds.periods
    return effects(actions, grounds.values, *reference, grounds.counts, offers)


def _sentences(grounds: Grounds, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    found = (tables[f"quality.{name}"] for name in _READ_BY_SENTENCES)
    return sentences(grounds.values, grounds.measures, grounds.categories, grounds.units, Analyses(*found))


def _by_channel(grounds: Grounds) -> pl.DataFrame:
    """mesure_id, niveau, unite_id, debut, canal, y, n: shown headlines by channel."""
    headline = pl.col("categorie").is_in(["", "favorable"]) & (pl.col("groupe") == "")
    return grounds.fresh.filter(headline, ventilation="canal").select(
        "mesure_id", "niveau", "unite_id", "debut", "y", "n", canal="modalite"
    )


def _mix(grounds: Grounds) -> pl.DataFrame:
    """debut, canal, part: the region's receptions of a year by channel, as its widest base shown by channel has them."""
    receptions = grounds.measures.filter(base_table="accueils").select("mesure_id")
    cells = grounds.fresh.filter(ventilation="canal", niveau="region", pas="annee").join(receptions, on="mesure_id")
    by_base = cells.group_by("debut", "base_id", canal="modalite").agg(pl.max("applicables"))
    widest = pl.col("applicables").sum().over("debut", "base_id")
    kept = by_base.filter(widest == widest.max().over("debut")).unique(["debut", "canal"], maintain_order=True)
    return kept.select("debut", "canal", part=pl.col("applicables") / pl.col("applicables").sum().over("debut"))


_READ_BY_SENTENCES = ("series", "regards", "comparaisons", "decompositions", "actions", "effets", "criteres")
_EVENTS = "SELECT niveau, unite_id, mesure, mois, nature, raison, auteur FROM evenements"
_ACTIONS = """
SELECT action_id, libelle, niveau, unite_id, mesure, sens, debut, latence_mois, revue_le FROM actions
"""
_PROFILES = """
SELECT structure_id, reseau, mode_collecte, commune_insee, canaux_proposes, sans_rendez_vous_demi_journees FROM structures
"""
_OFFERS = "SELECT structure_id, reseau, canaux_proposes FROM structures"
