"""Who sees which structure by name: every query that tells of units, put by every kind of reader."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

import pipelines.release
from dashboard import reader
from dashboard.access import ROLES, Reader, Scope, scope_of
from dashboard.deliverers import networks_open_to
from dashboard.queries import analyses, quality, reference, structures

YEAR = date(2025, 1, 1)
SCHEMAS = Path(pipelines.release.__file__).parent / "schema"
# Structure: its network, whether it consents to be named to its head of network.
PLACES = {
    "C-oui": ("cio", True),
    "C-non": ("cio", False),
    "C-non-2": ("cio", False),
    "C-tait": ("cio", None),
    "A-oui": ("apec", True),
    "A-oui-2": ("apec", True),
    # Two refusals: what the network's figure leaves beside the others' would be theirs.
    "S-oui": ("suio", True),
    "S-non": ("suio", False),
    "S-tait": ("suio", None),
}
SEEN = [
    (Reader("comite"), set()),
    (Reader("animateur"), set()),
    (Reader("comite", network="cio", structure="C-non"), set()),
    (Reader("reseau", network="cio"), {"C-oui"}),
    (Reader("reseau", network="apec"), {"A-oui", "A-oui-2"}),
    (Reader("reseau", network="suio"), set()),
    (Reader("structure", structure="S-oui"), {"S-oui"}),
    (Reader("reseau"), set()),
    (Reader("reseau", network="' OR TRUE --"), set()),
    (Reader("structure", structure="C-non"), {"C-non"}),
    (Reader("structure", network="cio", structure="A-oui"), {"A-oui"}),
    (Reader("structure"), set()),
    (Reader("inconnu", network="cio", structure="C-oui"), set()),
]


@pytest.fixture(scope="module")
def release() -> Iterator[duckdb.DuckDBPyConnection]:
    """An edition in memory where every table that tells of units has a row for each structure."""
    opened = duckdb.connect()
    for schema in ("reference", "quality", "analyses"):
        opened.execute((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))
    for place, (network, consents) in PLACES.items():
        opened.execute(
            "INSERT INTO reference.unites (niveau, unite_id, nom, reseau, partage_nominatif)"
            " VALUES ('structure', $1, $1, $2, $3)",
            [place, network, consents],
        )
        for statement in ROWS:
            opened.execute(statement, [place] if "$1" in statement else [])
    yield opened
    opened.close()


ROWS = (
    "INSERT INTO quality.valeurs (mesure_id, niveau, unite_id, pas, debut, categorie, agregation, etat)"
    " VALUES ('M', 'structure', $1, 'annee', '2025-01-01', '', 'structure', 'masque')",
    "INSERT INTO quality.series VALUES"
    " ($1, 'M', 'structure', $1, 'annee', '', 'structure', 'ligne', 'trop_tot', NULL, NULL, TRUE)",
    "INSERT INTO quality.points VALUES ($1, '2025-01-01', 'M', 0, 50, NULL, NULL, NULL, '')",
    "INSERT INTO quality.evenements VALUES ('structure', $1, '', '2025-01-01', 'autre', 'Une raison.', 'animateur')",
    "INSERT INTO quality.comparaisons (mesure_id, structure_id, pas, debut, perimetre, valeur, assise)"
    " VALUES ('M', $1, 'annee', '2025-01-01', 'region', 50, '20-49')",
    "INSERT INTO quality.phrases VALUES ('M', 'structure', $1, 'annee', '2025-01-01', 'Un fait.', 'Solide.', 'Pourquoi ?')",
    "INSERT INTO quality.actions VALUES ($1, 'Une action', 'structure', $1, 'M', 'plus', '2025-01-01', 1, NULL)",
    "INSERT INTO quality.effets (action_id, mesure_id, pas, verdict, phrase)"
    " VALUES ($1, 'M', 'mois', 'Variation habituelle', 'Rien.')",
    "INSERT INTO quality.criteres VALUES ('c', 'structure', $1, 'annee', '2025-01-01', 'M', NULL, 'stable')",
)
ASKED = {"niveau": "structure", "pas": "annee", "debut": YEAR, "starts": [YEAR]}
OF_ONE_UNIT = (quality.series, *(getattr(analyses, name) for name in ("lines", "points", "events", "sentences")))
OF_ONE_UNIT += (analyses.actions, analyses.effects, analyses.criteria)


def _put(query, release: duckdb.DuckDBPyConnection, scope: Scope, unit: str = ""):
    known = {**ASKED, "unite_id": unit}
    wanted = [name for name in inspect.signature(query).parameters if name in known]
    return query(release, scope, **{name: known[name] for name in wanted})


@pytest.mark.parametrize(("who", "seen"), SEEN)
@pytest.mark.parametrize("query", OF_ONE_UNIT, ids=lambda query: query.__name__)
def test_a_structure_is_told_only_to_whom_it_may_be_named(release, who: Reader, seen: set[str], query) -> None:
    told = {place for place in PLACES if not _put(query, release, scope_of(who), place).is_empty()}
    assert told == seen


@pytest.mark.parametrize(("who", "seen"), SEEN)
def test_what_is_told_of_every_unit_holds_no_other_structure(release, who: Reader, seen: set[str]) -> None:
    scope = scope_of(who)
    assert set(_put(quality.values, release, scope)["unite_id"]) == seen
    assert set(structures.named(release, scope)["unite_id"]) == seen
    assert set(_put(structures.compared, release, scope)["structure_id"]) == seen


@pytest.mark.parametrize("module", [quality, analyses, reference, structures], ids=lambda module: module.__name__)
def test_no_query_gives_away_another_structure(release, module: ModuleType) -> None:
    """Whatever is asked by a reader of « cio », no cell of any frame holds a structure of another network."""
    hidden = {place for place in PLACES if place != "C-oui"}
    for query in (
        each for _, each in inspect.getmembers(module, inspect.isfunction) if each.__module__ == module.__name__
    ):
        if query.__name__.startswith("_"):
            continue
        for place in PLACES:
            frame = _put(query, release, scope_of(Reader("reseau", network="cio")), place)
            assert not hidden & {str(cell) for row in frame.iter_rows() for cell in row}, query.__name__


def test_the_structures_of_the_sample_are_listed_only_where_all_is_synthetic(release) -> None:
    assert structures.of_the_sample(release, Scope(())).is_empty()
    release.execute("INSERT INTO reference.edition VALUES ('synthetique', 'oui')")
    assert structures.of_the_sample(release, Scope(())).height == len(PLACES)
    release.execute("DELETE FROM reference.edition")


def test_nobody_sees_partners_one_by_one() -> None:
    for role in ROLES:
        assert "cio" in scope_of(Reader(role)).closed_categories


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("comite", Reader("comite")),
        ("reseau:cio", Reader("reseau", network="cio")),
        ("structure:C-oui", Reader("structure", structure="C-oui")),
        ("reseau", None),
        ("comite:cio", None),
        ("directeur", None),
        ("", None),
    ],
)
def test_a_reader_is_read_from_the_address(code: str, found: Reader | None) -> None:
    assert reader.read(code) == found
    assert found is None or found.code == code


def test_only_a_synthetic_edition_lets_one_choose_as_whom_to_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPRO_ROLE", raising=False)
    assert reader.choosable(synthetic=True)
    assert not reader.choosable(synthetic=False)
    monkeypatch.setenv("SPRO_ROLE", "comite")
    assert not reader.choosable(synthetic=True)


def test_who_may_deliver() -> None:
    assert [each.code for each in networks_open_to(Reader("reseau", network="cio"))] == ["cio"]
    assert len(networks_open_to(Reader("animateur"))) > 10
    assert networks_open_to(Reader("comite")) == networks_open_to(Reader("structure", structure="C-oui")) == ()
