"""A small region delivered three times over, with a year to close: repeated, corrected, broken, undated and total rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.command_line.build import build
from pipelines.home import Home
from pipelines.release.reading import open_release, published

Lay = Callable[..., Path]
AS_OF = date(2026, 3, 1)
YEAR = 2025
NETWORKS = ("cio", "cibc", "cite-des-metiers")
STRUCTURES = range(4)
PROFILE = "structure_id;nom;commune_insee;mode_collecte;partage_nominatif;canaux_proposes;actif_du;actif_au\n"
HEADING = "accueil_ref;structure_id;mois;canal;type_echange;demande_reformulee;urgence;tranche_age;situation\n"
SURVEY = '"id";"submitdate";"STRUCT";"U03";"U10[SQ001]"\r\n'


def record(network: str, number: int, *, day: str = "", channel: str = "", restated: str = "") -> str:
    """One record in the contract's words; each detail follows from its number unless it is given."""
    month = day or f"2025-{number % 12 + 1:02}-03"
    age = ("moins_18", "18_25", "26_44", "45_plus")[number // 7 % 4]
    said = restated or ("oui" if number % 3 else "non")
    structure = f"{network}-{number % len(STRUCTURES)}"
    return f"FICTIF-{number};{structure};{month};{channel or 'telephone'};analyse;{said};sociale;{age};en_emploi\n"


def lay_network(home: Path, network: str, lay: Lay) -> None:
    """The deliveries of one network."""
    profiles = "".join(
        f"{network}-{each};Lieu FICTIF {each};35238;outil;oui;presentiel;2020-01-01;\n" for each in STRUCTURES
    )
    lay(home, f"{network}/structures.csv", PROFILE + profiles, 0)
    first = [record(network, number) for number in range(240)]
    nameless = [record(network, number).split(";", 1)[1] for number in range(20)]
    lay(home, f"{network}/fiches_1.csv", HEADING + "".join([*first, *(f";{row}" for row in nameless)]), 1)
    second = [
        *(record(network, number) for number in range(20)),
        *(record(network, number, restated="oui") for number in range(20, 50)),
        *(record(network, number, channel="ancien") for number in range(300, 305)),
        *(record(network, number, day="2025-13-45") for number in range(305, 308)),
        *(record(network, number, day="2024-12-03") for number in range(400, 430)),
        *(record(network, number, day="2026-01-07") for number in range(500, 530)),
        record(network, 531, day="2026-01-07", channel="ancien"),
        "TOTAL;;;;;;;;\n",
    ]
    lay(home, f"{network}/fiches_2.csv", HEADING + "".join(second), 2)
    third = [
        *(record(network, number, restated="non") for number in range(20, 30)),
        *(record(network, number, restated="oui") for number in range(20, 25)),
        *(record(network, number) for number in range(5)),
    ]
    lay(home, f"{network}/fiches_3.csv", HEADING + "".join(third), 3)


def answers(numbers: range, answer: str) -> str:
    """Questionnaires of the survey tool of the CIO."""
    rows = (
        f'"{number}";"2025-{number % 12 + 1:02}-11 10:00:00";"cio-{number % 4}";"{answer}";"Y"\r\n'
        for number in numbers
    )
    return SURVEY + "".join(rows)


def build_as_of(home: Path) -> None:
    """Build the home as of the day of the edition."""
    build(Home(home), AS_OF, lambda *_: None)


def released(home: Path) -> dict[str, list[Any]]:
    """Every row of the published release but those of its manifest."""
    with open_release(published(home / "releases")) as connection:
        tables = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_name <> 'edition'"
        ).fetchall()
        return {table: connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for (table,) in tables}


@contextmanager
def staged(home: Path, table: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose view `lignes` is every staged row of a table, set aside or not."""
    with duckdb.connect(":memory:") as connection:
        files = f"{home}/staged/{table}/*.parquet"
        connection.execute(f"CREATE VIEW lignes AS FROM read_parquet('{files}', union_by_name = true, filename = true)")
        yield connection


@pytest.fixture(scope="session")
def delivered(tmp_path_factory: pytest.TempPathFactory, lay: Lay) -> Path:
    """Built as of 1 March 2026, the edition of 2025 published. Read only: see `home`."""
    home = tmp_path_factory.mktemp("delivered") / "home"
    for network in NETWORKS:
        lay_network(home, network, lay)
    lay(home, "cio/avis_1.csv", answers(range(160), "A3"), 4)
    lay(home, "cio/avis_2.csv", answers(range(40), "A1"), 5)
    build_as_of(home)
    return home


@pytest.fixture
def home(delivered: Path, tmp_path: Path) -> Path:
    """A copy of its own, keys included."""
    shutil.copytree(delivered.with_name("home-cles"), tmp_path / "home-cles")
    return Path(shutil.copytree(delivered, tmp_path / "home"))
