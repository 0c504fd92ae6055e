"""Adding is a change of `grids/` alone: an indicator, a question with its delivery, a network are measured and shown.

The packages are copied aside, the copy's definitions changed, and the product run from the copy, as a facilitator would.
"""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.long

PACKAGES = ("grids", "pipelines", "dashboard", "sample_data")
VERSION, YEAR, BUILT_ON = "2026.1", 2026, date(2027, 3, 1)
NETWORK, NAME = "fictif-relais", "Relais fictifs"
INDICATOR, QUESTION, ASKED = "PD90", "U90", "PD91"
TOLD = {"PD90": "Accueils fictifs de moins de dix-huit ans", "PD91": "Personnes fictives bien installées"}
STRUCTURES = 6
EACH = 20
FAVORABLE, YOUNG = 15, 5

_RECORD = f"""
  - version: "{VERSION}"
    etat: "travail"
    en_vigueur_du: "{YEAR}-01-01"
    prochaine_revue: "{YEAR + 1}-11-30"
    dates: {{travail: "2025-09-15"}}
    motif: "Version fictive, pour essayer deux mesures de plus."
"""
_QUESTION = f"""
  {QUESTION}:
    texte: "J'étais bien installé(e)."
    repondants: ["personne"]
    vague: "a_chaud"
    echelle: "accord"
    partie: "Essai"
"""
_INDICATOR = """
  {id}:
    libelle: "{label}"
    critere: "ecoute"
    clauses: ["I-4"]
    detournement: "Indicateur fictif : rien à fausser."
    mesures:
      {name}:
        base: "{base}"
        nature: "{nature}"
        libelle: "{label}"
        definition: "Part fictive, pour essayer l'ajout d'un indicateur."
        genre: "part"
        compte: "{counted}"
        sens: "plus"
"""
_MAPPING = f"""reseau: "{NETWORK}"
nom: "{NAME}"
livraisons:
  - id: "passages"
    contrat: "accueils"
    lecteur: "csv"
    reconnue_a: ["Passage", "Lieu"]
    constantes: {{canal: "presentiel"}}
    colonnes:
      accueil_ref: {{colonne: "Passage"}}
      structure_id: {{colonne: "Lieu"}}
      mois: {{colonne: "Jour", date: "JJ/MM/AAAA"}}
      tranche_age: {{colonne: "Âge", valeurs: {{"mineur": "moins_18", "majeur": "18_25"}}}}
    a_retirer: []
    ignorer: []
"""
_DELIVERY = f"""
  - id: "essai"
    contrat: "reponses"
    lecteur: "limesurvey"
    reconnue_a: ["{QUESTION}"]
    constantes: {{grille: "api-bretagne", version: "{VERSION}", vague: "a_chaud", repondant: "personne"}}
    colonnes:
      reponse_ref: {{colonne: "id"}}
      structure_id: {{colonne: "STRUCT"}}
      mois: {{colonne: "submitdate", date: "AAAA-MM-JJ hh:mm:ss"}}
    questions:
      {QUESTION}: {{colonne: "{QUESTION}", valeurs: {{"A1": "1", "A2": "2", "A3": "3", "A4": "4", "A5": "pas_concerne"}}}}
    a_retirer: []
    ignorer: []
"""
_PAGE = """
import re
from streamlit.testing.v1 import AppTest
page = AppTest.from_string("from dashboard.pages import field\\nfield.principles()", default_timeout=60)
page.query_params["territoire"], page.query_params["periode"] = "{unit}", "{year}"
page.run()
assert not page.exception, page.exception
print(re.sub(r"<[^>]+>", " ", " ".join(each.proto.body for each in page.get("html"))))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product, whose definitions alone have changed."""
    copy = tmp_path_factory.mktemp("copie")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    grids = copy / "grids"
    _write_version(grids / "api-bretagne")
    _add(grids / "networks" / "reseaux.yaml", f'  - code: "{NETWORK}"\n    nom: "{NAME}"\n')
    _add(grids / "networks" / f"{NETWORK}.yaml", _MAPPING)
    _add(grids / "networks" / "cio.yaml", _DELIVERY)
    return copy


@pytest.fixture(scope="module")
def home(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder built by the copy, from a few files of the new network and of one that answers the new question."""
    home = tmp_path_factory.mktemp("donnees") / "fictif"
    for network, lines in ((NETWORK, _receptions()), ("cio", _answers())):
        folder = home / "inbox" / network
        folder.mkdir(parents=True)
        (folder / f"structures_{YEAR}.csv").write_text("\n".join(_structures(network)), encoding="utf-8")
        (folder / f"livraison_{YEAR}.csv").write_text("\n".join(lines), encoding="utf-8")
    command = "from pipelines.command_line.app import main; main()"
    built = _run(copy, home, command, "build", "--home", str(home), "--as-of", f"{BUILT_ON}")
    assert built.returncode == 0, built.stdout + built.stderr
    return home


@pytest.fixture
def release(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    pointer = json.loads((home / "releases" / "published.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(home / "releases" / pointer["fichier"]), read_only=True) as connection:
        yield connection


def test_nothing_but_definitions_changed(copy: Path) -> None:
    changed = {
        path.relative_to(copy).as_posix()
        for package in PACKAGES
        for path in (copy / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not _same(path, ROOT / path.relative_to(copy))
    }
    added = {f"api-bretagne/{VERSION}.yaml", "api-bretagne/versions.yaml", f"networks/{NETWORK}.yaml"}
    assert changed == {f"grids/{name}" for name in (*added, "networks/reseaux.yaml", "networks/cio.yaml")}


@pytest.mark.parametrize(
    ("measure", "network", "share"),
    [
        pytest.param(f"{INDICATOR}.rendue", NETWORK, 100 * YOUNG // EACH, id="an indicator, in a new network"),
        pytest.param(f"{ASKED}.percue", "cio", 100 * FAVORABLE // EACH, id="a question"),
    ],
)
def test_what_was_added_is_measured(release: duckdb.DuckDBPyConnection, measure: str, network: str, share: int) -> None:
    query = f"""SELECT DISTINCT valeur, provenance FROM quality.valeurs
      WHERE mesure_id = '{measure}@{VERSION}' AND unite_id = '{network}' AND pas = 'annee' AND year(debut) = {YEAR}"""
    assert release.sql(query).fetchall() == [(share, "mesure")]


def test_the_new_network_has_its_name(release: duckdb.DuckDBPyConnection) -> None:
    assert release.sql(f"SELECT nom FROM reference.unites WHERE unite_id = '{NETWORK}'").fetchall() == [(NAME,)]


@pytest.mark.parametrize(
    ("unit", "indicator", "said"), [(NETWORK, INDICATOR, NAME), ("cio", ASKED, "CIO")], ids=["indicator", "question"]
)
def test_what_was_added_is_on_the_page(copy: Path, home: Path, unit: str, indicator: str, said: str) -> None:
    shown = _run(copy, home, _PAGE.format(unit=unit, year=YEAR))
    assert shown.returncode == 0, shown.stderr
    words = re.sub(r"\s+", " ", shown.stdout)
    assert said in words
    assert TOLD[indicator] in words
    assert VERSION in words


def _write_version(folder: Path) -> None:
    text = (folder / "2025.1.yaml").read_text(encoding="utf-8")
    text = text.replace('version: "2025.1"', f'version: "{VERSION}"', 1)
    text = text.replace("\nquestions:\n", f"\nquestions:{_QUESTION}", 1)
    recorded = {"name": "rendue", "base": "accueils", "nature": "rendue", "counted": "tranche_age = 'moins_18'"}
    asked = {"name": "percue", "base": "personnes_a_chaud", "nature": "percue", "counted": f"favorable({QUESTION})"}
    for indicator, told in ((INDICATOR, recorded), (ASKED, asked)):
        text += _INDICATOR.format(id=indicator, label=TOLD[indicator], **told).lstrip("\n")
    _add(folder / f"{VERSION}.yaml", text)
    _add(folder / "versions.yaml", _RECORD.lstrip("\n"))


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text.lstrip("\n"))


def _structures(network: str) -> Iterator[str]:
    yield "structure_id;annee;nom;commune_insee;mode_collecte;actif_du"
    for rank in range(STRUCTURES):
        yield f"FICTIF-{network}-{rank};{YEAR};Lieu fictif {rank};35238;outil;2020-01-01"


def _receptions() -> Iterator[str]:
    yield "Passage;Lieu;Jour;Âge"
    for rank in range(STRUCTURES):
        for number in range(EACH):
            age = "mineur" if number < YOUNG else "majeur"
            yield f"P{rank:02d}{number:03d};FICTIF-{NETWORK}-{rank};{number + 1:02d}/02/{YEAR};{age}"


def _answers() -> Iterator[str]:
    yield f"id;submitdate;STRUCT;{QUESTION}"
    for rank in range(STRUCTURES):
        for number in range(EACH):
            said = "A4" if number < FAVORABLE else "A1"
            yield f"{1 + rank * EACH + number};{YEAR}-02-{number + 1:02d} 10:00:00;FICTIF-cio-{rank};{said}"


def _same(path: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(path, other, shallow=False)


def _run(copy: Path, home: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python run from the copy, which stands before the checkout on its path."""
    from_copy = f"import grids; assert grids.__file__.startswith({str(copy)!r}), grids.__file__\n"
    return subprocess.run(
        [sys.executable, "-c", from_copy + code, *arguments],
        cwd=copy,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(copy),
            "SPRO_HOME": str(home),
            "COLUMNS": "200",
            "PYTHONIOENCODING": "utf-8",
        },
    )
