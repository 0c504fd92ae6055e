"""The planted effects stand in the raw records, and everything else is stable."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

import polars as pl
import pytest

from sample_data.__main__ import DEFAULT_SEED
from sample_data.definitions import networks
from sample_data.own_indicators import own_indicators
from sample_data.questionnaires import questionnaire
from sample_data.records import Records

from .conftest import OWN_CSV

NETWORKS = tuple(each.code for each in networks())
ANSWERING = (*OWN_CSV, "chambres-consulaires", "suio")
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


def _favourable(answers: pl.DataFrame, question: str, favourable: tuple[str, ...] = ("3", "4")) -> float:
    said = answers[question].drop_nulls()
    return _share(said.filter(said != "pas_concerne").is_in(favourable))


def test_time_is_short_at_cap_emploi_as_people_and_professionals_say(made: dict[str, Records]) -> None:
    short = made["cap-emploi"]
    assert _favourable(short.answers, "U05") == pytest.approx(0.60, abs=0.07)
    assert _favourable(short.professionals, "P12") == pytest.approx(0.42, abs=0.16)
    assert _favourable(short.professionals, "P13", ("1", "2")) == pytest.approx(0.38, abs=0.16)


@pytest.mark.parametrize("network", [network for network in ANSWERING if network != "cap-emploi"])
def test_the_others_have_time(made: dict[str, Records], network: str) -> None:
    assert _favourable(made[network].answers, "U05") == pytest.approx(0.84, abs=0.07)


@pytest.mark.parametrize("network", ANSWERING)
def test_answers_are_at_their_ordinary_levels_and_people_see_more_clearly_afterwards(
    made: dict[str, Records], network: str
) -> None:
    answers = made[network].answers
    for each in questionnaire("a_chaud", network):
        if each.level is not None and (network, each.id) != ("cap-emploi", "U05"):
            assert _favourable(answers, each.id) == pytest.approx(each.level, abs=0.1), each.id
    assert _favourable(answers, "U09_MAINTENANT") - _favourable(answers, "U09_AVANT") > 0.15


def test_one_person_s_answers_go_together(made: dict[str, Records]) -> None:
    favourable = pl.concat(each.answers for each in made.values()).select(
        pl.col("U01", "U03", "U08", "U12").cast(pl.Int64, strict=False)
    )
    for one, other in combinations(favourable.columns, 2):
        both = favourable.drop_nulls([one, other])
        assert 0.1 < both.select(pl.corr(one, other)).item() < 0.6, (one, other)


@pytest.mark.parametrize("network", ANSWERING)
def test_people_answer_the_grid_of_their_reception_but_for_a_few_stragglers(
    made: dict[str, Records], network: str
) -> None:
    for answers in (made[network].answers, made[network].month_later):
        last = answers.filter(pl.col("version") == "2023.1")["debut"].max()
        first = answers.filter(pl.col("version") == "2025.1")["debut"].min()
        assert isinstance(last, datetime)
        assert isinstance(first, datetime)
        assert first >= datetime(2025, 1, 1)
        assert last < datetime(2025, 3, 1)
    new = made[network].answers.filter(pl.col("debut") >= datetime(2025, 1, 4))
    assert 0 < _share(new["version"] == "2023.1") < 0.03


def test_questions_of_the_new_grid_are_asked_under_it_alone(made: dict[str, Records]) -> None:
    for each in made.values():
        before = each.answers.filter(pl.col("version") == "2023.1")
        assert before.select("U01", "U12").null_count().row(0) == (len(before), len(before))


def test_two_to_six_professionals_and_two_teams_in_three_answer_in_may(made: dict[str, Records]) -> None:
    for code, each in made.items():
        counts = each.professionals["structure_id"].value_counts()["count"]
        assert counts.is_between(2, 6).all()
        assert len(counts) == len(each.structures)
        assert len(each.structures) < 10 or len(each.professionals) >= 30, code
        assert each.teams["structure_id"].n_unique() == len(each.teams) == round(0.67 * len(each.structures))
        assert set(each.professionals["debut"].dt.strftime("%Y-%m")) == {"2025-05"}


def test_those_received_elsewhere_are_asked_whether_they_told_everything_again(made: dict[str, Records]) -> None:
    later = pl.concat(each.month_later for each in made.values()).filter(pl.col("version") == "2025.1")
    told = later.filter(pl.col("M3").is_not_null())
    assert set(told["M2"]) == {"recu_ou_date"}
    assert len(told) > 0.9 * len(later.filter(pl.col("M2") == "recu_ou_date"))


def test_two_indicators_of_france_travail_count_what_the_grid_counts(made: dict[str, Records]) -> None:
    each = made["france-travail"]
    own = own_indicators(each.receptions, each.answers, DEFAULT_SEED)
    bases = own.group_by("indicateur").agg(pl.col("base").sum())
    told = dict(bases.iter_rows())
    scored = each.answers.filter(pl.col("soumis").is_not_null(), pl.col("U03") != "pas_concerne")
    assert told["FT-COMPRIS-ENQUETE"] == len(scored)
    assert told["FT-COURRIEL-48H"] == len(each.receptions.filter(pl.col("canal") == "courriel"))
    one = own.filter(pl.col("indicateur") == "FT-COMPRIS-ENQUETE").row(0, named=True)
    start = datetime.combine(one["debut"], datetime.min.time())
    quarter = scored.filter(
        pl.col("structure_id") == one["structure_id"],
        pl.col("soumis").is_between(start, pl.lit(start).dt.offset_by("1q"), closed="left"),
    )
    assert one["base"] == len(quarter)
    share = round(_share(quarter["U03"].is_in(["3", "4"])) * 100, 1)
    assert one["valeur"] == f"{share}\N{NO-BREAK SPACE}%".replace(".", ",")


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
