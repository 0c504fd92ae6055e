"""Free comments at the door: searched in memory, then staged beside the answers, where they wait for a person's reading.

Their text reaches no disk before the whole file is known to be clean.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from grids.contract import load_contract
from grids.network import Delivery
from pipelines.home import aside, put_in_place
from pipelines.intake.canonical import trimmed_sql
from pipelines.intake.first_names import names_a_person
from pipelines.intake.identities import cells_refused, plain_sql
from pipelines.intake.recognition import Recognised
from pipelines.receipt import PRIVATE_FILE, PRIVATE_FOLDER
from pipelines.staging import quoted, text_literal

COMMENT_ALONE = "commentaire seul"
"""Why a row is set aside that answers no question: its comment is staged all the same."""

_COMMENT = "c:"
_LONGEST = 2_000
_STORE = "verbatims"
_CONTEXT = ("grille", "version", "vague", "repondant", "structure_id", "mois")


def comments_path(staged: Path, delivery_id: str) -> Path:
    """Where the comments of a delivery wait, beside its answers."""
    return staged / _STORE / f"{delivery_id}.parquet"


def comment_columns(recognised: Recognised) -> dict[str, str]:
    """The SQL of each comment that the file has (its text as a reader sees it, NULL if blank), by the column's name."""
    return {
        _COMMENT + question: f"nullif({trimmed_sql(plain_sql(quoted(source.heading)))}, '')"
        for question, source in recognised.delivery.comments.items()
        if recognised.position(source.heading) is not None
    }


def hold_comments(connection: duckdb.DuckDBPyConnection, recognised: Recognised, mapped: str) -> None:
    """Make of the rows `mapped` (see mapped_rows) the table `commentaires`: [comment] of every row, kept or set aside.

    Columns: ligne, ecartee, the answer's own, question, commentaire.
    """
    if not comment_columns(recognised):
        return
    context = ", ".join(f"CAST({_context_sql(recognised.delivery, name)} AS VARCHAR) AS {name}" for name in _CONTEXT)
    connection.execute(
        f"""CREATE OR REPLACE TABLE commentaires AS
        SELECT * REPLACE (substr(question, {len(_COMMENT) + 1}) AS question)
        FROM (UNPIVOT (SELECT ligne, ecartee, {context}, reponse_ref AS reference, COLUMNS('^{_COMMENT}') FROM {mapped})
          ON COLUMNS('^{_COMMENT}') INTO NAME question VALUE commentaire)"""
    )


def refuse_named_persons(connection: duckdb.DuckDBPyConnection, recognised: Recognised, file_name: str) -> None:
    """Raises DeliveryRefused if a comment of `commentaires` seems to name a person; it is never quoted."""
    if not comment_columns(recognised):
        return
    for question, source in recognised.delivery.comments.items():
        texts = connection.execute(
            "SELECT commentaire, list(ligne) FROM commentaires WHERE question = $1 GROUP BY commentaire", [question]
        ).fetchall()
        lines = [line for text, held in texts if names_a_person(text) for line in held]
        if lines:
            raise cells_refused(source.heading, "un nom de personne", lines, file_name)


def stage_comments(
    connection: duckdb.DuckDBPyConnection, recognised: Recognised, network: str, delivery_id: str, into: Path
) -> int:
    """Write the comments of records to `into`, whole or not at all, readable by their owner alone; returns how many.

    [comment]: livraison_id, reseau, ligne, id (the same for the same words of the same answer, delivered again),
    relecture (`a_lire`), grille, version, vague, repondant, structure_id, mois, question, texte (one line of at most 2,000
    characters), reference. No comment: no file.
    """
    if not comment_columns(recognised):
        return 0
    text = f"left({trimmed_sql(_one_line_sql('commentaire'))}, {_LONGEST})"
    origin = f"coalesce(reference::VARCHAR, {text_literal(delivery_id)} || '/' || ligne)"
    rows = f"""SELECT {text_literal(delivery_id)} AS livraison_id, {text_literal(network)} AS reseau, ligne,
      left(sha256(concat_ws('/', {text_literal(network)}, {origin}, question, texte)), 12) AS id, 'a_lire' AS relecture,
      {", ".join(_CONTEXT)}, question, texte, reference
      FROM (SELECT *, {text} AS texte FROM commentaires WHERE coalesce(ecartee, '{COMMENT_ALONE}') = '{COMMENT_ALONE}')"""
    [(count,)] = connection.execute(f"SELECT count(*) FROM ({rows})").fetchall()
    if count:
        write_comments(connection, f"{rows} ORDER BY ligne, question", into)
    return count


def write_comments(connection: duckdb.DuckDBPyConnection, rows: str, into: Path) -> None:
    """Write staged comments given as SQL to `into`, whole or not at all, for their owner alone."""
    built = aside(into)
    into.parent.chmod(PRIVATE_FOLDER)
    built.touch(mode=PRIVATE_FILE)
    options = "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false"
    connection.execute(f"COPY ({rows}) TO {text_literal(str(built))} ({options})")
    put_in_place(built, into)


def _context_sql(delivery: Delivery, name: str) -> str:
    return name if load_contract(delivery.table).column(name) else "NULL"


def _one_line_sql(cell: str) -> str:
    return f"regexp_replace({cell}, '\\s+', ' ', 'g')"
