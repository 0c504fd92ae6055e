"""The inbox as a whole: the same for a seed, the right files, in the encodings that offices export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from grids.contract import load_contract
from grids.territories import communes
from sample_data.deliveries import deliveries
from sample_data.records import Records

Rows = Callable[[Path], list[dict[str, str]]]

NETWORKS = {"mission-locale": 20, "cap-emploi": 10, "info-jeunes": 16, "cio": 14}
QUARTERS = [f"{year}-T{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4)]


def test_same_seed_same_files() -> None:
    assert list(deliveries(3)) == list(deliveries(3))


def test_other_seed_other_bytes() -> None:
    one, other = ({each.path: each.content for each in deliveries(seed)} for seed in (3, 4))
    assert one.keys() == other.keys()
    changed = {path for path in one if one[path] != other[path]}
    assert one.keys() - changed == {"SYNTHETIQUE.txt"}


@pytest.mark.parametrize("seed", [0, 99])
def test_every_seed_can_be_planted(seed: int) -> None:
    assert len(list(deliveries(seed))) == 146


def test_files_of_each_network(inbox: Path) -> None:
    expected = {f"fiches_{quarter}.csv" for quarter in QUARTERS} | {f"avis_{quarter}.csv" for quarter in QUARTERS}
    expected |= {f"avis_un_mois_{year}-S{half}.csv" for year in (2023, 2024, 2025) for half in (1, 2)}
    expected |= {f"{kind}_{year}.csv" for kind in ("structures", "frequentation") for year in (2023, 2024, 2025)}
    for network in NETWORKS:
        more = {"fiches_2024-T2_extraction.csv"} if network == "cap-emploi" else set()
        assert {path.name for path in (inbox / network).iterdir()} == expected | more


def test_the_inbox_tells_that_it_is_synthetic(inbox: Path) -> None:
    assert "synthétiques" in (inbox / "SYNTHETIQUE.txt").read_text("utf-8")


def test_files_are_dated_as_delivered(inbox: Path) -> None:
    stamps = {"cio/fiches_2024-T1.csv": (2024, 4, 20), "cio/frequentation_2024.csv": (2025, 1, 20)}
    for path, day in stamps.items():
        assert datetime.fromtimestamp((inbox / path).stat().st_mtime, UTC) == datetime(*day, 12, tzinfo=UTC)


def test_structures_months_and_volume(made: dict[str, Records]) -> None:
    places = pl.concat(each.structures for each in made.values())
    days = pl.concat(each.receptions["jour"] for each in made.values())
    assert {code: len(each.structures) for code, each in made.items()} == NETWORKS
    assert places["structure_id"].n_unique() == places["nom"].n_unique() == 60
    assert set(places["commune_insee"]) <= set(communes())
    assert places["volume"].is_between(4, 60).all()
    assert days.dt.strftime("%Y-%m").n_unique() == 36
    assert 40_000 <= len(days) <= 50_000


def test_nobody_is_received_in_a_closed_structure(made: dict[str, Records]) -> None:
    for each in made.values():
        joined = each.receptions.join(each.structures, on="structure_id")
        assert joined.filter((pl.col("jour") < pl.col("actif_du")) | (pl.col("jour") > pl.col("actif_au"))).is_empty()
    places = pl.concat(each.structures for each in made.values())
    assert len(places.filter(pl.col("actif_du") > pl.date(2023, 1, 1))) == 2
    assert places["actif_au"].drop_nulls().dt.year().to_list() == [2025]


def test_receptions_are_windows_1252_and_nothing_narrower(inbox: Path) -> None:
    for path in inbox.glob("*/fiches_*.csv"):
        content = path.read_bytes()
        text = content.decode("cp1252", errors="strict")
        assert content.count(b"\n") == content.count(b"\r\n") == text.count("\n")
        with pytest.raises(UnicodeEncodeError):
            text.encode("latin-1")
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


def test_surveys_look_like_limesurvey(inbox: Path) -> None:
    for path in inbox.glob("*/avis_*.csv"):
        content = path.read_bytes()
        assert content.startswith(b'\xef\xbb\xbf"id";"submitdate";"lastpage"')
        assert content.endswith(b'"\r\n\r\n')
        assert all(line.startswith(b'"') and line.endswith(b'"') for line in content[3:].split(b"\r\n") if line)


def test_survey_identifiers_are_unique_in_a_network(inbox: Path, rows: Rows) -> None:
    for network in NETWORKS:
        found = [row["id"] for path in (inbox / network).glob("avis_*.csv") for row in rows(path)]
        assert len(found) == len(set(found))


def test_some_questionnaires_are_unfinished(inbox: Path, rows: Rows) -> None:
    found = [row for path in inbox.glob("*/avis_*.csv") for row in rows(path)]
    assert 0.03 < sum(not row["submitdate"] for row in found) / len(found) < 0.08


@pytest.mark.parametrize("table", ["structures", "frequentation"])
def test_files_in_the_contract_s_shape_have_its_headings(inbox: Path, table: str) -> None:
    expected = [column.name for column in load_contract(table).columns]
    for path in inbox.glob(f"*/{table}_*.csv"):
        assert path.read_bytes().split(b"\r\n")[0].decode().split(";") == expected


def test_titles_totals_and_blank_lines(inbox: Path) -> None:
    def text(network: str) -> list[str]:
        return (inbox / network / "fiches_2023-T2.csv").read_bytes().decode("cp1252").split("\r\n")[:-1]

    for network in ("mission-locale", "cio"):
        assert ";" not in text(network)[0]
        assert text(network)[-1].startswith(f"TOTAL;{len(text(network)) - 3};")
    assert sum(not line.strip(";") for line in text("info-jeunes")) > 5
    assert all(line.strip(";") for line in text("cap-emploi"))


def test_attendance_counts_more_than_the_records_but_not_much(inbox: Path, made: dict[str, Records]) -> None:
    for network in NETWORKS:
        files = sorted((inbox / network).glob("frequentation_*.csv"))
        counted = sum(pl.read_csv(path, separator=";")["accueils"].sum() for path in files)
        records = len(made[network].receptions)
        assert 1 < counted / records < 1.15
