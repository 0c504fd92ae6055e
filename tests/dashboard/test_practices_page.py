"""Comparer les pratiques: the reader's own structures by name where they accepted it, nobody else's, and no order of values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import Reader, scope_of
from dashboard.queries import practices
from dashboard.text.typography import plain
from pipelines.release.reading import open_release, published

from .release_fixture import DATA_AS_OF, RELEASE_ID, build_release, publish
from .test_dashboard_pages import run, text_of

SAID, AWAY = "PD02.percue@2025.1", "PD12.rendue@2025.1"
YEAR = date(2025, 1, 1)
# id, name, network, département, whether it accepted to be named. S-001 is the fixture's, of the missions locales.
STRUCTURES = (
    ("S-002", "CIO de la Pointe", "cio", "29", True),
    ("S-003", "CIO des Deux Rives", "cio", "22", True),
    ("S-004", "CIO du Silence", "cio", "35", False),
    ("S-005", "Mission locale du Refus", "mission-locale", "56", False),
    ("S-006", "CIO de la Lande", "cio", "56", True),
)
# Described, without a figure: with fewer than three refusals, nobody of a network is named.
REFUSING = (
    ("S-007", "CIO Muet", "cio", "22", False),
    ("S-008", "CIO Réservé", "cio", "35", None),
    ("S-009", "Mission locale Muette", "mission-locale", "22", False),
    ("S-010", "Mission locale Réservée", "mission-locale", "35", None),
)
CIO, HEAD, TEAM, COMMITTEE = "reseau:cio", "reseau:mission-locale", "structure:S-004", "comite"
MEASURE = {"mesure": "PD02.percue"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which two networks have structures, some of which refuse to be named."""
    folder = tmp_path_factory.mktemp("practices")
    path = build_release(folder)
    with duckdb.connect(str(path)) as connection:
        _fill(connection)
    publish(folder, path, RELEASE_ID, DATA_AS_OF)
    return folder


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    connection.executemany(
        "INSERT INTO reference.unites BY NAME SELECT 'structure' AS niveau, ? AS unite_id, ? AS nom, ? AS reseau, "
        "? AS departement, ? AS partage_nominatif",
        [*STRUCTURES, *REFUSING],
    )
    for identifier, *_ in STRUCTURES:
        for year in (2024, 2025):
            measure = SAID if year == 2025 else "PD02.percue@2023.1"
            connection.execute(
                "INSERT INTO quality.valeurs BY NAME SELECT ? AS mesure_id, 'structure' AS niveau, ? AS unite_id, "
                "'annee' AS pas, ? AS debut, '' AS categorie, 'structure' AS agregation, 'ok' AS etat, 40 AS valeur, "
                "30 AS basse, 50 AS haute, '20-49' AS assise, '90-100' AS taux_reponse_classe, 'mesure' AS provenance",
                [measure, identifier, date(year, 1, 1)],
            )
        _describe(connection, identifier)
    connection.execute(
        "UPDATE quality.comparaisons SET pairs = 9, pairs_valeur = 80, pairs_basse = 70, pairs_haute = 90, "
        "stabilisee = 60, stabilisee_basse = 50, stabilisee_haute = 70 WHERE mesure_id = ?",
        [SAID],
    )
    for fact, label, part, others in (("a", "Une règle écrite", 100, 60), ("b", "Un espace à part", 25, 50)):
        connection.execute(
            "INSERT INTO quality.pratiques BY NAME SELECT ? AS mesure_id, 'region' AS perimetre, 'annee' AS pas, "
            "? AS debut, ? AS pratique, '' AS categorie, ? AS libelle, 4 AS structures, ? AS part, 20 AS autres, "
            "? AS part_autres",
            [SAID, YEAR, fact, label, part, others],
        )


def _describe(connection: duckdb.DuckDBPyConnection, identifier: str) -> None:
    connection.execute(
        "INSERT INTO quality.valeurs BY NAME SELECT 'PD06.declaree@2025.1' AS mesure_id, 'structure' AS niveau, "
        "? AS unite_id, 'annee' AS pas, ? AS debut, '' AS categorie, 'structure' AS agregation, 'ok' AS etat, "
        "? AS valeur, 'mesure' AS provenance",
        [identifier, YEAR, 100 if identifier == "S-002" else 0],
    )


@pytest.fixture(autouse=True)
def _served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))
    for name in ("SPRO_ROLE", "SPRO_RESEAU", "SPRO_STRUCTURE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def connection(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_release(published(home / "releases"))
    yield opened
    opened.close()


def shown(reader: str, **query: str) -> AppTest:
    return _run_once(reader, tuple(sorted(query.items())))


@cache
def _run_once(reader: str, query: tuple[tuple[str, str], ...]) -> AppTest:
    test = run("practices", "page", lecteur=reader, **dict(query))
    assert not test.exception
    return test


def said(reader: str, **query: str) -> str:
    return " ".join(text_of(shown(reader, **query)).split())


def everything(test: AppTest) -> str:
    """All that the page sends but the sidebar, where the sample lets one choose as whom to look."""
    return plain("".join(str(block.proto) for block in _blocks(test)))


def _blocks(test: AppTest) -> Iterator:
    stack = [test.main]
    while stack:
        node = stack.pop()
        children = getattr(node, "children", {})
        stack += children.values()
        if not children:
            yield node


@pytest.mark.parametrize(
    ("reader", "query", "named"),
    [
        (CIO, MEASURE, {"S-002", "S-003", "S-006"}),
        (CIO, MEASURE | {"stabilisee": "oui"}, {"S-002", "S-003", "S-006"}),
        (HEAD, MEASURE, {"S-001"}),
        (HEAD, {"mesure": "PD12.rendue"}, {"S-001"}),
        (TEAM, MEASURE, {"S-004"}),
        (COMMITTEE, MEASURE, set()),
        ("animateur", MEASURE, set()),
    ],
)
def test_nobody_is_named_but_to_whom_may_see_it(reader: str, query: dict[str, str], named: set[str]) -> None:
    names = {identifier: name for identifier, name, *_ in STRUCTURES} | {"S-001": "Mission locale du Pays secret"}
    body = _decoded(everything(shown(reader, **query)))
    assert {each for each, name in names.items() if name in body} == named
    assert set(re.findall(r"S-0\d\d", body)) <= {reader.partition(":")[2]}, "an id, but that of the reader in the links"


def _decoded(proto: str) -> str:
    """Text of a message as printed, where what is not ASCII is written in octal."""
    return re.sub(r"((?:\\[0-7]{3})+)", lambda found: _bytes(found.group()).decode("utf-8", "replace"), proto)


def _bytes(octal: str) -> bytes:
    return bytes(int(each, 8) for each in octal.split("\\")[1:])


@pytest.mark.parametrize(
    ("reader", "query", "told"),
    [
        (CIO, MEASURE, "Comment mes structures pratiquent-elles, comparées à d'autres qui leur ressemblent ?"),
        (CIO, MEASURE, "En 2025, vos trois structures montrées par leur nom se comparent à d'autres sur une mesure."),
        (CIO, MEASURE, "Trois structures de votre réseau n'ont pas accepté d'être nommées"),
        (CIO, MEASURE, "Une règle écrite » : 4 sur 4, contre six sur dix ailleurs. Est-ce une piste ?"),
        (CIO, MEASURE, "CIO de la Pointe ● oui"),
        (CIO, MEASURE, "CIO des Deux Rives ○ non"),
        (CIO, MEASURE, "A CIO de la Lande"),
        (CIO, MEASURE, "Trois structures sur 3 se distinguent de structures semblables"),
        (CIO, MEASURE | {"stabilisee": "oui"}, "elle ne remplace jamais la valeur"),
        (HEAD, {"mesure": "PD12.rendue"}, "qu'entre structures d'un même réseau"),
        (TEAM, MEASURE, "Comment pratiquons-nous, comparés à d'autres structures qui nous ressemblent ?"),
        (COMMITTEE, MEASURE, "Aucune structure n'est nommée ici pour vous"),
        (COMMITTEE, {"mesure": "absente"}, "La mesure « absente » ne compare pas de structures ici"),
        (COMMITTEE, {"territoire": "29"}, "pas dans un département (Finistère)"),
        (COMMITTEE, {"periode": "2025-11"}, "Aucune mesure ne compare les structures pour cette période"),
        ("reseau:info-jeunes", MEASURE, "Aucune structure de votre réseau ne peut être nommée à ce jour"),
    ],
)
def test_the_page_tells(reader: str, query: dict[str, str], told: str) -> None:
    assert told in said(reader, **query)


def test_what_those_far_apart_do_less_often_is_no_lead() -> None:
    assert "« Un espace à part »" not in said(CIO, **MEASURE)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["CIO de la Lande", "CIO de la Pointe", "CIO des Deux Rives"]),
        ({"ordre": "territoire"}, ["CIO des Deux Rives", "CIO de la Pointe", "CIO de la Lande"]),
        ({"ordre": "valeur"}, ["CIO de la Lande", "CIO de la Pointe", "CIO des Deux Rives"]),
    ],
)
def test_rows_are_in_the_order_of_names_or_of_places(query: dict[str, str], names: list[str]) -> None:
    text = said(CIO, **MEASURE, **query).rpartition("telle que chaque structure la décrit")[2]
    assert sorted(names, key=text.index) == names


def test_there_is_no_ranking_word() -> None:
    text = said(CIO, **MEASURE).casefold()
    for word in ("entonnoir", "funnel", "performance", "conformité", "en retard", "premier", "dernier rang"):
        assert word not in text


@pytest.mark.parametrize(
    ("reader", "accepting", "refusing"),
    [(Reader("reseau", "cio"), 3, 3), (Reader("structure", structure="S-004"), 0, 0), (Reader("comite"), 0, 0)],
)
def test_consents_are_counted_for_the_head_of_the_network_alone(
    reader: Reader, accepting: int, refusing: int, connection: duckdb.DuckDBPyConnection
) -> None:
    assert practices.consents(connection, scope_of(reader)).rows() == [(accepting, refusing)]


def test_lines_are_those_of_named_structures_alone(connection: duckdb.DuckDBPyConnection) -> None:
    def units(reader: Reader) -> set[str]:
        found = practices.through_time(connection, scope_of(reader), measures=(SAID, AWAY), pas="annee")
        return set(found["unite_id"])

    assert units(Reader("reseau", "cio")) == {"S-002", "S-003", "S-006"}
    assert units(Reader("structure", structure="S-004")) == {"S-004"}
    assert units(Reader("comite")) == units(Reader("animateur")) == units(Reader("inconnu")) == set()


def test_profiles_are_for_those_who_see_the_region(connection: duckdb.DuckDBPyConnection) -> None:
    told = {"pas": "annee", "debut": YEAR}
    assert practices.profiles(connection, scope_of(Reader("comite")), **told).height == 2
    assert practices.profiles(connection, scope_of(Reader("inconnu")), **told).is_empty()
