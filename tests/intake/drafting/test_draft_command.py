"""`spro mapping draft`: shown or written, never over an existing file; what to do next is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from grids.definitions import read_definition
from grids.errors import DeliveryRefused, GridError, SproError
from grids.network import Mapping, load_mapping
from grids.register import network_codes
from pipelines.command_line.drafting import commands

MUSEUM = Path(__file__).parents[1] / "museum"
CONTENT = "Réf.;Structure;Reçu le;Canal\nF-1;A-1;13/02/2026;Visio\nF-2;A-1;14/02/2026;Sur place\n"

app = typer.Typer()
app.add_typer(commands, name="mapping")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["mapping", "draft", *arguments])
    if result.exception:
        raise result.exception
    return result.output


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(CONTENT, encoding="utf-8")
    return path


@pytest.fixture
def newcomer() -> str:
    """A network that has no mapping."""
    return next(code for code in network_codes() if not load_mapping(code).deliveries)


def test_a_newcomer_gets_a_whole_mapping(export: Path, newcomer: str, tmp_path: Path) -> None:
    out = tmp_path / "brouillons" / "nouveau.yaml"
    told = run(str(export), "--network", newcomer, "--out", str(out))
    assert read_definition(Mapping, out).network == newcomer
    assert f"grids/networks/{newcomer}.yaml" in told
    assert f"spro check FICHIER --network {newcomer}" in told
    assert [path.name for path in out.parent.iterdir()] == ["nouveau.yaml"]


def test_without_a_file_to_write_the_draft_is_shown(export: Path, newcomer: str) -> None:
    told = run(str(export), "--network", newcomer)
    assert f'reseau: "{newcomer}"' in told
    assert 'mois: {colonne: "Reçu le", date: "JJ/MM/AAAA"}' in told


def test_a_network_with_a_mapping_gets_the_delivery_alone(export: Path) -> None:
    told = run(str(export), "--network", "cio")
    assert "a déjà une correspondance" in told
    assert "reseau:" not in told
    # Its records are already called « fiches ».
    assert '  - id: "fiches_2"' in told


def test_an_existing_file_is_not_replaced(export: Path, newcomer: str, tmp_path: Path) -> None:
    out = tmp_path / "la.yaml"
    out.write_text("à moi", encoding="utf-8")
    with pytest.raises(SproError, match="existe déjà"):
        run(str(export), "--network", newcomer, "--out", str(out))
    assert out.read_text(encoding="utf-8") == "à moi"


@pytest.mark.parametrize("name", ["binaire.csv", "vide.csv", "guillemet_jamais_ferme_au_milieu.csv"])
def test_what_cannot_be_read_is_told_in_a_sentence_and_writes_nothing(tmp_path: Path, newcomer: str, name: str) -> None:
    file = Path(shutil.copy(MUSEUM / name, tmp_path))
    with pytest.raises(DeliveryRefused):
        run(str(file), "--network", newcomer, "--out", str(tmp_path / "x.yaml"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_unknown_network_is_told(export: Path) -> None:
    with pytest.raises(GridError, match="registre"):
        run(str(export), "--network", "fictif")
