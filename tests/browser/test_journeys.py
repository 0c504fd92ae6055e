"""Three persons, each from a question to its answer by clicks alone: what was planted in the sample is read at the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from ruamel.yaml import YAML

import sample_data
from dashboard.report import committee, document, structure
from tests.browser.conftest import WITH_THE_DOOR, Dashboard, go_to, rows_of, serve, wait_until_drawn, words
from tests.browser.documents import words_of
from tests.choosing import choose

pytestmark = pytest.mark.slow
TAGGED = (b"/Lang(fr-FR)", b"/StructTreeRoot", b"/Marked true")


def planted(kind: str, name: str) -> dict[str, Any]:
    """An effect, a change or a defect of planted.yaml."""
    path = Path(sample_data.__file__).with_name("planted.yaml")
    found = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))[kind]
    return next(each for each in found if each["id"] == name)


def the_file_of(page: Page, button: str) -> bytes:
    """What a button gives to download."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


@pytest.mark.long
def test_the_committee_goes_from_a_sentence_to_its_detail_and_leaves_with_the_note(
    page: Page, dashboard: Dashboard, region: Path
) -> None:
    effect = planted("effects", "pd02-ecart-cio")
    [(gap, low, high)] = rows_of(
        region,
        """SELECT ecart, basse, haute FROM quality.regards WHERE unite_id = ? AND pas = 'annee' AND debut = '2025-01-01'
        AND regard_a LIKE 'PD02.rendue@%' AND regard_b LIKE 'PD02.percue@%'""",
        effect["network"],
    )
    assert abs(gap - 100 * (effect["levels"]["reformulee"] - effect["levels"]["comprise"])) <= 10
    told = f"ce que les équipes notent dépasse de {gap} points (entre {low} et {high}) ce que les personnes disent"

    dashboard.open(page, "")
    said = page.locator(".committee")
    assert (said.locator("ul > li").count(), said.locator("ol > li").count()) == (5, 3)
    choose(page, "Territoire", "CIO")
    page.locator(".selection", has_text="CIO, année 2025").wait_for()
    wait_until_drawn(page)
    sentence = said.locator("ul > li", has_text="les personnes disent")
    assert told in " ".join(sentence.inner_text().split())

    sentence.get_by_role("link").click()
    page.locator(".criterion-head", has_text="Compréhension de la demande").wait_for()
    wait_until_drawn(page)
    assert_the_views_part(page, region, effect["network"], (gap, low, high))

    page.go_back()
    page.get_by_role("heading", name="Synthèse", level=1, exact=True).wait_for()
    wait_until_drawn(page)
    assert "CIO, année 2025" in words(page)
    note = the_file_of(page, "La note du comité")
    assert document.pages(note) <= committee.MOST_PAGES
    assert all(each in note for each in TAGGED)
    assert told in words_of(note)


def assert_the_views_part(page: Page, region: Path, network: str, gap: tuple[int, int, int]) -> None:
    """The detail tells the gap in a sentence, draws both views, and holds their figures in the table of the drawing."""
    query = """SELECT valeur FROM quality.valeurs WHERE mesure_id = ? AND unite_id = ? AND pas = 'annee'
        AND debut = '2025-01-01' AND agregation = 'moyenne_structures'"""
    figures = {
        label: rows_of(region, query, f"PD02.{nature}@2025.1", network)[0][0]
        for nature, label in {"rendue": "Noté par les équipes", "percue": "Dit par les personnes"}.items()
    }
    apart, low, high = gap
    assert f"moins ce que les personnes disent : +{apart} points (entre +{low} points et +{high} points)" in words(page)
    drawing = page.get_by_test_id("stPlotlyChart").first
    for label, figure in figures.items():
        assert f"{label} : {figure} %" in " ".join(drawing.inner_text().split())
    page.get_by_test_id("stMain").get_by_text("Voir le tableau", exact=True).first.click()
    table = page.locator("table", has_text="Noté par les équipes").first
    table.wait_for()
    for label, figure in figures.items():
        assert f"{figure} %" in " ".join(table.locator("tr", has_text=label).first.inner_text().split())


@pytest.mark.long
def test_a_head_of_network_goes_from_practices_to_the_sheet_of_a_structure_and_prints_it(
    page: Page, dashboard: Dashboard, region: Path
) -> None:
    change = planted("changes", "or02-creneaux-reserves")
    names = dict(
        rows_of(
            region,
            "SELECT nom, partage_nominatif FROM reference.unites WHERE niveau = 'structure' AND reseau = ?",
            change["network"],
        )
    )
    [(name,)] = rows_of(region, "SELECT nom FROM reference.unites WHERE unite_id = ?", change["structure"])

    dashboard.open(page, "")
    choose(page, "Rôle", "Responsable d'un réseau")
    choose(page, "Votre réseau", "Missions locales")
    page.locator(".selection", has_text="Missions locales, année 2025").wait_for()
    wait_until_drawn(page)
    go_to(page, "Comparer les pratiques")
    seen = words(page)
    assert [each for each, consents in names.items() if consents != (each in seen)] == []
    assert_far_structures_are_told(seen, region)

    go_to(page, "Fiche structure")
    choose(page, "Structure", name)
    page.locator(".selection", has_text=name).wait_for()
    wait_until_drawn(page)
    query = "SELECT verdict, avant, apres, phrase FROM quality.effets WHERE action_id = ?"
    [(verdict, before, after, phrase)] = rows_of(region, query, f"{change['network']}/{change['id']}")
    assert verdict == change["expected"]["verdict"]
    assert max(abs(before - change["before"]["wait"]), abs(after - change["levels"]["wait"])) <= 1
    action = page.locator("li", has_text=change["action"]["libelle"]).filter(has_text=verdict)
    told = f"Avant {before} jours ouvrés, après {after} jours ouvrés"
    assert told in " ".join(action.inner_text().split())
    assert " ".join(phrase.split()) in " ".join(action.inner_text().split())
    sheet = the_file_of(page, "La fiche à imprimer")
    assert document.pages(sheet) <= structure.MOST_PAGES
    assert all(each in sheet for each in TAGGED)
    printed = words_of(sheet)
    assert told in printed
    assert name in printed


def assert_far_structures_are_told(seen: str, region: Path) -> None:
    """What structures far from the others do more often, on the first measure of the page, as a question."""
    told = rows_of(
        region,
        """SELECT libelle, round(structures * part / 100)::INTEGER, structures FROM quality.pratiques
        WHERE mesure_id = 'PD10.percue@2025.1' AND perimetre = 'region' AND debut = '2025-01-01' AND part > part_autres""",
    )
    assert told
    for practice, having, structures in told:
        assert f"« {practice} » : {having} sur {structures}, contre" in seen
    assert seen.count("Est-ce une piste ?") == len(told)


@pytest.fixture
def with_the_door(region: Path, tmp_path: Path) -> Iterator[Dashboard]:
    """The region's pages with the door beside them, on a copy: the door is who writes in a data folder."""
    for folder in ("releases", "receipts"):
        shutil.copytree(region / folder, tmp_path / folder)
    yield from serve(tmp_path, WITH_THE_DOOR)


@pytest.mark.long
def test_a_facilitator_goes_from_what_is_to_correct_to_the_receipt_that_says_how(
    page: Page, with_the_door: Dashboard, region: Path
) -> None:
    defect = planted("defects", "canal-inconnu")
    [(found, remedy, kept)] = rows_of(
        region,
        "SELECT phrase, remede, part_conforme FROM quality.controles WHERE reseau = ? AND colonne = ? AND regle = ?",
        defect["network"],
        defect["target"],
        defect["rule"],
    )

    with_the_door.open(page, "qualite-des-donnees?lecteur=animateur")
    check = " ".join(page.locator(".check", has_text=found.split("»")[-1].strip()).inner_text().split())
    assert f"Au moins {kept} % des lignes" in check
    assert remedy in check
    choose(page, "Territoire", "Info Jeunes")
    page.locator(".selection", has_text="Info Jeunes").wait_for()
    go_to(page, "Données")
    listed = page.locator(".livraisons > li", has_text=defect["file"])
    assert f"{len(defect['lines'])} à corriger" in " ".join(listed.inner_text().split())

    listed.get_by_role("link").click()
    page.get_by_role("link", name="Revenir aux livraisons").wait_for()
    wait_until_drawn(page)
    assert_the_receipt_names_the_lines(" ".join(page.locator(".accuse").inner_text().split()), defect, remedy)
    kept_lines = [each["ligne"] for each in receipt_of(region, defect)["quarantaine"]]
    assert kept_lines == defect["lines"]


def assert_the_receipt_names_the_lines(receipt: str, defect: dict[str, Any], remedy: str) -> None:
    """File, lines, column, rule, remedy."""
    first = ", ".join(map(str, defect["lines"][:5]))
    assert defect["file"] in receipt
    assert "« Canal » porte un mot que la correspondance ne connaît pas." in receipt
    assert f"{len(defect['lines'])} lignes : {first}…" in receipt
    assert f"Que faire : {remedy}" in receipt


def receipt_of(region: Path, defect: dict[str, Any]) -> dict[str, Any]:
    """The receipt that the network's files hold for a planted defect."""
    receipts = (
        json.loads(path.read_text("utf-8")) for path in (region / "receipts" / defect["network"]).glob("*.json")
    )
    return next(each for each in receipts if each["fichier"] == defect["file"])
