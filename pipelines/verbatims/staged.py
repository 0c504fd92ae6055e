"""The comments that the door staged, and what becomes of them once they are read: erased, masked, publishable."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from pipelines.frames import query_frame
from pipelines.home import Home
from pipelines.intake.comments import comments_path, write_comments
from pipelines.receipt import Receipt, read_receipts
from pipelines.staging import text_literal
from pipelines.verbatims.decisions import DISCARDED, PUBLISHABLE, Decision, read_decisions
from pipelines.verbatims.masking import masked

_COLUMNS = ("livraison_id", "ligne", "id", "relecture", "reseau", "grille", "version", "question", "texte")
_SCHEMA = pl.Schema({name: pl.Int64() if name == "ligne" else pl.String() for name in _COLUMNS})


def waiting(home: Home) -> pl.DataFrame:
    """The comments that nobody has read yet, in the order of their arrival.

    [comment]: id, reseau, grille, version, question, texte. Of accepted deliveries, rows in quarantine left out; words
    delivered twice in the same answer are one comment.
    """
    unread = comments(home).filter(pl.col("relecture") == "a_lire", ~pl.col("id").is_in(list(read_decisions(home))))
    return unread.select("id", "reseau", "grille", "version", "question", "texte")


def comments(home: Home) -> pl.DataFrame:
    """Every comment of accepted deliveries that is still held, each once, as last delivered.

    [comment]: livraison_id, ligne, id, relecture, reseau, grille, version, question, texte.
    """
    accepted = [each for each in read_receipts(home.receipts) if each.etat == "acceptee"]
    frames = [_out_of_quarantine(_read(path), each) for each in accepted if (path := _path(home, each)).is_file()]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *frames]).unique("id", keep="last", maintain_order=True)


def apply_decisions(home: Home) -> None:
    """Make the staged comments obey the decisions: one that is discarded is erased, masks are laid, the others publishable.

    To be called with the data folder held; doing it again changes nothing, so that a file read again at the door, or a
    crash after the decisions were stored, is mended by the next call.
    """
    decisions = read_decisions(home)
    for path in sorted((home.staged / "verbatims").glob("*.parquet")):
        _apply(path, decisions)


def _apply(path: Path, decisions: dict[str, Decision]) -> None:
    before = _read(path)
    after = _decided(before, decisions)
    if after.equals(before):
        return
    if after.is_empty():
        path.unlink()
        return
    with duckdb.connect(":memory:") as connection:
        connection.execute("SET temp_directory = ''")
        connection.register("decides", after.to_arrow())
        kept = f"""SELECT livres.* REPLACE (decides.relecture AS relecture, decides.texte AS texte)
          FROM read_parquet({text_literal(str(path))}) AS livres JOIN decides USING (ligne, id) ORDER BY ligne, question"""
        write_comments(connection, kept, path)


def _decided(read: pl.DataFrame, decisions: dict[str, Decision]) -> pl.DataFrame:
    rows = [
        {**row, "relecture": PUBLISHABLE, "texte": masked(row["texte"], decision.mots_masques)} if decision else row
        for row in read.iter_rows(named=True)
        if not (decision := decisions.get(row["id"])) or decision.decision != DISCARDED
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


def _out_of_quarantine(read: pl.DataFrame, receipt: Receipt) -> pl.DataFrame:
    return read.filter(~pl.col("ligne").is_in([breach.ligne for breach in receipt.quarantaine]))


def _path(home: Home, receipt: Receipt) -> Path:
    return comments_path(home.staged, receipt.livraison_id)


def _read(path: Path) -> pl.DataFrame:
    with duckdb.connect(":memory:") as connection:
        query = f"SELECT {', '.join(_COLUMNS)} FROM read_parquet({text_literal(str(path))})"
        return query_frame(connection, query).cast(_SCHEMA)
