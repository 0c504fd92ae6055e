"""What is held of lines through time: those that have the same points before and after."""

from __future__ import annotations

import polars as pl

from pipelines.command_line.analyses import Tables
from tests.analyses.side_by_side import AFTER, MEAN, Held, dates, joined


def charts(before: Tables, after: Tables) -> Held:
    """How a line is drawn. Of both charts with limits bands choose one, where points are shares of receptions."""
    return Held(_same(before, after), ["mesure_id", "categorie", "tracee", "provisoire"])


def verdicts(before: Tables, after: Tables) -> Held:
    """What is said of a line."""
    return Held(_of_values_alone(before, after), ["variation", "signal", "assurance"])


def points(before: Tables, after: Tables) -> Held:
    """The points themselves, and the phases that they fall into."""
    return Held(_points(before, after, _same(before, after)), ["mesure_id", "phase", "valeur"])


def limits(before: Tables, after: Tables) -> Held:
    """Centres, limits and labels."""
    rows = _points(before, after, _of_values_alone(before, after))
    return Held(rows, ["centre", "limite_basse", "limite_haute", "etiquette"])


def _lines(tables: Tables) -> pl.DataFrame:
    """quality.series with `points`, and `tracee`: the chart, or that it is one of both that have limits."""
    known = tables["quality.points"].group_by("serie_id").agg(points=dates())
    either = pl.col("carte").is_in(["xmr", "p_prime"]) & (pl.col("agregation") != MEAN)
    drawn = pl.when(either).then(pl.lit("xmr ou p_prime")).otherwise("carte").alias("tracee")
    return tables["quality.series"].join(known, on="serie_id").with_columns(drawn)


def _same(before: Tables, after: Tables) -> pl.DataFrame:
    return joined(_lines(before), _lines(after), ["serie_id", "agregation", "points"])


def _of_values_alone(before: Tables, after: Tables) -> pl.DataFrame:
    """The lines that read no band, before or after."""
    return _same(before, after).filter(pl.all_horizontal(pl.col("carte", f"carte{AFTER}") != "p_prime"))


def _points(before: Tables, after: Tables, lines: pl.DataFrame) -> pl.DataFrame:
    both = joined(before["quality.points"], after["quality.points"], ["serie_id", "debut"])
    return lines.select("serie_id", "carte", "agregation").join(both, on="serie_id")
