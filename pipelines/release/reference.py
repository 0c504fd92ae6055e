"""The reference tables of a release: units, periods, measures and what they evidence. No figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl

from grids.breakdowns import load_breakdowns
from grids.clauses import coverage, load_clauses
from grids.register import networks
from grids.territories import DEPARTEMENTS
from pipelines.frames import query_frame
from pipelines.periods import Period
from pipelines.release.measure_reference import categories, measures
from pipelines.versions import Version

__all__ = ["categories", "clause_register", "clauses", "grids", "measures", "modalities", "period_rows", "units"]

REGION = ("region", "bretagne", "Bretagne")
_OFTEN_EMPTY: dict[str, pl.DataType] = {
    **dict.fromkeys(("en_vigueur_au", "adoptee_le"), pl.Date()),
    **dict.fromkeys(("statut", "raison"), pl.String()),
    **dict.fromkeys(("indicateurs", "approchants"), pl.List(pl.String())),
}
"""Columns that may hold nothing at all, and what they would hold."""


def units(warehouse: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """reference.unites: the region, the départements and the networks that have structures, the structures."""
    structures = query_frame(
        warehouse,
        """SELECT 'structure' AS niveau, structure_id AS unite_id, nom,
          reseau, departement, epci, zone_emploi, partage_nominatif
        FROM structures""",
    )
    present, placed = set(structures["reseau"]), set(structures["departement"])
    larger = [
        dict(zip(("niveau", "unite_id", "nom"), REGION, strict=True)),
        *(
            {"niveau": "departement", "unite_id": code, "nom": name, "departement": code}
            for code, name in DEPARTEMENTS.items()
            if code in placed
        ),
        *(
            {"niveau": "reseau", "unite_id": each.code, "nom": each.name, "reseau": each.code}
            for each in networks()
            if each.code in present
        ),
    ]
    return pl.concat([pl.DataFrame(larger, schema=structures.schema), structures.sort("unite_id")])


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
