"""The gate: a release leaves only if the attack cannot compute back what it hides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from grids.errors import ReleaseError
from grids.thresholds import Thresholds
from pipelines.frames import query_frame
from pipelines.home import Home

if TYPE_CHECKING:
    from pipelines.attack.report import Report

_TOLD = 3


class Bared(ReleaseError):
    """The attack bares cells around which more can be hidden. `cells`: attack.report.BARE [cell]."""

    def __init__(self, sentence: str, *, remedy: str, cells: pl.DataFrame) -> None:
        super().__init__(sentence, remedy=remedy)
        self.cells = cells


class AttackGate:
    """What a release is put to before it is published: raises ReleaseError if the attack bares a cell.

    `earlier`: the files of editions shown before; `counts`: see granted_counts, None if there are none. Put to it again, a
    release is attacked where the one before fell: elsewhere nothing has changed since.
    """

    def __init__(self, earlier: Sequence[Path], thresholds: Thresholds, counts: pl.DataFrame | None) -> None:
        self._earlier, self._thresholds, self._counts = earlier, thresholds, counts
        self._fallen: frozenset[str] | None = None

    def __call__(self, built: Path) -> None:
        """Attack the release at `built`. Raises Bared if hiding more may mend all that was found, else ReleaseError."""
        from pipelines.attack.attack import attack

        report = attack(
            built, self._earlier, thresholds=self._thresholds, counts=self._counts, scope="gate", bases=self._fallen
        )
        if report.bared is not None:
            self._fallen = frozenset(report.bared["base_id"])
        if not report.passes:
            raise refused(report)


def granted_counts(warehouse: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """What the attack is granted of a counted warehouse: y and n of each measure.

    [measure × level × unit × period × breakdown × modality × group × category]
    """
    return query_frame(
        warehouse,
        "SELECT mesure_id, niveau, unite_id, pas, debut, ventilation, modalite, groupe, categorie, y, n FROM comptes",
    )


def kept_counts(home: Home) -> pl.DataFrame | None:
    """The counts of the last edition that was made, as granted; None if the warehouse was built anew since."""
    if not home.warehouse.is_file():
        return None
    with duckdb.connect(str(home.warehouse), read_only=True) as warehouse:
        counted = warehouse.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'comptes'").fetchall()
        return granted_counts(warehouse) if counted else None


def refused(report: Report) -> ReleaseError:
    """What is said of a release that the attack bares."""
    first = report.findings[0]
    cells = [cell for finding in report.findings for cell in finding.cells]
    told = " ; ".join(cells[:_TOLD]) + (f" ; et {len(cells) - _TOLD} de plus" if len(cells) > _TOLD else "")
    sentence = f"L'édition n'est pas publiée : ce qu'elle cache peut être retrouvé par le calcul. {first.why} ({told})"
    remedy = f"{first.remedy} L'édition publiée reste la même."
    if report.bared is None:
        return ReleaseError(sentence, remedy=remedy)
    return Bared(sentence, remedy=remedy, cells=report.bared)
