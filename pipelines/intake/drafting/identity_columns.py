"""Columns that hold or announce an identity: a draft declares them "à retirer", and says why without quoting a cell."""

from __future__ import annotations

from grids.contract import load_contract
from pipelines.intake.drafting.seen import SeenTable
from pipelines.intake.identities import announces
from pipelines.intake.office_text import normalised
from pipelines.intake.survey_headings import identities


def identity_columns(seen: SeenTable, table: str) -> dict[str, str]:
    """Heading → why it is to be removed, in French, for a file that would be a delivery of `table`."""
    # As at the door, the contract's own words are safe ones: « nom » there is a structure's.
    safe = {column.name for column in load_contract(table).columns}
    of_the_tool = identities(seen.headings) if seen.reader != "csv" else ()
    reasons = {}
    for column in seen.columns:
        announced = announces(column.heading) if normalised(column.heading) not in safe else ""
        if column.heading in of_the_tool:
            reasons[column.heading] = "identité tenue par l'outil"
        elif announced:
            reasons[column.heading] = f"annonce {announced}"
        elif column.holds_identity:
            reasons[column.heading] = "des cellules ressemblent à une identité"
    return reasons
