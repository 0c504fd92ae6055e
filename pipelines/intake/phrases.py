"""Some words written by a person in a column of the contract: kept as they are, so that nobody may be named in them."""

from __future__ import annotations

import duckdb

from grids.contract import load_contract
from pipelines.intake.first_names import names_a_person
from pipelines.intake.identities import cells_refused
from pipelines.intake.recognition import Recognised


def holds_phrases(recognised: Recognised) -> bool:
    """Whether the file has a column of phrases: its rows are then held in memory until they are known to name nobody."""
    return bool(_phrases(recognised))


def refuse_persons_in_phrases(
    connection: duckdb.DuckDBPyConnection, recognised: Recognised, mapped: str, file_name: str
) -> None:
    """Raises DeliveryRefused if a phrase of the rows `mapped` (see mapped_rows) seems to name a person; it is never quoted."""
    for name, heading in _phrases(recognised).items():
        texts = connection.execute(
            f"SELECT {name}, list(ligne) FROM {mapped} WHERE NOT starts_with({name}, '#') GROUP BY {name}"
        ).fetchall()
        lines = [line for text, held in texts if names_a_person(text) for line in held]
        if lines:
            raise cells_refused(heading, "un nom de personne", lines, file_name)


def _phrases(recognised: Recognised) -> dict[str, str]:
    """The heading of each column of phrases that the file fills, by the column's name."""
    sources = recognised.delivery.columns
    columns = (column.name for column in load_contract(recognised.delivery.table).columns if column.type == "phrase")
    return {
        name: sources[name].heading
        for name in columns
        if name in sources and recognised.position(sources[name].heading) is not None
    }
