"""The page of a receipt in a real Chromium: accessible, whole at 320 px, asking nothing of the outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from grids.model import Grid
from pipelines.receipt import Balance, Receipt
from pipelines.receipts.page import index_page, receipt_page
from pipelines.receipts.view import Context
from tests.receipts.conftest import Made

pytestmark = pytest.mark.slow
LEVELS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, made: Made, grid: Grid) -> Path:
    """A full receipt, a refusal and a list, as files."""
    folder = tmp_path_factory.mktemp("pages")
    full = made(
        fichier="un_nom_de_fichier_tres_long_" * 6 + ".csv",
        broken=12,
        retirees=("Agent",),
        ignorees=("Durée",),
        bilan=Balance(lues=105, nouvelles=70, remplacantes=10, repetees=8, quarantaine=12, ecartees=5),
        motifs_ecart={"totaux": 5},
    )
    refused: Receipt = made(
        4, etat="refusee", contrat="", refus="La colonne « Nom » annonce une identité.", remede="Ôtez-la."
    )
    context = Context([made(rank, broken=rank % 3) for rank in range(1, 9)], grid)
    for name, page in {
        "complet": receipt_page(full, context),
        "refus": receipt_page(refused, context),
        "liste": index_page("Apec", [full, refused]),
    }.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", ["complet", "refus", "liste"])
def test_a_receipt_is_accessible_whole_and_alone(browser: Browser, pages: Path, name: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = (pages / f"{name}.html").as_uri()
    page.goto(address)
    results = Axe().run(page, options=LEVELS)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.locator("h1").count() == 1
    assert asked == [address]
    page.close()
