"""A release that is rightly masked withstands the attack; each planted weakness is found, under its own name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from grids.thresholds import Thresholds
from pipelines.attack.attack import attack
from pipelines.attack.report import Report, report_text
from tests.attack.small_release import OPINION, PART, YEAR, Small, office_counts, small

VALUES, BREAKDOWNS, ATTENDANCE = "quality.valeurs", "quality.ventilations", "attendance.frequentation"
QUARTER = date(2025, 4, 1)


def cell(unit: str, start: date = YEAR, step: str = "annee", modality: str | None = None) -> pl.Expr:
    """The rows of a cell."""
    where = (pl.col("unite_id") == unit) & (pl.col("debut") == start) & (pl.col("pas") == step)
    return where if modality is None else where & (pl.col("modalite") == modality)


def complement_shown_again(release: Small) -> None:
    """Two of three hidden structures of a network show a quarter again: the third is what remains."""
    release.show(cell("nord-5", QUARTER, "trimestre") | cell("nord-6", QUARTER, "trimestre"))


def year_unmasked(release: Small) -> None:
    """Three quarters and the year of a structure are shown: the fourth is what remains."""
    quarters = pl.col("pas").eq("trimestre") & (pl.col("debut") != QUARTER)
    release.show((pl.col("unite_id") == "nord-4") & (quarters | (pl.col("pas") == "annee")))


def mean_of_one_hidden(release: Small) -> None:
    """Only one structure that enters the mean is not shown."""
    means = (pl.col("agregation") == "moyenne_structures") & cell("nord", QUARTER, "trimestre")
    release.change(VALUES, means, structures=pl.lit(4, pl.Int64))


def means_that_leave_two(release: Small) -> None:
    """The region's mean has two hidden structures more than its networks' means."""
    means = (pl.col("agregation") == "moyenne_structures") & cell("bretagne", QUARTER, "trimestre")
    release.change(VALUES, means, structures=pl.lit(26, pl.Int64))


def count_in_a_sentence(release: Small) -> None:
    """A label tells how many were received."""
    release.change(
        "reference.mesures", pl.col("mesure_id") == PART, libelle=pl.lit("part de ceux qui… (sur 412 accueils)")
    )


def band_too_narrow(release: Small) -> None:
    """A band of the base that is finer than the four."""
    release.change(VALUES, pl.col("assise") == "50-99", assise=pl.lit("60-69"))


def bound_too_fine(release: Small) -> None:
    """A bound to the point under fifty persons."""
    shown = pl.col("etat").is_in(["ok", "prudence"]) & cell("nord-1", QUARTER, "trimestre")
    release.change(VALUES, shown, assise=pl.lit("20-49"), basse=pl.lit(57, pl.Int64))


def attendance_under_another_mask(release: Small) -> None:
    """A channel is shown in attendance and hidden in quality."""
    where = pl.col("canal").is_in(["courrier", "visioconference"]) & (pl.col("unite_id") == "nord")
    release.change(ATTENDANCE, where, etat=pl.lit("ok"), accueils=pl.lit(40, pl.Int64))


def attendance_quarter_alone(release: Small) -> None:
    """One quarter of a network's attendance is hidden beside its year."""
    where = cell("nord", QUARTER, "trimestre")
    release.change(ATTENDANCE, where, etat=pl.lit("masque"), accueils=pl.lit(None, pl.Int64))


def number_on_a_hidden_row(release: Small) -> None:
    """A hidden row keeps its value."""
    release.change(VALUES, (pl.col("etat") == "masque") & cell("nord-4"), valeur=pl.lit(63, pl.Int64))


def reason_told(release: Small) -> None:
    """A hidden row says why."""
    release.change(VALUES, (pl.col("etat") == "masque") & cell("nord-4"), raison=pl.lit("seuil"))


def state_that_tells_a_reason(release: Small) -> None:
    """A hidden row has a state of its own."""
    release.change(VALUES, (pl.col("etat") == "masque") & cell("nord-4"), etat=pl.lit("masque_secondaire"))


def unanimous_opinion(release: Small) -> None:
    """An opinion that all share is told as 100 %."""
    shown = (pl.col("mesure_id") == OPINION) & pl.col("etat").is_in(["ok", "prudence"]) & cell("nord-1")
    release.change(VALUES, shown, valeur=pl.lit(100, pl.Int64))


def channel_alone(release: Small) -> None:
    """One channel of a network is hidden beside its total."""
    release.show_channel("nord", "courrier")


def network_alone(release: Small) -> None:
    """A network that received few is hidden alone under the region."""
    release.hide(pl.col("unite_id") == "nord")
    few = cell("nord", QUARTER, "trimestre") & (pl.col("mesure_id") == PART)
    release.counts = release.counts.with_columns(n=pl.when(few).then(8).otherwise("n"))


def two_structures_alone(release: Small) -> None:
    """A network hides two structures only: each knows the other's."""
    release.show(cell("nord-6", QUARTER, "trimestre"))


def column_of_counts(release: Small) -> None:
    """Quality has a column of sizes."""
    release.tables[VALUES] = release.tables[VALUES].with_columns(effectif=pl.lit(None, pl.Int64))


def half_a_percent(release: Small) -> None:
    """A percentage with a decimal."""
    release.tables[VALUES] = release.tables[VALUES].with_columns(pl.col("valeur").cast(pl.Float64) + 0.5)


def exact_number_lacking(release: Small) -> None:
    """A sentence tells to the unit how many answers are lacking."""
    lacking = pl.lit("Il manque environ 13 réponses pour répondre.")
    release.change("reference.mesures", pl.col("mesure_id") == PART, libelle=lacking)


WEAKNESSES = [
    (complement_shown_again, "recalcul_exact", "structure nord-4, 2e trimestre 2025"),
    (year_unmasked, "recalcul_exact", "structure nord-4, 2e trimestre 2025"),
    (channel_alone, "recalcul_exact", "réseau nord, 2025, canal visioconference"),
    (network_alone, "recalcul_exact", "réseau nord, 2e trimestre 2025"),
    (two_structures_alone, "recalcul_structure", "structure nord-4, 2e trimestre 2025"),
    (mean_of_one_hidden, "moyenne", "réseau nord, 2e trimestre 2025"),
    (means_that_leave_two, "moyenne_difference", "région bretagne, 2e trimestre 2025"),
    (count_in_a_sentence, "nombre_dans_un_texte", "412 accueils"),
    (exact_number_lacking, "nombre_dans_un_texte", "13 réponses"),
    (band_too_narrow, "assise", "structure nord-2"),
    (bound_too_fine, "borne_trop_fine", "structure nord-1, 2e trimestre 2025"),
    (attendance_under_another_mask, "frequentation_masque", "réseau nord, 2025, canal courrier"),
    (attendance_quarter_alone, "frequentation_somme", "réseau nord, 2e trimestre 2025"),
    (number_on_a_hidden_row, "ligne_masquee_chiffree", "structure nord-4, 2025"),
    (reason_told, "raison_dite", "structure nord-4, 2025"),
    (state_that_tells_a_reason, "raison_dite", "structure nord-4, 2025"),
    (unanimous_opinion, "opinion_unanime", "O.avis@1, structure nord-1, 2025"),
    (column_of_counts, "colonne_effectif", "quality.valeurs.effectif"),
    (half_a_percent, "pourcentage", "structure nord-1, 2025"),
]


def attacked(
    release: Small, folder: Path, thresholds: Thresholds, *, granted: bool, earlier: Small | None = None
) -> Report:
    before = [earlier.write(folder / "avant.duckdb")] if earlier else []
    counts = office_counts(release) if granted else None
    return attack(release.write(folder / "edition.duckdb"), before, thresholds=thresholds, counts=counts)


def found(report: Report) -> dict[str, str]:
    """kind → the cells found under it."""
    cells: dict[str, str] = {}
    for each in report.findings:
        cells[each.kind] = " ; ".join(filter(None, [cells.get(each.kind, ""), *each.cells]))
    return cells


@pytest.mark.parametrize("granted", [True, False], ids=["comptes accordés", "édition seule"])
def test_a_rightly_masked_release_withstands(
    release: Small, tmp_path: Path, thresholds: Thresholds, granted: bool
) -> None:
    report = attacked(release, tmp_path, thresholds, granted=granted)
    assert found(report) == {}
    assert report.passes
    assert "L'édition résiste à l'attaque." in report_text(report)


@pytest.mark.parametrize("granted", [True, False], ids=["comptes accordés", "édition seule"])
@pytest.mark.parametrize(("plant", "kind", "where"), WEAKNESSES, ids=[plant.__name__ for plant, *_ in WEAKNESSES])
def test_a_planted_weakness_is_found(
    release: Small, tmp_path: Path, thresholds: Thresholds, granted: bool,
    plant: Callable[[Small], None], kind: str, where: str,
) -> None:  # fmt: skip
    plant(release)
    report = attacked(release, tmp_path, thresholds, granted=granted)
    assert where in found(report).get(kind, "")
    assert f"## {kind}" in report_text(report)


def test_two_editions_that_differ_by_one_person_are_found(
    release: Small, tmp_path: Path, thresholds: Thresholds
) -> None:
    later = small("edition-2")
    one_more = (pl.col("etat") == "ok") & (pl.col("mesure_id") == PART) & cell("nord-1", QUARTER, "trimestre")
    later.change(VALUES, one_more, valeur=pl.col("valeur") + 1)
    assert (
        "nord-1, 2e trimestre 2025"
        in found(attacked(later, tmp_path, thresholds, granted=True, earlier=release))["edition_changee"]
    )


@pytest.mark.parametrize(
    ("act", "kind"), [("hide", "edition_retiree"), ("show", "edition_montree")], ids=["retirée", "montrée ensuite"]
)
def test_a_cell_withdrawn_or_shown_later_is_found(
    release: Small, tmp_path: Path, thresholds: Thresholds, act: str, kind: str
) -> None:
    later = small("edition-2")
    getattr(later, act)(cell("nord-1" if act == "hide" else "nord-4"))
    assert "2025" in found(attacked(later, tmp_path, thresholds, granted=True, earlier=release))[kind]


def test_the_same_edition_twice_differs_in_nothing(release: Small, tmp_path: Path, thresholds: Thresholds) -> None:
    assert attacked(small("edition-2"), tmp_path, thresholds, granted=True, earlier=release).passes


def test_what_is_lacking_may_be_told_in_tens(release: Small, tmp_path: Path, thresholds: Thresholds) -> None:
    lacking = pl.lit("Il manque environ 40 réponses pour répondre.")
    release.change("reference.mesures", pl.col("mesure_id") == PART, libelle=lacking)
    assert attacked(release, tmp_path, thresholds, granted=True).passes
