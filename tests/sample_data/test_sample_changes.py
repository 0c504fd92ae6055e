"""What is planted in one structure from a month on stands in its records, and nothing else of its network moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from grids.register import networks as registered
from sample_data import records as recorded
from sample_data.__main__ import DEFAULT_SEED
from sample_data.definitions import read
from sample_data.records import Records, records

from .conftest import Answer

CHANGES = read("planted.yaml")["changes"]
EVENTS = read("planted.yaml")["events"]
CHANGED_NETWORKS = sorted({each["network"] for each in CHANGES})
VERDICTS = {
    "Amélioration significative", "Évolution défavorable nette", "Hausse nette", "Baisse nette", "Variation habituelle",
}  # fmt: skip
FEW = 11
"""The persons from which a month is shown."""
BASES = {
    "PD02": pl.col("demande_reformulee").is_not_null(),
    "OR01": (pl.col("canal") != "courriel") & pl.col("modalite").is_not_null(),
    "OR02": (pl.col("modalite") == "differe")
    & (pl.col("date_choisie_par_la_personne") == "non")
    & pl.col("demande").is_not_null(),
}
TOLD = {
    "PD02": ("reformulee", (pl.col("demande_reformulee") == "oui").mean()),
    "OR01": ("flux", (pl.col("modalite") == "flux").mean()),
    "OR02": ("wait", pl.col("attente_jours_ouvres").median()),
}


@pytest.fixture(params=[pytest.param(each, id=each["id"]) for each in CHANGES])
def change(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def _months(made: dict[str, Records], change: dict[str, Any]) -> pl.DataFrame:
    """[month of 2024 and 2025] the receptions that the change's measure counts, and its value."""
    received = made[change["network"]].receptions.filter(BASES[change["indicator"]], structure_id=change["structure"])
    value = TOLD[change["indicator"]][1]
    by_month = received.group_by(pl.col("jour").dt.strftime("%Y-%m").alias("mois")).agg(value.alias("valeur"), pl.len())
    return by_month.filter(pl.col("mois") >= "2024-01").sort("mois")


def test_at_least_five_changes_and_every_kind_of_verdict_is_expected() -> None:
    assert len([each for each in CHANGES if each["before"] != each["levels"]]) >= 5
    assert {each["expected"]["verdict"] for each in CHANGES} == VERDICTS
    assert len({each["structure"] for each in CHANGES}) == len({each["id"] for each in CHANGES}) == len(CHANGES)


def test_there_are_points_enough_before_and_after(change: dict[str, Any]) -> None:
    year, month = (int(part) for part in change["from"].split("-"))
    before, after = 12 * (year - 2024) + month - 1, 12 * (2026 - year) - month + 1
    assert before >= 10
    assert after - int(change["action"].get("latence_mois", 1)) >= 6


def test_nearly_every_month_rests_on_enough_receptions(made: dict[str, Records], change: dict[str, Any]) -> None:
    months = _months(made, change)
    assert len(months) == 24
    assert len(months.filter(pl.col("len") < FEW)) <= 2
    assert len(months.filter(pl.col("len") >= 20)) >= 18


def test_the_levels_are_as_planted_before_and_after(made: dict[str, Records], change: dict[str, Any]) -> None:
    level, margin = TOLD[change["indicator"]][0], 1 if change["indicator"] == "OR02" else 0.06
    begins = pl.col("mois") >= change["from"]
    for when, levels in ((~begins, change["before"]), (begins, change["levels"])):
        months = _months(made, change).filter(when)
        mean = (months["valeur"] * months["len"]).sum() / months["len"].sum()
        assert mean == pytest.approx(levels[level], abs=margin)


@pytest.mark.parametrize("network", CHANGED_NETWORKS)
def test_other_structures_of_the_network_draw_what_they_would_without_any_change(
    made: dict[str, Records], network: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorded, "changes", lambda _: [])
    ordinary = next(each for each in records(DEFAULT_SEED) if each.network.code == network)
    changed = [each["structure"] for each in CHANGES if each["network"] == network]
    for frame in ("structures", "receptions", "answers", "month_later", "professionals", "teams", "attendance"):
        place = "unite_id" if frame == "attendance" else "structure_id"
        here, there = (getattr(each, frame).filter(~pl.col(place).is_in(changed)) for each in (made[network], ordinary))
        assert here.equals(there), frame


@pytest.mark.parametrize("network", CHANGED_NETWORKS)
def test_a_tool_numbers_its_rows_once(made: dict[str, Records], network: str) -> None:
    each = made[network]
    assert each.receptions["accueil_ref"].is_unique().all()
    assert pl.concat([each.answers["id"], each.month_later["id"], each.professionals["id"]]).is_unique().all()
    assert each.receptions["jour"].is_sorted()


@pytest.mark.parametrize("network", CHANGED_NETWORKS)
def test_actions_pass_the_door_as_they_are_planted(
    door: Callable[[str, str], Answer], breaches: Callable[[str, str], set[tuple[int, str, str]]], network: str
) -> None:
    answer = door(network, "actions_2025.csv")
    planted = [each for each in CHANGES if each["network"] == network]
    assert not answer.refusal
    assert not breaches(network, "actions_2025.csv")
    assert [(row["action_id"], row["unite_id"], row["mesure"]) for row in answer.staged] == [
        (each["id"], each["structure"], each["measure"]) for each in planted
    ]
    assert all(row["libelle"].startswith("Exemple inventé") for row in answer.staged)


def test_events_pass_the_door_as_they_are_planted(
    door: Callable[[str, str], Answer], breaches: Callable[[str, str], set[tuple[int, str, str]]]
) -> None:
    answer = door("mission-locale", "evenements_2025.csv")
    assert not breaches("mission-locale", "evenements_2025.csv")
    planted = [{name: cell for name, cell in each.items() if name != "network"} for each in EVENTS]
    assert [{name: row[name] for name in planted[0]} for row in answer.staged] == planted
    assert {each["nature"] for each in EVENTS} == {"nouveau_repere", "nouvel_outil"}
    assert {each["network"] for each in EVENTS} <= {network.code for network in registered()}
