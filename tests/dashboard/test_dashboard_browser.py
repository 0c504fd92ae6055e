"""Journeys in a real browser: what is said, what is accessible, what leaves the machine (nothing)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from dashboard.navigation import PATHS
from tests.accessibility import breaches, wait_until_at_rest
from tests.choosing import choose

pytestmark = pytest.mark.slow
READY = re.compile("Ces résultats ne servent ni à financer")
ENGLISH = ["Skip to", "sidebar", "Sidebar", "Choose an", "Deploy", "Open", "Fullscreen", "Made with"]


@pytest.fixture
def page(browser) -> Iterator:
    opened = browser.new_page(locale="fr-FR", viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


def visit(page, address: str) -> None:
    page.goto(address)
    page.get_by_text(READY).wait_for(timeout=20000)
    page.wait_for_function(
        "document.querySelectorAll('.stPlotlyChart').length === "
        "document.querySelectorAll('.stPlotlyChart .main-svg:first-child').length"
    )
    wait_until_at_rest(page)


# What a person sees or hears: the text, and the names that assistive tools read.
SAID = """() => [document.body.innerText, ...[...document.querySelectorAll("[aria-label],[title],[placeholder]")]
  .flatMap((e) => ["aria-label", "title", "placeholder"].map((name) => e.getAttribute(name) ?? ""))].join("\\n")"""


CRITERIA = (
    "principes?critere=comprehension&periode=2025-11",
    "principes?critere=posture&territoire=mission-locale",
    "principes?critere=posture",
    "organisation?critere=delais",
    "organisation?critere=delais&periode=2025-03",
    "organisation?critere=delais&territoire=29",
    "synthese?territoire=29&periode=2025-T4",
    "synthese?territoire=cio&periode=2025-03",
    "effets?critere=decision&selon=tranche_age",
)


@pytest.mark.long
@pytest.mark.parametrize("path", [*PATHS, *CRITERIA])
def test_a_page_is_accessible_french_and_fits(page, server: str, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{server}/{path}")
    assert page.locator("h1").count() == 1
    said = page.evaluate(SAID)
    assert [words for words in ENGLISH if words in said] == []
    for width in (1280, 640, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(400)
        assert breaches(page) == []
        assert not overflows(page, width)
    assert {urlsplit(url).hostname for url in asked if url.startswith("http")} == {"127.0.0.1"}


# The menu as it stands before its links are drawn, and taller than the screen.
WITHOUT_LINKS = """() => {
  const content = document.querySelector("[data-testid=stSidebarUserContent]");
  content.innerHTML = '<div style="height: 3000px"><p>Menu</p></div>';
}"""


@pytest.mark.parametrize("width", [1280, 320])
def test_a_menu_whose_links_are_not_there_yet_is_accessible(page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, f"{server}/qualite-des-donnees")
    page.wait_for_timeout(400)
    page.evaluate(WITHOUT_LINKS)
    assert breaches(page) == []


def test_a_folded_menu_takes_no_focus_and_an_open_one_does(page, server: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    visit(page, f"{server}/qualite-des-donnees")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.closest('[data-testid=stSidebar]') !== null")
    page.get_by_role("button", name="Ouvrir le menu").press("Enter")
    page.get_by_role("link", name="Synthèse", exact=True).wait_for()
    page.get_by_role("link", name="Synthèse", exact=True).focus()
    assert page.evaluate("document.activeElement.closest('[data-testid=stSidebar]') !== null")
    assert breaches(page) == []


def overflows(page, width: int) -> bool:
    """Whether the page itself scrolls sideways (640 px wide is what remains at 200 % on a screen of 1280)."""
    main = page.locator("[data-testid=stMain]")
    return page.evaluate("document.documentElement.scrollWidth") > width or main.evaluate(
        "element => element.scrollWidth > element.clientWidth"
    )


def test_the_selection_goes_into_the_url_and_along_to_the_next_page(page, server: str) -> None:
    visit(page, f"{server}/synthese")
    choose(page, "Territoire", "Cap emploi")
    page.get_by_text("Cap emploi, année 2025, grille de travail").wait_for()
    assert "territoire=cap-emploi" in page.url
    page.get_by_role("link", name="Organisation", exact=True).click()
    page.get_by_role("heading", name="Organisation", exact=True, level=1).wait_for()
    page.get_by_text("Cap emploi, année 2025, grille de travail").wait_for()
    assert urlsplit(page.url).path == "/organisation"
    assert "territoire=cap-emploi" in page.url


def test_a_step_then_a_month_are_chosen_and_go_into_the_url(page, server: str) -> None:
    visit(page, f"{server}/synthese?periode=2024")
    choose(page, "Pas de temps", "Par mois")
    page.get_by_text("Bretagne, décembre 2024, grille 2023.1").wait_for()
    choose(page, "Période", "Mars 2024")
    page.get_by_text("Bretagne, mars 2024, grille 2023.1").wait_for()
    assert "periode=2024-03" in page.url


def test_a_breakdown_is_chosen_without_leaving_the_page(page, server: str) -> None:
    visit(page, f"{server}/effets?critere=decision")
    page.get_by_text("Selon le canal, la situation de la personne et l'âge").click()
    wait_until_at_rest(page)
    choose(page, "Selon", "L'âge")
    page.get_by_text("Selon l'âge, Bretagne, année 2025", exact=True).wait_for()
    assert "selon=tranche_age" in page.url
    assert breaches(page) == []


def test_a_departement_on_a_quarter_leads_to_its_year(page, server: str) -> None:
    visit(page, f"{server}/organisation?territoire=29&periode=2025-T4")
    page.get_by_role("link", name="Voir année 2025").click()
    page.get_by_text("Finistère, année 2025, grille de travail").wait_for()
    assert urlsplit(page.url).path == "/organisation"


def test_going_back_brings_back_the_selection(page, server: str) -> None:
    visit(page, f"{server}/synthese?territoire=cio&periode=2025")
    page.get_by_role("link", name="Effets", exact=True).click()
    page.get_by_role("heading", name="Effets", exact=True, level=1).wait_for()
    page.go_back()
    page.get_by_role("heading", name="Synthèse", exact=True, level=1).wait_for()
    page.get_by_text("CIO, année 2025, grille de travail").wait_for()


@pytest.mark.long
def test_the_detail_of_a_field_keeps_the_selection(page, server: str) -> None:
    visit(page, f"{server}/synthese?territoire=cio&periode=2024")
    page.get_by_role("link", name="Voir le détail : effets du service rendu").click()
    page.get_by_role("heading", name="Effets", exact=True, level=1).wait_for()
    page.get_by_text("CIO, année 2024, grille 2023.1").wait_for()


def test_a_criterion_is_chosen_with_the_keyboard_and_kept_in_the_address(page, server: str) -> None:
    visit(page, f"{server}/organisation?territoire=cio")
    page.get_by_role("link", name="Délais", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Délais", exact=True, level=2).wait_for()
    assert "critere=delais" in page.url
    assert "territoire=cio" in page.url
    assert page.get_by_role("link", name="Délais", exact=True).get_attribute("aria-current") == "true"


@pytest.mark.long
def test_a_second_measure_is_opened_where_it_stands(page, server: str) -> None:
    visit(page, f"{server}/principes?critere=comprehension")
    page.locator(".stPlotlyChart").nth(1).wait_for()
    page.get_by_text("Graphiques, tableaux et calcul").click()
    page.locator(".stPlotlyChart").nth(3).locator(".main-svg").first.wait_for()
    assert breaches(page) == []


@pytest.mark.long
def test_how_to_read_a_chart_opens_beside_it_with_the_keyboard(page, server: str) -> None:
    visit(page, f"{server}/principes?critere=comprehension")
    key = page.locator("details.reading", has_text="L'axe est resserré").locator("summary").first
    key.focus()
    page.keyboard.press("Enter")
    page.get_by_text("L'axe est resserré autour des limites").wait_for()
    assert breaches(page) == []
