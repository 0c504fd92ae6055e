"""The four mapping files say all that the tools export: every heading, every word, and delays that can be counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import holidays
import numpy as np
import polars as pl
import pytest

from grids.network import Delivery, Source, load_mapping
from sample_data.definitions import read
from sample_data.records import Records

Rows = Callable[[Path], list[dict[str, str]]]

NETWORKS = ("mission-locale", "cap-emploi", "info-jeunes", "cio")
KINDS = {"fiches": "fiches_2*-T?.csv", "avis": "avis_2*.csv", "avis_un_mois": "avis_un_mois_*.csv"}
CASES = [pytest.param(network, kind, id=f"{network} {kind}") for network in NETWORKS for kind in KINDS]


def _delivery(network: str, kind: str) -> Delivery:
    return next(each for each in load_mapping(network).deliveries if each.id == kind)


@pytest.mark.parametrize(("network", "kind"), CASES)
def test_every_heading_is_named_once(inbox: Path, rows: Rows, network: str, kind: str) -> None:
    delivery = _delivery(network, kind)
    named = [*delivery.kept_headings, *delivery.removed, *delivery.ignored]
    assert len(named) == len(set(named))
    for path in (inbox / network).glob(KINDS[kind]):
        headings = list(rows(path)[0])
        assert sorted(headings) == sorted(named)
        assert set(delivery.recognised_by) <= set(headings)


@pytest.mark.parametrize(("network", "kind"), CASES)
def test_a_file_is_recognised_as_one_delivery_only(network: str, kind: str) -> None:
    delivery = _delivery(network, kind)
    headings = {*delivery.kept_headings, *delivery.removed, *delivery.ignored}
    assert [each.id for each in load_mapping(network).deliveries if set(each.recognised_by) <= headings] == [kind]


@pytest.mark.parametrize(("network", "kind"), CASES)
def test_every_word_is_known_but_the_planted_one(inbox: Path, rows: Rows, network: str, kind: str) -> None:
    delivery = _delivery(network, kind)
    sources = [each for each in (*delivery.columns.values(), *delivery.questions.values()) if each.values]
    unknown = {
        word
        for path in (inbox / network).glob(KINDS[kind])
        for record in rows(path)
        for source in sources
        for word in _words(record[source.heading], source)
        if word not in source.values
    }
    planted = {
        each["value"]
        for each in read("planted.yaml")["defects"]
        if each["rule"] == "code_inconnu" and each["network"] == network and kind == "fiches"
    }
    assert unknown == planted


def _words(cell: str, source: Source) -> list[str]:
    return [word for word in (cell.split(source.separator) if source.separator else [cell]) if word]


@pytest.mark.parametrize("network", NETWORKS)
def test_delays_counted_from_the_two_dates_are_the_planted_ones(
    inbox: Path, rows: Rows, made: dict[str, Records], network: str
) -> None:
    delay = _delivery(network, "fiches").columns["attente_jours_ouvres"].working_days
    assert delay is not None
    records = [record for path in sorted((inbox / network).glob("fiches_2023-T?.csv")) for record in rows(path)]
    both = [(_day(each[delay.start]), _day(each[delay.end])) for each in records if each[delay.start]]
    starts, ends = (np.array(column, dtype="datetime64[D]") for column in zip(*both, strict=True))
    off = np.array(list(holidays.country_holidays("FR", years=[2022, 2023])), dtype="datetime64[D]")
    counted = np.busday_count(starts, ends, holidays=off).tolist()
    known = made[network].receptions.filter(pl.col("jour").dt.year() == 2023, pl.col("demande").is_not_null())
    assert counted == known["attente_jours_ouvres"].to_list()


def _day(cell: str) -> date:
    return datetime.strptime(cell, "%d/%m/%Y").date()
