"""The ledger of settled counts, in the back office: what stood behind the periods that each edition was the first to show.

`<folder>/<year>/<edition>.parquet` [as comptes_fins], `<edition>-steps.parquet` [as pas_publies], and
`<edition>-standing.parquet` [as comptes_structures], the quarters that networks' own indicators told. An edition writes its own
files, before it is pointed at, and never another's: its files count only while the published release names it as the first
edition of some period. What a crash, a refusal or a replaced candidate leaves is never read, and `tidy` removes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb

from grids.errors import ReleaseError
from pipelines.home import PRIVATE_FILE, PRIVATE_FOLDER, aside, put_in_place, remove
from pipelines.staging import text_literal

_STEPS, _STANDING = "-steps", "-standing"


def keep(connection: duckdb.DuckDBPyConnection, folder: Path, edition: str, years: Collection[int]) -> None:
    """File what `edition` is the first to show of the years whose annual period no edition shows yet.

    Reads the warehouse's `comptes_fins` (the rows that are not `reglee`), `comptes_structures` and `pas_publies`. Doing it
    again changes nothing.
    """
    for year in sorted(years):
        kept = f"""SELECT * REPLACE (true AS reglee) FROM comptes_fins
          WHERE NOT reglee AND provenance = 'mesure' AND year(debut) = {year} AND NOT (pas = 'annee' AND ventilation = '')
          ORDER BY ALL"""
        steps = f"SELECT * FROM pas_publies WHERE annee = {year} ORDER BY ALL"
        standing = f"""FROM comptes_structures SEMI JOIN (FROM periodes WHERE nouvelle) AS nouvelles USING (pas, debut)
          WHERE provenance <> 'mesure' AND pas = 'trimestre' AND year(debut) = {year} ORDER BY ALL"""
        _write(connection, kept, _file(folder, year, edition))
        _write(connection, standing, _file(folder, year, edition, _STANDING))
        _write(connection, steps, _file(folder, year, edition, _STEPS))


def adopt(folder: Path, candidate: str, edition: str) -> None:
    """Give the files of a candidate to the edition that it becomes; nothing happens for what it does not have."""
    for path in sorted(folder.glob(f"*/{candidate}*.parquet")):
        ending = path.stem.removeprefix(candidate)
        target = path.with_name(f"{edition}{ending}.parquet")
        built = aside(target)
        shutil.copyfile(path, built)
        built.chmod(PRIVATE_FILE)
        put_in_place(built, target)


def tidy(folder: Path, editions: Collection[str], closed_years: Collection[int]) -> None:
    """Remove what no edition among `editions` filed, and the years that are published whole. Safe to call again."""
    for path in [*sorted(folder.glob("*/*.parquet"))]:
        named = path.stem.removesuffix(_STEPS).removesuffix(_STANDING) in editions
        if int(path.parent.name) in closed_years or not named:
            remove(path)
    for year in folder.glob("*"):
        if not any(year.iterdir()):
            year.rmdir()


def filed(folder: Path, editions: Mapping[int, Collection[str]]) -> tuple[list[Path], list[Path], list[Path]]:
    """The files of counts, of steps and of what stood in that the editions of each year filed.

    Raises ReleaseError if one is missing: without it a year could not stay the sum of what was published.
    """
    pairs = [(year, edition) for year in sorted(editions) for edition in sorted(editions[year])]
    counts, steps, standing = ([_file(folder, *pair, ending) for pair in pairs] for ending in ("", _STEPS, _STANDING))
    missing = [path for path in (*counts, *steps, *standing) if not path.is_file()]
    if missing:
        raise ReleaseError(
            "Des comptes figés manquent : l'année ne peut pas rester la somme de ce qui en est publié.",
            place=str(missing[0]),
            remedy="Remettez ce dossier depuis une sauvegarde, ou repointez l'édition annuelle (« spro release rollback »).",
        )
    return counts, steps, standing


def _file(folder: Path, year: int, edition: str, ending: str = "") -> Path:
    return folder / str(year) / f"{edition}{ending}.parquet"


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    for each in (path.parent.parent, path.parent):
        each.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        each.chmod(PRIVATE_FOLDER)
    built = aside(path)
    connection.execute(f"COPY ({query}) TO {text_literal(str(built))} (FORMAT parquet)")
    built.chmod(PRIVATE_FILE)
    put_in_place(built, path)
