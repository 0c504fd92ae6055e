"""The mapping files say all that the tools export: every heading, every word, and delays that can be counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import holidays
import numpy as np
import polars as pl
import pytest

from grids.contract import load_contract
from grids.load import load_grid
from grids.network import Delivery, Source, load_mapping
from grids.register import network_codes
from pipelines.staging import UNKNOWN, UNREADABLE
from sample_data.definitions import read
from sample_data.exports import tool
from sample_data.records import Records

from .conftest import OWN_CSV as NETWORKS
from .conftest import Answer

Rows = Callable[[Path], list[dict[str, str]]]

KINDS = {
    "fiches": "fiches_2*-T?.csv",
    "avis": "avis_2*.csv",
    "avis_un_mois": "avis_un_mois_*.csv",
    "questionnaire": "questionnaire_2*.csv",
    "questionnaire_un_mois": "questionnaire_un_mois_*.csv",
    "pratiques": "pratiques_*.csv",
    "equipes": "equipes_*.csv",
}
HALF_YEARLY = ("chambres-consulaires", "suio")
RESPONDENTS = ("personne", "personne", "professionnel", "equipe")
CASES = [pytest.param(network, kind, id=f"{network} {kind}") for network in NETWORKS for kind in KINDS]


def _delivery(network: str, kind: str) -> Delivery:
    return next(each for each in load_mapping(network).deliveries if each.id == kind)


@pytest.mark.parametrize(("network", "kind"), CASES)
def test_every_heading_is_named_once(inbox: Path, rows: Rows, network: str, kind: str) -> None:
    delivery = _delivery(network, kind)
    named = [*delivery.kept_headings, *delivery.removed, *delivery.ignored]
    assert len(named) == len(set(named))
    later = {column["heading"] for column in tool(network)["columns"] if "since" in column}
    files = sorted((inbox / network).glob(KINDS[kind]))
    assert files
    for path in files:
        headings = list(rows(path)[0])
        assert set(named) - set(headings) == (later if kind == "fiches" and "_2025" not in path.name else set())
        assert set(headings) <= set(named)
        assert len(headings) == len(set(headings))
        assert set(delivery.recognised_by) <= set(headings)


@pytest.mark.parametrize(("network", "kind"), CASES)
def test_a_file_is_recognised_as_the_delivery_that_says_most_of_it(network: str, kind: str) -> None:
    delivery = _delivery(network, kind)
    headings = {*delivery.kept_headings, *delivery.removed, *delivery.ignored}
    fitting = [each for each in load_mapping(network).deliveries if set(each.recognised_by) <= headings]
    most = max(len(each.recognised_by) for each in fitting)
    assert [each.id for each in fitting if len(each.recognised_by) == most] == [kind]


@pytest.mark.parametrize(
    ("network", "file", "kind"),
    [
        *((network, "avis_2024-T1.csv", "avis") for network in NETWORKS),
        *((network, "avis_2025-T1.csv", "avis") for network in NETWORKS),
        *((network, "avis_un_mois_2025-S1.csv", "avis_un_mois") for network in NETWORKS),
        *((network, "questionnaire_2025-T1.csv", "questionnaire") for network in NETWORKS),
        *((network, "questionnaire_un_mois_2025-S1.csv", "questionnaire_un_mois") for network in NETWORKS),
        *((network, "pratiques_2025.csv", "pratiques") for network in (*NETWORKS, "chambres-consulaires")),
        *((network, "equipes_2025.csv", "equipes") for network in (*NETWORKS, "chambres-consulaires")),
        *((network, "avis_2025-S1.csv", "avis") for network in HALF_YEARLY),
        *((network, "questionnaire_2025-S1.csv", "questionnaire") for network in HALF_YEARLY),
        *((network, "questionnaire_un_mois_2025-S1.csv", "questionnaire_un_mois") for network in HALF_YEARLY),
        ("france-travail", "reponses_professionnels_2025.csv", "contrat-reponses"),
    ],
)
def test_each_questionnaire_is_read_under_the_version_that_asked_it(
    door: Callable[[str, str], Answer], network: str, file: str, kind: str
) -> None:
    answer = door(network, file)
    assert answer.delivery == kind
    asked = "2023.1" if kind.startswith("avis") else "2025.1"
    assert {row["version"] for row in answer.staged} == {asked}
    admitted = load_grid(asked).questions
    assert {row["question"] for row in answer.staged} <= set(admitted)
    assert not [row for row in answer.staged if str(row["valeur"]).startswith("#")]
    about = {row["question"]: row["partenaire"] is not None for row in answer.staged}
    assert all(admitted[question].by_partner == partner for question, partner in about.items())


def test_each_new_questionnaire_asks_all_that_its_version_asks(door: Callable[[str, str], Answer]) -> None:
    files = ("questionnaire_2025-T1", "questionnaire_un_mois_2025-S1", "pratiques_2025", "equipes_2025")
    for file, respondent, wave in zip(files, RESPONDENTS, ("a_chaud", "m1", "a_chaud", "a_chaud"), strict=True):
        answer = door("mission-locale", f"{file}.csv")
        questions = load_grid("2025.1").questions.items()
        expected = {name for name, each in questions if respondent in each.respondents and each.wave == wave}
        assert {row["question"] for row in answer.staged} == expected


def test_professionals_speak_of_every_network_but_their_own(door: Callable[[str, str], Answer]) -> None:
    for network, file in (("cio", "pratiques_2025.csv"), ("france-travail", "reponses_professionnels_2025.csv")):
        answer = door(network, file)
        partners = {row["partenaire"] for row in answer.staged if row["question"] == "P21"}
        assert partners == set(network_codes()) - {network}
        assert len({row["reponse_ref"] for row in answer.staged}) >= 30


@pytest.mark.parametrize(("network", "kind"), CASES)
def test_every_word_is_known_but_the_planted_one(inbox: Path, rows: Rows, network: str, kind: str) -> None:
    delivery = _delivery(network, kind)
    sources = [each for each in (*delivery.columns.values(), *delivery.questions.values()) if each.values]
    unknown = {
        word
        for path in (inbox / network).glob(KINDS[kind])
        for record in rows(path)
        for source in sources
        for word in _words(record.get(source.heading, ""), source)
        if word not in source.values
    }
    planted = {
        each["value"]
        for each in read("planted.yaml")["defects"]
        if each["rule"] == "code_inconnu" and each["network"] == network and kind == "fiches"
    }
    assert unknown == planted


def _words(cell: str, source: Source) -> list[str]:
    return [word for word in (cell.split(source.separator) if source.separator else [cell]) if word]


@pytest.mark.parametrize("network", NETWORKS)
def test_delays_counted_from_the_two_dates_are_the_planted_ones(
    inbox: Path, rows: Rows, made: dict[str, Records], network: str
) -> None:
    delay = _delivery(network, "fiches").columns["attente_jours_ouvres"].working_days
    assert delay is not None
    records = [record for path in sorted((inbox / network).glob("fiches_2023-T?.csv")) for record in rows(path)]
    both = [(_day(each[delay.start]), _day(each[delay.end])) for each in records if each[delay.start]]
    starts, ends = (np.array(column, dtype="datetime64[D]") for column in zip(*both, strict=True))
    off = np.array(list(holidays.country_holidays("FR", years=[2022, 2023])), dtype="datetime64[D]")
    counted = np.busday_count(starts, ends, holidays=off).tolist()
    known = made[network].receptions.filter(pl.col("jour").dt.year() == 2023, pl.col("demande").is_not_null())
    assert counted == known["attente_jours_ouvres"].to_list()


def _day(cell: str) -> date:
    return datetime.strptime(cell, "%d/%m/%Y").date()


SOUND = [
    ("france-travail", "indicateurs_2025.csv", "indicateurs_reseau"),
    ("france-travail", "frequentation_2025.csv", "frequentation"),
    ("apec", "fiches_2023-T1.xlsx", "accueils"),
    ("chambres-consulaires", "fiches_2023-T1.csv", "accueils"),
    ("chambres-consulaires", "avis_2023-S1.csv", "reponses"),
    ("cidff", "fiche_CIDFF-0003_2025-01.xlsx", "accueils"),
    ("suio", "accueils_2023-S1.grist", "accueils"),
    ("suio", "avis_2023-S1.csv", "reponses"),
    ("transitions-pro", "rdv_2023-S1.csv", "accueils"),
]


@pytest.mark.parametrize(("network", "file", "table"), SOUND, ids=[f"{network} {file}" for network, file, _ in SOUND])
def test_a_sound_file_of_each_shape_passes_the_door_with_every_word_known(
    door: Callable[[str, str], Answer], network: str, file: str, table: str
) -> None:
    answer = door(network, file)
    assert not answer.refusal
    assert len(answer.staged) > 5
    marked = {
        name
        for row in answer.staged
        for name, cell in row.items()
        if isinstance(cell, str) and (UNKNOWN in cell or UNREADABLE in cell)
    }
    assert not marked
    required = {column.name for column in load_contract(table).columns if column.required}
    assert not {name for row in answer.staged for name in required if row[name] is None}


@pytest.mark.parametrize("network", ["france-travail", "suio"])
def test_a_profile_fills_every_column_of_the_contract(door: Callable[[str, str], Answer], network: str) -> None:
    answer = door(network, "structures_2023.csv" if network == "france-travail" else "structures_2025.csv")
    described = {name for row in answer.staged for name, cell in row.items() if cell not in (None, UNKNOWN, UNREADABLE)}
    wanted = {column.name for column in load_contract("structures").columns} - {"actif_au"}
    assert wanted - described == ({"siret"} if network == "suio" else set())


def test_the_delay_of_an_appointment_is_that_of_its_request(
    door: Callable[[str, str], Answer], made: dict[str, Records]
) -> None:
    passed = door("transitions-pro", "rdv_2023-S1.csv").staged
    first_half = made["transitions-pro"].receptions.filter(pl.col("jour") < pl.date(2023, 7, 1))
    not_chosen = first_half.filter(pl.col("canal") != "courriel", pl.col("date_choisie_par_la_personne") == "non")
    counted = [row["attente_jours_ouvres"] for row in passed if row["date_choisie_par_la_personne"] == "non"]
    assert counted == [str(days) for days in not_chosen["attente_jours_ouvres"]]
    assert {row["modalite"] for row in passed if row["attente_jours_ouvres"]} == {"differe"}


def test_a_share_is_read_whichever_way_it_is_written(door: Callable[[str, str], Answer]) -> None:
    for file in ("indicateurs_2024.csv", "indicateurs_2025.csv"):
        shares = [
            float(row["valeur"])
            for row in door("france-travail", file).staged
            if row["indicateur_reseau"] != "FT-DELAI-MEDIAN"
        ]
        assert shares
        assert all(0 <= share <= 1 for share in shares)


def test_the_merged_communes_are_told_by_the_code_of_the_commune_they_became(
    door: Callable[[str, str], Answer],
) -> None:
    communes = {
        row["structure_id"]: row["commune_insee"] for row in door("france-travail", "structures_2023.csv").staged
    }
    assert communes["FT-0012"] == "22055"
    assert communes["FT-0009"] == "29155"
