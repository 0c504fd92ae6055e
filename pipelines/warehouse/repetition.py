"""What is delivered more than once: which row replaces which. Only keys met twice are looked at row by row.

Nearly every key is met once, so that comparing contents, and ordering deliveries, is paid for the others alone.
"""

from __future__ import annotations

import duckdb

from grids.contract import TABLES, Contract, load_contract


def create_followed_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `suivies` and `comptees` from the views `retenues_<table>` (see load).

    `suivies`: [source row whose key may be met more than once] contrat, livraison_id, ligne, its `contenu`, the one before it
    under the same key (`precedent`, NULL for the first), whether a later row replaces it (`depassee`).
    `comptees`: [delivery] how many source rows are out of quarantine.
    """
    for table in TABLES:
        _create_repeated_keys(connection, load_contract(table))
    followed = " UNION ALL ".join(_followed_sql(load_contract(table)) for table in TABLES)
    connection.execute(f"CREATE TABLE suivies AS {followed}")
    counted = " UNION ALL ".join(
        f"SELECT livraison_id, count({'DISTINCT ligne' if _several_a_line(load_contract(table)) else '*'}) AS lignes "
        f"FROM retenues_{table} GROUP BY livraison_id"
        for table in TABLES
    )
    connection.execute(f"CREATE TABLE comptees AS {counted}")


def current_rows_sql(table: str) -> str:
    """SQL for the typed rows of `table` that no later delivery replaces, out of quarantine."""
    return f"""SELECT * FROM gardees_{table} AS gardees
      ANTI JOIN (SELECT livraison_id, ligne FROM suivies WHERE depassee AND contrat = '{table}') AS depassees
      ON depassees.livraison_id = gardees.livraison_id AND depassees.ligne = gardees.ligne"""


def _key(contract: Contract) -> tuple[str, ...]:
    """What to seek repetitions by. A keyed reference says its network already; any other key is within its network."""
    columns = [contract.column(name) for name in contract.key]
    own = all(column is not None and column.type == "reference" for column in columns)
    return contract.key if own else ("reseau", *contract.key)


def _several_a_line(contract: Contract) -> bool:
    """A questionnaire is one source row whatever the number of its answers."""
    return any(column.type == "question" for column in contract.columns)


def _create_repeated_keys(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    key = ", ".join(_key(contract))
    known = " AND ".join(f"{name} IS NOT NULL" for name in contract.key)
    rows = f"retenues_{contract.table}"
    if _several_a_line(contract):
        rows = f"(SELECT DISTINCT livraison_id, ligne, {key} FROM {rows})"
    connection.execute(
        f"""CREATE TEMP TABLE cles_{contract.table} AS
        SELECT {key} FROM {rows} WHERE {known} GROUP BY {key} HAVING count(*) > 1"""
    )


def _followed_sql(contract: Contract) -> str:
    key, within = ", ".join(_key(contract)), ", ".join(("reseau", *contract.key))
    content = ", ".join(f"coalesce({column.name}::VARCHAR, '')" for column in contract.columns)
    return f"""SELECT '{contract.table}' AS contrat, livraison_id, ligne, contenu,
        coalesce(lag(contenu) OVER suite, arg_max(contenu, (rang, ligne)) OVER plus_tot) AS precedent,
        rang < max(rang) OVER (PARTITION BY {within})
          OR lead(ligne) OVER (PARTITION BY {within}, sujet, rang ORDER BY ligne) IS NOT NULL AS depassee
      FROM (
        SELECT livraison_id, rang, ligne, {within}, hash(list_sort(list(concat_ws('|', {content})))) AS contenu,
          {_subject_sql(contract)} AS sujet
        FROM retenues_{contract.table} SEMI JOIN cles_{contract.table} USING ({key})
        GROUP BY livraison_id, rang, ligne, {within}
      )
      WINDOW suite AS (PARTITION BY {within}, sujet ORDER BY rang, ligne),
        plus_tot AS (PARTITION BY {within} ORDER BY rang RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""


def _subject_sql(contract: Contract) -> str:
    """What a row speaks of beside its key: in a file of one answer a line, its question, so that the lines of a questionnaire
    stand together; only the same question told again replaces one.
    """
    if not _several_a_line(contract):
        return "''"
    asked = "any_value(question || '@' || coalesce(partenaire, ''))"
    return f"CASE WHEN max(count(*)) OVER (PARTITION BY livraison_id) = 1 THEN {asked} ELSE '' END"
