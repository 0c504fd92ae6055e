"""What structures offer, beside what records show: the channels of a diversity that profiles name."""

from __future__ import annotations

import duckdb

from grids.contract import allowed_values, column_types
from grids.model import Measure
from grids.register import network_codes
from pipelines.counting.one_pass import Force
from pipelines.counting.tallies import OFFERED
from pipelines.staging import text_literal


def count_offers(connection: duckdb.DuckDBPyConnection, force: Force) -> None:
    """Add to `comptes_structures`, for each diversity that says `proposes`, the group of that name.

    For each structure open in the period whose profile of the year tells what it offers, one row a code: y is 1 where it is
    offered, n and applicables are 1.
    """
    for measure_id, _, measure in force.grid.measures():
        if measure.offered:
            connection.execute(_offers_sql(force, measure_id, measure))


def _offers_sql(force: Force, measure_id: str, measure: Measure) -> str:
    names = [measure_id, force.grid.base_id(measure.base), measure.kind]
    told = ", ".join(map(text_literal, names))
    steps = ", ".join(map(text_literal, force.grid.bases[measure.base].steps))
    until = f"AND debut < DATE '{force.end}'" if force.end else ""
    indicator = text_literal(measure_id.partition(".")[0])
    return f"""INSERT INTO comptes_structures
      SELECT {told}, structure_id, profils.reseau, pas, debut, '', '', '{OFFERED}', code,
        CAST(list_contains({measure.offered}, code) AS INTEGER), 1, 1, 'mesure'
      FROM profils JOIN periodes ON annee = year(debut) AND actif_du <= fin AND coalesce(actif_au, fin) >= debut
      CROSS JOIN (SELECT unnest([{_codes(measure)}]) AS code)
      ANTI JOIN refus ON refus.reseau = profils.reseau AND indicateur_id = {indicator}
      WHERE {measure.offered} IS NOT NULL AND pas IN ({steps}) AND debut >= DATE '{force.start}' {until}"""


def _codes(measure: Measure) -> str:
    column = column_types("structures")[measure.offered]
    return ", ".join(map(text_literal, allowed_values(column, network_codes())))
