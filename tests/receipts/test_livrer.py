"""docs/livrer.md is true: its mapping loads, its file passes the door, its receipt is the one that comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from grids.contract import load_contract
from grids.model import Grid
from grids.network import Delivery, Mapping, Source, WorkingDays, load_mapping
from pipelines.home import Home
from pipelines.intake.inbox import take_in, waiting_files
from pipelines.listening import trial
from pipelines.receipt import Measured, Receipt, write_receipt
from pipelines.receipts.text import receipt_lines
from pipelines.receipts.view import Context
from tests.receipts.conftest import Made

PAGE = Path(__file__).parents[2] / "docs" / "livrer.md"
PROFILES = (
    "structure_id;nom;commune_insee;mode_collecte;partage_nominatif;canaux_proposes;actif_du;actif_au\n"
    "A-1;Lieu FICTIF;35238;outil;oui;presentiel;2020-01-01;\n"
)


def _example(name: str) -> str:
    found = re.search(rf"<!-- exemple {name}[^>]*-->\n```\w+\n(.*?)```\n<!-- fin -->", PAGE.read_text("utf-8"), re.S)
    assert found, f"no example called {name}"
    return found[1]


@pytest.fixture(scope="module")
def mapping(tmp_path_factory: pytest.TempPathFactory) -> Mapping:
    """The example's mapping, read as the product reads one."""
    folder = tmp_path_factory.mktemp("networks")
    (folder / "apec.yaml").write_text(_example("correspondance"), encoding="utf-8")
    return load_mapping("apec", folder)


@pytest.fixture
def home(tmp_path: Path, lay: Callable[..., Path]) -> Home:
    """A data folder where the profile of the example's structure has been delivered."""
    home = Home(tmp_path)
    lay(home.root, "apec/structures.csv", PROFILES)
    profiles = take_in(home, waiting_files(home)[0], 1)
    write_receipt(home.receipts, profiles.model_copy(update={"etat": "acceptee"}))
    return home


@pytest.fixture
def receipt(home: Home, mapping: Mapping, monkeypatch: pytest.MonkeyPatch) -> Receipt:
    """What `spro check` says of the example's file, as if it had arrived on 10 April 2025."""
    monkeypatch.setattr(trial, "load_mapping", lambda network: mapping)
    path = home.root / "visites.csv"
    path.write_text(_example("fichier"), encoding="utf-8")
    checked = trial.check_file(path, "apec", home)
    filled = dict.fromkeys(checked.colonnes, 6) | {"mois": 6, "attente_jours_ouvres": 3, "orientation": 5}
    counted = Measured(lignes=6, remplissage=filled, dernier_mois=date(2025, 3, 1))
    return checked.model_copy(update={"recue_le": date(2025, 4, 10), "mesures": counted, "ignorees": ("Durée",)})


def test_the_example_receipt_is_the_one_that_the_product_gives(receipt: Receipt, made: Made, grid: Grid) -> None:
    known = tuple(name for name in receipt.colonnes if name != "modalite")
    earlier = [made(rank, broken=broken, colonnes=known) for rank, broken in enumerate((2, 0, 3, 1, 2, 4), start=1)]
    said = "\n".join(receipt_lines(receipt, Context(earlier, grid))) + "\n"
    assert _example("accusé") == said, f"docs/livrer.md should hold:\n{said}"


def test_the_example_file_shows_each_thing_that_the_page_explains(receipt: Receipt) -> None:
    assert receipt.etat == "acceptee"
    assert receipt.bilan.conserved
    assert receipt.retirees == ("Agent",)
    assert {breach.regle for breach in receipt.quarantaine} == {"illisible", "code_inconnu", "attente_si_differe"}
    assert sum(receipt.motifs_ecart.values()) == 1


@pytest.mark.parametrize("table", ["actions", "evenements"])
def test_the_examples_of_actions_and_events_are_taken_in_without_a_fault(home: Home, table: str) -> None:
    path = home.root / f"{table}.csv"
    path.write_text(_example(table), encoding="utf-8")
    checked = trial.check_file(path, "apec", home)
    assert (checked.etat, checked.contrat, checked.bilan.nouvelles) == ("acceptee", table, 2)
    assert not checked.quarantaine


def test_every_column_of_actions_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert not [column.name for column in load_contract("actions").columns if f"`{column.name}`" not in page]


@pytest.mark.parametrize("model", [Mapping, Delivery, Source, WorkingDays])
def test_every_field_of_a_mapping_is_explained(model: type[Mapping]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    fields = {field.alias or name for name, field in model.model_fields.items()}
    assert not [field for field in fields if f"`{field}`" not in page]


def test_every_reader_is_named() -> None:
    readers = get_args(Delivery.model_fields["reader"].annotation)
    assert readers
    assert not [reader for reader in readers if f"| `{reader}` |" not in PAGE.read_text(encoding="utf-8")]
