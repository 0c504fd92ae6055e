"""Grille: a version read whole, two compared, what is asked, what networks already measure; on the real grids."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.components.choices import choices
from dashboard.pages.grid import PARTS
from dashboard.selection import Unit
from dashboard.views import asked, equivalences, grid, grid_changes
from dashboard.views.versions import Version
from grids.model import Grid

from .grid_fixture import GRIDS, LATEST, build_grid_release
from .test_dashboard_browser import breaches, overflows, visit
from .test_dashboard_pages import run, text_of

FIRST = GRIDS[0]


@pytest.fixture(autouse=True)
def _served(grid_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(grid_home))


def page(**query: str) -> str:
    test = run("grid", "page", **query)
    assert not test.exception
    return text_of(test)


def markup(**query: str) -> str:
    return "".join(element.proto.body for element in run("grid", "page", **query).get("html"))


def test_the_latest_version_is_read_first_with_where_it_stands() -> None:
    text = page()
    core = sum(each.core for each in LATEST.indicators.values())
    held = f"{len(LATEST.criteria)} critères, {len(LATEST.indicators)} indicateurs, dont {core} au noyau"
    held += ", proposés pour une première discussion"
    assert f"Grille de travail 2025.1, en vigueur depuis le 1er janvier 2025 : {held}." in text
    assert "Prochaine revue : le 30 novembre 2026." in text


def test_every_field_criterion_and_indicator_is_there_in_order() -> None:
    html = markup()
    titles = re.findall(r"<h2>([^<]+)</h2>", html.replace("&#x27;", "'"))
    assert titles == list(LATEST.field_labels.values())
    assert html.count("<h3>") == len(LATEST.criteria)
    drawn = re.findall(r'<details class="indicator"><summary>.*?class="code">([^<]+)<', html)
    assert sorted(drawn) == sorted(LATEST.indicators)
    assert html.count(">noyau</span>") == sum(each.core for each in LATEST.indicators.values())


def test_an_indicator_tells_what_it_is_and_who_declines_it() -> None:
    text = page()
    assert "Ce qui peut fausser ce chiffre" in text
    assert "Approche la clause I-2" in text
    assert "Services Publics+" in text
    assert "Pas encore mesuré : attend le journal des actions" in text
    assert "Cap emploi, depuis le 1er janvier 2025 : chaque orientation" in text
    assert "plus haut est mieux, à conditions égales" in text


def test_a_retired_version_has_no_next_review() -> None:
    text = page(version="2023.1")
    assert "Grille 2023.1, retirée depuis, en vigueur du 1er janvier 2023 au 31 décembre 2024" in text
    assert "Prochaine revue" not in text


def test_an_unknown_version_is_said_to_be_so() -> None:
    assert "La version « 2019.9 » n'est pas dans cette édition : voici la version 2025.1." in page(version="2019.9")


def test_the_choices_keep_the_rest_of_the_address() -> None:
    html = markup(version="2023.1", lire="questionnaires", territoire="cio", periode="2024")
    kept = "territoire=cio&amp;periode=2024&amp;version=2023.1&amp;lire=changements"
    assert f'href="/grille?{kept}"' in html
    assert 'lire=questionnaires" aria-current="true"' in html


def test_questionnaires_are_read_whole() -> None:
    text = page(lire="questionnaires")
    for put in LATEST.questionnaires.values():
        assert put.title in text
        assert put.opening in text
    assert "Pour chaque réseau partenaire :" in text
    assert "Case à cocher" in text
    assert "Profil de structure, une fois par an" in text


def test_questions_of_a_version_without_questionnaires_are_still_read() -> None:
    text = page(version="2023.1", lire="questionnaires")
    assert "Questions posées sans questionnaire rédigé" in text
    assert all(each.text in text for each in FIRST.questions.values())


def test_what_changed_says_which_series_go_on_and_why() -> None:
    text = page(lire="changements")
    assert "De la version 2023.1 à la version 2025.1" in text
    assert "Six séries continuent ; aucune série ne s'arrête." in text
    assert "Personnes qui disent que leur demande a été bien comprise" in text
    assert "Même question, mêmes réponses, même calcul" in text
    assert f"Critères ajoutés ({len(LATEST.criteria) - len(FIRST.criteria)})" in text


def test_the_first_version_is_compared_to_nothing() -> None:
    text = page(version="2023.1", lire="changements")
    assert "C'est la première version : il n'y a rien à quoi la comparer." in text


def test_nothing_that_changed_is_left_untold() -> None:
    found = grid_changes.compared(FIRST, LATEST)
    told = len(found.going_on) + len(found.broken) + sum(len(each.told) for each in found.groups)
    assert told == len(grid_changes.changes(FIRST, LATEST))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (LATEST, LATEST, "séries s'arrêtent"),
        (LATEST, FIRST, "séries s'arrêtent"),
        (LATEST.model_copy(update={"indicators": {}}), LATEST, "Aucune mesure n'est commune aux deux versions."),
    ],
)
def test_series_that_no_grid_declares_stop(old: Grid, new: Grid, sentence: str) -> None:
    assert sentence in grid_changes.compared(old, new).sentence


def test_one_change_is_told_in_the_singular() -> None:
    name = next(iter(LATEST.field_labels))
    fewer = LATEST.model_copy(update={"field_labels": {k: v for k, v in LATEST.field_labels.items() if k != name}})
    assert "Champ ajouté" in [each.title for each in grid_changes.compared(fewer, LATEST).groups]


def test_what_is_asked_comes_by_network_and_by_reason() -> None:
    text = page(lire="demandes")
    assert "faut-il continuer ?" in text
    assert "Fiche commune" in text
    assert text.count("L'outil du réseau livre déjà cette information") > 1


def test_a_network_reads_what_it_is_asked_alone() -> None:
    text = page(lire="demandes", territoire="cap-emploi")
    assert "(Cap emploi)" in text
    assert "(CIO)" not in text
    assert "Rien n'est encore demandé (Missions locales)." not in text


def test_an_earlier_version_says_that_what_is_asked_is_of_the_latest() -> None:
    assert "établi sous la version 2025.1, la dernière" in page(lire="demandes", version="2023.1")
    assert "établi sous la version" not in page(lire="demandes")


def test_equivalences_stand_side_by_side() -> None:
    text = page(lire="equivalences")
    assert "remplace la question" in text
    assert "Conseil en évolution professionnelle (CEP)" in text
    assert "Périmètre" in text


def test_equivalences_under_an_earlier_version_say_what_it_lacks() -> None:
    assert "Cette mesure n'est pas dans cette version." in page(lire="equivalences", version="2023.1")


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("demandes", "Rien de ce qui est demandé n'est déjà su"),
        ("demandes", "Rien n'est encore demandé (Bretagne)."),
        ("equivalences", "Aucun réseau n'a encore décrit ses propres indicateurs."),
    ],
)
def test_what_networks_have_not_told_yet_is_drawn(
    part: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_grid_release(tmp_path, empty=True)
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    assert sentence in page(lire=part)


@pytest.mark.parametrize("part", PARTS)
def test_every_table_goes_into_a_file_and_every_region_has_its_own_name(part: str) -> None:
    test = run("grid", "page", lire=part)
    names = re.findall(
        r'role="region" tabindex="0" aria-label="([^"]+)"', "".join(e.proto.body for e in test.get("html"))
    )
    assert len(names) == len(set(names))
    assert bool(names) <= bool(test.get("download_button"))


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1.5, "1,5 seconde"),
        (4, "4 secondes"),
        (90, "90 secondes"),
        (91, "2 minutes"),
        (120, "2 minutes"),
        (121, "3 minutes"),
    ],
)
def test_a_duration_is_told_as_people_say_it(seconds: float, told: str) -> None:
    assert asked.duration(seconds) == told


@pytest.mark.parametrize(("count", "told"), [(1, "Une chose est demandée"), (3, "Trois choses sont demandées")])
def test_redundancies_are_counted_in_words(count: int, told: str) -> None:
    assert asked.redundancies_sentence(pl.DataFrame({"reseau": ["cio"] * count})).startswith(told)


def test_a_network_keeps_what_is_asked_of_everyone() -> None:
    frame = pl.DataFrame({"reseau": ["", "cio", "apec"]})
    assert asked.of_unit(frame, Unit("reseau", "cio", "CIO"))["reseau"].to_list() == ["", "cio"]
    assert asked.of_unit(frame, Unit("region", "bretagne", "Bretagne")).height == 3


@pytest.mark.parametrize(
    ("degrees", "replacing", "told"),
    [
        (["proche"], 0, "1 rapprochement : 1 proche ; aucun ne remplace une question."),
        (["identique", "partielle"], 1, "2 rapprochements : 1 identique et 1 partiel ; un remplace une question."),
        (["identique", "identique"], 2, "2 rapprochements : 2 identiques ; deux remplacent une question."),
    ],
)
def test_equivalences_are_counted(degrees: list[str], replacing: int, told: str) -> None:
    frame = pl.DataFrame({"degre": degrees, "remplace": [order < replacing for order in range(len(degrees))]})
    assert equivalences.sentence(frame) == told


def test_an_adopted_version_says_when() -> None:
    version = Version("2026.1", "adoptee", date(2026, 1, 1), None, date(2025, 12, 1), "", date(2026, 11, 1), "Motif.")
    assert grid.why_sentence(version) == "Motif. Adoptée le 1er décembre 2025. Prochaine revue : le 1er novembre 2026."


def test_a_choice_is_escaped_and_marked() -> None:
    html = choices("À lire", "grille", {"a": "1"}, "b", {"": "Tout", "x&y": "<x>"}, "")
    assert '<a target="_self" href="/grille?a=1" aria-current="true">Tout</a>' in html
    assert 'href="/grille?a=1&amp;b=x%26y">&lt;x&gt;</a>' in html


@pytest.fixture
def opened(browser):
    shown = browser.new_page(locale="fr-FR", viewport={"width": 1280, "height": 800})
    yield shown
    shown.close()


@pytest.mark.long
@pytest.mark.parametrize("path", ["cahier-des-charges", *(f"grille?lire={part}" for part in PARTS)])
def test_a_page_is_accessible_and_fits(opened, grid_server: str, path: str) -> None:
    visit(opened, f"{grid_server}/{path}")
    opened.locator(".page-end").wait_for(state="attached")
    for width in (1280, 320):
        opened.set_viewport_size({"width": width, "height": 800})
        opened.wait_for_timeout(400)
        assert breaches(opened) == []
        assert not overflows(opened, width)


@pytest.mark.slow
def test_a_closed_fold_prints_what_it_holds(opened, grid_server: str) -> None:
    visit(opened, f"{grid_server}/grille")
    opened.locator(".page-end").wait_for(state="attached")
    definition = opened.get_by_text("Ce qui peut fausser ce chiffre").first
    assert definition.evaluate("element => !element.checkVisibility({contentVisibilityAuto: true})")
    opened.emulate_media(media="print")
    assert definition.evaluate("element => element.checkVisibility() && element.getBoundingClientRect().height > 0")
