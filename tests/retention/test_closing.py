"""A year closed: the figures stay, what links back goes, and a crash at any moment only delays it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from grids.errors import SproError
from pipelines.command_line.yearly import years
from pipelines.home import Home
from pipelines.receipt import Receipt, read_receipts
from pipelines.retention.closing import finish_closing
from pipelines.retention.years import closed_years, refuse_early_closing, state_of, year_states
from tests.retention.conftest import AS_OF, NETWORKS, YEAR, build_as_of, released, staged

IN_YEAR = f"year(TRY_CAST(mois AS DATE)) = {YEAR}"


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from pipelines.home import Home
from pipelines.retention.closing import finish_closing
touched = []
def die(place):
    if len(touched) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    touched.append(place)
finish_closing(Home(Path(sys.argv[1])), die)
"""
"""A closing whose process is killed before it touches the file of that step."""

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]


def _close(home: Path, *options: str) -> str:
    arguments = ["close", str(YEAR), "--home", str(home), "--as-of", AS_OF.isoformat(), *options]
    result = CliRunner().invoke(years, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def _receipts(home: Path) -> dict[tuple[str, str], Receipt]:
    return {(receipt.reseau, receipt.fichier): receipt for receipt in read_receipts(home / "receipts")}


def _rebuild(home: Path) -> dict[str, list[Any]]:
    """A release made anew from the staged rows alone."""
    shutil.rmtree(home / "releases")
    build_as_of(home)
    return released(home)


def _kept_rows(home: Path) -> list[Any]:
    """What the warehouse shows, without what closing changes."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as warehouse:
        return warehouse.execute(
            "SELECT livraison_id, * EXCLUDE (livraison_id, ligne, accueil_ref) FROM accueils ORDER BY ALL"
        ).fetchall()


@pytest.fixture(scope="module")
def closed(delivered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The region with 2025 closed. Read only."""
    home = tmp_path_factory.mktemp("closed") / "home"
    shutil.copytree(delivered.with_name("home-cles"), home.with_name("home-cles"))
    shutil.copytree(delivered, home)
    _close(home, "--yes")
    return home


def test_the_region_has_what_a_closing_must_cope_with(delivered: Path) -> None:
    receipt = _receipts(delivered)["cibc", "fiches_2.csv"]
    assert receipt.bilan.model_dump() == {
        "lues": 120, "nouvelles": 60, "remplacantes": 10, "repetees": 40, "quarantaine": 9, "ecartees": 1,
    }  # fmt: skip
    with staged(delivered, "accueils") as rows:
        assert rows.execute("SELECT count(*) FROM lignes WHERE accueil_ref IS NOT NULL").fetchone() != (0,)
    values = released(delivered)
    assert {row for row in values["quality.valeurs"] if YEAR in [getattr(cell, "year", None) for cell in row]}
    assert values["quality.controles"]


def test_the_figures_are_the_same_before_and_after(delivered: Path, closed: Path, tmp_path: Path) -> None:
    shutil.copytree(closed.with_name("home-cles"), tmp_path / "home-cles")
    home = Path(shutil.copytree(closed, tmp_path / "home"))
    assert _rebuild(home) == released(delivered)
    assert _kept_rows(home) == _kept_rows(delivered)
    before, after = _receipts(delivered), _receipts(home)
    assert {key: receipt.bilan for key, receipt in after.items()} == {key: each.bilan for key, each in before.items()}


def test_the_key_is_gone_and_the_others_stay(closed: Path) -> None:
    assert {path.name for path in closed.with_name("home-cles").iterdir()} == {"2024.key", "2026.key"}
    journal = json.loads((closed / "journal-des-cles.json").read_text(encoding="utf-8"))
    assert journal == [{"annee": YEAR, "fait": "detruite", "le": AS_OF.isoformat()}]


def test_no_reference_of_the_year_is_left_and_those_of_other_years_stay(delivered: Path, closed: Path) -> None:
    for table, reference in (("accueils", "accueil_ref"), ("reponses", "reponse_ref")):
        with staged(delivered, table) as rows:
            old = set(rows.execute(f"SELECT {reference} FROM lignes WHERE {IN_YEAR}").fetchall())
            other = rows.execute(f"SELECT {reference} FROM lignes WHERE NOT {IN_YEAR} ORDER BY ALL").fetchall()
        with staged(closed, table) as rows:
            new = set(rows.execute(f"SELECT {reference} FROM lignes WHERE {IN_YEAR}").fetchall())
            assert not (old & new) - {(None,)}
            assert rows.execute(f"SELECT {reference} FROM lignes WHERE NOT {IN_YEAR} ORDER BY ALL").fetchall() == other


def test_a_record_delivered_once_has_no_reference_at_all(closed: Path) -> None:
    with staged(closed, "accueils") as rows:
        found = rows.execute(
            f"SELECT min(n) FROM (SELECT count(*) AS n FROM lignes WHERE {IN_YEAR} AND accueil_ref IS NOT NULL "
            "GROUP BY accueil_ref)"
        ).fetchone()
        assert found is not None
        assert found[0] >= 2


def test_the_answers_of_a_questionnaire_stay_together(delivered: Path, closed: Path) -> None:
    query = (
        "SELECT list_sort(list(question || valeur)) FROM lignes WHERE valeur IS NOT NULL GROUP BY reponse_ref, filename"
    )
    with staged(closed, "reponses") as rows:
        after = rows.execute(f"SELECT * FROM ({query}) ORDER BY ALL").fetchall()
    assert after
    assert {len(answers) for (answers,) in after} == {2}


def test_what_a_replaced_version_said_is_gone(closed: Path) -> None:
    query = f"""SELECT count(*) FILTER (demande_reformulee IS NULL), count(*) FILTER (tranche_age IS NOT NULL)
      FROM lignes WHERE {IN_YEAR} AND canal IS NULL"""
    with staged(closed, "accueils") as rows:
        emptied = rows.execute(query).fetchone()
    # 20 to 49 were restated, a third of them with another answer; 20 to 29 restated again in the third file, some back.
    assert emptied is not None
    assert emptied[0] >= 10 * len(NETWORKS)
    assert emptied[1] == 0


def test_rows_in_quarantine_undated_or_set_aside_are_gone_but_still_counted(delivered: Path, closed: Path) -> None:
    with staged(closed, "accueils") as rows:
        assert rows.execute(
            "SELECT count(*) FROM lignes WHERE canal LIKE '#%' AND year(mois::DATE) <> 2026"
        ).fetchone() == (0,)
        assert rows.execute("SELECT count(*) FROM lignes WHERE TRY_CAST(mois AS DATE) IS NULL").fetchone() == (0,)
        assert rows.execute("SELECT count(*) FROM lignes WHERE ecartee IS NOT NULL").fetchone() == (0,)
    before = _receipts(delivered)["cibc", "fiches_2.csv"].quarantaine
    after = _receipts(closed)["cibc", "fiches_2.csv"].quarantaine
    assert sorted((each.colonne, each.regle) for each in before) == sorted((each.colonne, each.regle) for each in after)
    assert sorted({each.ligne for each in after if each.ligne < 0}) == list(range(-8, 0))
    assert [each.ligne for each in after if each.ligne > 0] == [max(each.ligne for each in before)]


def test_lines_say_nothing_of_the_order_in_the_file(delivered: Path, closed: Path) -> None:
    query = f"SELECT mois, structure_id, tranche_age FROM lignes WHERE {IN_YEAR} AND filename LIKE '%' || $1 || '%' "
    identifier = _receipts(delivered)["cibc", "fiches_1.csv"].livraison_id
    with staged(delivered, "accueils") as rows:
        before = rows.execute(query, [identifier]).fetchall()
        earliest = rows.execute("SELECT max(premiere_ligne) FROM lignes").fetchone()
    with staged(closed, "accueils") as rows:
        after = rows.execute(query + "ORDER BY ligne", [identifier]).fetchall()
        lines = rows.execute("SELECT min(ligne) FROM lignes WHERE filename LIKE '%' || $1 || '%'", [identifier])
        assert earliest is not None
        assert lines.fetchone() > (len(before),)
    assert after != before
    assert sum(one == other for one, other in zip(before, after, strict=False)) < len(before) / 2


def test_the_analysis_is_filed_and_says_no_small_count(closed: Path) -> None:
    filed = json.loads((closed / "years" / f"{YEAR}.json").read_text(encoding="utf-8"))
    text = (closed / "years" / f"{YEAR}.md").read_text(encoding="utf-8")
    assert filed["anonymat"]["k"] == 5
    assert len(filed["livraisons"]) == 3 * len(NETWORKS) + 2
    for heading in ("## Individualisation", "## Corrélation", "## Inférence"):
        assert heading in text
    assert closed_years(Home(closed)) == {YEAR}
    assert Home(closed).frozen_deliveries() == frozenset(filed["livraisons"])
    assert (state_of(Home(closed), YEAR), state_of(Home(closed), 2026)) == ("anonymisé", "pseudonymisé")
    assert [(each.year, each.has_key) for each in year_states(Home(closed))] == [
        (2024, True),
        (2025, False),
        (2026, True),
    ]


def test_nothing_is_left_aside_and_a_second_closing_is_refused(closed: Path) -> None:
    assert not (closed / "closing").exists()
    assert not list(closed.rglob(".aside-*"))
    with pytest.raises(SproError, match="déjà close"):
        _close(closed, "--yes")


def test_a_dry_run_or_a_no_changes_nothing(home: Path) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != ".lock"}
    assert "Cela ne se défait pas" in _close(home, "--dry-run").replace("\n", " ")
    CliRunner().invoke(years, ["close", str(YEAR), "--home", str(home), "--as-of", AS_OF.isoformat()], input="n\n")
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != ".lock"} == before


@pytest.fixture(scope="module")
def prepared(delivered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The region with everything written aside, and nothing in place yet. Read only."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    shutil.copytree(delivered.with_name("home-cles"), home.with_name("home-cles"))
    shutil.copytree(delivered, home)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pipelines.retention.closing.finish_closing", lambda home: None)
        patched.setattr("pipelines.command_line.yearly._say_closed", lambda *_: None)
        _close(home, "--yes")
    assert (home / "closing" / "journal.json").is_file()
    return home


STEPS = 3 * len(NETWORKS) + 2 + len(NETWORKS) - 1 + 1 + 2
"""Staged files, receipts with lines in quarantine, the key, what is filed."""


@pytest.mark.parametrize("step", range(STEPS))
def test_a_closing_killed_between_two_files_is_completed(
    prepared: Path, delivered: Path, tmp_path: Path, step: int
) -> None:
    shutil.copytree(prepared.with_name("home-cles"), tmp_path / "home-cles")
    home = Path(shutil.copytree(prepared, tmp_path / "home"))
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, str(home), str(step)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert closed_years(Home(home)) == frozenset()
    with Home(home).held():
        assert finish_closing(Home(home)) == YEAR
        assert finish_closing(Home(home)) is None
    assert closed_years(Home(home)) == {YEAR}
    assert not (home.with_name("home-cles") / f"{YEAR}.key").exists()
    assert not (home / "closing").exists()
    with staged(home, "accueils") as rows:
        assert rows.execute(f"SELECT count(*) FROM lignes WHERE ecartee IS NOT NULL AND {IN_YEAR}").fetchone() == (0,)
    if step == STEPS // 2:
        assert _rebuild(home) == released(delivered)


def test_a_closing_killed_while_it_prepares_is_forgotten(home: Path) -> None:
    (home / "closing" / "files" / "staged").mkdir(parents=True)
    (home / "closing" / "files" / "staged" / "moitie.parquet").write_bytes(b"PAR1")
    with Home(home).held():
        assert finish_closing(Home(home)) is None
    assert not (home / "closing").exists()
    assert closed_years(Home(home)) == frozenset()


@pytest.mark.parametrize(
    ("year", "as_of", "sentence"),
    [
        (2026, AS_OF, "n'est pas terminée"),
        (2025, date(2026, 2, 13), "n'est pas terminée"),
        (2022, AS_OF, "n'est pas publiée"),
    ],
)
def test_a_year_closes_only_once_it_is_over_and_published(
    delivered: Path, year: int, as_of: date, sentence: str
) -> None:
    with pytest.raises(SproError, match=sentence):
        refuse_early_closing(Home(delivered), year, as_of)


def test_a_year_does_not_close_while_files_wait(home: Path) -> None:
    (home / "inbox" / "cibc" / "encore.csv").write_text("structure_id;mois\n", encoding="utf-8")
    with pytest.raises(SproError, match="attendent"):
        _close(home, "--yes")


def _comments(path: Path, receipt: Receipt, rows: str) -> None:
    """Stage comments as the door does: (ligne, mois, texte, reference)."""
    path.parent.mkdir(exist_ok=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(
            f"""COPY (SELECT '{receipt.livraison_id}' AS livraison_id, '{receipt.reseau}' AS reseau,
            'a_lire' AS relecture, 'S-1' AS structure_id, 'U13' AS question,
            ligne::BIGINT AS ligne, mois, texte, reference::UUID AS reference
            FROM (VALUES {rows}) AS dites(ligne, mois, texte, reference)) TO '{path}' (FORMAT parquet)"""
        )


def test_comments_of_the_year_lose_their_reference_their_line_and_what_no_longer_holds(home: Path) -> None:
    first, second = _receipts(home)["cio", "avis_1.csv"], _receipts(home)["cio", "avis_2.csv"]
    with staged(home, "reponses") as rows:
        query = "SELECT reponse_ref, ligne FROM lignes WHERE filename LIKE '%' || $1 || '%' ORDER BY ligne"
        answers = rows.execute(query, [first.livraison_id]).fetchall()
    again, once = answers[0], answers[-1]
    folder = home / "staged" / "verbatims"
    paths = [folder / f"{each.livraison_id}.parquet" for each in (first, second)]
    said = [
        f"({again[1]}, '2025-01-01', 'FICTIF repris', '{again[0]}')",
        f"({once[1]}, '2025-01-01', 'FICTIF seul', '{once[0]}')",
        "(900, '2025-01-01', 'FICTIF sans reponse', NULL)",
        "(901, '2026-01-01', 'FICTIF plus tard', uuid()::VARCHAR)",
    ]
    _comments(paths[0], first, ", ".join(said))
    _comments(paths[1], second, f"({again[1]}, '2025-01-01', 'FICTIF encore', '{again[0]}')")
    _close(home, "--yes")
    with duckdb.connect(":memory:") as connection:
        kept = connection.execute(
            f"SELECT texte, ligne, reference IS NULL FROM read_parquet('{folder}/*.parquet') ORDER BY texte"
        ).fetchall()
    assert kept == [
        ("FICTIF encore", 0, True),
        ("FICTIF plus tard", 901, False),
        ("FICTIF sans reponse", 0, True),
        ("FICTIF seul", 0, True),
    ]
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}
    assert {path.stem for path in paths} <= Home(home).frozen_deliveries()
