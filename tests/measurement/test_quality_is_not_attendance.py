"""The hold of "quality is not attendance": repeating records changes no quality estimate (methods 8.1 and 10).

The set of structures that enters a mean is held: only cells where it is the same before and after are compared, and that
set may only grow; states may only rise. Bands, ranges and response classes are out of scope, by design.
"""

import polars as pl
import pytest

from pipelines.measurement.figures import figures
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells
from tests.counting.records import (
    GRID,
    THRESHOLDS,
    Row,
    counted,
    drawn_answers,
    drawn_receptions,
    table,
    with_structures,
)

KEY = ["mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation"]
RANK = {"sans_objet": 0, "masque": 0, "prudence": 1, "ok": 2}


def measured(receptions: list[Row], answers: list[Row]) -> pl.DataFrame:
    """Every figure of these records, with the number of structures that enter its mean."""
    warehouse = with_structures(counted(receptions, answers))
    mask(warehouse, THRESHOLDS)
    visible = visible_cells(warehouse, THRESHOLDS)
    entering = table(
        warehouse,
        "SELECT mesure_id, niveau, unite_id, pas, debut, max(structures) AS entrees FROM comptes "
        "WHERE ventilation = '' GROUP BY mesure_id, niveau, unite_id, pas, debut",
    )
    return figures(visible.counts, visible.hidden, [GRID], THRESHOLDS).whole.join(entering, on=KEY[:5], how="left")


def repeated(rows: list[Row], times: int, only: str | None = None) -> list[Row]:
    """Each record `times` times, or those of one structure; answers' references made new."""
    copies = []
    for copy in range(times):
        for row in rows:
            if copy == 0 or only is None or row["structure_id"] == only:
                reference = f"{copy:08d}{row['reponse_ref'][8:]}" if "reponse_ref" in row else None
                copies.append({**row, "reponse_ref": reference} if reference else row)
    return copies


@pytest.fixture(scope="module")
def records() -> tuple[list[Row], list[Row]]:
    return drawn_receptions(21, 2500), drawn_answers(22, 2000)


@pytest.fixture(scope="module")
def before(records: tuple[list[Row], list[Row]]) -> pl.DataFrame:
    return measured(*records)


@pytest.mark.parametrize("times", [2, 3, 7])
def test_repeating_every_record_changes_no_estimate(times: int, records, before: pl.DataFrame) -> None:
    after = measured(*(repeated(rows, times) for rows in records))
    both = before.join(after, on=KEY, suffix="_apres")
    assert both.height == before.height
    held = both.filter((pl.col("entrees") == pl.col("entrees_apres")) & pl.col("valeur").is_not_null())
    assert held.height > 200
    assert (held["valeur"] == held["valeur_apres"]).all()


def test_states_only_rise_and_entering_sets_only_grow(records, before: pl.DataFrame) -> None:
    after = measured(*(repeated(rows, 3) for rows in records))
    both = before.join(after, on=KEY, suffix="_apres")
    ranks = both["etat"].replace_strict(RANK), both["etat_apres"].replace_strict(RANK)
    assert (ranks[0] <= ranks[1]).all()
    assert (both["entrees"].fill_null(0) <= both["entrees_apres"].fill_null(0)).all()


def test_repeating_one_structure_leaves_means_of_structures_unchanged(records, before: pl.DataFrame) -> None:
    after = measured(*(repeated(rows, 5, only="cio-0") for rows in records))
    both = before.filter(pl.col("agregation") == "moyenne_structures").join(after, on=KEY, suffix="_apres")
    held = both.filter((pl.col("entrees") == pl.col("entrees_apres")) & pl.col("valeur").is_not_null())
    assert held.height > 50
    assert (held["valeur"] == held["valeur_apres"]).all()


def test_a_network_made_of_one_large_structure_does_move_the_share_of_receptions(records) -> None:
    """The test of the test: the second figure, where each reception counts, is moved by traffic."""
    before, after = (measured(*(repeated(rows, times, only="cio-0") for rows in records)) for times in (1, 40))
    shares = [
        frame.filter((pl.col("agregation") == "part_accueils") & (pl.col("niveau") == "region"))
        for frame in (before, after)
    ]
    both = shares[0].join(shares[1], on=KEY, suffix="_apres").filter(pl.col("valeur_apres").is_not_null())
    assert (both["valeur"] != both["valeur_apres"]).any()


def test_hidden_cells_are_rows_with_nothing_on_them(before: pl.DataFrame) -> None:
    hidden = before.filter(pl.col("etat").is_in(["masque", "sans_objet"]))
    assert hidden.height > 50
    for column in (
        "raison",
        "valeur",
        "basse",
        "haute",
        "assise",
        "taux_reponse_classe",
        "structures",
        "structures_attendues",
        "provenance",
    ):
        assert hidden[column].is_null().all(), column


def test_every_shown_figure_has_its_range_or_says_why(before: pl.DataFrame) -> None:
    shown = before.filter(
        pl.col("etat").is_in(["ok", "prudence"]) & (pl.col("raison") != "trop_de_non_reponses").fill_null(True)
    )
    assert shown["basse"].is_not_null().sum() + shown["haute"].is_not_null().sum() >= shown.height
    assert shown.filter(pl.col("valeur").is_not_null() & (pl.col("valeur") < pl.col("basse"))).is_empty()
    assert shown.filter(pl.col("valeur").is_not_null() & (pl.col("valeur") > pl.col("haute"))).is_empty()


def test_no_mean_of_fewer_than_five_structures_is_shown(before: pl.DataFrame) -> None:
    means = before.filter((pl.col("agregation") == "moyenne_structures") & pl.col("etat").is_in(["ok", "prudence"]))
    assert (means["structures"] >= THRESHOLDS.structures_for_mean.value).all()
    assert (means["structures"] <= means["structures_attendues"]).all()
