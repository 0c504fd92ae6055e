"""Receipts are kept for their deliverer only, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grids.model import Grid
from pipelines.home import ASIDE, Home
from pipelines.receipt import read_receipts, write_receipt
from pipelines.receipts import store
from pipelines.receipts.store import receipt_page_path, store_pages
from tests.receipts.conftest import Made


@pytest.fixture
def home(tmp_path: Path, made: Made, grid: Grid) -> Home:
    """Two receipts of a network and one of another, with their pages."""
    home = Home(tmp_path)
    for receipt in (made(1), made(2, broken=3), made(3, reseau="cio")):
        write_receipt(home.receipts, receipt)
    store_pages(home, grid)
    return home


def test_each_receipt_has_its_page_and_each_network_its_list(home: Home) -> None:
    for receipt in read_receipts(home.receipts):
        assert receipt.fichier in receipt_page_path(home, receipt).read_text(encoding="utf-8")
    listed = (home.receipts / "apec" / "index.html").read_text(encoding="utf-8")
    assert listed.index("FICTIF-2.csv") < listed.index("FICTIF-1.csv")
    assert "FICTIF-3.csv" not in listed


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_the_owner_may_read_whatever_the_umask(tmp_path: Path, made: Made, grid: Grid) -> None:
    home, before = Home(tmp_path / "data"), os.umask(0)
    try:
        write_receipt(home.receipts, made(1))
        store_pages(home, grid)
    finally:
        os.umask(before)
    folder = home.receipts / "apec"
    assert folder.stat().st_mode & 0o777 == 0o700
    files = sorted(folder.iterdir())
    assert len(files) == 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_a_page_that_says_the_same_is_left_alone(home: Home, grid: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "put_in_place", lambda *_: pytest.fail("written again"))
    store_pages(home, grid)


def test_a_crash_leaves_the_former_page_whole(
    home: Home, grid: Grid, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(built: Path, path: Path) -> None:
        raise OSError("no space left")

    before = (home.receipts / "apec" / f"{2:032x}.html").read_bytes()
    write_receipt(home.receipts, made(2, broken=7))
    monkeypatch.setattr(store, "put_in_place", crash)
    with pytest.raises(OSError, match="no space"):
        store_pages(home, grid)
    assert (home.receipts / "apec" / f"{2:032x}.html").read_bytes() == before
    with home.held():
        assert not list(home.receipts.rglob(f"{ASIDE}*"))


def test_a_receipt_being_written_is_not_read(home: Home) -> None:
    (home.receipts / "apec" / f"{ASIDE}x.json").write_text("{", encoding="utf-8")
    assert [each.rang for each in read_receipts(home.receipts)] == [1, 2, 3]


def test_only_the_networks_asked_for_are_written(tmp_path: Path, made: Made, grid: Grid) -> None:
    home = Home(tmp_path)
    write_receipt(home.receipts, made(1))
    write_receipt(home.receipts, made(2, reseau="cio"))
    store_pages(home, grid, ["cio", "cidff"])
    assert [path.parent.name for path in home.receipts.rglob("index.html")] == ["cio"]
