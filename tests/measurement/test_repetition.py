"""Quality is not attendance, kind by kind: repeating records changes no estimate, whatever is measured (methods 8.1 and 10).

As in `test_quality_is_not_attendance`, which goes through counting: here structures' counts are multiplied, for a grid that
has every kind. The set of structures that enters a mean is held; profiles of structures are facts, and are not repeated.
"""

import polars as pl
import pytest

from pipelines.measurement.figures import figures
from tests.measurement.by_hand import GRID, NO_ONE_HIDDEN, THRESHOLDS, drawn, rolled_up

CELL = ["mesure_id", "niveau", "unite_id"]
KEY = [*CELL, "categorie", "agregation"]
RANK = {"sans_objet": 0, "masque": 0, "prudence": 1, "ok": 2}
KINDS = {measure.kind for _, _, measure in GRID.measures()}


def repeated(rows: pl.DataFrame, times: int, only: str | None = None) -> pl.DataFrame:
    """The same receptions and answers `times` times, or those of one structure."""
    tables = {f"{name}@{GRID.version}": base.table for name, base in GRID.bases.items()}
    profile = (pl.col("base_id").replace_strict(tables) == "structures") | (pl.col("groupe") == "proposes")
    kept = profile if only is None else profile | (pl.col("structure_id") != only)
    return rows.with_columns(
        pl.when(kept).then(name).otherwise(pl.col(name) * times) for name in ("y", "n", "applicables")
    )


def measured(rows: pl.DataFrame) -> pl.DataFrame:
    """The figures, with the structures that enter the means they are made of."""
    counts = rolled_up(rows)
    sets = counts.group_by(CELL).agg(
        entrees=pl.concat_str("groupe", pl.lit(":"), "structures").unique().sort().str.join(" ")
    )
    return figures(counts, NO_ONE_HIDDEN, [GRID], THRESHOLDS).whole.join(sets, on=CELL, how="left")


def compared(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Estimates that must be the same: shown before, from the same structures."""
    both = before.join(after, on=KEY, suffix="_apres")
    assert both.height == before.height
    return both.filter(pl.col("valeur").is_not_null(), pl.col("entrees") == pl.col("entrees_apres"))


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return drawn(11, networks=4, each=8)


@pytest.mark.parametrize("times", [2, 3, 7])
def test_repeating_every_record_changes_no_estimate_of_any_kind(times: int, rows: pl.DataFrame) -> None:
    before, after = measured(rows), measured(repeated(rows, times))
    held = compared(before, after)
    kinds = {measure_id: measure.kind for measure_id, _, measure in GRID.measures()}
    assert {kinds[each] for each in held["mesure_id"]} == KINDS
    assert (held["valeur"] == held["valeur_apres"]).all()
    both = before.join(after, on=KEY, suffix="_apres")
    assert (both["etat"].replace_strict(RANK) <= both["etat_apres"].replace_strict(RANK)).all()


def test_ranges_only_narrow(rows: pl.DataFrame) -> None:
    held = compared(measured(rows), measured(repeated(rows, 7))).filter(pl.col("agregation") != "moyenne_structures")
    widths = [held["haute" + after] - held["basse" + after] for after in ("", "_apres")]
    assert (widths[1] <= widths[0] + 1).all()
    assert widths[1].sum() < 0.7 * widths[0].sum()


def test_repeating_one_structure_moves_no_mean_of_structures(rows: pl.DataFrame) -> None:
    large = rows.filter(pl.col("n") >= 25)["structure_id"][0]
    before, after = measured(rows), measured(repeated(rows, 40, only=large))
    held = compared(before, after)
    means = held.filter(pl.col("agregation") == "moyenne_structures")
    assert means.height > 50
    assert (means["valeur"] == means["valeur_apres"]).all()
    pooled = held.filter(pl.col("agregation") == "part_accueils")
    assert (pooled["valeur"] != pooled["valeur_apres"]).any()
