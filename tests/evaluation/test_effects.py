"""Actions on a release made by hand: what is found, what is not, and what nothing may move."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.evaluation.changes import _of_shares
from pipelines.evaluation.effects import EFFECTS, effects
from pipelines.evaluation.tallies import Tally
from pipelines.statistics.verdict import INSUFFICIENT, USUAL
from tests.evaluation.released import MEASURE, MONTHS, QUARTERS, WAIT, YEAR_BEFORE, Released
from tests.statistics.tables import number, spec_table

AROUND = [0.60, 0.55, 0.65]
BEFORE = AROUND * 4
NUMBERS = ("avant", "apres", "ecart", "basse", "haute", "saut", "saut_bas", "saut_haut", "temoins", "plus_marque")


def around(rate: float, length: int = 12) -> list[float | None]:
    """Shares that turn around a rate as those of BEFORE around 60 %."""
    return [rate + AROUND[rank % 3] - 0.60 for rank in range(length)]


def step(rate: float) -> Released:
    """A structure at 60 % in 2024, at `rate` in 2025."""
    return Released().measure().shares([*BEFORE, *around(rate)])


@pytest.mark.parametrize(
    ("rate", "hoped", "sense", "verdict", "signal"),
    [
        (0.80, "plus", "plus", "Amélioration significative", "favorable"),
        (0.80, "moins", "moins", "Évolution défavorable nette", "defavorable"),
        (0.40, "plus", "plus", "Évolution défavorable nette", "defavorable"),
        (0.40, "moins", "moins", "Amélioration significative", "favorable"),
        (0.80, "neutre", "plus", "Hausse nette", "hausse"),
        (0.40, "neutre", "plus", "Baisse nette", "baisse"),
        (0.80, "plus", "zone", "Hausse nette", "hausse"),
        (0.40, "plus", "neutre", "Baisse nette", "baisse"),
        (0.60, "plus", "plus", USUAL, None),
        (0.60, "neutre", "zone", USUAL, None),
    ],
)
def test_a_step_is_found_and_told_by_what_was_hoped(
    rate: float, hoped: str, sense: str, verdict: str, signal: str | None
) -> None:
    found = Released().measure(sens=sense).shares([*BEFORE, *around(rate)]).action(sens=hoped).effect()
    assert (found["verdict"], found["signal"]) == (verdict, signal)
    assert found["pas"] == "mois"
    if sense in ("zone", "neutre") or hoped == "neutre":
        assert "mélioration" not in found["phrase"]


def test_sides_and_figures_of_a_step() -> None:
    found = step(0.80).action().effect()
    sides = [found[name] for name in ("avant_du", "avant_au", "apres_du", "apres_au")]
    assert sides == [date(2024, 1, 1), date(2024, 12, 1), date(2025, 2, 1), date(2025, 12, 1)]
    assert [found[name] for name in ("avant", "apres", "ecart", "basse", "haute")] == [60, 80, 20, 14, 26]
    assert found["phrase"] == (
        "Depuis février 2025, la mesure « Point de situation fait » est passée de 60 % à 80 % (écart +20 points, fourchette "
        "+14 à +26). Cette évolution dépasse la variation habituelle ; elle coïncide avec l'action « Reformuler » sans prouver "
        "qu'elle en est la cause."
    )


def test_the_time_that_an_action_needs_is_left_out() -> None:
    late = [*BEFORE, *around(0.60, 4), *around(0.85, 8)]
    early = Released().measure().shares(late).action(latence_mois=1).effect()
    waited = Released().measure().shares(late).action(latence_mois=4).effect()
    assert waited["apres_du"] == date(2025, 5, 1)
    assert (early["apres"], waited["apres"]) == (78, 84)


def test_one_check_alone_is_to_confirm() -> None:
    """A single month beyond the limits, in a line that else goes on as before."""
    odd = [*around(0.60, 8), 0.95, *around(0.60, 3)]
    found = Released().measure().shares([*BEFORE, *odd]).action().effect()
    assert found["basse"] <= 0 <= found["haute"]
    assert (found["verdict"], found["signal"]) == ("Évolution favorable à confirmer", "favorable")
    assert "Un seul de nos deux contrôles donne un signe favorable, l'évolution d'un mois à l'autre" in found["phrase"]


def test_a_range_alone_is_to_confirm() -> None:
    """A line too restless for its chart, of so many receptions that the difference is none of chance."""
    restless = [0.3, 0.9] * 6
    found = (
        Released()
        .measure()
        .shares([*restless, *[each + 0.06 for each in restless]], size=400)
        .action(sens="moins")
        .effect()
    )
    assert (found["verdict"], found["signal"]) == ("Évolution défavorable à surveiller", None)
    assert "l'écart entre avant et après" in found["phrase"]


@pytest.mark.parametrize(
    ("hidden", "enough"),
    [((), True), ((15,), True), ((15, 18), True), ((15, 16, 18), False), ((2, 5), True), ((2, 4, 6), False)],
)
def test_too_many_hidden_months_conclude_nothing(hidden: tuple[int, ...], enough: bool) -> None:
    rates = [None if rank in hidden else rate for rank, rate in enumerate([*BEFORE, *around(0.8)])]
    found = Released().measure().shares(rates).action().effect()
    assert (found["verdict"] != INSUFFICIENT) == enough
    if not enough:
        assert all(found[name] is None for name in (*NUMBERS, "signal"))


def test_a_hidden_after_is_told_as_missing() -> None:
    found = Released().measure().shares([*BEFORE, *[None] * 12]).action().effect()
    assert (found["verdict"], found["manque"]) == (INSUFFICIENT, 30)
    assert found["phrase"] == "Il manque environ 30 réponses pour répondre. La question reste ouverte."


def test_what_is_missing_comes_from_bands_up_to_the_next_ten() -> None:
    """Three months of 11 to 19 on a side: at least 33. Two: at least 22, eight short of 30."""
    rates = [*BEFORE[:10], None, None, None, 0.6, 0.6, *[None] * 9]
    found = Released().measure().shares(rates, size=18).action().effect()
    assert found["manque"] == 10
    rates[15] = 0.6
    assert Released().measure().shares(rates, size=18).action().effect()["manque"] is None


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (date(2025, 9, 1), "Il est trop tôt pour conclure : il faut au moins 6 mois après l'action."),
        (date(2027, 1, 1), "Il est trop tôt pour conclure : il faut au moins 6 mois après l'action."),
        (
            date(2024, 6, 1),
            "Il faut au moins 10 mois lisibles avant l'action et 6 après pour conclure ; il y en a 5 et 18.",
        ),
    ],
)
def test_too_early_or_too_late_an_action(start: date, words: str) -> None:
    found = step(0.80).action(debut=start).effect()
    assert found["verdict"] == INSUFFICIENT
    assert found["manque"] is None
    assert found["phrase"].startswith(words)


def test_no_line_at_all() -> None:
    found = Released().measure().action().effect()
    assert (found["verdict"], found["avant_du"], found["mesure_id"]) == (INSUFFICIENT, None, f"{MEASURE}@2025.1")
    assert found["manque"] == 60


def test_a_network_that_is_not_shown_is_not_said_to_lack_answers() -> None:
    found = Released().measure().action(niveau="reseau", unite_id="apec").effect()
    assert (found["verdict"], found["manque"]) == (INSUFFICIENT, None)
    assert "il y en a 0 et 0" in found["phrase"]


def test_a_measure_without_a_headline_or_a_name_is_not_looked_at() -> None:
    unknown = step(0.80).action(mesure="ZZ99.rendue")
    assert unknown.effects().is_empty()
    described = Released().measure(genre="repartition").shares([*BEFORE, *around(0.8)], categorie="oui").action()
    assert described.effects().is_empty()
    assert dict(unknown.effects().schema) == EFFECTS


def test_a_closed_month_hides_nothing() -> None:
    released = Released().measure().shares([*BEFORE, *around(0.8)])
    for rank in (13, 15, 18, 20, 22):
        released.values[rank] |= {"etat": "sans_objet", "valeur": None, "basse": None, "haute": None, "assise": None}
    found = released.action().effect()
    assert found["verdict"] == "Amélioration significative"


def test_a_month_of_too_few_answers_is_not_added_up() -> None:
    released = step(0.80).action()
    released.values[20] |= {"raison": "trop_de_non_reponses", "valeur": None}
    released.counts[20] |= {"y": 0}
    assert released.effect()["apres"] == 80


def test_a_favourable_share_of_a_distribution() -> None:
    released = Released().measure(genre="repartition").action()
    released.categories.append({"mesure_id": f"{MEASURE}@2025.1", "categorie": "trois", "favorable": True})
    found = released.shares([*BEFORE, *around(0.8)], categorie="favorable").effect()
    assert (found["avant"], found["apres"]) == (60, 80)


def test_an_opinion_of_nearly_all_is_told_without_figures() -> None:
    released = Released().measure(opinion=True).shares([*BEFORE, *[1.0] * 12]).action()
    found = released.effect()
    assert found["verdict"] == "Amélioration significative"
    assert all(found[name] is None for name in ("avant", "apres", "ecart", "basse", "haute"))
    assert "%" not in found["phrase"]


WAITED = [3, 5, 7, 8, 9, 9, 10, 12, 14, 20] * 2
QUICKER = [1, 2, 3, 4, 5, 5, 6, 7, 9, 12] * 2


def waits() -> Released:
    months = [[day + rank % 2 for day in WAITED] for rank in range(12)] + [
        [day + rank % 2 for day in QUICKER] for rank in range(12)
    ]
    measure = {"genre": "quantiles", "sens": "moins", "unite": "jours ouvrés", "libelle": "Attente"}
    return Released().measure(f"{WAIT}@2025.1", **measure).waits(months).action(mesure=WAIT, sens="moins")


def test_medians_are_those_of_all_the_waits_of_a_side() -> None:
    found = waits().effect()
    before = sorted([day + rank % 2 for rank in range(12) for day in WAITED])
    after = sorted([day + rank % 2 for rank in range(13, 24) for day in QUICKER])
    assert found["avant"] == before[len(before) // 2 - 1]
    assert found["apres"] == after[len(after) // 2 - 1]
    assert (found["verdict"], found["signal"]) == ("Amélioration significative", "favorable")
    assert "est passée de 9 à 6 jours ouvrés (écart −3 jours ouvrés, fourchette −5 à −3)" in found["phrase"]


def test_a_network_has_the_mean_of_its_months_and_a_wide_range() -> None:
    unit = {"unit": "ML", "niveau": "reseau"}
    released = (
        Released()
        .measure()
        .shares([*BEFORE, *around(0.80)], size=80, agregation="moyenne_structures", **unit)
        .shares([0.5] * 24, agregation="part_accueils", **unit)
        .action(niveau="reseau", unite_id="ML")
    )
    found = released.effect()
    assert [found[name] for name in ("avant", "apres", "ecart")] == [60, 80, 20]
    assert found["haute"] - found["basse"] > 26 - 14
    assert found["verdict"] == "Amélioration significative"


def test_a_network_without_a_mean_has_every_reception_alike() -> None:
    released = Released().measure().action(niveau="region", unite_id="bretagne")
    released.shares([None] * 24, agregation="moyenne_structures", unit="bretagne", niveau="region")
    found = released.shares(
        [*BEFORE, *around(0.80)], agregation="part_accueils", unit="bretagne", niveau="region"
    ).effect()
    assert (found["avant"], found["apres"]) == (60, 80)


def test_a_line_goes_on_through_the_versions_that_continue_it() -> None:
    old, new = f"{MEASURE}@2023.1", f"{MEASURE}@2025.1"
    joined = Released().measure(old).measure(new, suite_de=old)
    broken = Released().measure(old).measure(new)
    for released in (joined, broken):
        released.shares(BEFORE, mesure_id=old).shares(around(0.8), starts=MONTHS[12:], mesure_id=new).action()
    assert (joined.effect()["verdict"], joined.effect()["mesure_id"]) == ("Amélioration significative", new)
    assert broken.effect()["verdict"] == INSUFFICIENT


def test_the_finest_step_that_can_conclude() -> None:
    quarters = Released().measure(pas=["trimestre", "annee"]).shares(around(0.6, 8), starts=QUARTERS, pas="trimestre")
    assert quarters.action().effect()["pas"] == "trimestre"
    both = step(0.80).shares(around(0.6, 8), starts=QUARTERS, pas="trimestre")
    assert both.action().effect()["pas"] == "mois"


def test_segments_from_twelve_points_a_side() -> None:
    assert step(0.80).action().effect()["saut"] is None  # 12 before, 11 after
    longer = Released().measure().shares([*BEFORE, *BEFORE, *around(0.80)], starts=[*YEAR_BEFORE, *MONTHS])
    found = longer.action(debut=date(2024, 12, 15)).effect()
    assert found["saut"] is None  # 23 before, 11 after
    found = longer.action(action_id="A2", debut=date(2024, 3, 10)).effects().row(1, named=True)
    assert found["saut_bas"] <= found["saut"] <= found["saut_haut"]


def test_a_slope_that_was_there_before_is_no_jump() -> None:
    climbing = [0.20 + 0.02 * rank for rank in range(36)]
    released = Released().measure().shares(climbing, size=100, starts=[*YEAR_BEFORE, *MONTHS])
    found = released.action(debut=date(2024, 6, 1)).effect()
    assert (found["verdict"], found["ecart"] > 30) == ("Amélioration significative", True)
    assert [found[name] for name in ("saut", "saut_bas", "saut_haut")] == [0, 0, 0]


def neighbours(count: int, rate: float = 0.60, **offer: Any) -> Released:
    released = step(0.80).offer("ML-0001").action()
    for rank in range(count):
        unit = f"CIO-{rank:04}"
        released.shares([*BEFORE, *around(rate)], unit=unit).offer(unit, **offer)
    return released


@pytest.mark.parametrize(
    ("released", "structures", "more_marked"),
    [
        (neighbours(20), 20, True),
        (neighbours(24, channels=["telephone", "presentiel"]), 24, True),
        (neighbours(20, rate=0.82), 20, False),
        (neighbours(19), None, None),
        (neighbours(20, channels=["presentiel"]), None, None),
    ],
)
def test_structures_with_the_same_channels_stand_beside(
    released: Released, structures: int | None, more_marked: bool | None
) -> None:
    found = released.effect()
    assert (found["temoins"], found["plus_marque"]) == (structures, more_marked)
    assert (f"plus marquée que dans {structures} structures comparables" in found["phrase"]) == bool(more_marked)


@pytest.mark.parametrize(
    ("other", "structures"),
    [
        ({"unite_id": "CIO-0003"}, 20),
        ({"niveau": "reseau", "unite_id": "ML"}, None),
        ({"niveau": "region", "unite_id": "bretagne"}, None),
        ({"unite_id": "CIO-0003", "mesure": "OR05.rendue"}, 21),
    ],
)
def test_a_structure_that_acts_is_no_control(other: dict[str, str], structures: int | None) -> None:
    found = neighbours(21).action(action_id="A2", **other).effects()
    assert found.filter(action_id="A1")["temoins"].item() == structures


def test_a_line_that_was_leaving_the_others_is_not_said_more_marked() -> None:
    climbing = [0.35 + 0.025 * rank for rank in range(24)]
    released = Released().measure().shares(climbing).offer("ML-0001").action()
    for rank in range(20):
        released.shares([*BEFORE, *BEFORE], unit=f"CIO-{rank:04}").offer(f"CIO-{rank:04}")
    found = released.effect()
    assert (found["temoins"], found["plus_marque"]) == (20, False)


def test_rows_in_another_order_change_nothing() -> None:
    released = neighbours(21)
    released.action(action_id="A0", unite_id="CIO-0005")
    released.shares([0.5] * 24, unit="ML", niveau="reseau", agregation="moyenne_structures")
    frames = released.frames()
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in frames.items()}
    assert_frame_equal(effects(**frames), effects(**shuffled))


def test_receptions_repeated_move_no_figure() -> None:
    once, thrice = step(0.80).action().effect(), step(0.80).action()
    for row in thrice.counts:
        row |= {"y": 3 * row["y"], "n": 3 * row["n"]}
    repeated = thrice.effect()
    assert [once[name] for name in ("avant", "apres", "ecart", "signal")] == [
        repeated[name] for name in ("avant", "apres", "ecart", "signal")
    ]
    assert repeated["haute"] - repeated["basse"] < once["haute"] - once["basse"]


def test_neither_the_size_of_a_hidden_month_nor_its_count_is_read() -> None:
    released = Released().measure().shares([*BEFORE, None, None, *around(0.8, 10)]).action()
    before = released.effect()
    hidden = {**released.counts[0], "debut": MONTHS[13], "y": 0, "n": 500}
    released.counts.append(hidden)
    assert released.effect() == before


@pytest.mark.parametrize(("rate", "least", "most"), [(0.60, 0.0, 0.06), (0.85, 0.95, 1.0)])
def test_noise_gives_nothing_clear_and_a_large_step_is_found(rate: float, least: float, most: float) -> None:
    """Sixty structures of about 40 receptions a month: how many get a clear verdict."""
    draws = np.random.default_rng(20260301)
    released = Released().measure()
    for rank in range(60):
        unit = f"ML-{rank:04}"
        drawn = [*draws.binomial(40, 0.60, 12) / 40, *draws.binomial(40, rate, 12) / 40]
        released.shares([float(each) for each in drawn], unit=unit).action(action_id=unit, unite_id=unit)
    clear = ["Amélioration significative", "Évolution défavorable nette"]
    share = released.effects()["verdict"].is_in(clear).mean()
    assert least <= share <= most


def test_a_figure_is_whole_and_inside_its_range() -> None:
    draws = np.random.default_rng(11)
    released = Released().measure()
    for rank in range(30):
        unit = f"ML-{rank:04}"
        rates = [float(each) for each in draws.uniform(0.05, 0.95, 24)]
        released.shares(rates, unit=unit, size=int(draws.integers(3, 200))).action(action_id=unit, unite_id=unit)
    found = released.effects().filter(pl.col("ecart").is_not_null())
    assert found.height > 20
    assert found.select((pl.col("basse") <= pl.col("ecart")) & (pl.col("ecart") <= pl.col("haute"))).to_series().all()
    assert found.select(pl.col("ecart") == pl.col("apres") - pl.col("avant")).to_series().all()


@pytest.mark.parametrize("row", spec_table("avant-apres", "parts"), ids=lambda row: row["parts"])
def test_shares_of_a_structure(row: dict[str, str]) -> None:
    before, after = (Tally(int(row[side].split()[2]), int(row[side].split()[0])) for side in ("avant", "après"))
    found = _of_shares(before, after, opinion=False)
    assert f"{found.before} % à {found.after} %" == row["parts"]
    assert found.difference == number(row["écart"])
    assert [found.low, found.high] == [number(each) for each in row["fourchette"].split(" à ")]


@pytest.mark.long
@pytest.mark.parametrize("row", spec_table("verdicts", "essais"), ids=lambda row: f"{row['après']} {row['mois après']}")
def test_how_often_each_check_speaks(row: dict[str, str]) -> None:
    """A thousand structures, by the stage itself: no verdict is surer than the page says."""
    draws = np.random.default_rng(20260301)
    months = int(row["mois après"])
    released = Released().measure()
    for rank in range(1000):
        unit = f"ML-{rank:04}"
        sizes = draws.poisson(40, 13 + months)
        counts = draws.binomial(sizes, [number(row["avant"])] * 13 + [number(row["après"])] * months)
        released.counted(counts.tolist(), sizes.tolist(), unit=unit).action(action_id=unit, unite_id=unit)
    verdicts = released.effects(until=MONTHS[12 + months])["verdict"]
    clear = verdicts.is_in(["Amélioration significative", "Évolution défavorable nette"]).mean()
    usual = (verdicts == USUAL).mean()
    shares = [clear, 1 - clear - usual, usual]
    assert shares == pytest.approx([number(row[name]) for name in list(row)[3:]], abs=0.03)
