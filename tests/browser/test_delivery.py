"""A network's journey: open « Données », try a file, deliver it, read its receipt, find it in the list, read it again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.access import Reader
from dashboard.deliverers import networks_open_to
from grids.register import networks
from tests.accessibility import breaches
from tests.browser.conftest import PATIENCE_SECONDS, WIDTHS, free_port, wait_for_port, wait_until_drawn

pytestmark = pytest.mark.slow
PROFILES = (
    "structure_id;nom;commune_insee;mode_collecte;partage_nominatif;canaux_proposes;actif_du;actif_au\n"
    "A-1;Lieu FICTIF;35238;outil;oui;presentiel;2020-01-01;\n"
)
WITH_IDENTITY = "accueil_ref;structure_id;mois;canal;Nom de l'agent\n1;A-1;2025-02-03;tchat;FICTIF\n"


@contextmanager
def served(home: Path, **environment: str) -> Iterator[str]:
    """The address of `spro serve`, the door beside the dashboard."""
    port = free_port()
    spro = shutil.which("spro", path=Path(sys.executable).parent) or "spro"
    process = subprocess.Popen(
        [spro, "serve", "--home", str(home), "--port", str(port)],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port)
        yield f"http://127.0.0.1:{port}/donnees"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of an installation where nothing has been delivered yet, opened by a facilitator."""
    with served(tmp_path_factory.mktemp("depot"), SPRO_ROLE="animateur") as served_at:
        yield served_at


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    opened = context.new_page()
    opened.set_default_timeout(1000 * PATIENCE_SECONDS)
    yield opened
    context.close()


def drawn(page: Page, address: str) -> None:
    page.goto(address)
    wait_until_drawn(page)


def choose(page: Page, name: str, content: str) -> None:
    page.get_by_label("Choisir un fichier").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    )
    assert page.locator("#depot-nom").inner_text() == name


def told(page: Page, words: str) -> None:
    page.get_by_role("status").filter(has_text=words).wait_for()


def main_text(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.long
def test_try_deliver_read_and_find_again(visitor: Page, address: str) -> None:
    drawn(visitor, f"{address}?reseau=cibc")
    assert "aucune livraison n'est encore arrivée" in main_text(visitor)
    choose(visitor, "structures.csv", PROFILES)
    visitor.get_by_role("button", name="Essayer sans rien garder").press("Enter")
    told(visitor, "Essai terminé : ce fichier serait lu. Rien n'en a été gardé.".replace(" :", "\u00a0:"))
    assert "1 ligne lue" in main_text(visitor)
    assert "aucune livraison n'est encore arrivée" in main_text(visitor)
    visitor.get_by_role("button", name="Livrer", exact=True).press("Enter")
    told(visitor, "Fichier livré")
    visitor.locator(".livraisons").get_by_text("structures.csv", exact=True).wait_for()
    heading = visitor.get_by_role("heading", name="Accusé de réception")
    assert heading.evaluate("each => each === document.activeElement")
    assert "ses lignes compteront à la prochaine édition" in visitor.locator(".depot-accuse").inner_text()
    visitor.get_by_role("link", name="structures.csv").press("Enter")
    visitor.get_by_role("link", name="Revenir aux livraisons").wait_for()
    wait_until_drawn(visitor)
    assert "1 ligne lue" in main_text(visitor)


def test_a_refused_file_says_why_and_is_in_the_list(visitor: Page, address: str) -> None:
    drawn(visitor, f"{address}?reseau=cidff")
    choose(visitor, "<img src=x onerror=alert(1)>.csv", WITH_IDENTITY)
    visitor.on("dialog", lambda _: pytest.fail("a script ran"))
    visitor.get_by_role("button", name="Livrer", exact=True).click()
    told(visitor, "Fichier refusé")
    assert "Nom de l'agent" in visitor.locator(".depot-accuse").inner_text()
    visitor.locator(".livraisons").get_by_text("Refusée", exact=False).wait_for()
    assert visitor.locator("img[src=x]").count() == 0


def test_without_a_file_the_zone_says_so(visitor: Page, address: str) -> None:
    drawn(visitor, f"{address}?reseau=suio")
    visitor.get_by_role("button", name="Livrer", exact=True).click()
    told(visitor, "Choisissez d'abord un fichier.")


@pytest.mark.long
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible_and_whole(visitor: Page, address: str, width: int) -> None:
    visitor.set_viewport_size({"width": width, "height": 800})
    drawn(visitor, f"{address}?reseau=cite-des-metiers")
    assert faults(visitor, width) == []
    choose(visitor, "structures.csv", PROFILES)
    visitor.get_by_role("button", name="Essayer sans rien garder").click()
    told(visitor, "Essai terminé")
    assert faults(visitor, width) == []
    assert visitor.locator("h1").count() == 1


def faults(page: Page, width: int) -> list[str]:
    found = [rule for rule, _ in breaches(page)]
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") > width
    return found + ["overflow"] * wide


@pytest.mark.long
def test_who_answers_for_a_network_delivers_for_it_alone(visitor: Page, tmp_path: Path) -> None:
    with served(tmp_path, SPRO_ROLE="reseau", SPRO_RESEAU="suio") as address:
        drawn(visitor, f"{address}?reseau=cio")
        assert "Services d'orientation des universités : aucune livraison" in main_text(visitor)
        assert visitor.get_by_role("button", name="Livrer", exact=True).count() == 1
        assert visitor.get_by_label("Réseau qui livre").count() == 0
        visitor.goto("about:blank")


@pytest.mark.long
def test_the_committee_reads_who_may_deliver(visitor: Page, tmp_path: Path) -> None:
    with served(tmp_path, SPRO_ROLE="comite") as address:
        drawn(visitor, f"{address}?reseau=cio")
        assert "le comité n'en dépose pas" in main_text(visitor)
        assert visitor.locator(".depot").count() == 0
        visitor.goto("about:blank")


ROLES = {
    ("comite", ""): 0,
    ("comite", "cio"): 0,
    ("reseau", "cio"): 1,
    ("reseau", ""): 0,
    ("reseau", "inconnu"): 0,
    ("", "cio"): 0,
}


@pytest.mark.parametrize(("deliverer", "open_to"), ROLES.items(), ids=str)
def test_the_rule_of_who_delivers(deliverer: tuple[str, str], open_to: int) -> None:
    assert [network.code for network in networks_open_to(Reader(*deliverer))] == ["cio"] * open_to


def test_a_facilitator_delivers_for_every_network() -> None:
    assert networks_open_to(Reader("animateur")) == networks()
