"""Two editions side by side: what was shown stays as it was, and what was hidden stays hidden."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipelines.attack.bands import possible_sizes
from pipelines.attack.release_file import CELL, FIGURE, SHOWN, ReleaseFile
from pipelines.attack.report import Finding
from pipelines.attack.wording import cells_words

_TOLD = ["valeur", "basse", "haute", "assise", "taux_reponse_classe", "structures", "raison", "provenance"]
_COPY = "Recopier la cellule telle que l'édition précédente la montrait."


def differing_editions(release: ReleaseFile, earlier: Sequence[ReleaseFile], persons: int) -> list[Finding]:
    """Cells that earlier editions showed otherwise; a yearly edition may move one, by at least `persons` persons for sure."""
    return [finding for each in earlier for finding in _compared(release, each, persons)]


def _compared(release: ReleaseFile, before: ReleaseFile, persons: int) -> list[Finding]:
    shown = before.values.filter(pl.col("etat").is_in(SHOWN))
    pairs = shown.join(release.values.with_columns(presente=True), on=FIGURE, how="left", suffix="_ici")
    gone = pairs.filter(~pl.col("etat_ici").fill_null("").is_in(SHOWN))
    kept = pairs.filter(pl.col("etat_ici").is_in(SHOWN))
    changed = kept.filter(pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_ici")) for name in _told(kept)))
    hidden = before.values.filter(etat="masque").select(*FIGURE)
    back = release.values.filter(pl.col("etat").is_in(SHOWN)).join(hidden, on=FIGURE)
    return [
        *_found("edition_retiree", gone, f"Montrées dans l'édition {before.id}, ces cellules ne le sont plus."),
        *_found(
            "edition_changee",
            _moved_too_little(changed, release, before, persons),
            f"Ces cellules ont changé depuis l'édition {before.id} d'un nombre de personnes qui peut être petit : la "
            "différence parlerait d'elles.",
        ),
        *_found(
            "edition_montree",
            back,
            f"Masquées dans l'édition {before.id}, ces cellules sont montrées pour la même période.",
            "Laisser masquée une cellule qui l'a été.",
        ),
    ]


def _told(rows: pl.DataFrame) -> list[str]:
    return ["etat", *(name for name in _TOLD if f"{name}_ici" in rows.columns)]


def _moved_too_little(changed: pl.DataFrame, release: ReleaseFile, before: ReleaseFile, persons: int) -> pl.DataFrame:
    """Those of `changed` that a yearly edition does not surely move by `persons` or more."""
    sizes = [each.select("mesure_id", *CELL, "bas", "haut") for each in map(possible_sizes, (before, release))]
    both = sizes[0].join(sizes[1], on=["mesure_id", *CELL], suffix="_ici")
    apart = pl.max_horizontal(pl.col("bas") - pl.col("haut_ici"), pl.col("bas_ici") - pl.col("haut"))
    allowed = both.filter(apart >= persons, pl.col("debut").dt.year().is_in(_yearly(release)))
    return changed.join(allowed, on=["mesure_id", *CELL], how="anti")


def _yearly(release: ReleaseFile) -> list[int]:
    """The years that this edition is the first to publish as a whole."""
    if "edition" not in release.periods.columns:
        return []
    return release.periods.filter(pas="annee", edition=release.id)["debut"].dt.year().to_list()


def _found(kind: str, rows: pl.DataFrame, why: str, remedy: str = _COPY) -> list[Finding]:
    return [Finding(kind, cells_words(rows), why, remedy)] if rows.height else []
