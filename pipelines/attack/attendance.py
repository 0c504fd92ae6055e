"""Attendance beside quality: the same mask, and no part left alone behind a shown total."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.attack.recovery import determined
from pipelines.attack.release_file import CELL, ReleaseFile
from pipelines.attack.report import Finding
from pipelines.attack.sums import sums_of
from pipelines.attack.wording import cells_words

_YEAR = pl.col("debut").dt.year()
_REMEDY = "Masquer aussi la fréquentation de cette cellule, avec ce qui la redonnerait."


def bared_attendance(release: ReleaseFile, inhabited: pl.DataFrame | None) -> list[Finding]:
    """Attendance shown where quality hides somebody, or worked out from its own sums.

    inhabited: base_id, CELL where somebody is, if that is granted.
    """
    cells = _cells(release)
    return [*_beside_quality(cells, release, inhabited), *_from_sums(cells, release)]


def _cells(release: ReleaseFile) -> pl.DataFrame:
    by_channel = pl.col("canal") != ""
    return release.attendance.with_columns(
        ventilation=pl.when(by_channel).then(pl.lit("canal")).otherwise(pl.lit("")),
        modalite="canal",
        montree=pl.col("etat") == "ok",
    ).select(*CELL, "montree")


def _beside_quality(cells: pl.DataFrame, release: ReleaseFile, inhabited: pl.DataFrame | None) -> list[Finding]:
    hidden = release.cells.filter(~pl.col("montree")).with_columns(annee=_YEAR)
    hidden = hidden.join(_widest(release), on=["base_id", "annee"], how="semi")
    if inhabited is None:
        inhabited = _alive(release)
    people = hidden.join(inhabited, on=[each for each in inhabited.columns if each in hidden.columns], how="semi")
    bare = cells.filter("montree").join(people, on=CELL, how="semi").sort(CELL)
    why = "La qualité est masquée ici, la fréquentation non : le nombre masqué se lit à côté."
    return [Finding("frequentation_masque", cells_words(bare), why, _REMEDY)] if bare.height else []


def _widest(release: ReleaseFile) -> pl.DataFrame:
    """base_id, annee [year]: the base of receptions that shows the most cells of a year."""
    records = release.measures.filter(base_table="accueils")["base_id"].unique()
    shown = release.cells.filter(pl.col("base_id").is_in(records.to_list()), "montree")
    ordered = shown.group_by("base_id", _YEAR.alias("annee")).len().sort("len", "base_id", descending=[True, False])
    return ordered.unique("annee", keep="first", maintain_order=True)


def _alive(release: ReleaseFile) -> pl.DataFrame:
    """Without counts, units that show something of a base at any time are taken to hide somebody elsewhere."""
    return release.cells.filter("montree").select("base_id", "unite_id").unique()


def _from_sums(cells: pl.DataFrame, release: ReleaseFile) -> list[Finding]:
    found = []
    for _, yearly in cells.group_by(pl.col("debut").dt.year(), maintain_order=True):
        sums = sums_of(yearly, release.units)
        bare = determined(sums, sums.shown) if sums.unknowns else np.empty(0, dtype=int)
        if bare.size:
            why = "Les nombres montrés redonnent exactement ceux-ci, par une différence ou une somme."
            found.append(Finding("frequentation_somme", cells_words(sums.cells[bare]), why, _REMEDY))
    return found
