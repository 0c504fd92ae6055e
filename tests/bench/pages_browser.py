"""The first page in a cold browser: what it fetches, and when the first chart is there."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.pages_report import Browser

_PAGE = "organisation"
_CHROMIUM = "/usr/bin/chromium"
_PATIENCE_MILLISECONDS = 90_000


def first_page(address: str) -> Browser:
    """A page with charts in a browser that has kept nothing; the server has already drawn it for somebody."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        _opened(browser, address)
        found = _opened(browser, address)
        browser.close()
    return found


def _opened(browser: Any, address: str) -> Browser:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    fetched: list[float] = []
    streamed: list[float] = []
    network.on("Network.loadingFinished", lambda told: fetched.append(told["encodedDataLength"]))
    network.on(
        "Network.webSocketFrameReceived", lambda told: streamed.append(len(told["response"]["payloadData"]) * 3 / 4)
    )
    started = time.perf_counter()
    page.goto(f"http://{address}/{_PAGE}", wait_until="commit")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached", timeout=_PATIENCE_MILLISECONDS)
    seconds = time.perf_counter() - started
    page.locator("footer.page-end").wait_for(state="attached", timeout=_PATIENCE_MILLISECONDS)
    page.wait_for_load_state("networkidle")
    context.close()
    return Browser(len(fetched), sum(fetched) / 1e6, sum(streamed) / 1e6, seconds)
