"""Each page walked by Tab alone, from its top to its end: what has the focus shows it, has a name, is large enough, is left."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from dashboard.navigation import PATHS
from tests.browser.conftest import Dashboard

pytestmark = [pytest.mark.slow, pytest.mark.long]

MOST_STOPS = 400
LEAST_PIXELS = 24
ENGLISH = re.compile(
    r"\b(Open|Close|Skip|Sidebar|Choose|Expand|Collapse|Toggle|Search|Clear|Dismiss|options?|selected)\b"
)

# The accessible name, as far as our pages go: a label, else the words that are not hidden from assistive tools.
STOP = """() => {
  const said = (node) => node.nodeType === Node.TEXT_NODE ? node.nodeValue
    : node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true" ? ""
    : (node.getAttribute("alt") ?? "") + [...node.childNodes].map(said).join("");
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const { width, height, x, y } = here.getBoundingClientRect();
  const style = getComputedStyle(here);
  const labelled = (here.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
  const name = here.getAttribute("aria-label") || labelled.filter(Boolean).map(said).join(" ")
    || [...(here.labels ?? [])].map(said).join(" ") || said(here);
  if (!window.walked) window.walked = [];
  const last = window.walked.at(-1);
  const back = Boolean(last?.isConnected && here.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING);
  const again = window.walked.includes(here);
  window.walked.push(here);
  return {
    name: name.trim().slice(0, 80), tag: here.tagName, html: here.outerHTML.slice(0, 160), back, again,
    box: [x, y + document.querySelector("[data-testid=stMain]").scrollTop, width, height],
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1, shadowed: style.boxShadow !== "none",
    pressed: ["A", "BUTTON", "SUMMARY", "INPUT"].includes(here.tagName),
  };
}"""


def walked(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of the page until the focus leaves it."""
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["again"]:
            return stops
        stops.append(stop)
    raise AssertionError(f"The focus never leaves the page: {stops[-3:]}")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", [*PATHS, "methodes?methode=nuage-des-structures"])
def test_a_page_is_walked_with_the_keyboard_alone(page: Page, dashboard: Dashboard, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    dashboard.open(page, path)
    stops = walked(page)
    assert stops[0]["name"] == "Aller au contenu"
    assert [stop["html"] for stop in stops if not stop["outlined"] and not stop["shadowed"]] == []
    assert [stop["html"] for stop in stops if stop["back"]] == []
    assert [stop["html"] for stop in stops if not stop["name"]] == []
    assert [stop["name"] for stop in stops if ENGLISH.search(stop["name"])] == []
    assert cramped(stops) == []
    assert len(stops) >= 3


def test_the_skip_link_goes_to_the_content(page: Page, dashboard: Dashboard) -> None:
    dashboard.open(page, "synthese")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-testid=stSidebar]') === null")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")


def test_a_list_is_opened_chosen_and_left_with_the_keyboard_in_french(page: Page, dashboard: Dashboard) -> None:
    dashboard.open(page, "synthese")
    page.get_by_role("combobox", name="Territoire").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate(ENGLISH_SAID) == []
    page.keyboard.press("Escape")
    page.get_by_role("option").first.wait_for(state="detached")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "combobox"


# What is read aloud and seen nowhere: labels, titles, and the announcements of a list.
ENGLISH_SAID = """() => [...document.querySelectorAll("*")]
  .flatMap((each) => [...["aria-label", "title", "placeholder"].map((name) => each.getAttribute(name) ?? ""),
    each.matches("[aria-live]") ? each.textContent : ""])
  .filter((said) => /\\b(Open|Close|Dismiss|Sidebar|options? available|selected|Choose|Suggestions?)\\b/.test(said))"""


def cramped(stops: list[dict[str, Any]]) -> list[str]:
    """What is pressed, smaller than 24 pixels, and nearer than that to another such: WCAG 2.2, criterion 2.5.8."""
    small = [stop for stop in stops if stop["pressed"] and min(stop["box"][2:]) < LEAST_PIXELS]
    return [
        f"{first['name']} / {second['name']}"
        for place, first in enumerate(small)
        for second in small[place + 1 :]
        if _centre_distance(first["box"], second["box"]) < LEAST_PIXELS
    ]


def _centre_distance(first: list[float], second: list[float]) -> float:
    across, down = (
        first[0] + first[2] / 2 - second[0] - second[2] / 2,
        first[1] + first[3] / 2 - second[1] - second[3] / 2,
    )
    return float((across**2 + down**2) ** 0.5)


@pytest.mark.parametrize(
    ("height", "apart", "found"),
    [(18, 22, 1), (18, 26, 0), (24, 20, 0)],
    ids=["small and near", "small and spaced", "large"],
)
def test_small_targets_too_near_are_found(height: int, apart: int, found: int) -> None:
    stops = [{"pressed": True, "name": name, "box": [0, apart * row, 100, height]} for row, name in enumerate("ab")]
    assert len(cramped(stops)) == found
