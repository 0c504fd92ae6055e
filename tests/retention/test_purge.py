"""Each store keeps what it holds as long as its setting says, then forgets it, and the purge says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from grids.errors import GridError
from grids.retention import Retention, load_retention, months_after
from pipelines.command_line.yearly import purge
from pipelines.home import Home, write_json
from pipelines.receipt import Receipt, read_receipts, write_receipt
from pipelines.retention.purge import Doomed, finish_purge, plan_purge, run_purge

ROOT = Path(__file__).parents[2]
TODAY = date(2030, 6, 15)
KILLED_AT = """
import os, signal, sys
from datetime import date
from pathlib import Path
from grids.retention import load_retention
from pipelines.home import Home
from pipelines.retention import purge
remove, removed = purge.remove, []
def die(path):
    if len(removed) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    removed.append(path)
    remove(path)
purge.remove = die
home = Home(Path(sys.argv[1]))
purge.run_purge(home, purge.plan_purge(home, load_retention(), date(2030, 6, 15)), date(2030, 6, 15))
"""
"""A purge whose process is killed before it removes that file."""
RULES = load_retention()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "donnees")


def _receipt(home: Home, name: str, state: str, on: str, table: str = "accueils") -> Receipt:
    told = {"livraison_id": name, "rang": 1, "reseau": "cio", "fichier": f"{name}.csv", "recue_le": on}
    withdrawn = {"retiree_le": on} if state == "retiree" else {}
    receipt = Receipt.model_validate({**told, **withdrawn, "correspondance": "", "etat": state, "contrat": table})
    write_receipt(home.receipts, receipt)
    (home.receipts / "cio" / f"{name}.html").write_text("page", encoding="utf-8")
    return receipt


def _parquet(path: Path, rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    return path


def _stage(home: Home, name: str, *months: str, table: str = "accueils") -> Path:
    rows = " UNION ALL ".join(f"SELECT '{month}' AS mois" for month in months)
    return _parquet(home.staged / table / f"{name}.parquet", rows)


def _close(home: Home, year: int, on: str, *deliveries: str) -> None:
    write_json(home.years / f"{year}.json", {"annee": year, "close_le": on, "livraisons": deliveries})


def _edition(home: Home, day: str, *, published: bool = False) -> str:
    name = f"{day}-abcdef01"
    (home.releases).mkdir(parents=True, exist_ok=True)
    (home.releases / f"{name}.duckdb").write_bytes(b"")
    told = {"release_id": name, "donnees_du": day, "version": "1", "livraisons": "1"}
    write_json(home.releases / f"{name}.json", told)
    if published:
        pointer = {"release_id": name, "fichier": f"{name}.duckdb", "empreinte": "", "donnees_du": day}
        write_json(home.releases / "published.json", pointer)
    return name


def _objects(doomed: list[Doomed]) -> list[str]:
    return [each.what for each in doomed]


@pytest.mark.parametrize(
    ("table", "closed_on", "goes"),
    [
        ("accueils", "2025-06-15", True),
        ("accueils", "2025-06-16", False),
        ("reponses", "2027-06-15", True),
        ("reponses", "2027-06-16", False),
    ],
)
def test_rows_go_so_long_after_their_year_closed(home: Home, table: str, closed_on: str, goes: bool) -> None:
    _receipt(home, "livree", "acceptee", "2024-01-05", table)
    rows = _stage(home, "livree", "2024-03-01", table=table)
    comments = _parquet(home.staged / "verbatims" / "livree.parquet", "SELECT 'lu' AS relecture")
    _close(home, 2024, closed_on, "livree")
    doomed = plan_purge(home, RULES, TODAY)
    assert _objects(doomed) == (["livraison livree (cio)"] if goes else [])
    run_purge(home, doomed, TODAY)
    assert {rows.exists(), comments.exists(), bool(read_receipts(home.receipts))} == {not goes}


def test_rows_of_an_open_year_keep_their_file(home: Home) -> None:
    _receipt(home, "melee", "acceptee", "2024-01-05")
    _stage(home, "melee", "2023-12-01", "2024-01-01")
    _close(home, 2023, "2024-03-01", "melee")
    assert plan_purge(home, RULES, TODAY) == []
    _close(home, 2024, "2025-03-01", "melee")
    assert _objects(plan_purge(home, RULES, TODAY)) == ["livraison melee (cio)"]


def test_the_receipt_goes_before_its_rows(home: Home) -> None:
    _receipt(home, "livree", "acceptee", "2024-01-05")
    _stage(home, "livree", "2024-03-01")
    _close(home, 2024, "2025-03-01", "livree")
    [doomed] = plan_purge(home, RULES, TODAY)
    assert [path.suffix for path in doomed.files] == [".json", ".html", ".parquet", ".parquet"]


@pytest.mark.parametrize(
    ("state", "on", "goes"),
    [
        ("refusee", "2029-12-15", True),
        ("refusee", "2029-12-16", False),
        ("retiree", "2029-06-15", True),
        ("retiree", "2029-06-16", False),
        ("lue", "2020-01-01", False),
    ],
)
def test_receipts_of_what_does_not_count_go_with_time(home: Home, state: str, on: str, goes: bool) -> None:
    _receipt(home, "livree", state, on)
    assert bool(plan_purge(home, RULES, TODAY)) == goes


@pytest.mark.parametrize("state", ["refusee", "retiree"])
def test_a_receipt_stays_while_its_file_is_in_the_inbox(home: Home, state: str) -> None:
    _receipt(home, "livree", state, "2020-01-01")
    waiting = home.inbox / "cio" / "livree.csv"
    waiting.parent.mkdir(parents=True)
    waiting.write_text("a\n", encoding="utf-8")
    assert plan_purge(home, RULES, TODAY) == []


def test_comments_that_nobody_read_go_and_the_others_stay(home: Home) -> None:
    _receipt(home, "recente", "acceptee", "2030-01-05", "reponses")
    _receipt(home, "ancienne", "acceptee", "2029-06-15", "reponses")
    rows = "SELECT unnest(['a_lire', 'lu', 'a_lire']) AS relecture, 'FICTIF' AS texte"
    _parquet(home.staged / "verbatims" / "recente.parquet", rows)
    old = _parquet(home.staged / "verbatims" / "ancienne.parquet", rows)
    doomed = plan_purge(home, RULES, TODAY)
    assert [(each.store, each.what) for each in doomed] == [("commentaires non lus", "livraison ancienne (cio)")]
    run_purge(home, doomed, TODAY)
    with duckdb.connect(":memory:") as connection:
        assert connection.execute(f"SELECT relecture FROM '{old}'").fetchall() == [("lu",)]
    assert plan_purge(home, RULES, TODAY) == []


def test_a_file_of_comments_goes_with_its_last_one(home: Home) -> None:
    _receipt(home, "ancienne", "acceptee", "2029-06-15", "reponses")
    path = _parquet(home.staged / "verbatims" / "ancienne.parquet", "SELECT 'a_lire' AS relecture")
    run_purge(home, plan_purge(home, RULES, TODAY), TODAY)
    assert not path.exists()


def test_superseded_editions_go_beyond_the_latest_and_never_the_published_one(home: Home) -> None:
    older = [_edition(home, f"{year}-03-01") for year in range(2010, 2025)]
    published = _edition(home, "2025-03-01", published=True)
    candidate = _edition(home, "2026-03-01")
    doomed = plan_purge(home, RULES, TODAY)
    assert _objects(doomed) == [f"édition {each}" for each in older[:3]]
    run_purge(home, doomed, TODAY)
    left = {path.stem for path in home.releases.glob("*.duckdb")}
    assert left == {*older[3:], published, candidate}


def test_no_edition_goes_while_none_is_published(home: Home) -> None:
    for year in range(2000, 2025):
        _edition(home, f"{year}-03-01")
    assert plan_purge(home, RULES, TODAY) == []


@pytest.mark.parametrize(("built", "goes"), [(date(2030, 3, 15), True), (date(2030, 3, 16), False)])
def test_a_warehouse_that_nobody_builds_goes(home: Home, built: date, goes: bool) -> None:
    home.root.mkdir()
    home.warehouse.write_bytes(b"")
    moment = datetime.combine(built, datetime.min.time()).timestamp()
    os.utime(home.warehouse, (moment, moment))
    assert bool(plan_purge(home, RULES, TODAY)) == goes


def test_a_setting_without_limit_keeps_everything(home: Home) -> None:
    _receipt(home, "livree", "refusee", "2000-01-01")
    assert plan_purge(home, RULES, TODAY)
    endless = RULES.model_copy(update={"refused": RULES.refused.model_copy(update={"months": None})})
    assert plan_purge(home, endless, TODAY) == []


def test_a_purge_is_traced_without_any_file_name(home: Home) -> None:
    _receipt(home, "livree", "refusee", "2020-01-01")
    run_purge(home, plan_purge(home, RULES, TODAY), TODAY)
    text = (home.root / "purges.json").read_text(encoding="utf-8")
    [run] = json.loads(text)
    assert (run["le"], run["etat"], run["effaces"][0]["depot"]) == ("2030-06-15", "terminee", "accusés de refus")
    assert "livree.csv" not in text


@pytest.mark.parametrize("removed", range(4))
def test_a_purge_killed_between_two_files_is_completed(home: Home, removed: int) -> None:
    _receipt(home, "livree", "acceptee", "2024-01-05")
    _stage(home, "livree", "2024-03-01")
    _close(home, 2024, "2025-03-01", "livree")
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, str(home.root), str(removed)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert json.loads((home.root / "purges.json").read_text(encoding="utf-8"))[0]["etat"] == "commencee"
    for _ in range(2):
        finish_purge(home)
    assert not [path for store in (home.receipts, home.staged) for path in store.rglob("*.*")]
    assert json.loads((home.root / "purges.json").read_text(encoding="utf-8"))[0]["etat"] == "terminee"


def _command(home: Home, *options: str, answer: str = "") -> str:
    app = typer.Typer()
    app.command()(purge)
    arguments = ["--home", str(home.root), "--as-of", TODAY.isoformat(), *options]
    result = CliRunner().invoke(app, arguments, input=answer)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_the_command_lists_asks_then_removes(home: Home) -> None:
    _receipt(home, "livree", "refusee", "2020-01-01")
    expected = "accusés de refus : livraison livree (cio), gardé 6 mois depuis la réception, le 1er janvier 2020."
    assert expected in _command(home, "--dry-run")
    assert expected in _command(home, answer="n\n")
    assert read_receipts(home.receipts)
    _command(home, "--yes")
    assert not read_receipts(home.receipts)
    assert "Rien n'a passé sa durée" in _command(home, "--yes")


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 600))
def test_months_go_by_as_on_a_calendar(event: date, months: int) -> None:
    after = months_after(event, months)
    passed = (after.year - event.year) * 12 + after.month - event.month
    assert (passed, after.day) in ((months, event.day), (months + 1, 1))
    assert after.day == event.day or event.day > 28


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("mois: 60", "mois: 0", "ne peut pas être plus petit que 1"),
        ("  nombre: 12\n", "", "« nombre » manque"),
        ("mois: 60", "ans: 5", "manque"),
    ],
)
def test_a_setting_that_cannot_be_is_told_with_its_place(
    tmp_path: Path, before: str, after: str, sentence: str
) -> None:
    text = (ROOT / "grids" / "conservation.yaml").read_text(encoding="utf-8")
    (tmp_path / "conservation.yaml").write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(GridError, match=sentence):
        load_retention(tmp_path / "conservation.yaml")


def test_every_setting_says_why_and_who_is_to_decide() -> None:
    for name in Retention.model_fields:
        assert "à faire valider par les réseaux" in getattr(RULES, name).decided_by
