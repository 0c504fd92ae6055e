"""The counts of shown cells, in the back office: what comparisons across years and verdicts are made of.

`<folder>/<edition>.parquet` [as counts of VisibleCells, without breakdowns], for the periods that an edition was the first to
show. Records come late, change and are purged; what was shown does not: an analysis that crosses years reads what stood behind
it. As in the ledger, a file counts only while the published release names its edition as the first of some period.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from grids.errors import ReleaseError
from pipelines.home import PRIVATE_FILE, PRIVATE_FOLDER, aside, put_in_place, remove

_LEFT_OUT = ("ventilation", "modalite", "structures_attendues", "moyenne_visible")


def keep_shown(counts: pl.DataFrame, folder: Path, edition: str) -> None:
    """File the counts (see VisibleCells) of the cells that `edition` is the first to show. Doing it again changes nothing."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder.chmod(PRIVATE_FOLDER)
    path = _file(folder, edition)
    built = aside(path)
    whole_cells(counts).write_parquet(built)
    built.chmod(PRIVATE_FILE)
    put_in_place(built, path)


def whole_cells(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts of all rows of a cell, without those of breakdowns: what is filed."""
    rows = counts.filter(ventilation="").drop(_LEFT_OUT, strict=False)
    return rows.with_columns(pl.col("provenance").cast(pl.String))


def shown_counts(folder: Path, editions: Collection[str]) -> list[pl.DataFrame]:
    """What each of these editions filed, in the order of their names.

    Raises ReleaseError if one is missing: without it what was shown cannot be compared with what is shown now.
    """
    paths = [_file(folder, edition) for edition in sorted(editions)]
    missing = [path for path in paths if not path.is_file()]
    if missing:
        raise ReleaseError(
            "Les comptes de ce qui a été montré manquent : rien ne peut plus y être comparé.",
            place=str(missing[0]),
            remedy="Remettez ce fichier depuis une sauvegarde.",
        )
    return [pl.read_parquet(path) for path in paths]


def adopt_shown(folder: Path, candidate: str, edition: str) -> None:
    """Give the file of a candidate to the edition that it becomes."""
    target = _file(folder, edition)
    built = aside(target)
    built.write_bytes(_file(folder, candidate).read_bytes())
    built.chmod(PRIVATE_FILE)
    put_in_place(built, target)


def tidy_shown(folder: Path, editions: Collection[str]) -> None:
    """Remove what no edition among `editions` filed. Safe to call again."""
    for path in sorted(folder.glob("*.parquet")):
        if path.stem not in editions:
            remove(path)


def _file(folder: Path, edition: str) -> Path:
    return folder / f"{edition}.parquet"
