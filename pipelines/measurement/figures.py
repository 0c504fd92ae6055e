"""Every figure of a release, from visible cells: one row a measure, unit, period, category and aggregation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from grids.model import Grid, Measure
from grids.thresholds import Thresholds
from pipelines.measurement import delays
from pipelines.measurement.intervals import mean_of_structures, wilson
from pipelines.measurement.showing import Shown, band, response_class, share, state, too_few_answers, unanimity

VALUES = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "categorie": pl.String, "agregation": pl.String, "etat": pl.String, "raison": pl.String, "valeur": pl.Int32,
    "basse": pl.Int32, "haute": pl.Int32, "assise": pl.String, "taux_reponse_classe": pl.String,
    "structures": pl.Int32, "structures_attendues": pl.Int32,
}  # fmt: skip
"""Columns of the figures: those of quality.valeurs."""

_CELL = ["mesure_id", "niveau", "unite_id", "pas", "debut"]
_SMALLEST_FOR_QUANTILES = 20
Row = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What a measure is made of, for those that measure it."""

    measure_id: str
    measure: Measure
    opinion: bool
    thresholds: Thresholds

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories shown, in order."""
        if self.measure.kind == "quantiles":
            return tuple(f"p{round(100 * each)}" for each in self.measure.quantiles)
        if self.measure.kind == "repartition":
            return (*self.measure.categories, *(["favorable"] if self.measure.favorable else []))
        return ("",)


def figures(counts: pl.DataFrame, hidden: pl.DataFrame, grid: Grid, thresholds: Thresholds) -> pl.DataFrame:
    """The rows of quality.valeurs (VALUES) from visible counts and hidden keys (see protection.visible)."""
    contexts = {
        measure_id: Context(measure_id, measure, grid.bases[measure.base].opinion, thresholds)
        for measure_id, _, measure in grid.measures()
    }
    rows: list[Row] = []
    for key, cell in counts.partition_by(_CELL, as_dict=True).items():
        rows.extend(_cell_rows(contexts[str(key[0])], dict(zip(_CELL, key, strict=True)), cell))
    rows.extend(_hidden_rows(contexts, hidden))
    return pl.DataFrame(rows, schema=VALUES, orient="row").sort(*_CELL, "categorie", "agregation")


def _cell_rows(context: Context, key: Row, cell: pl.DataFrame) -> Iterator[Row]:
    """A visible cell, under each aggregation of its level."""
    aggregations = ["structure"] if key["niveau"] == "structure" else ["moyenne_structures", "part_accueils"]
    for aggregation in aggregations:
        shown = _SHOWN_BY_KIND[context.measure.kind](context, cell, aggregation)
        first = cell.row(0, named=True)
        for category in context.categories:
            yield _row(key, category, aggregation, shown.get(category), first)


def _row(key: Row, category: str, aggregation: str, shown: Shown | None, cell: Row) -> Row:
    row = {**dict.fromkeys(VALUES), **key, "categorie": category, "agregation": aggregation}
    if shown is None:
        return row | {"etat": "masque"}
    counted = aggregation == "moyenne_structures"
    return row | {
        "etat": state(cell["n"]),
        "raison": shown.reason,
        "valeur": shown.value,
        "basse": shown.low,
        "haute": shown.high,
        "assise": band(cell["n"]),
        "taux_reponse_classe": response_class(cell["n"], cell["applicables"]),
        "structures": cell["structures"] if counted else None,
        "structures_attendues": cell["structures_attendues"] if counted else None,
    }


def _shares(context: Context, cell: pl.DataFrame, aggregation: str) -> dict[str, Shown | None]:
    shown = {row["categorie"]: _share(context, row, aggregation) for row in cell.iter_rows(named=True)}
    if context.opinion and context.measure.kind == "repartition":
        return shown | _companion(shown, context.measure)
    return shown


def _companion(shown: dict[str, Shown | None], measure: Measure) -> dict[str, Shown | None]:
    """Of a distribution, what must lose its point so that the one part told as a bound is not 100 minus the others.

    The smallest other part, on the same side if there is one, keeps its range alone. Across sides the favourable sum
    would give both back: it then keeps its range alone too.
    """
    parts = {code: each for code in measure.categories if (each := shown.get(code)) is not None}
    bounds = [code for code, each in parts.items() if each.value is None]
    pointed = {code: each for code, each in parts.items() if each.value is not None}
    if len(bounds) != 1 or parts[bounds[0]].reason is not None or not pointed:
        return {}
    side = bounds[0] in measure.favorable
    same_side = [code for code in pointed if (code in measure.favorable) == side]
    blurred = min(same_side or pointed, key=lambda code: pointed[code].value or 0)
    lost = [blurred] if same_side else [blurred, "favorable"]
    return {code: replace(each, value=None) for code in lost if (each := shown.get(code)) is not None}


def _share(context: Context, row: Row, aggregation: str) -> Shown | None:
    if aggregation == "moyenne_structures" and row["structures"] < context.thresholds.structures_for_mean.value:
        return None
    if too_few_answers(row["n"], row["applicables"]):
        return Shown(None, None, None, "trop_de_non_reponses")
    few = unanimity(row["y"], row["n"]) if context.opinion else None
    if few:
        return few
    if aggregation == "moyenne_structures":
        bounds = mean_of_structures(row["moyenne"], row["ecart_type"], row["structures"])
        return share(row["moyenne"], bounds, row["n"])
    rate, size = row["y"] / row["n"], row["n_effectif"]
    return share(rate, wilson(rate * size, size), row["n"])


def _quantiles(context: Context, cell: pl.DataFrame, aggregation: str) -> dict[str, Shown | None]:
    ordered = cell.with_columns(jours=pl.col("categorie").cast(pl.Int32)).sort("jours")
    first = ordered.row(0, named=True)
    enough = aggregation != "moyenne_structures" or first["structures"] >= context.thresholds.structures_for_mean.value
    if first["n"] < _SMALLEST_FOR_QUANTILES or not enough:
        return {}
    if too_few_answers(first["n"], first["applicables"]):
        return dict.fromkeys(context.categories, Shown(None, None, None, "trop_de_non_reponses"))
    return {
        name: _days(_quantile(ordered, wanted, aggregation))
        for name, wanted in zip(context.categories, context.measure.quantiles, strict=True)
    }


def _quantile(ordered: pl.DataFrame, wanted: float, aggregation: str) -> delays.QuantileRange:
    days = ordered["jours"].to_list()
    if aggregation == "structure":
        return delays.of_one_unit(days, ordered["y"].to_list(), wanted)
    if aggregation == "part_accueils":
        shares = (ordered["y"] / ordered["n"]).to_list()
        return delays.of_all_receptions(days, shares, ordered["n_effectif"].to_list(), wanted)
    means, deviations = ordered["moyenne"].to_list(), ordered["ecart_type"].to_list()
    return delays.of_structures(days, means, deviations, ordered["structures"][0], wanted)


def _days(range_: delays.QuantileRange) -> Shown:
    return Shown(range_.value, range_.low, range_.high)


_SHOWN_BY_KIND = {"part": _shares, "repartition": _shares, "quantiles": _quantiles}


def _hidden_rows(contexts: dict[str, Context], hidden: pl.DataFrame) -> Iterator[Row]:
    """Every category of every measure of a hidden cell: a row, and nothing on it."""
    for cell in hidden.iter_rows(named=True):
        levels = ["structure"] if cell["niveau"] == "structure" else ["moyenne_structures", "part_accueils"]
        for context in contexts.values():
            if context.measure.base != cell["base_id"]:
                continue
            key = {name: cell[name] for name in _CELL[1:]} | {"mesure_id": context.measure_id}
            for category in context.categories:
                for aggregation in levels:
                    yield dict.fromkeys(VALUES) | key | {
                        "categorie": category, "agregation": aggregation, "etat": cell["etat"]
                    }  # fmt: skip
