"""What axe finds on a page at rest: rules of WCAG 2.1, levels A and AA, as RGAA 4.1 takes them."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
# While a script runs, Streamlit fades what it is about to replace: colours are then those of no finished page.
AT_REST = """() => !document.querySelector('[data-stale="true"], [data-testid="stStatusWidget"]')
  && !document.getAnimations().some((each) => each.playState === "running" && each.effect.getTiming().iterations < Infinity)"""
_QUIET_MILLISECONDS = 250


def wait_until_at_rest(page: Page) -> None:
    """Nothing is being replaced and nothing moves, and so it stays for a quarter of a second."""
    page.wait_for_function(AT_REST)
    page.wait_for_timeout(_QUIET_MILLISECONDS)
    page.wait_for_function(AT_REST)


def breaches(page: Page) -> list[tuple[str, str]]:
    """(rule, first element that breaks it) of a page at rest; empty where axe finds nothing."""
    wait_until_at_rest(page)
    violations = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]
