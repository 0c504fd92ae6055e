"""The edition in review, as a head of network reads it on « Données » before it is published."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from dashboard.selection import Period
from dashboard.views import candidate as view
from dashboard.views.criteria import CriterionLine

from .candidate_fixture import build_review
from .test_dashboard_pages import run, text_of

YEAR, QUARTER, MONTH = "annee", "trimestre", "mois"


@pytest.fixture(scope="module")
def in_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("review")
    build_review(home)
    return home


@pytest.fixture(scope="module")
def first_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("first-review")
    build_review(home, published=False)
    return home


def read_as(monkeypatch: pytest.MonkeyPatch, home: Path, role: str, network: str = "", **query: str) -> str:
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.setenv("SPRO_ROLE", role)
    monkeypatch.setenv("SPRO_RESEAU", network)
    test = run("data", "page", **query)
    assert not test.exception
    return text_of(test)


def test_a_network_reads_its_figures_beside_those_published(in_review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, in_review, "reseau", "mission-locale", lire="relecture")
    assert "Missions locales : deux périodes en relecture ; elles seront définitives le 1er mars 2026." in text
    assert "Année 2025, en relecture" in text
    assert "Année 2024, publié" in text
    assert "Le 1er mars 2026, ils seront publiés et ne changeront plus." in text
    assert "Relisez l'accusé de vos livraisons" in text
    assert "viendront avec le journal" in text


def test_another_period_in_review_is_read_by_its_address(in_review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, in_review, "reseau", "cap-emploi", lire="relecture", relue="2025-T4")
    assert "4e trimestre 2025, en relecture" in text
    assert "4e trimestre 2024, publié" in text


def test_the_other_parts_say_that_something_is_in_review(in_review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, in_review, "animateur", reseau="cio")
    assert "Une édition est en relecture jusqu'au 1er mars 2026" in text


def test_the_committee_reads_nothing_of_it(in_review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, in_review, "comite", lire="relecture", reseau="cio")
    assert "relecture" not in text.replace("relecture jusqu'au", "")
    assert "le comité n'en dépose pas" in text
    links = "".join(each.proto.body for each in run("data", "page").get("html"))
    assert 'href="/qualite-des-donnees?' in links


def test_a_network_never_reads_the_figures_of_another(in_review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, in_review, "reseau", "cap-emploi", lire="relecture", reseau="mission-locale")
    assert "Cap emploi : deux périodes en relecture" in text
    assert "Missions locales : deux périodes" not in text


def test_a_review_comes_before_the_first_edition(first_review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, first_review, "reseau", "cap-emploi", lire="relecture")
    assert "Rien n'est encore publié à quoi la rapprocher." in text
    assert "Année 2025, en relecture" in text


def test_without_a_candidate_the_page_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = read_as(monkeypatch, home, "reseau", "cap-emploi", lire="relecture")
    assert "Aucune édition n'est en relecture : tout ce qui est publié est définitif." in text


def test_a_broken_candidate_stops_nobody_delivering(
    in_review: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(in_review, tmp_path, dirs_exist_ok=True)
    pointer = json.loads((tmp_path / "releases/candidate.json").read_text(encoding="utf-8"))
    (tmp_path / "releases" / pointer["fichier"]).write_bytes(b"cut")
    (tmp_path / "releases/candidate.json").write_text(json.dumps(pointer | {"empreinte": "cut"}), encoding="utf-8")
    assert "illisible" not in read_as(monkeypatch, tmp_path, "reseau", "cap-emploi")
    text = read_as(monkeypatch, tmp_path, "reseau", "cap-emploi", lire="relecture")
    assert f"Le fichier de l'édition {pointer['release_id']} est illisible." in text


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (
            Period(MONTH, date(2025, 12, 1)),
            "à partir du 17 mars 2026, 45 jours après la fin de la période : janvier 2026",
        ),
        (Period(MONTH, date(2025, 11, 1)), "à partir du 14 février 2026"),
        (Period(QUARTER, date(2025, 10, 1)), "à partir du 15 mai 2026"),
        (Period(YEAR, date(2025, 1, 1)), "à partir du 14 février 2027"),
    ],
)
def test_when_the_next_review_may_begin(last: Period, said: str) -> None:
    told = view.next_review(last, 45, 15)
    assert said in told
    assert told.endswith("Elle durera 15 jours.")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([date(2024, 1, 1), date(2023, 1, 1)], date(2024, 1, 1)),
        ([date(2023, 1, 1)], date(2023, 1, 1)),
        ([date(2026, 1, 1)], None),
        ([], None),
    ],
)
def test_what_a_period_is_set_beside(published: list[date], expected: date | None) -> None:
    found = view.previous(Period(YEAR, date(2025, 1, 1)), [Period(YEAR, start) for start in published])
    assert (found and found.debut) == expected


def test_the_first_day_is_told_when_periods_end_on_several() -> None:
    found = [view.Reviewed(Period(MONTH, date(2026, month, 1)), date(2026, month + 2, 1)) for month in (1, 2)]
    assert view.opening(found, "CIO").endswith("les premières seront définitives le 1er mars 2026.")
    assert view.opening(found[:1], "CIO") == "CIO : janvier 2026 en relecture, chiffres définitifs le 1er mars 2026."
    assert view.announced([]) == ""


def test_a_quarter_is_set_beside_the_same_a_year_before_rather_than_the_latest() -> None:
    quarters = [Period(QUARTER, start) for start in (date(2025, 7, 1), date(2024, 10, 1))]
    assert view.previous(Period(QUARTER, date(2025, 10, 1)), quarters) == quarters[1]


def test_a_criterion_without_figure_keeps_its_sentence_and_its_row() -> None:
    waiting = CriterionLine("delais", "Délais", "Attend-on ?", "Pas encore mesuré : attend le journal.")
    content = view.reviewed_table([waiting], Period(YEAR, date(2025, 1, 1)), [], None)
    assert content.rows == (("Délais", "Pas encore mesuré : attend le journal.", "rien de publié", "–"),)
