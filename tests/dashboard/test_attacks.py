"""What a hostile reader tries: names behind every query, another reader's address, formulas and tags hidden in names."""

from __future__ import annotations

import csv
import importlib
import inspect
import io
import json
import pkgutil
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import duckdb
import plotly.graph_objects as go
import polars as pl
import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

import dashboard.queries
import pipelines.release
from dashboard import cache
from dashboard.access import Reader, scope_of
from dashboard.report.pictures import Told, framed
from dashboard.report.structure import named, sheet
from dashboard.server.headers import SecurityHeaders
from dashboard.views.tables import Table, csv_file, xlsx_file
from grids.errors import SproError
from tests.apart import run_apart

from .candidate_fixture import build_review
from .release_fixture import DATA_AS_OF, RELEASE_ID, build_release, publish
from .structure_fixture import ELSEWHERE, MONTHLY, STRUCTURES, YEARLY, add_structures
from .test_dashboard_pages import run, text_of

SCHEMAS = Path(pipelines.release.__file__).parent / "schema"
NAMES = {identifier: name for identifier, name, _, _ in STRUCTURES}
HEAD, TEAM = "reseau:mission-locale", f"structure:{YEARLY}"
EXECUTED = "<script>alert(1)</script>"
HOSTILE = (EXECUTED, "' OR TRUE --", '"><img src=x onerror=alert(1)>', "../../etc/passwd\ue000**gras**")
PARAMETERS = (
    "lecteur", "structure", "territoire", "periode", "mesure", "critere", "selon", "offre", "ordre", "stabilisee",
    "methode", "livraison", "reseau", "lire", "clauses", "relue", "version", "avant", "introuvable", "langue",
)  # fmt: skip
PAGES = (
    ("summary", "page"), ("field", "principles"), ("territories", "page"), ("practices", "page"), ("structure", "page"),
    ("specification", "page"), ("data_quality", "page"), ("data", "page"), ("attendance", "page"), ("methods", "page"),
    ("grid", "page"),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation whose edition has structures of two networks."""
    copied = tmp_path_factory.mktemp("attacked") / "home"
    shutil.copytree(home, copied)
    add_structures(copied)
    return copied


@pytest.fixture
def attacked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, served to whom the URL says."""
    monkeypatch.setenv("SPRO_HOME", str(folder))
    for name in ("SPRO_ROLE", "SPRO_RESEAU", "SPRO_STRUCTURE", "SPRO_EDITION"):
        monkeypatch.delenv(name, raising=False)
    return folder


def sent(module: str, function: str, **query: str) -> str:
    """Everything that a page sends: HTML, figures with what hovers over them, descriptions, lists, names of files."""
    test = run(module, function, **query)
    assert not test.exception
    return " ".join([str(test.main), str(test.sidebar), *(str(each.proto) for each in _every(test))])


def _every(test) -> list:  # type: ignore[no-untyped-def]  # an element of any kind
    return [*test.get("html"), *test.get("plotly_chart"), *test.get("download_button"), *test.get("selectbox")]


# Every query, put by everybody

PLACES = {
    "C-1": ("cio", True),
    "C-2": ("cio", False),
    "C-3": ("cio", False),
    "C-4": ("cio", None),
    "A-1": ("apec", True),
    "S-1": ("suio", True),
    "S-2": ("suio", False),
}
READERS = {
    Reader("comite"): set(),
    Reader("animateur"): set(),
    Reader("comite", network="cio", structure="C-1"): set(),
    Reader("reseau", network="cio"): {"C-1"},
    Reader("reseau", network="suio"): set(),
    Reader("reseau", network="%"): set(),
    Reader("reseau", network="cio", structure="A-1"): {"C-1"},
    Reader("structure", structure="C-2"): {"C-2"},
    Reader("structure", network="cio", structure="S-2"): {"S-2"},
    Reader("operateur", network="cio", structure="C-1"): set(),
}
ASKED = {
    "niveau": "structure", "pas": "annee", "debut": date(2025, 1, 1), "starts": [date(2025, 1, 1)], "measures": ["x"],
    "version": "x",
}  # fmt: skip


@pytest.fixture(scope="module")
def release() -> Iterator[duckdb.DuckDBPyConnection]:
    """An edition in memory: in every table that tells of units a row for each structure, its id in every word it can be in."""
    opened = duckdb.connect()
    for schema in ("reference", "quality", "analyses", "attendance"):
        opened.execute((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))
    for table in _of_units(opened):
        # Without its constraints: a row of words tells more than any edition would.
        opened.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM {table}")
    for place, (network, consents) in PLACES.items():
        opened.execute(
            "INSERT INTO reference.unites (niveau, unite_id, nom, reseau, partage_nominatif)"
            " VALUES ('structure', $1, $1, $2, $3)",
            [place, network, consents],
        )
        for table in _of_units(opened):
            _insert(opened, table, place)
    yield opened
    opened.close()


def _of_units(opened: duckdb.DuckDBPyConnection) -> list[str]:
    rows = opened.sql(
        "SELECT DISTINCT table_schema || '.' || table_name FROM information_schema.columns"
        " WHERE column_name IN ('unite_id', 'structure_id', 'action_id', 'serie_id') AND table_name <> 'unites' ORDER BY 1"
    ).fetchall()
    return [table for (table,) in rows]


def _insert(opened: duckdb.DuckDBPyConnection, table: str, place: str) -> None:
    known = {
        "niveau": "structure", "pas": "annee", "mesure_id": "x", "version": "x", "perimetre": "region", "canal": "",
        "categorie": "", "etat": "ok",
    }  # fmt: skip
    told = {
        name: known.get(name, place) if kind == "VARCHAR" else date(2025, 1, 1) if kind == "DATE" else 1
        for name, kind, *_ in opened.sql(f"DESCRIBE {table}").fetchall()
    }
    # An unnamed row of the cloud tells its band and its side, which are words of a list.
    told |= {"assise": "20-49", "a_examiner": None} if table == "quality.comparaisons" else {}
    opened.execute(
        f"INSERT INTO {table} ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})", list(told.values())
    )


def _queries() -> Iterator[tuple[str, object]]:
    for found in pkgutil.iter_modules(dashboard.queries.__path__):
        module = importlib.import_module(f"dashboard.queries.{found.name}")
        for name, query in inspect.getmembers(module, inspect.isfunction):
            if query.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{found.name}.{name}", query


@pytest.mark.parametrize("query", [query for _, query in _queries()], ids=[name for name, _ in _queries()])
def test_no_query_gives_a_structure_to_whom_may_not_see_it(release, query) -> None:
    asked = inspect.signature(query).parameters
    for who, seen in READERS.items():
        for place in ("C-1", "C-2", "A-1", "S-2") if "unite_id" in asked else ("",):
            known = {name: value for name, value in {**ASKED, "unite_id": place}.items() if name in asked}
            frame: pl.DataFrame = query(release, scope_of(who), **known)
            words = " ".join(str(cell) for row in frame.iter_rows() for cell in row)
            assert not [each for each in PLACES if each not in seen and each in words], (who, place)


def test_the_edition_of_the_attack_has_something_to_find(release) -> None:
    assert {"quality.valeurs", "quality.participation", "quality.regards", "attendance.frequentation"} <= set(
        _of_units(release)
    )
    for table in _of_units(release):
        assert release.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(PLACES),)


# Every page


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(("module", "function"), PAGES)
@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.usefixtures("attacked")
def test_whatever_the_address_says_nothing_runs_and_nobody_is_named(module: str, function: str, hostile: str) -> None:
    told = sent(module, function, **dict.fromkeys(PARAMETERS, hostile))
    assert "<script" not in told
    assert "<img" not in told
    assert not [name for name in NAMES.values() if name in told]


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("reader", ["comite", "animateur", "reseau:", "reseau:*", "structure:", "COMITE", "operateur"])
@pytest.mark.parametrize("module", ["practices", "structure", "summary"])
@pytest.mark.usefixtures("attacked")
def test_nobody_is_named_to_the_others(module: str, reader: str) -> None:
    told = sent(module, "page", lecteur=reader, structure=MONTHLY, territoire=MONTHLY)
    assert not [name for name in NAMES.values() if name in told]


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("module", ["practices", "structure"])
@pytest.mark.usefixtures("attacked")
def test_the_next_reader_gets_nothing_of_the_one_before(module: str) -> None:
    """What is kept of one session is kept for its reader alone."""
    for _ in range(2):
        assert NAMES[YEARLY] in sent(module, "page", lecteur=HEAD)
        assert NAMES[YEARLY] not in sent(module, "page", lecteur="comite")
        assert NAMES[YEARLY] not in sent(module, "page", lecteur="reseau:cio")


# Who looks


def test_a_role_that_was_given_is_not_changed_by_the_address(attacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_ROLE", "reseau")
    monkeypatch.setenv("SPRO_RESEAU", "cio")
    told = sent("structure", "page", lecteur=TEAM, structure=YEARLY, reseau="mission-locale")
    assert NAMES[YEARLY] not in told
    assert "La structure demandée ne vous est pas ouverte." in told


@pytest.mark.parametrize("role", ["comite", "animateur", "reseau", "structure", "inconnu"])
def test_no_sheet_is_made_for_whom_may_not_read_it(attacked: Path, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_ROLE", role)
    monkeypatch.setenv("SPRO_RESEAU", "cio")
    monkeypatch.setenv("SPRO_STRUCTURE", ELSEWHERE)
    with pytest.raises(SproError):
        named(YEARLY)


@pytest.mark.slow
@pytest.mark.long
def test_real_data_are_read_by_whom_they_are_served_to(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(folder, home)
    _no_longer_synthetic(home, home / "releases" / f"{RELEASE_ID}.duckdb", "published")
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.delenv("SPRO_ROLE", raising=False)
    for reader in (HEAD, TEAM):
        told = sent("practices", "page", lecteur=reader) + sent("structure", "page", lecteur=reader, structure=YEARLY)
        assert not [name for name in NAMES.values() if name in told]
        assert "Vous regardez comme" not in told


def test_real_data_in_review_are_not_opened_by_the_address_of_a_synthetic_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day after a trial: the sample is still published, and the first real edition is read again."""
    candidate = build_review(tmp_path)
    _no_longer_synthetic(tmp_path, candidate, "candidate")
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    for name in ("SPRO_ROLE", "SPRO_RESEAU", "SPRO_EDITION"):
        monkeypatch.delenv(name, raising=False)
    assert not cache.synthetic()
    told = text_of(run("data", "page", lecteur="reseau:cio", lire="relecture"))
    assert "Vos chiffres" not in told
    assert "Les livraisons sont l'affaire de chaque réseau" in told


def test_real_deliveries_are_not_opened_by_the_address_of_a_synthetic_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample is still published, and the first real files have arrived: their receipts count rows."""
    build_release(tmp_path)
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    assert cache.synthetic()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    assert not cache.synthetic()
    (inbox / "SYNTHETIQUE.txt").write_text("Fichiers inventés.", encoding="utf-8")
    assert cache.synthetic()


def _no_longer_synthetic(home: Path, release: Path, pointer: str) -> None:
    with duckdb.connect(str(release)) as connection:
        connection.execute("UPDATE reference.edition SET valeur = 'non' WHERE cle = 'synthetique'")
    _publish_as(home, release, pointer)


def _publish_as(home: Path, release: Path, pointer: str) -> None:
    """Point to what a release now holds, as published or as candidate."""
    kept = home / "releases" / "published.json"
    before = kept.read_bytes()
    publish(home, release, f"{RELEASE_ID}-attacked", DATA_AS_OF)
    if pointer != "published":
        kept.rename(home / "releases" / f"{pointer}.json")
        kept.write_bytes(before)


def test_a_network_finds_only_its_own_figures_in_what_is_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = build_review(tmp_path)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(
            "UPDATE quality.valeurs SET valeur = 47, basse = 47, haute = 47 WHERE unite_id <> 'cio' AND etat = 'ok'"
        )
    _publish_as(tmp_path, candidate, "candidate")
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    for name in ("SPRO_ROLE", "SPRO_RESEAU", "SPRO_EDITION"):
        monkeypatch.delenv(name, raising=False)
    told = text_of(run("data", "page", lecteur="reseau:cio", lire="relecture", reseau="mission-locale"))
    assert "CIO : deux périodes en relecture" in told
    assert "47" not in told


# What hides in words

FORMULAS = ("=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_file_begins_like_a_formula(formula: str) -> None:
    """Neither a row, nor a title, a heading that is a structure's name, or what is written above."""
    written = csv_file(Table(formula, (formula, formula), ((formula, formula),)), (formula,)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(written, newline=""), delimiter=";") for cell in row]
    assert len(cells) == 6
    assert all(cell.startswith("'") for cell in cells)


def test_what_is_no_formula_is_written_as_it_is() -> None:
    written = csv_file(Table("Titre", ("Structure", "Écart"), (("CIO – A", "–"),)), ("Bretagne",)).decode("utf-8-sig")
    assert "'" not in written


@pytest.mark.parametrize("word", [*FORMULAS[:4], '3 jours "ouvrés', EXECUTED])
def test_no_cell_of_a_workbook_is_a_formula(word: str) -> None:
    with ZipFile(io.BytesIO(xlsx_file(Table(word, (word, word), ((word, word),)), (word,)))) as book:
        sheet, styles = (book.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "styles"))
    assert "<f>" not in sheet
    codes = [each.get("formatCode", "") for each in ElementTree.fromstring(styles).iter() if each.get("formatCode")]
    assert all(code.count('"') % 2 == 0 for code in codes)


def test_a_name_is_no_link_in_a_chart() -> None:
    """Plotly draws tags: a structure delivered under the name of a link would be one."""
    link = '<a href="https://exemple.invalid">CIO</a>'

    def drawn(name: str) -> go.Figure:
        figure = go.Figure()
        figure.add_scatter(
            x=[1], y=[2], text=[f"<b>{name}</b>"], customdata=[name], hovertemplate=f"{name}<extra></extra>"
        )
        return figure.add_annotation(text=f"{name}<br>deux lignes")

    found = cache.drawn(drawn, link)
    assert "<a" not in json.dumps(found.to_plotly_json())
    assert found.data[0].text == ('<b>&lt;a href="https://exemple.invalid">CIO&lt;/a></b>',)
    assert found.data[0].hovertemplate.endswith("<extra></extra>")
    assert found.layout.annotations[0].text.endswith("<br>deux lignes")


def test_a_name_is_no_link_in_a_picture() -> None:
    figure = go.Figure(layout={"height": 100, "margin": {"t": 0, "b": 0, "l": 0}})
    link = '<a href="https://exemple.invalid">CIO</a>'
    assert "<a" not in json.dumps(framed(figure, Told(link, (link,), "")).to_plotly_json())


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.usefixtures("attacked")
def test_a_structure_named_like_a_program_is_only_a_name(folder: Path, tmp_path: Path, monkeypatch) -> None:
    home = tmp_path / "home"
    shutil.copytree(folder, home)
    path = home / "releases" / f"{RELEASE_ID}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE reference.unites SET nom = ? WHERE unite_id = ?", [EXECUTED, YEARLY])
    publish(home, path, RELEASE_ID, DATA_AS_OF)
    monkeypatch.setenv("SPRO_HOME", str(home))
    for module in ("practices", "structure"):
        test = run(module, "page", lecteur=TEAM)
        assert not test.exception
        bodies = "".join(each.proto.body for each in test.get("html"))
        assert "<script" not in bodies
        assert "&lt;script&gt;" in bodies
        assert all("<script" not in each.proto.spec for each in test.get("plotly_chart"))


# Files on their way


@pytest.mark.parametrize(("path", "kept"), [("/media/abcd.pdf", "no-store"), ("/static/app.js", None)])
def test_nothing_on_the_way_keeps_a_file(path: str, kept: str | None) -> None:
    started: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: Message) -> None:
        started.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    run_apart(SecurityHeaders(app, policy="")({"type": "http", "path": path}, receive, send))
    assert Headers(scope=started[0]).get("cache-control") == kept


@pytest.mark.slow
@pytest.mark.long
def test_a_sheet_prints_a_name_as_it_is(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that would be a program of the typesetter, were it read as one, makes the sheet neither fail nor run it."""
    home = tmp_path / "home"
    shutil.copytree(folder, home)
    path = home / "releases" / f"{RELEASE_ID}.duckdb"
    program = '#panic("lu") *gras* $x$ @rien <nulle-part> \\ `code` [crochet'
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE reference.unites SET nom = ? WHERE unite_id = ?", [program, YEARLY])
    publish(home, path, RELEASE_ID, DATA_AS_OF)
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.setenv("SPRO_ROLE", "structure")
    monkeypatch.setenv("SPRO_STRUCTURE", YEARLY)
    unit = named(YEARLY)
    assert unit.nom == program
    assert sheet(unit).startswith(b"%PDF")
