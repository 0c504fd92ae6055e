"""Pages in English in a real browser: accessible, said to be English, and on the way from page to page still English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.accessibility import breaches, wait_until_at_rest

pytestmark = [pytest.mark.slow, pytest.mark.long]


@pytest.fixture
def page(browser) -> Iterator:
    opened = browser.new_page(locale="en-GB", viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


def visit(page, address: str) -> None:
    page.goto(address)
    page.locator("footer.page-end").wait_for(state="attached", timeout=20000)
    wait_until_at_rest(page)


@pytest.mark.parametrize(("path", "title"), [("synthese", "Overview"), ("organisation", "Organisation")])
def test_a_page_in_english_is_accessible(page, server: str, path: str, title: str) -> None:
    visit(page, f"{server}/{path}?langue=en")
    assert page.locator("h1").inner_text() == title
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == f"{title} – Quality of reception – SPRO Brittany"
    assert page.locator(".stPlotlyChart:not([lang=fr])").count() == 0
    assert breaches(page) == []


def test_the_language_is_chosen_and_kept(page, server: str) -> None:
    visit(page, f"{server}/synthese?periode=2025")
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Overview", level=1).wait_for()
    page.get_by_role("link", name="Effects", exact=True).click()
    page.get_by_role("heading", name="Effects", level=1).wait_for()
    wait_until_at_rest(page)
    assert "langue=en" in page.url
    assert "periode=2025" in page.url
    page.get_by_role("link", name="Français").click()
    page.get_by_role("heading", name="Effets", level=1).wait_for()
    assert "langue" not in page.url
    assert page.evaluate("document.documentElement.lang") == "fr"
