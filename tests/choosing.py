"""Choosing in a list of Streamlit's as a person does: once the page is at rest, since a page being drawn shuts an open list."""

from __future__ import annotations

from playwright.sync_api import Page, TimeoutError

from tests.accessibility import wait_until_at_rest

_TRIES, _MILLISECONDS = 3, 5000


def choose(page: Page, label: str, option: str) -> None:
    """Open the list under `label` and pick an option; again if the list was shut meanwhile."""
    for last in (tried == _TRIES - 1 for tried in range(_TRIES)):
        wait_until_at_rest(page)
        page.get_by_role("combobox", name=label, exact=True).click()
        try:
            page.get_by_role("option", name=option, exact=True).click(timeout=_MILLISECONDS)
            return
        except TimeoutError:
            if last:
                raise
            page.keyboard.press("Escape")
