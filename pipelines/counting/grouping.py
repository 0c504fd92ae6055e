"""By what the rows of a table are gathered: a structure and a period, and for a year each modality of each breakdown."""

from __future__ import annotations

from collections.abc import Mapping

from grids.breakdowns import UNKNOWN, Breakdown
from grids.model import STEPS, Step, Table
from pipelines.compiled import compile_expression
from pipelines.staging import quoted, text_literal

_STARTS: Mapping[Step, str] = {"mois": "mois", "trimestre": "CAST(date_trunc('quarter', mois) AS DATE)", "annee": ""}


def grouped_sql(table: Table, breakdowns: Mapping[str, Breakdown], aggregates: str) -> str:
    """The end of a pass over `repondues`: `aggregates` by structure_id, reseau, pas, debut, reglee, ventilation, modalite."""
    if table == "structures":
        return f"""SELECT structure_id, reseau, 'annee' AS pas, make_date(annee, 1, 1) AS debut, false AS reglee,
      '' AS ventilation, '' AS modalite, {aggregates}
    FROM repondues GROUP BY structure_id, reseau, debut"""
    step = STEPS[table][0]
    told = "".join(f", {_modality(name, each)} AS {quoted('v:' + name)}" for name, each in breakdowns.items())
    sets = "".join(f", (structure_id, reseau, an, deja, {quoted('v:' + name)})" for name in breakdowns)
    return f""", rangees AS (
      SELECT *, {_STARTS[step]} AS fin_debut, CAST(date_trunc('year', mois) AS DATE) AS an,
        {_STARTS[step]} IN (SELECT debut FROM periodes WHERE pas = '{step}' AND NOT nouvelle) AS deja{told}
      FROM repondues SEMI JOIN (SELECT debut AS close FROM periodes WHERE pas = '{step}') AS closes ON close = {_STARTS[step]}
    )
    SELECT structure_id, reseau, CASE WHEN fin_debut IS NULL THEN 'annee' ELSE '{step}' END AS pas,
      coalesce(fin_debut, an) AS debut, deja AS reglee, {_told(breakdowns)}, {aggregates}
    FROM rangees GROUP BY GROUPING SETS ((structure_id, reseau, fin_debut, deja){sets})"""


def _modality(column: str, breakdown: Breakdown) -> str:
    """The modality of a row: its code, or UNKNOWN where it does not say or is not concerned."""
    known = f"{column} IN ({', '.join(map(text_literal, breakdown.modalities))})"
    concerned = f"({compile_expression(breakdown.condition)}) AND {known}" if breakdown.condition else known
    return f"CASE WHEN {concerned} THEN {column} ELSE {text_literal(UNKNOWN)} END"


def _told(breakdowns: Mapping[str, Breakdown]) -> str:
    """The columns `ventilation` and `modalite`: each set but the first gives one breakdown its modality."""
    if not breakdowns:
        return "'' AS ventilation, '' AS modalite"
    columns = {name: quoted(f"v:{name}") for name in breakdowns}
    named = " ".join(f"WHEN {column} IS NOT NULL THEN {text_literal(name)}" for name, column in columns.items())
    return f"CASE {named} ELSE '' END AS ventilation, coalesce({', '.join(columns.values())}, '') AS modalite"
