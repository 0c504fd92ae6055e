"""The free comments that wait beside the answers: their references go with the year, those that nobody read with time."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import duckdb

from pipelines.home import Home, remove
from pipelines.intake.comments import comments_path, write_comments
from pipelines.staging import text_literal

_UNREAD = "relecture = 'a_lire'"


def comment_files(home: Home) -> list[Path]:
    """The files of comments, one a delivery."""
    return sorted(comments_path(home.staged, "-").parent.glob("[!.]*.parquet"))


def comments_of(files: Sequence[Path], year: int) -> list[Path]:
    """Those of `files` that hold comments of `year`."""
    return [path for path in files if _any(path, f"year(TRY_CAST(mois AS DATE)) = {year}")]


def find_last_comments(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> None:
    """Create the temporary table `derniers_commentaires` of `files` in the loaded warehouse of `connection` (see sql/)."""
    script = resources.files(__package__).joinpath("sql", "derniers_commentaires.sql").read_text(encoding="utf-8")
    listed = ", ".join(text_literal(str(path)) for path in files)
    connection.execute(script.format(fichiers=f"[{listed}]"))


def write_unlinked(connection: duckdb.DuckDBPyConnection, path: Path, year: int, target: Path) -> None:
    """Write at `target` the comments of `path`, those of `year` without reference and in an order of chance.

    Their line is 0, which points nowhere; those that do not hold any more (see find_last_comments) go.
    """
    closed = f"coalesce(year(TRY_CAST(mois AS DATE)), {year}) = {year}"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_comments(
        connection,
        f"""SELECT * REPLACE (
          CASE WHEN {closed} THEN 0 ELSE ligne END AS ligne, CASE WHEN NOT {closed} THEN reference END AS reference)
        FROM {_rows(path)}
        WHERE NOT {closed} OR (livraison_id, ligne) IN (SELECT (livraison_id, ligne) FROM derniers_commentaires)
        ORDER BY ligne, sha256(texte)""",
        target,
    )


def any_unread(path: Path) -> bool:
    """Whether a comment of the file waits for its reading."""
    return _any(path, _UNREAD)


def forget_unread(path: Path) -> None:
    """Take the comments that nobody read out of the file; the file goes with the last one."""
    if _any(path, f"NOT {_UNREAD}"):
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET temp_directory = ''")
            write_comments(connection, f"SELECT * FROM {_rows(path)} WHERE NOT {_UNREAD}", path)
    else:
        remove(path)


def _any(path: Path, condition: str) -> bool:
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(f"SELECT coalesce(bool_or({condition}), false) FROM {_rows(path)}").fetchone()
    return bool(row and row[0])


def _rows(path: Path) -> str:
    return f"read_parquet({text_literal(str(path))})"
