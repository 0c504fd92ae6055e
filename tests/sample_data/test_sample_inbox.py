"""The inbox as a whole: the same for a seed, the right files, in the encodings that offices export."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from grids.contract import load_contract
from grids.territories import communes, merged_communes
from sample_data.definitions import networks, read
from sample_data.deliveries import deliveries
from sample_data.delivery import Delivery
from sample_data.records import Records
from sample_data.region import structures

from .conftest import OWN_CSV

Rows = Callable[[Path], list[dict[str, str]]]

STRUCTURES = {
    "mission-locale": 20, "cap-emploi": 10, "info-jeunes": 16, "cio": 14, "france-travail": 14, "apec": 6,
    "chambres-consulaires": 15, "cidff": 6, "suio": 9, "transitions-pro": 10,
}  # fmt: skip
FILES = 335
QUARTERS = [f"{year}-T{quarter}" for year in (2023, 2024, 2025) for quarter in (1, 2, 3, 4)]
HALVES = [f"{year}-S{half}" for year in (2023, 2024, 2025) for half in (1, 2)]
# The last files of the grid before hold the stragglers; those of the new grid begin with 2025.
FIRST_QUARTERS, FIRST_HALVES = QUARTERS[:9], HALVES[:5]
PRESENT_QUARTERS, PRESENT_HALVES = QUARTERS[8:], HALVES[4:]
PRACTICES = {"pratiques_2025.csv", "equipes_2025.csv"}
TOLD_ALIKE = {f"{network}/actions_2025.csv" for network in OWN_CSV} | {"mission-locale/evenements_2025.csv"}
"""What networks tell of their actions does not follow from the seed."""
SURVEYS = ("avis_*.csv", "questionnaire_*.csv", "pratiques_*.csv", "equipes_*.csv")


@pytest.fixture(scope="module")
def third() -> list[Delivery]:
    """Every file of another seed than the other tests'."""
    return list(deliveries(3))


@pytest.mark.long
def test_same_seed_same_files(third: list[Delivery]) -> None:
    assert list(deliveries(3)) == third


def test_other_seed_other_bytes(third: list[Delivery], inbox: Path) -> None:
    one = {each.path: each.content for each in third}
    other = {path.relative_to(inbox).as_posix(): path.read_bytes() for path in inbox.rglob("*") if path.is_file()}
    assert one.keys() == other.keys()
    changed = {path for path in one if one[path] != other[path]}
    assert one.keys() - changed == {"SYNTHETIQUE.txt", "transitions-pro/rdv_2023-S2.xls"} | TOLD_ALIKE


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 99])
def test_every_seed_can_be_planted(seed: int, inbox: Path) -> None:
    # Whether an old questionnaire comes back late is left to chance.
    made = {each.path for each in deliveries(seed) if "/avis_2025" not in each.path}
    usual = {path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if path.is_file()}
    assert made == {path for path in usual if "/avis_2025" not in path}


def test_files_of_each_network(inbox: Path) -> None:
    files = {f"fiches_{quarter}.csv" for quarter in QUARTERS} | {f"avis_{quarter}.csv" for quarter in FIRST_QUARTERS}
    files |= {f"avis_un_mois_{half}.csv" for half in FIRST_HALVES} | _yearly("structures") | _yearly("frequentation")
    files |= {f"questionnaire_{quarter}.csv" for quarter in PRESENT_QUARTERS} | PRACTICES
    monthly = {f"questionnaire_un_mois_{half}.csv" for half in PRESENT_HALVES}
    files |= monthly
    halves = {f"avis_{half}.csv" for half in FIRST_HALVES} | {f"questionnaire_{half}.csv" for half in PRESENT_HALVES}
    expected = dict.fromkeys(OWN_CSV, files) | {
        "france-travail": _yearly("structures")
        | _yearly("indicateurs")
        | _yearly("frequentation")
        | {"reponses_professionnels_2025.csv"},
        "apec": _yearly("structures") | {f"fiches_{quarter}.xlsx" for quarter in QUARTERS},
        "chambres-consulaires": _yearly("structures")
        | _yearly("frequentation")
        | {f"fiches_{quarter}.csv" for quarter in QUARTERS}
        | halves
        | monthly
        | PRACTICES,
        "cidff": _yearly("structures")
        | {f"fiche_CIDFF-{rank:04d}_2025-{month:02d}.xlsx" for rank in range(1, 7) for month in range(1, 13)},
        "suio": _yearly("structures")
        | _yearly("frequentation")
        | {f"accueils_{half}.grist" for half in HALVES}
        | halves
        | monthly,
        "transitions-pro": _yearly("structures") | {f"rdv_{half}.csv" for half in HALVES},
    }
    for network, sound in expected.items():
        more = {each["file"] for each in read("planted.yaml")["defects"] if each["network"] == network} - sound
        told = {path.partition("/")[2] for path in TOLD_ALIKE if path.startswith(f"{network}/")}
        assert {path.name for path in (inbox / network).iterdir()} == sound | more | told
    assert sum(path.is_file() for path in inbox.rglob("*")) == FILES


def _yearly(kind: str) -> set[str]:
    return {f"{kind}_{year}.csv" for year in (2023, 2024, 2025)}


def test_the_inbox_tells_that_it_is_synthetic(inbox: Path) -> None:
    assert "synthétiques" in (inbox / "SYNTHETIQUE.txt").read_text("utf-8")


def test_files_are_dated_as_delivered(inbox: Path) -> None:
    stamps = {"cio/fiches_2024-T1.csv": (2024, 4, 20), "cio/frequentation_2024.csv": (2025, 1, 20)}
    for path, day in stamps.items():
        assert datetime.fromtimestamp((inbox / path).stat().st_mtime, UTC) == datetime(*day, 12, tzinfo=UTC)


def test_structures_months_and_volume(made: dict[str, Records]) -> None:
    places = pl.concat(each.structures for each in made.values())
    days = pl.concat(each.receptions["jour"] for each in made.values())
    assert {code: len(each.structures) for code, each in made.items()} == STRUCTURES
    assert places["structure_id"].n_unique() == places["nom"].n_unique() == 120
    assert places.filter(pl.col("reseau").is_in(OWN_CSV))["volume"].is_between(4, 60).all()
    assert days.dt.strftime("%Y-%m").n_unique() == 36
    assert 90_000 <= len(days) <= 120_000


def test_the_four_departements_an_island_and_merged_communes(made: dict[str, Records]) -> None:
    codes = pl.concat(each.structures for each in made.values())["commune_insee"].to_list()
    merged = merged_communes()
    present = [communes()[merged.get(code, code)] for code in codes]
    assert {each.departement for each in present} == {"22", "29", "35", "56"}
    assert "" in {each.epci for each in present}
    assert len([code for code in codes if code in merged]) >= 3


def test_three_hundred_structures_keep_the_shares_of_the_networks() -> None:
    counts = {network.code: network.structures for network in networks(300)}
    assert sum(counts.values()) == 300
    assert all(abs(counts[code] - 2.5 * count) < 1 for code, count in STRUCTURES.items())
    places = structures(2026, 300)
    assert places["structure_id"].n_unique() == places["nom"].n_unique() == 300


@pytest.mark.long
@pytest.mark.slow
def test_three_hundred_structures_can_be_planted() -> None:
    assert len({each.path for each in deliveries(2026, 300)}) == FILES + 12 * (15 - 6)


@pytest.mark.parametrize("count", ["60", "9000", "beaucoup"])
def test_a_number_of_structures_that_cannot_be_is_refused_in_french(count: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sample_data", "--out", str(tmp_path), "--structures", count]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "un nombre entre 120 et 600 est attendu" in done.stderr
    assert not list(tmp_path.iterdir())


def test_nobody_is_received_in_a_closed_structure(made: dict[str, Records]) -> None:
    for each in made.values():
        joined = each.receptions.join(each.structures, on="structure_id")
        assert joined.filter((pl.col("jour") < pl.col("actif_du")) | (pl.col("jour") > pl.col("actif_au"))).is_empty()
    places = pl.concat(each.structures for each in made.values())
    assert len(places.filter(pl.col("actif_du") > pl.date(2023, 1, 1))) == 2
    assert places["actif_au"].drop_nulls().dt.year().to_list() == [2025]


def test_receptions_are_windows_1252_and_nothing_narrower(inbox: Path) -> None:
    for path in (path for network in OWN_CSV for path in (inbox / network).glob("fiches_*.csv")):
        content = path.read_bytes()
        text = content.decode("cp1252", errors="strict")
        assert content.count(b"\n") == content.count(b"\r\n") == text.count("\n")
        with pytest.raises(UnicodeEncodeError):
            text.encode("latin-1")
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


def test_surveys_look_like_limesurvey(inbox: Path) -> None:
    for path in _surveys(inbox):
        content = path.read_bytes()
        assert content.startswith(b'\xef\xbb\xbf"id";"submitdate";"lastpage"')
        assert content.endswith(b'"\r\n\r\n')
        assert all(line.startswith(b'"') and line.endswith(b'"') for line in content[3:].split(b"\r\n") if line)


def test_survey_identifiers_are_unique_in_a_network(inbox: Path, rows: Rows) -> None:
    for network in OWN_CSV:
        found = [row["id"] for path in _surveys(inbox, network) for row in rows(path)]
        assert len(found) == len(set(found))


def _surveys(inbox: Path, *networks: str) -> list[Path]:
    return [path for network in networks or OWN_CSV for name in SURVEYS for path in (inbox / network).glob(name)]


def test_some_questionnaires_are_unfinished(inbox: Path, rows: Rows) -> None:
    people = [path for path in _surveys(inbox) if path.name not in PRACTICES]
    found = [row for path in people for row in rows(path)]
    assert 0.03 < sum(not row["submitdate"] for row in found) / len(found) < 0.08


@pytest.mark.parametrize("table", ["structures", "frequentation", "actions", "evenements"])
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
    for network in OWN_CSV:
        files = sorted((inbox / network).glob("frequentation_*.csv"))
        counted = sum(pl.read_csv(path, separator=";")["accueils"].sum() for path in files)
        records = len(made[network].receptions)
        assert 1 < counted / records < 1.15
