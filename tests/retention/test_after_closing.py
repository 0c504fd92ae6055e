"""What a build does once a year is closed, or its key lost: nothing counts twice, nothing anonymous is read anew."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from grids.errors import SproError
from pipelines.deliveries import withdraw
from pipelines.home import Home
from pipelines.receipt import Receipt, read_receipts, write_receipt
from pipelines.receipts.faults import faults_of
from pipelines.receipts.text import receipt_lines
from pipelines.retention.closing import finish_closing
from tests.retention.conftest import HEADING, YEAR, build_as_of, record, released
from tests.retention.test_closing import _close

pytestmark = [pytest.mark.slow, pytest.mark.long]
Lay = Callable[..., Path]


def _receipts(home: Path) -> dict[tuple[str, str], Receipt]:
    return {(receipt.reseau, receipt.fichier): receipt for receipt in read_receipts(home / "receipts")}


@pytest.fixture
def closed(home: Path) -> Path:
    """The region with 2025 closed."""
    _close(home, "--yes")
    return home


def test_records_of_a_closed_year_are_refused_and_those_of_an_open_one_come_in(
    closed: Path, delivered: Path, lay: Lay
) -> None:
    lay(closed, "cibc/tard.csv", HEADING + record("cibc", 1), 4)
    lay(closed, "cibc/neuf.csv", HEADING + record("cibc", 900, day="2026-02-03"), 5)
    build_as_of(closed)
    late, new = _receipts(closed)["cibc", "tard.csv"], _receipts(closed)["cibc", "neuf.csv"]
    assert (late.etat, new.etat) == ("refusee", "acceptee")
    assert "année close (2025)" in late.refus
    assert not (closed / "staged" / "accueils" / f"{late.livraison_id}.parquet").exists()
    assert released(closed)["quality.valeurs"] == released(delivered)["quality.valeurs"]
    assert not (closed.with_name("home-cles") / f"{YEAR}.key").exists()


def test_a_mapping_that_changes_or_new_profiles_leave_anonymous_rows_alone(closed: Path, lay: Lay) -> None:
    home = Home(closed)
    frozen = home.frozen_deliveries()
    for receipt in read_receipts(home.receipts):
        write_receipt(home.receipts, receipt.model_copy(update={"correspondance": "autre"}))
    before = {path: path.read_bytes() for path in home.staged.rglob("*.parquet") if path.stem in frozen}
    lay(
        closed,
        "cibc/autres.csv",
        (closed / "inbox/cibc/structures.csv").read_text().replace("FICTIF 0", "FICTIF 00"),
        6,
    )
    build_as_of(closed)
    assert {path: path.read_bytes() for path in before} == before
    assert {each.etat for each in read_receipts(home.receipts)} == {"acceptee"}


def test_anonymous_rows_are_not_withdrawn(closed: Path) -> None:
    receipt = _receipts(closed)["cibc", "fiches_1.csv"]
    with pytest.raises(SproError, match="année close"):
        withdraw(Home(closed), receipt.livraison_id, date(2026, 3, 2))


def test_a_receipt_tells_how_many_rows_were_faulty_and_not_where(closed: Path) -> None:
    receipt = _receipts(closed)["cibc", "fiches_2.csv"]
    assert all(line > 0 for fault in faults_of(receipt) for line in fault.premieres)
    assert "-" not in "".join(line for line in receipt_lines(receipt) if "ligne" in line)


def test_a_build_completes_a_closing_that_was_cut_short(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.retention.closing.finish_closing", lambda home: None)
    monkeypatch.setattr("pipelines.command_line.yearly._say_closed", lambda *_: None)
    _close(home, "--yes")
    assert Home(home).closed_years() == frozenset()
    build_as_of(home)
    assert Home(home).closed_years() == {YEAR}
    assert finish_closing(Home(home)) is None


def test_a_build_stops_at_a_lost_key(home: Path, lay: Lay) -> None:
    shutil.rmtree(home.with_name("home-cles"))
    build_as_of(home)
    lay(home, "cibc/neuf.csv", HEADING + record("cibc", 900, day="2026-02-03"), 5)
    with pytest.raises(SproError, match=r"de 2024, 2025, 2026 a disparu"):
        build_as_of(home)
    assert not home.with_name("home-cles").exists()
