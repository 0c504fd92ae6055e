"""A network takes a delivery back: its rows go, its receipt stays and says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from grids.errors import BuildBusy, SproError
from pipelines import deliveries
from pipelines.deliveries import forget_withdrawn, listed, withdraw
from pipelines.home import Home
from pipelines.receipt import Receipt, write_receipt
from tests.receipts.conftest import Made

ON = date(2025, 5, 2)


@pytest.fixture
def home(tmp_path: Path, made: Made) -> Home:
    """Three deliveries, accepted, refused and read, the first two beginning alike; the rows of those that count."""
    home = Home(tmp_path)
    for receipt in (
        made(1, livraison_id="ab12"),
        made(2, livraison_id="ab34", etat="refusee"),
        made(3, livraison_id="cd56", etat="lue"),
    ):
        write_receipt(home.receipts, receipt)
        if receipt.counts:
            rows = _rows(home, receipt.livraison_id)
            rows.parent.mkdir(parents=True, exist_ok=True)
            rows.write_bytes(b"rows")
    return home


def _rows(home: Home, delivery: str) -> Path:
    return home.staged / "accueils" / f"{delivery}.parquet"


def _state(home: Home, delivery: str) -> Receipt:
    return next(each for each in listed(home) if each.livraison_id == delivery)


@pytest.mark.parametrize(("prefix", "delivery"), [("ab1", "ab12"), (" AB12 ", "ab12"), ("c", "cd56")])
def test_a_withdrawn_delivery_loses_its_rows_and_keeps_its_receipt(home: Home, prefix: str, delivery: str) -> None:
    before = _state(home, delivery)
    assert withdraw(home, prefix, ON) == _state(home, delivery)
    after = _state(home, delivery)
    assert after == before.model_copy(update={"etat": "retiree", "retiree_le": ON})
    assert not after.counts
    assert not _rows(home, delivery).exists()
    assert len(list(home.staged.rglob("*.parquet"))) == 1
    page = (home.receipts / "apec" / f"{delivery}.html").read_text(encoding="utf-8")
    assert "Retirée le 2 mai 2025" in page
    assert "Retirée le 2 mai 2025" in (home.receipts / "apec" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("zz", "Aucune livraison ne commence par « zz »."),
        ("", "Aucune livraison ne commence par «  »."),
        ("ab", "Plusieurs livraisons commencent par « ab » : ab12 (FICTIF-1.csv), ab34 (FICTIF-2.csv)."),
        ("ab34", "Cette livraison a été refusée : rien n'en est gardé."),
    ],
)
def test_what_cannot_be_withdrawn_is_told_and_changes_nothing(home: Home, prefix: str, said: str) -> None:
    before = listed(home), sorted(home.staged.rglob("*"))
    with pytest.raises(SproError) as told:
        withdraw(home, prefix, ON)
    assert told.value.sentence == said
    assert told.value.remedy
    assert (listed(home), sorted(home.staged.rglob("*"))) == before


def test_a_delivery_is_withdrawn_once(home: Home) -> None:
    withdraw(home, "ab12", ON)
    with pytest.raises(SproError, match="déjà retirée, depuis le 2 mai 2025"):
        withdraw(home, "ab12", date(2025, 6, 1))
    assert _state(home, "ab12").retiree_le == ON


def test_nothing_is_withdrawn_while_a_build_runs(home: Home) -> None:
    with home.held(), pytest.raises(BuildBusy):
        withdraw(home, "ab12", ON)
    assert _state(home, "ab12").etat == "acceptee"


def test_a_crash_in_between_never_leaves_a_counted_delivery_without_its_rows(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(deliveries, "_forget", crash)
        with pytest.raises(OSError, match="killed"):
            withdraw(home, "ab12", ON)
    assert _state(home, "ab12").etat == "retiree"
    assert _rows(home, "ab12").exists()
    forget_withdrawn(home)
    assert not _rows(home, "ab12").exists()
    assert _rows(home, "cd56").exists()


def test_deliveries_are_listed_in_the_order_of_their_arrival(home: Home) -> None:
    assert [each.livraison_id for each in listed(home)] == ["ab12", "ab34", "cd56"]
