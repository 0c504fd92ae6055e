"""What networks tell beside their records: improvement actions, and what happened to a line; all of it invented."""

from __future__ import annotations

import polars as pl

from grids.contract import load_contract
from sample_data.planted import changes, events


def told_actions(network: str) -> pl.DataFrame:
    """The actions of a network, one a row: the columns of the contract's table `actions`, all texts. No row if it has none."""
    rows = [
        {
            "action_id": each["id"],
            "niveau": "structure",
            "unite_id": each["structure"],
            "mesure": each["measure"],
            "debut": f"{each['from']}-01",
            **each["action"],
        }
        for each in changes(network)
    ]
    return _texts("actions", rows)


def told_events(network: str) -> pl.DataFrame:
    """The events of a network, one a row: the columns of the contract's table `evenements`, all texts. No row if none."""
    return _texts("evenements", events(network))


def _texts(table: str, rows: list[dict[str, str]]) -> pl.DataFrame:
    names = [column.name for column in load_contract(table).columns]
    cells = [[None if (cell := row.get(name)) is None else str(cell) for name in names] for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
