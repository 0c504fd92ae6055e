"""Releases of other sizes: the structures of the sample region's, left out or told again under other names."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

_KEYS = ("unite_id", "structure_id")
_RANKS = """
CREATE TEMP TABLE kept AS
SELECT unite_id AS id, unite_id || CASE WHEN copy = 0 THEN '' ELSE '-' || copy END AS new_id, copy
FROM (SELECT unite_id, row_number() OVER (ORDER BY unite_id) - 1 AS rank FROM reference.unites WHERE niveau = 'structure'),
  range($structures) AS copies(copy)
WHERE rank + copy * (SELECT count(*) FROM reference.unites WHERE niveau = 'structure') < $structures
"""


def built_region(home: Path) -> Path:
    """The data folder of the sample region, built as of 1 March 2026: some minutes."""
    spro = shutil.which("spro", path=Path(sys.executable).parent) or "spro"
    subprocess.run([sys.executable, "-m", "sample_data", "--out", str(home), "--seed", "2026"], check=True)
    # It says by its status that some lines of the sample were refused, as they are meant to be.
    subprocess.run([spro, "build", "--home", str(home), "--as-of", "2026-03-01"], check=False)
    return home


def release_of(home: Path, folder: Path, structures: int) -> Path:
    """A data folder below `folder` whose only release has that many structures, made of the one published in `home`."""
    pointer = json.loads((home / "releases" / "published.json").read_text(encoding="utf-8"))
    made = folder / f"pages-{structures}"
    (made / "releases").mkdir(parents=True)
    file = made / "releases" / pointer["fichier"]
    shutil.copy(home / "releases" / pointer["fichier"], file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(_RANKS, {"structures": structures})
        for schema, table, key in _tables(connection):
            _resize(connection, f"{schema}.{table}", key)
    told = {**pointer, "empreinte": f"{pointer['empreinte']}-{structures}"}
    (made / "releases" / "published.json").write_text(json.dumps(told), encoding="utf-8")
    return made


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """schema, table, and its column of ids of structures."""
    return connection.execute(
        """
        SELECT table_schema, table_name, column_name FROM information_schema.columns
        WHERE column_name IN ? AND table_schema IN ('quality', 'reference', 'attendance')
        """,
        [list(_KEYS)],
    ).fetchall()


def _resize(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> None:
    named = {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
    structures = "niveau = 'structure'" if "niveau" in named else "TRUE"
    copies = "TRUE" if _may_be_copied(connection, table, key) else "copy = 0"
    renamed = ", ".join([f"new_id AS {key}", *(["nom || repeat(' bis', copy) AS nom"] if "nom" in named else [])])
    connection.execute(
        f"""
        CREATE TEMP TABLE resized AS
        SELECT resized.* REPLACE ({renamed}) FROM {table} AS resized JOIN kept ON kept.id = resized.{key}
        WHERE {structures} AND {copies};
        DELETE FROM {table} WHERE {structures};
        INSERT INTO {table} SELECT * FROM resized;
        DROP TABLE resized
        """
    )


def _may_be_copied(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> bool:
    """Whether rows are told apart by their structure, among others: an action has a name of its own."""
    schema, name = table.split(".")
    unique = connection.execute(
        """
        SELECT constraint_column_names FROM duckdb_constraints()
        WHERE schema_name = ? AND table_name = ? AND constraint_type IN ('PRIMARY KEY', 'UNIQUE')
        """,
        [schema, name],
    ).fetchall()
    return all(key in columns for (columns,) in unique)
