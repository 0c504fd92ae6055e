"""From the counts that may be shown to the tables of a release: each part alone, then all of them as a build composes them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl

from grids.model import Grid
from grids.territories import communes
from grids.thresholds import load_thresholds
from pipelines.command_line.analyses import Grounds, analyses
from pipelines.comparison.compare import compare
from pipelines.comparison.peers import peers
from pipelines.evaluation.effects import effects
from pipelines.frames import query_frame
from pipelines.measurement.figures import figures
from pipelines.sentences.evidence import Analyses
from pipelines.sentences.stage import sentences
from pipelines.synthesis.criteria import criteria
from pipelines.synthesis.decompositions import decompositions
from pipelines.synthesis.views import views
from pipelines.synthesis.weighting import weighted
from pipelines.trends.lines import series
from tests.bench.edition import COUNTS, HIDDEN, Edition
from tests.bench.masks import Timed
from tests.scale.rolling_up import grid_in_force

Tables = dict[str, pl.DataFrame]
_READ_BY_SENTENCES = (
    "quality.series", "quality.regards", "quality.comparaisons", "quality.decompositions", "actions", "quality.effets",
    "quality.criteres",
)  # fmt: skip


def estimated(folder: Path, structures: int) -> Timed:
    """Every figure and its range."""
    edition = Edition.of(folder, structures)
    counts, hidden, (grid, _) = edition.read(COUNTS), edition.read(HIDDEN), grid_in_force()
    return _timed(edition, lambda: _figures(counts, hidden, grid))


def compared(folder: Path, structures: int) -> Timed:
    """Structures beside each other, and beside those alike."""
    edition = Edition.of(folder, structures)
    grounds, profiles = edition.grounds, _told(edition, "structures")
    return _timed(edition, lambda: _compared(grounds, profiles))


def followed(folder: Path, structures: int) -> Timed:
    """Lines through time."""
    edition = Edition.of(folder, structures)
    grounds, events = edition.grounds, _told(edition, "evenements")
    return _timed(edition, lambda: _lines(grounds, events))


def read_together(folder: Path, structures: int) -> Timed:
    """Views of one thing, criteria, both ways to count, channels weighted."""
    edition = Edition.of(folder, structures)
    grounds, lines = edition.grounds, edition.read("quality.series")
    return _timed(edition, lambda: _read_together(grounds, lines))


def judged(folder: Path, structures: int) -> Timed:
    """The verdict of each action."""
    edition = Edition.of(folder, structures)
    grounds, actions, profiles = edition.grounds, _told(edition, "actions"), _told(edition, "structures")
    return _timed(edition, lambda: _judged(grounds, actions, profiles))


def worded(folder: Path, structures: int) -> Timed:
    """Sentences."""
    edition = Edition.of(folder, structures)
    grounds = edition.grounds
    found = Analyses(
        *(edition.read(name) if "." in name else _told(edition, name) for name in _READ_BY_SENTENCES),
    )
    return _timed(edition, lambda: _worded(grounds, found))


def whole(folder: Path, structures: int) -> Timed:
    """All of it in one process, as a build does: figures, then what follows from them."""
    edition = Edition.of(folder, structures)
    counts, hidden, reference = edition.read(COUNTS), edition.read(HIDDEN), edition.reference
    grid, _ = grid_in_force()
    with duckdb.connect(str(edition.warehouse)) as warehouse:
        started = time.perf_counter()
        found = _figures(counts, hidden, grid)
        tables = found | analyses(warehouse, Grounds(reference | found, counts, ()), None)
        seconds = time.perf_counter() - started
    return seconds, {"rows": sum(frame.height for frame in tables.values())}


PARTS: tuple[Callable[[Path, int], Timed], ...] = (estimated, compared, followed, read_together, judged, worded)
"""In the order in which each reads what those before it wrote."""


def _timed(edition: Edition, made: Callable[[], Tables]) -> Timed:
    """The seconds of making tables, and their rows; they are kept."""
    started = time.perf_counter()
    tables = made()
    seconds = time.perf_counter() - started
    return seconds, edition.write(tables)


def _figures(counts: pl.DataFrame, hidden: pl.DataFrame, grid: Grid) -> Tables:
    measured = figures(counts, hidden, [grid], load_thresholds())
    return {"quality.valeurs": measured.whole, "quality.ventilations": measured.broken_down}


def _compared(grounds: Grounds, profiles: pl.DataFrame) -> Tables:
    alike = peers(profiles, {code: commune.population for code, commune in communes().items()})
    periods = grounds.fresh.select("pas", "debut").unique()
    beside = compare(grounds.counts, grounds.values, grounds.measures, grounds.units, alike, periods)
    return {"quality.comparaisons": beside.comparaisons, "quality.entonnoirs": beside.entonnoirs}


def _lines(grounds: Grounds, events: pl.DataFrame) -> Tables:
    lines = series(grounds.values, grounds.measures, grounds.categories, grounds.periods, events)
    return {"quality.series": lines.series, "quality.points": lines.points}


def _read_together(grounds: Grounds, lines: pl.DataFrame) -> Tables:
    broken_down = grounds.figures["quality.ventilations"]
    by_channel = _by_channel(grounds)
    mix = _even_mix(by_channel)
    return {
        "quality.regards": views(grounds.values, grounds.measures),
        "quality.criteres": criteria(grounds.values, grounds.measures, lines),
        "quality.decompositions": decompositions(grounds.counts, grounds.measures, grounds.units),
        "quality.redressements": weighted(
            grounds.values, broken_down, grounds.counts, grounds.measures, by_channel, mix
        ),
    }


def _judged(grounds: Grounds, actions: pl.DataFrame, profiles: pl.DataFrame) -> Tables:
    reference = grounds.measures, grounds.categories, grounds.periods
    offers = profiles.select("structure_id", "reseau", "canaux_proposes")
    return {"quality.effets": effects(actions, grounds.values, *reference, grounds.counts, offers)}


def _worded(grounds: Grounds, found: Analyses) -> Tables:
    told = sentences(grounds.values, grounds.measures, grounds.categories, grounds.units, found)
    return {"quality.phrases": told}


def _told(edition: Edition, table: str) -> pl.DataFrame:
    """A table of the networks' own."""
    with duckdb.connect(str(edition.warehouse), read_only=True) as warehouse:
        return query_frame(warehouse, f"FROM {table}")


def _by_channel(grounds: Grounds) -> pl.DataFrame:
    """mesure_id, niveau, unite_id, debut, canal, y, n: shown headlines by channel."""
    headline = pl.col("categorie").is_in(["", "favorable"]) & (pl.col("groupe") == "")
    cells = grounds.fresh.filter(headline, ventilation="canal")
    return cells.select("mesure_id", "niveau", "unite_id", "debut", "y", "n", canal="modalite")


def _even_mix(by_channel: pl.DataFrame) -> pl.DataFrame:
    """debut, canal, part: as if the public came by each channel as often; which it is takes no more nor less time."""
    channels = by_channel.select("debut", "canal").unique()
    return channels.with_columns(part=1 / pl.len().over("debut"))
