"""The reference tables of a release: units, periods, measures and what they evidence. No figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import polars as pl

from grids.breakdowns import load_breakdowns
from grids.clauses import coverage, load_clauses
from grids.model import Grid, Indicator, Measure
from grids.register import networks
from grids.territories import DEPARTEMENTS
from pipelines.frames import query_frame
from pipelines.periods import Period
from pipelines.versions import Version

REGION = ("region", "bretagne", "Bretagne")
_QUANTILE_LABELS = {
    "p50": "médiane : la moitié attend moins, l'autre plus",
    "p90": "neuvième décile : neuf sur dix attendent moins",
}
_OFTEN_EMPTY: dict[str, pl.DataType] = {
    **dict.fromkeys(("en_vigueur_au", "adoptee_le", "seuil_date"), pl.Date()),
    **dict.fromkeys(("detournement", "limite", "seuil_raison", "precedente", "suite_de", "suite_raison"), pl.String()),
    **dict.fromkeys(("statut", "raison"), pl.String()),
    **dict.fromkeys(("indicateurs", "approchants"), pl.List(pl.String())),
    "seuil": pl.Int32(),
}
"""Columns that may hold nothing at all, and what they would hold."""
_FIXED_LABELS = {
    "ecart": {"groupe": "le groupe dont on parle", "contre": "les autres"},
    "gain": {"avant": "avant", "apres": "après"},
    "diversite": {"proposes": "proposés, peu utilisés"},
}


def units(warehouse: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """reference.unites: the region, the départements and the networks that have structures, the structures."""
    structures = query_frame(
        warehouse,
        "SELECT 'structure' AS niveau, structure_id AS unite_id, nom, reseau, departement, epci, zone_emploi FROM structures",
    )
    present = set(structures["reseau"])
    named = [
        ("reseau", each.code, each.name, each.code, None, None, None) for each in networks() if each.code in present
    ]
    placed = [
        ("departement", code, name, None, code, None, None)
        for code, name in DEPARTEMENTS.items()
        if code in set(structures["departement"])
    ]
    larger = pl.DataFrame([(*REGION, None, None, None, None), *placed, *named], schema=structures.schema, orient="row")
    return pl.concat([larger, structures.sort("unite_id")])


def period_rows(periods: Sequence[Period], edition: str, as_of: date) -> pl.DataFrame:
    """reference.periodes of the periods that `edition` shows first, on the day `as_of`."""
    rows = [
        (
            *each.key,
            each.end,
            each.closes_on,
            each.final_on,
            "finale" if each.final_on <= as_of else "candidate",
            edition,
        )
        for each in periods
    ]
    days = dict.fromkeys(("debut", "fin", "close_le", "finale_le"), pl.Date)
    return pl.DataFrame(rows, schema={"pas": pl.String, **days, "etat": pl.String, "edition": pl.String}, orient="row")


def modalities() -> pl.DataFrame:
    """reference.modalites: the breakdowns that are switched on."""
    rows = [
        (column, breakdown.label, modality, label, order)
        for column, breakdown in load_breakdowns().every.items()
        if breakdown.active
        for order, (modality, label) in enumerate(breakdown.modalities.items())
    ]
    schema = ["ventilation", "ventilation_libelle", "modalite", "libelle", "ordre"]
    return pl.DataFrame(rows, schema=schema, orient="row")


def grids(versions: Sequence[Version]) -> pl.DataFrame:
    """reference.grilles, oldest version first."""
    return pl.DataFrame([_grid(each) for each in versions], schema_overrides=_OFTEN_EMPTY)


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


def clauses(versions: Sequence[Version]) -> pl.DataFrame:
    """reference.clauses: those that each measure evidences."""
    texts = load_clauses()
    rows = [
        (measure_id, clause, texts[clause].text)
        for each in versions
        for measure_id, indicator, _ in each.grid.measures()
        for clause in indicator.clauses
    ]
    return pl.DataFrame(rows, schema=["mesure_id", "clause_id", "texte"], orient="row")


def clause_register(versions: Sequence[Version]) -> pl.DataFrame:
    """reference.registre_clauses: how each version stands on each clause of the specification."""
    rows = [
        {
            "version": each.grid.version,
            "clause_id": covered.clause.id,
            "texte": covered.clause.text,
            "champ": covered.clause.field,
            "ordre": order,
            "statut": covered.standing,
            "raison": covered.clause.unmeasured or None,
            "indicateurs": list(covered.evidencing),
            "approchants": list(covered.approaching),
        }
        for each in versions
        for order, covered in enumerate(coverage(each.grid))
    ]
    return pl.DataFrame(rows, schema_overrides=_OFTEN_EMPTY)


def _earlier(versions: Sequence[Version]) -> list[dict[str, str]]:
    """For each version, the measures of the one before: name → id."""
    named = [{_name(measure_id): measure_id for measure_id, *_ in each.grid.measures()} for each in versions]
    return [{}, *named[:-1]]


def _name(measure_id: str) -> str:
    return measure_id.partition("@")[0]


def _grid(version: Version) -> dict[str, object]:
    grid, record = version.grid, version.record
    return {
        "version": grid.version,
        "grille": grid.id,
        "libelle": grid.label,
        "etat": record.state,
        "en_vigueur_du": record.in_force_from,
        "en_vigueur_au": version.until,
        "prochaine_revue": record.next_review,
        "adoptee_le": record.dates.get("adoptee"),
        "motif": record.reason,
        "empreinte": version.fingerprint,
        "definition": grid.model_dump_json(by_alias=True, exclude_defaults=True),
    }


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
