"""What a release tells of each measure and of its categories: reference.mesures, reference.categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from grids.model import Grid, Indicator, Measure
from grids.register import networks
from pipelines.versions import Version

_QUANTILE_LABELS = {
    "p50": "médiane : la moitié attend moins, l'autre plus",
    "p90": "neuvième décile : neuf sur dix attendent moins",
}
_OFTEN_EMPTY: dict[str, pl.DataType] = {
    "seuil_date": pl.Date(),
    **dict.fromkeys(("detournement", "limite", "seuil_raison", "precedente", "suite_de", "suite_raison"), pl.String()),
    "seuil": pl.Int32(),
}
"""Columns that may hold nothing at all, and what they would hold."""
_FIXED_LABELS = {
    "ecart": {"groupe": "le groupe dont on parle", "contre": "les autres"},
    "gain": {"avant": "avant", "apres": "après"},
    "diversite": {"proposes": "proposés, peu utilisés"},
}


def measures(versions: Sequence[Version], queries: Mapping[str, str]) -> pl.DataFrame:
    """reference.mesures, of every version; `queries`: the SQL of each measure, by its id."""
    rows = [
        _measure(grid, earlier, order, *each) | {"calcul": queries[each[0]]}
        for grid, earlier in zip((each.grid for each in versions), _earlier(versions), strict=True)
        for order, each in enumerate(grid.measures())
    ]
    return pl.DataFrame(rows, schema_overrides=_OFTEN_EMPTY, infer_schema_length=None)


def categories(versions: Sequence[Version]) -> pl.DataFrame:
    """reference.categories: what the figures of a measure are of, beside its headline."""
    rows = [
        row
        for each in versions
        for measure_id, _, measure in each.grid.measures()
        for row in _categories(measure_id, measure)
    ]
    schema = ["mesure_id", "categorie", "libelle", "favorable", "ordre"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _earlier(versions: Sequence[Version]) -> list[dict[str, str]]:
    """For each version, the measures of the one before: name → id."""
    named = [{_name(measure_id): measure_id for measure_id, *_ in each.grid.measures()} for each in versions]
    return [{}, *named[:-1]]


def _name(measure_id: str) -> str:
    return measure_id.partition("@")[0]


def _measure(
    grid: Grid, earlier: Mapping[str, str], order: int, measure_id: str, indicator: Indicator, measure: Measure
) -> dict[str, object]:
    criterion, base = grid.criteria[indicator.criterion], grid.bases[measure.base]
    return {
        "mesure_id": measure_id,
        "indicateur_id": measure_id.split(".", maxsplit=1)[0],
        "indicateur": indicator.label,
        "grille": grid.id,
        "version": grid.version,
        "champ": criterion.field,
        "champ_libelle": grid.field_labels[criterion.field],
        "critere": indicator.criterion,
        "critere_libelle": criterion.label,
        "critere_question": criterion.question,
        "genre": measure.kind,
        "nature": measure.nature,
        "base_id": grid.base_id(measure.base),
        "base_libelle": base.label,
        "base_table": base.table,
        "fait_d_organisation": base.is_fact,
        "opinion": base.opinion,
        "niveaux": list(grid.levels_of(measure)),
        "pas": list(base.steps),
        "sens": measure.direction,
        "unite": measure.unit,
        "libelle": measure.label,
        "definition": measure.definition,
        "detournement": indicator.gaming or None,
        "limite": indicator.limit or None,
        "noyau": indicator.core,
        "comparaison": measure.compared,
        "precedente": earlier.get(_name(measure_id)),
        "ordre": order,
        **_target(measure),
        **_continuity(measure),
    }


def _target(measure: Measure) -> dict[str, object]:
    target = measure.target
    if target is None:
        return {"seuil": None, "seuil_raison": None, "seuil_date": None}
    return {"seuil": target.value, "seuil_raison": target.reason, "seuil_date": target.decided_on}


def _continuity(measure: Measure) -> dict[str, object]:
    continued = measure.continues
    return {
        "suite_de": continued.measure if continued else None,
        "suite_raison": continued.reason if continued else None,
    }


def _categories(measure_id: str, measure: Measure) -> list[tuple[str, str, str, bool, int]]:
    return [(measure_id, *each, order) for order, each in enumerate(_named_categories(measure))]


def _named_categories(measure: Measure) -> list[tuple[str, str, bool]]:
    """Code, label, and whether it is on the favourable side."""
    if measure.kind == "quantiles":
        names = [f"p{round(100 * each)}" for each in measure.quantiles]
        return [(name, _QUANTILE_LABELS.get(name, name), False) for name in names]
    if measure.kind == "indice":
        return [(key, item.label, False) for key, item in measure.items.items()]
    if measure.breakdowns:
        return [(network.code, network.name, False) for network in networks()]
    if measure.kind in _FIXED_LABELS:
        return [(code, label, False) for code, label in _FIXED_LABELS[measure.kind].items()]
    return [(code, label, code in measure.favorable) for code, label in measure.categories.items()]
