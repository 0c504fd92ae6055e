"""Each kind of measure, worked out longhand: shares, facts, indices, partners, gaps, gains, diversity, ratios of sums."""

from datetime import date
from typing import get_args

import numpy as np
import polars as pl
import pytest
from scipy import stats

from grids.model import Kind
from pipelines.measurement.figures import figures
from tests.measurement.by_hand import (
    GRID,
    HIDDEN_COLUMNS,
    NETWORKS,
    NO_ONE_HIDDEN,
    PERIOD,
    THRESHOLDS,
    drawn,
    measured,
    range_of,
    read,
    rolled_up,
    told,
)

POOLED, MEAN = "part_accueils", "moyenne_structures"
PARTNERS = [each for each in NETWORKS if each != "cio"]


def histogram(name: str, waits: list[list[int]], group: str = "") -> list[pl.DataFrame]:
    """Delays of structures, cumulated by day."""
    days = sorted({day for each in waits for day in each})
    return [told(name, [(sum(w <= day for w in each), len(each)) for each in waits], str(day), group) for day in days]


def moved(*structures: tuple[int, int, int, int]) -> list[pl.DataFrame]:
    """Structures as (before, gained, lost, n)."""
    return [
        told("GAIN", [(before, n) for before, _, _, n in structures], "avant"),
        told("GAIN", [(before + up - down, n) for before, up, down, n in structures], "apres"),
        told("GAIN", [(up, n) for _, up, _, n in structures], "gagnes"),
        told("GAIN", [(down, n) for _, _, down, n in structures], "perdus"),
    ]


def test_a_fact_is_a_census_of_structures() -> None:
    frame = measured(told("FAIT", [(1, 1), (1, 1), (0, 1)], applicables=[1, 1, 1]))
    for unit, value in (("cio", 67), ("cio-0", 100), ("cio-2", 0)):
        row = read(frame, "FAIT", unit)
        assert range_of(row) == (value, None, None)
        assert (row["etat"], row["assise"], row["raison"]) == ("ok", None, None)
    network = read(frame, "FAIT", "cio")
    assert (network["agregation"], network["structures"], network["structures_attendues"]) == (MEAN, 3, 3)
    assert frame.filter(mesure_id="FAIT.m@2025.1", agregation=POOLED).is_empty()


def test_a_team_reads_the_mean_of_its_items_and_each_of_them() -> None:
    frame = measured(*(told("EQUIPE", [(y, 1)], groupe=item) for item, y in (("P01", 1), ("P02", 1), ("P03", 0))))
    assert [read(frame, "EQUIPE", "cio-0", each)["valeur"] for each in ("", "P01", "P02", "P03")] == [67, 100, 100, 0]
    assert set(frame.filter(mesure_id="EQUIPE.m@2025.1")["niveau"]) == {"structure"}


def test_an_index_is_the_mean_of_its_items_never_their_pool() -> None:
    """Methods 3: 9/10, 8/8 and 3/10 have mean 0.7333 where pooled answers give 0.7143; here ten times as many."""
    items = {"P01": (90, 100), "P02": (76, 80), "P03": (30, 100)}
    frame = measured(*(told("INDICE", [counts], groupe=item) for item, counts in items.items()))
    row = read(frame, "INDICE", "cio", agregation=POOLED)
    shown = [range_of(read(frame, "INDICE", "cio", item, POOLED)) for item in items]
    assert row["valeur"] == round(100 * np.mean([0.9, 0.95, 0.3]))
    assert row["basse"] == np.floor(np.mean([low for _, low, _ in shown]))
    assert row["haute"] == np.ceil(np.mean([high for *_, high in shown]))
    assert (row["assise"], row["etat"]) == ("50-99", "ok")


def test_the_range_of_a_mean_of_items_holds_the_true_mean_however_items_go_together() -> None:
    """By simulation, items answered alike by each person: the worst correlation there is."""
    draw, truth, held, repeats = np.random.default_rng(8), (0.8, 0.6, 0.5), 0, 30
    for _ in range(repeats):
        chances = draw.random(100)
        answers = [told("INDICE", [(int((chances < p).sum()), 100)], groupe=f"P0{i + 1}") for i, p in enumerate(truth)]
        row = read(measured(*answers), "INDICE", "cio", agregation=POOLED)
        held += row["basse"] <= 100 * np.mean(truth) <= row["haute"]
    assert held / repeats >= 0.9


@pytest.mark.parametrize(("recorded", "shown"), [(3, True), (2, True), (1, False)])
def test_an_index_needs_two_thirds_of_its_items(recorded: int, shown: bool) -> None:
    frame = measured(*(told("INDICE", [(20, 40)], groupe=f"P0{rank + 1}") for rank in range(recorded)))
    row = read(frame, "INDICE", "cio", agregation=POOLED)
    assert (row["etat"], row["valeur"]) == (("ok", 50) if shown else ("masque", None))


def test_an_index_whose_items_are_hardly_answered_says_so() -> None:
    due = {"P01": [40], "P02": [100], "P03": [100]}
    frame = measured(*(told("INDICE", [(20, 40)], groupe=item, applicables=each) for item, each in due.items()))
    assert read(frame, "INDICE", "cio", agregation=POOLED)["raison"] == "trop_de_non_reponses"
    assert read(frame, "INDICE", "cio", "P01", POOLED)["valeur"] == 50


def test_an_item_told_as_a_bound_is_not_given_back_by_the_mean() -> None:
    counts = {"P01": (60, 100), "P02": (55, 100), "P03": (99, 100)}
    frame = measured(*(told("INDICE", [each], groupe=item) for item, each in counts.items()))
    assert range_of(read(frame, "INDICE", "cio", "P03", POOLED)) == (None, 95, 100)
    value, low, high = range_of(read(frame, "INDICE", "cio", agregation=POOLED))
    assert value is None
    assert low < 71 < high


def test_partners_are_shown_and_so_is_their_mean() -> None:
    shown = measured(*(told("PARTENAIRE", [(24, 60)], groupe=each) for each in PARTNERS[:9]))
    assert range_of(read(shown, "PARTENAIRE", "cio", agregation=POOLED)) == (40, 28, 53)
    assert read(shown, "PARTENAIRE", "cio", PARTNERS[0], POOLED)["valeur"] == 40
    assert read(shown, "PARTENAIRE", "cio", PARTNERS[-1], POOLED)["etat"] == "masque"
    assert read(shown, "PARTENAIRE", "cio", "cio", POOLED)["etat"] == "sans_objet"


@pytest.mark.parametrize(("more", "state"), [(0, "ok"), (-1, "masque")])
def test_of_its_own_partners_a_network_needs_two_thirds(more: int, state: str) -> None:
    """The others alone are counted: the network itself is not among those that it is asked about."""
    enough = -(-2 * len(PARTNERS) // 3)
    assert enough < 2 * len(NETWORKS) / 3
    frame = measured(*(told("PARTENAIRE", [(24, 60)], groupe=each) for each in PARTNERS[: enough + more]))
    assert read(frame, "PARTENAIRE", "cio", agregation=POOLED)["etat"] == state


def test_a_gap_is_the_difference_of_medians_with_movers_range() -> None:
    slow, fast = [[*range(10, 50)]], [[*range(0, 40)]]
    frame = measured(*histogram("ECART", slow, "groupe"), *histogram("ECART", fast, "contre"))
    # ranks 14 and 27 of 40 bound a median: 23–36 around 29, 13–26 around 19
    assert range_of(read(frame, "ECART", "cio-0", "groupe")) == (29, 23, 36)
    assert range_of(read(frame, "ECART", "cio-0", "contre")) == (19, 13, 26)
    expected = (10, np.floor(10 - np.hypot(29 - 23, 26 - 19)), np.ceil(10 + np.hypot(36 - 29, 19 - 13)))
    assert range_of(read(frame, "ECART", "cio-0")) == expected


def test_a_gap_may_be_negative_and_exists_only_between_two_groups_large_enough() -> None:
    frame = measured(*histogram("ECART", [[1] * 20], "groupe"), *histogram("ECART", [[5] * 20], "contre"))
    assert range_of(read(frame, "ECART", "cio-0")) == (-4, -4, -4)
    small = measured(*histogram("ECART", [[1] * 19], "groupe"), *histogram("ECART", [[5] * 200], "contre"))
    assert {read(small, "ECART", "cio-0", each)["etat"] for each in ("", "groupe", "contre")} == {"masque"}


def test_a_gap_of_networks_needs_enough_structures() -> None:
    four, five = ([[1, 3] * 10] * number for number in (4, 5))
    for waits, state in ((four, "masque"), (five, "ok")):
        frame = measured(*histogram("ECART", waits, "groupe"), *histogram("ECART", waits, "contre"))
        assert read(frame, "ECART", "cio", agregation=MEAN)["etat"] == state
        assert read(frame, "ECART", "cio", agregation=POOLED)["valeur"] == 0


def test_a_gain_is_paired_and_told_in_points() -> None:
    frame = measured(*moved((10, 26, 4, 48)))
    row = read(frame, "GAIN", "cio-0")
    assert range_of(row) == (46, 25, 65)  # 22/48; 0.2548–0.6252 outward to 5 points
    assert [read(frame, "GAIN", "cio-0", each)["valeur"] for each in ("avant", "apres")] == [21, 67]


def test_a_gain_may_be_a_loss() -> None:
    assert read(measured(*moved((30, 4, 14, 60))), "GAIN", "cio-0")["valeur"] == -17


def test_the_gain_of_a_network_is_the_mean_of_its_structures() -> None:
    structures = [(4, 9, 2, 20), (6, 10, 3, 30), (5, 5, 1, 20), (10, 16, 4, 40), (3, 8, 1, 25)]
    gained = [(up - down) / n for _, up, down, n in structures]
    value, low, high = range_of(read(measured(*moved(*structures)), "GAIN", "cio", agregation=MEAN))
    assert value == round(100 * np.mean(gained))
    exact = stats.ttest_1samp(gained, 0).confidence_interval(0.95)
    assert low <= 100 * exact.low
    assert high >= 100 * exact.high
    alone = measured(*moved(*structures[:4]))
    assert read(alone, "GAIN", "cio", agregation=MEAN)["etat"] == "masque"


def test_the_gain_of_all_answers_is_as_sure_as_its_clusters_allow() -> None:
    """Structures that differ widely weigh as fewer persons: Bonett–Price at the smaller effective size, longhand."""
    structures = [(5, 40, 2, 100), (5, 4, 2, 100), (5, 30, 2, 100), (5, 5, 2, 100)]
    up, down, size = 79, 8, 400
    rate, square = up / size, sum((each[1] - 100 * up / size) ** 2 for each in structures)
    effective = rate * (1 - rate) / (4 / 3 * square / size**2)
    assert effective < 20
    p, q = (up / size * effective + 1) / (effective + 2), (down / size * effective + 1) / (effective + 2)
    half = stats.norm.ppf(0.975) * ((p + q - (p - q) ** 2) / (effective + 2)) ** 0.5
    _, low, high = range_of(read(measured(*moved(*structures)), "GAIN", "cio", agregation=POOLED))
    assert (low, high) == (np.floor(100 * (p - q - half)), np.ceil(100 * (p - q + half)))


def test_a_gain_beside_a_unanimous_side_keeps_its_range_alone() -> None:
    frame = measured(*moved((30, 30, 0, 60)))
    assert range_of(read(frame, "GAIN", "cio-0", "apres")) == (None, 95, 100)
    value, low, high = range_of(read(frame, "GAIN", "cio-0"))
    assert value is None
    assert low < 50 < high


def test_diversity_counts_what_weighs_enough() -> None:
    used = {"presentiel": (60, 15), "telephone": (36, 1), "courriel": (4, 4), "tchat": (0, 0)}
    frame = measured(
        *(told("DIVERS", [(first, 100)] + [(second, 20)] * 4, code) for code, (first, second) in used.items()),
        *(told("DIVERS", [(1, 1)] * 5, code, "proposes") for code in ("presentiel", "tchat", "visioconference")),
        *(told("DIVERS", [(0, 1)] * 5, code, "proposes") for code in ("courriel", "fax")),
    )
    # of receptions: 120, 40, 20 and 0 of 180; of structures, means 0.72, 0.112, 0.168 and 0
    for aggregation in (POOLED, MEAN):
        assert range_of(read(frame, "DIVERS", "cio", agregation=aggregation)) == (3, None, None)
        assert range_of(read(frame, "DIVERS", "cio", "proposes", aggregation)) == (2, None, None)


def test_diversity_of_receptions_and_of_structures_differ() -> None:
    frame = measured(
        told("DIVERS", [(400, 400)] + [(18, 20)] * 5, "presentiel"), told("DIVERS", [(0, 400)] + [(2, 20)] * 5, "tchat")
    )
    assert read(frame, "DIVERS", "cio", agregation=POOLED)["valeur"] == 1  # 10 / 500
    assert read(frame, "DIVERS", "cio", agregation=MEAN)["valeur"] == 2  # 0.083
    assert read(frame, "DIVERS", "cio", "proposes", MEAN)["etat"] == "masque"


def test_four_structures_make_no_mean_of_diversity() -> None:
    frame = measured(told("DIVERS", [(20, 20)] * 4, "presentiel"))
    assert read(frame, "DIVERS", "cio", agregation=MEAN)["etat"] == "masque"
    assert read(frame, "DIVERS", "cio", agregation=POOLED)["valeur"] == 1


def test_what_two_structures_offer_is_not_told() -> None:
    frame = measured(told("DIVERS", [(20, 20)] * 5, "presentiel"), told("DIVERS", [(1, 1)] * 2, "tchat", "proposes"))
    assert read(frame, "DIVERS", "cio", "proposes", POOLED)["etat"] == "masque"


def test_a_ratio_of_sums_is_a_share_of_the_unit() -> None:
    frame = measured(told("SOMMES", [(10, 20), (6, 8), (4, 12)]))
    assert read(frame, "SOMMES", "cio", agregation=POOLED)["valeur"] == 50


def test_a_figure_is_worth_its_least_sure_count() -> None:
    frame = measured(
        told("INDICE", [(20, 40)], groupe="P01"),
        told("INDICE", [(20, 40)], groupe="P02", provenance="proche"),
        told("INDICE", [(20, 40)], groupe="P03", provenance="identique"),
    )
    assert [read(frame, "INDICE", "cio", each, POOLED)["provenance"] for each in ("", "P01", "P02", "P03")] == [
        "proche",
        "mesure",
        "proche",
        "identique",
    ]


def test_hidden_cells_and_what_nobody_recorded_are_rows_with_nothing_on_them() -> None:
    keys = {"base_id": "accueils@2025.1", "niveau": "structure", "unite_id": "cio-9", "pas": "annee", "etat": "masque"}
    keys |= {"ventilation": "", "modalite": ""}
    hidden = pl.DataFrame([keys | {"debut": date(2025, 1, 1)}], schema=HIDDEN_COLUMNS)
    frame = measured(told("PART", [(20, 40)]), hidden=hidden)
    empty = frame.filter(pl.col("etat") != "ok")
    assert set(frame.filter(unite_id="cio-9")["mesure_id"]) == {
        f"{each}.m@2025.1" for each in ("PART", "DELAI", "ECART")
    }
    assert set(empty.filter(unite_id="cio-0")["mesure_id"]) == {"DELAI.m@2025.1", "ECART.m@2025.1"}
    assert (
        empty.select(pl.exclude("mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation", "etat"))
        .select(pl.all().is_null().all())
        .row(0)
        == (True,) * 9
    )


def test_every_figure_stands_once_and_in_every_kind() -> None:
    frame = measured(drawn(3))
    key = ["mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation"]
    assert frame.select(key).is_unique().all()
    shown = frame.filter(pl.col("etat").is_in(["ok", "prudence"]))
    assert set(shown["mesure_id"]) == set(frame["mesure_id"])
    assert set(frame["debut"]) == {PERIOD}
    pointed = shown.filter(pl.col("valeur").is_not_null())
    assert (pointed["valeur"] >= pointed["basse"].fill_null(-100)).all()
    assert (pointed["valeur"] <= pointed["haute"].fill_null(100)).all()


@pytest.mark.parametrize(
    "kind", [kind for kind in get_args(Kind) if kind not in {"part", "repartition", "rapport_de_sommes"}]
)
def test_any_kind_told_of_structures_themselves_is_a_census(kind: str) -> None:
    """The same counts, taken for facts: the same estimates of a structure, and no range anywhere."""
    measures = {measure_id for measure_id, _, measure in GRID.measures() if measure.kind == kind}
    rows = drawn(5).filter(pl.col("mesure_id").is_in(measures))
    facts = {name: base.model_copy(update={"is_fact": True, "opinion": False}) for name, base in GRID.bases.items()}
    frame = figures(rolled_up(rows), NO_ONE_HIDDEN, [GRID.model_copy(update={"bases": facts})], THRESHOLDS).whole
    frame = frame.filter(pl.col("mesure_id").is_in(measures))
    told_of = frame.filter(etat="ok")
    assert told_of.height > 5
    assert set(frame["etat"]) <= {"ok", "sans_objet", "masque"}
    assert frame.select(pl.all_horizontal(pl.col("basse", "haute", "assise").is_null()).all()).item()
