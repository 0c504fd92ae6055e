"""The planted effects stand in the raw records, and everything else is stable."""

from __future__ import annotations

import polars as pl
import pytest

from sample_data.definitions import networks
from sample_data.records import Records

from .conftest import OWN_CSV

NETWORKS = tuple(each.code for each in networks())
LATE = pl.col("jour") >= pl.date(2025, 4, 1)


def _median_wait(made: dict[str, Records], network: str, when: pl.Expr) -> float:
    waits = made[network].receptions.filter(pl.col("date_choisie_par_la_personne") == "non", when)
    median = waits["attente_jours_ouvres"].median()
    assert isinstance(median, float)
    return median


def _recorded(made: dict[str, Records], network: str) -> float:
    analysed = made[network].receptions.filter(pl.col("type_echange") == "analyse")
    return _share(analysed["demande_reformulee"] == "oui")


def _perceived(made: dict[str, Records], network: str) -> float:
    said = made[network].answers.filter(pl.col("U03") != "pas_concerne")
    return _share(said["U03"].is_in(["3", "4"]))


def _share(values: pl.Series) -> float:
    share = values.mean()
    assert isinstance(share, float)
    return share


def test_waits_of_info_jeunes_worsen_from_april_2025(made: dict[str, Records]) -> None:
    assert 3 <= _median_wait(made, "info-jeunes", ~LATE) <= 5
    assert 8 <= _median_wait(made, "info-jeunes", LATE) <= 10


@pytest.mark.parametrize("network", [network for network in NETWORKS if network != "info-jeunes"])
def test_waits_of_the_others_are_stable(made: dict[str, Records], network: str) -> None:
    before, after = _median_wait(made, network, ~LATE), _median_wait(made, network, LATE)
    assert 3 <= before <= 7
    assert abs(after - before) <= 1


def test_cio_record_what_people_do_not_say(made: dict[str, Records]) -> None:
    assert _recorded(made, "cio") == pytest.approx(0.92, abs=0.03)
    assert _perceived(made, "cio") == pytest.approx(0.58, abs=0.05)


@pytest.mark.parametrize("network", [network for network in NETWORKS if network != "cio"])
def test_the_others_record_what_people_say(made: dict[str, Records], network: str) -> None:
    assert _recorded(made, network) == pytest.approx(0.77, abs=0.04)
    assert _perceived(made, network) == pytest.approx(0.83, abs=0.05)


@pytest.mark.parametrize("network", OWN_CSV)
def test_ordinary_levels(made: dict[str, Records], network: str) -> None:
    records, said, later = made[network].receptions, made[network].answers, made[network].month_later
    assert 0.55 <= _share(records["modalite"] == "flux") <= 0.75
    assert 0.10 <= said["soumis"].count() / len(records) <= 0.20
    assert 0.04 <= later["soumis"].count() / len(records) <= 0.06
    wanting = said.filter(~pl.col("U10_AUCUN_AUTRE"), pl.any_horizontal("^U10_.*$"))
    known = wanting.select(pl.sum_horizontal("U10_QUI", "U10_QUOI", "U10_COMMENT", "U10_OU")).to_series()
    assert _share(known >= 3) == pytest.approx(0.70, abs=0.05)


def test_summer_is_quiet(made: dict[str, Records]) -> None:
    days = pl.concat(each.receptions["jour"] for each in made.values())
    months = days.dt.month().value_counts().sort("count")["jour"].to_list()
    assert set(months[:2]) == {7, 8}


@pytest.mark.parametrize("network", NETWORKS)
def test_records_keep_the_contract_s_rules(made: dict[str, Records], network: str) -> None:
    records = made[network].receptions
    waiting = records.filter(pl.col("attente_jours_ouvres").is_not_null(), pl.col("modalite").is_not_null())
    assert waiting.filter((pl.col("modalite") != "differe") | (pl.col("canal") == "courriel")).is_empty()
    documented = records.filter(pl.col("orientation_documentee").is_not_null())
    assert documented.filter(pl.col("orientation") == "aucune").is_empty()
    boxes = ("situation_personnelle", "situation_professionnelle_ou_scolaire", "demande_reformulee")
    informed = records.filter(pl.col("type_echange") == "information")
    assert informed.filter(pl.any_horizontal(pl.col(boxes).is_not_null())).is_empty()
