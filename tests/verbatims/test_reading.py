"""Comments out to a workbook and back: what waits, what the sheet tells and hides, what a decision does. All is fictitious."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from typer.testing import CliRunner

from grids.errors import SproError
from pipelines.command_line.verbatims import commands
from pipelines.home import Home
from pipelines.intake.workbook import open_pages
from pipelines.verbatims.reading import export, import_decisions
from pipelines.verbatims.staged import apply_decisions, comments, waiting

Deliver = Callable[..., None]
Texts = Callable[[pl.DataFrame], list[str]]
ON = date(2026, 3, 1)
HEADINGS = ["Repère", "Réseau", "Question", "Commentaire", "Décision", "Mot à masquer"]
THREE = {1: "Très clair.", 2: "Trop loin de Fictifville.", 3: "=1+1 est une formule"}


def _decided(path: Path, *rows: tuple[str, str, str]) -> Path:
    """A sheet filled in by hand: id, decision, words to mask."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for line, (comment, decision, mask) in enumerate(rows, start=1):
            sheet.write_row(line, 0, [comment, "", "", "", decision, mask])
    return path


def _ids(home: Home) -> dict[str, str]:
    return {row["texte"]: row["id"] for row in comments(home).iter_rows(named=True)}


def test_what_nobody_has_read_waits_each_comment_once(home: Home, deliver: Deliver, texts: Texts) -> None:
    deliver(home, THREE, broken=(4,))
    deliver(home, {1: "Très clair.", 4: "Nouveau."}, rank=2)
    assert sorted(texts(waiting(home))) == ["Nouveau.", "Trop loin de Fictifville.", "Très clair."]


def test_the_sheet_tells_neither_structure_nor_month_and_runs_no_formula(
    home: Home, deliver: Deliver, tmp_path: Path
) -> None:
    deliver(home, THREE)
    path = tmp_path / "relecture.xlsx"
    assert export(home, path) == 3
    [sheet, notice] = open_pages(path)
    rows = sheet.cells.rows()
    assert list(rows[0]) == HEADINGS
    assert rows[3][1:4] == ("CIO", "U03_MOTS", "'=1+1 est une formule")
    told = str(sheet.cells.rows()) + str(notice.cells.rows())
    assert "A-1" not in told
    assert "2025-02" not in told
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_to_read_writes_nothing(home: Home, tmp_path: Path) -> None:
    with pytest.raises(SproError, match="Aucun commentaire"):
        export(home, tmp_path / "relecture.xlsx")
    assert not (tmp_path / "relecture.xlsx").exists()


def test_decisions_erase_mask_and_clear(home: Home, deliver: Deliver, texts: Texts, tmp_path: Path) -> None:
    deliver(home, THREE)
    ids = _ids(home)
    sheet = _decided(
        tmp_path / "relu.xlsx",
        (ids[THREE[1]], "Publiable", ""),
        (ids[THREE[2]], "publiable", "Fictifville"),
        (ids[THREE[3]], "à écarter", ""),
    )
    assert import_decisions(home, sheet, ON) == {"publiable": 2, "ecarte": 1}
    held = comments(home)
    assert texts(held) == ["Très clair.", "Trop loin de […]."]
    assert held["relecture"].to_list() == ["publiable", "publiable"]
    assert waiting(home).is_empty()
    [staged] = (home.staged / "verbatims").iterdir()
    assert b"formule" not in staged.read_bytes()


def test_decisions_hold_ids_and_places_never_words_and_are_private(
    home: Home, deliver: Deliver, tmp_path: Path
) -> None:
    deliver(home, THREE)
    ids = _ids(home)
    import_decisions(home, _decided(tmp_path / "relu.xlsx", (ids[THREE[2]], "publiable", "fictifville")), ON)
    path = home.root / "verbatims" / "decisions.json"
    assert json.loads(path.read_text()) == {
        ids[THREE[2]]: {"decision": "publiable", "le": "2026-03-01", "mots_masques": [3]}
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_same_sheet_again_changes_nothing_and_a_decision_may_change(
    home: Home, deliver: Deliver, texts: Texts, tmp_path: Path
) -> None:
    deliver(home, THREE)
    ids = _ids(home)
    first = _decided(tmp_path / "a.xlsx", (ids[THREE[1]], "publiable", ""), (ids[THREE[3]], "à écarter", ""))
    import_decisions(home, first, ON)
    import_decisions(home, first, date(2026, 4, 1))
    assert "2026-04" not in (home.root / "verbatims" / "decisions.json").read_text()
    import_decisions(home, _decided(tmp_path / "b.xlsx", (ids[THREE[1]], "à écarter", "")), ON)
    assert texts(comments(home)) == [THREE[2]]
    with pytest.raises(SproError, match="déjà été écarté"):
        import_decisions(home, _decided(tmp_path / "c.xlsx", (ids[THREE[1]], "publiable", "")), ON)


def test_a_file_read_again_at_the_door_keeps_its_decisions(
    home: Home, deliver: Deliver, texts: Texts, tmp_path: Path
) -> None:
    deliver(home, THREE)
    ids = _ids(home)
    sheet = _decided(
        tmp_path / "a.xlsx", (ids[THREE[2]], "publiable", "de Fictifville; Trop"), (ids[THREE[3]], "à écarter", "")
    )
    import_decisions(home, sheet, ON)
    deliver(home, THREE)
    assert texts(waiting(home)) == [THREE[1]]
    for _ in range(2):
        apply_decisions(home)
        assert texts(comments(home)) == [THREE[1], "[…] loin […] […]."]


def test_a_discarded_comment_alone_leaves_no_file(home: Home, deliver: Deliver, tmp_path: Path) -> None:
    deliver(home, {1: "À jeter."})
    import_decisions(home, _decided(tmp_path / "a.xlsx", (_ids(home)["À jeter."], "à écarter", "")), ON)
    assert not list((home.staged / "verbatims").iterdir())


FAULTS = {
    "inconnu": (("zzz", "publiable", ""), "Aucun commentaire n'a ce repère."),
    "mot": (("{id}", "peut-être", ""), "La décision n'est pas un des mots admis."),
    "masque absent": (("{id}", "publiable", "Ailleurs"), "Un mot à masquer ne figure pas dans le commentaire."),
    "masque sans décision": (("{id}", "", "loin"), "Un mot est à masquer, mais la décision n'est pas « publiable »."),
    "masque écarté": (("{id}", "à écarter", "loin"), "Un mot est à masquer, mais la décision n'est pas « publiable »."),
}


@pytest.mark.parametrize(("row", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_mistake_is_told_with_its_line_and_nothing_is_recorded(
    home: Home, deliver: Deliver, tmp_path: Path, row: tuple[str, str, str], sentence: str
) -> None:
    deliver(home, THREE)
    ids = _ids(home)
    comment, decision, mask = row
    wrong = (comment.format(id=ids[THREE[2]]), decision, mask)
    with pytest.raises(SproError) as told:
        import_decisions(home, _decided(tmp_path / "a.xlsx", (ids[THREE[1]], "publiable", ""), wrong), ON)
    assert told.value.sentence == sentence
    assert told.value.place == "a.xlsx, ligne 3"
    assert "Ailleurs" not in str(told.value)
    assert not (home.root / "verbatims").exists()


def test_another_workbook_is_told(home: Home, deliver: Deliver, tmp_path: Path) -> None:
    deliver(home, THREE)
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["Repère", "Avis"])
    with pytest.raises(SproError, match="pas de colonne « Décision »"):
        import_decisions(home, tmp_path / "a.xlsx", ON)


def test_the_commands_tell_what_they_did(home: Home, deliver: Deliver, tmp_path: Path) -> None:
    deliver(home, THREE)
    run, sheet = CliRunner(env={"COLUMNS": "200"}), tmp_path / "relecture.xlsx"
    written = run.invoke(commands, ["export", "--out", str(sheet), "--home", str(home.root)])
    assert "Commentaires à relire : 3." in written.output
    _decided(sheet, (_ids(home)[THREE[1]], "publiable", ""))
    read = run.invoke(commands, ["import", str(sheet), "--home", str(home.root)])
    assert "Publiables : 1. Écartés et effacés : 0." in read.output
