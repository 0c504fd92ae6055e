"""A committee member's journey: open, choose a network and a period, share the address, read the same value again."""

from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page

from pipelines.release.reading import published
from tests.browser.conftest import Dashboard, go_to, rows_of, serve, wait_until_drawn, words
from tests.choosing import choose

pytestmark = pytest.mark.slow


def test_open_choose_share_and_read_again(page: Page, browser: Browser, dashboard: Dashboard, region: Path) -> None:
    dashboard.open(page, "")
    assert "Synthèse" in page.locator("h1").inner_text()
    go_to(page, "Organisation")
    choose(page, "Territoire", "Info Jeunes")
    page.get_by_text("Info Jeunes, année 2025", exact=False).first.wait_for()
    wait_until_drawn(page)
    page.get_by_test_id("stMain").get_by_role("link", name="Délais", exact=False).first.click()
    page.locator(".criterion-head", has_text="Délais").wait_for()
    wait_until_drawn(page)
    [(value, low, high)] = rows_of(
        region,
        "SELECT valeur, basse, haute FROM quality.valeurs WHERE mesure_id = 'OR02.rendue@2025.1' AND unite_id = 'info-jeunes' "
        "AND pas = 'annee' AND debut = '2025-01-01' AND categorie = 'p50' AND agregation = 'moyenne_structures'",
    )
    seen = words(page)
    assert f"{value} jours ouvrés" in seen
    assert f"de {low} à {high} jours ouvrés" in seen
    shared = page.url
    with browser.new_context(viewport={"width": 1280, "height": 800}).new_page() as elsewhere:
        elsewhere.goto(shared)
        elsewhere.get_by_text("Info Jeunes, année 2025", exact=False).first.wait_for(timeout=60_000)
        wait_until_drawn(elsewhere)
        read_again = words(elsewhere)
    for told in (f"{value} jours ouvrés", f"de {low} à {high} jours ouvrés", "Info Jeunes, année 2025"):
        assert told in read_again


def test_the_selection_follows_from_page_to_page(page: Page, dashboard: Dashboard) -> None:
    dashboard.open(page, "principes?territoire=cio")
    assert "CIO, année 2025" in words(page)
    go_to(page, "Effets")
    page.get_by_text("CIO, année 2025", exact=False).first.wait_for()


def test_a_wrong_address_falls_back_with_a_sentence(page: Page, dashboard: Dashboard) -> None:
    dashboard.open(page, "synthese?territoire=inconnu&periode=1999")
    assert "Bretagne, année 2025" in words(page)


def test_an_empty_installation_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    for empty in serve(tmp_path):
        with browser.new_context().new_page() as page:
            page.goto(empty.address)
            page.get_by_text("spro build", exact=False).first.wait_for(timeout=60_000)
            assert "Traceback" not in page.inner_text("body")


def test_figures_of_pages_come_from_the_release_alone(region: Path) -> None:
    """The test of the journey: the numbers it looked for are those of the file, and the file is read-only."""
    path = published(region / "releases").path
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM quality.valeurs WHERE valeur IS NOT NULL").fetchone() != (0,)
