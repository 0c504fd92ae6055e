"""`spro` inside this process: its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from grids.errors import GridError, ReleaseError
from pipelines.command_line.app import app
from pipelines.command_line.options import DONE, NOTHING, PARTLY

COMMANDS = {
    "demo": "région d'exemple", "sample": "synthétique", "build": "inbox", "check": "sans rien garder",
    "serve": "tableau de bord", "release": "éditions", "delivery": "livraisons", "mapping": "correspondances",
    "verbatims": "relire", "year": "clôture", "purge": "durée de conservation", "door": "porte", "template": "fiche commune",
    "schema": "Table Schema", "grid": "grille",
}  # fmt: skip
RUN = CliRunner(env={"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"})


def test_the_help_names_every_command_and_how_to_begin() -> None:
    shown = RUN.invoke(app, ["--help"])
    assert shown.exit_code == DONE
    assert "spro demo" in shown.output
    assert all(command in shown.output for command in COMMANDS)


@pytest.mark.parametrize(("command", "words"), COMMANDS.items())
def test_the_help_of_a_command_teaches_in_french(command: str, words: str) -> None:
    shown = RUN.invoke(app, [command, "--help"])
    assert shown.exit_code == DONE
    assert words in " ".join(shown.output.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_holds_no_english(command: str) -> None:
    shown = RUN.invoke(app, [command, "--help"]).output
    assert not any(word in shown for word in ("Usage:", "Options", "Show this message and exit", "default", "required"))


def test_a_good_file_is_checked_with_nothing_to_mend(small_home: Path, tmp_path: Path, records: str) -> None:
    file = tmp_path / "fiches.csv"
    file.write_text(records, encoding="utf-8")
    shown = RUN.invoke(app, ["check", str(file), "--network", "apec", "--home", str(small_home)])
    assert shown.exit_code == DONE
    assert "4 lignes lues" in shown.output


def test_a_file_with_broken_rows_is_told_line_rule_and_remedy_never_the_value(
    small_home: Path, tmp_path: Path, records: str
) -> None:
    file = tmp_path / "fiches.csv"
    file.write_text(records + "FICTIF-8;A-1;2025-02-31;SECRET\nFICTIF-9;A-9;2025-02-03;tchat\n", encoding="utf-8")
    shown = RUN.invoke(app, ["check", str(file), "--network", "apec", "--home", str(small_home)])
    assert shown.exit_code == PARTLY
    assert "2 en quarantaine" in shown.output
    assert "« Canal » porte un mot que la correspondance ne connaît pas. (ligne 6)" in shown.output
    assert "« Mois de l'accueil » ne se lit pas" in shown.output
    assert "Cette structure n'est pas dans les profils livrés par le réseau. (ligne 7)" in shown.output
    assert shown.output.count("Que faire") == 3
    assert "SECRET" not in shown.output
    assert "A-9" not in shown.output


def test_a_refused_file_is_told_why_and_what_to_do(small_home: Path, tmp_path: Path, records: str) -> None:
    file = tmp_path / "fiches.csv"
    file.write_text(records.replace("canal\n", "canal;prénom\n").replace("tchat", "tchat;FICTIF"), encoding="utf-8")
    shown = RUN.invoke(app, ["check", str(file), "--network", "apec", "--home", str(small_home)])
    assert shown.exit_code == NOTHING
    assert "« prénom » annonce l'identité d'une personne" in shown.output
    assert "Que faire : Retirez cette colonne" in shown.output


def test_a_check_stores_nothing(small_home: Path, tmp_path: Path, records: str) -> None:
    before = {path: path.stat().st_mtime_ns for path in small_home.rglob("*")}
    file = tmp_path / "fiches.csv"
    file.write_text(records, encoding="utf-8")
    RUN.invoke(app, ["check", str(file), "--network", "apec", "--home", str(small_home)])
    assert {path: path.stat().st_mtime_ns for path in small_home.rglob("*")} == before


def test_an_unknown_network_is_named_beside_those_that_are_known(tmp_path: Path, records: str) -> None:
    file = tmp_path / "fiches.csv"
    file.write_text(records, encoding="utf-8")
    shown = RUN.invoke(app, ["check", str(file), "--network", "inconnu", "--home", str(tmp_path)])
    assert isinstance(shown.exception, GridError)
    assert "« inconnu » n'est pas un réseau du registre." in str(shown.exception)
    assert "mission-locale" in str(shown.exception)


def test_the_editions_of_a_folder_are_listed_the_published_one_marked(small_home: Path) -> None:
    shown = RUN.invoke(app, ["release", "list", "--home", str(small_home)])
    assert shown.exit_code == DONE
    assert "2025-06-01-" in shown.output
    assert "01/06/2025" in shown.output
    assert "publiée" in shown.output


def test_an_empty_folder_has_no_edition(tmp_path: Path) -> None:
    shown = RUN.invoke(app, ["release", "list", "--home", str(tmp_path)])
    assert isinstance(shown.exception, ReleaseError)


def test_the_home_may_be_told_by_the_environment(small_home: Path) -> None:
    shown = RUN.invoke(app, ["release", "list"], env={"SPRO_HOME": str(small_home)})
    assert shown.exit_code == DONE
