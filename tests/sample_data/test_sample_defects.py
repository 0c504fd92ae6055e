"""Each planted defect is where planted.yaml says and answered as it says; identities stand only where they are stripped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grids.network import load_mapping
from sample_data.definitions import networks, read
from sample_data.records import Records

from .conftest import OWN_CSV, Answer

DEFECTS = read("planted.yaml")["defects"]
IDENTITIES = read("planted.yaml")["identities"]
LIMESURVEY = {*OWN_CSV, "chambres-consulaires"}
Lines = Callable[[Path], list[list[str]]]
Rows = Callable[[Path], list[dict[str, str]]]
Door = Callable[[str, str], Answer]
Breaches = Callable[[str, str], set[tuple[int, str, str]]]


def _those(which: Callable[[dict[str, Any]], bool]) -> list[Any]:
    return [pytest.param(each, id=each["id"]) for each in DEFECTS if which(each)]


def _of_rule(*rules: str) -> list[Any]:
    return _those(lambda each: each["rule"] in rules and each["network"] in OWN_CSV)


def test_there_are_at_least_twelve_kinds_of_defects_and_five_reasons_to_set_rows_aside() -> None:
    rules = {each["rule"] for each in DEFECTS}
    assert len(rules) >= 12
    assert len({each["id"] for each in DEFECTS}) == len(DEFECTS)
    assert {each["reason"] for each in read("planted.yaml")["set_aside"]} == {"totaux", "vides", "inachevés"}


@pytest.mark.parametrize("defect", _those(lambda each: "target" in each))
def test_the_door_and_the_contract_find_each_bad_row_and_no_other(breaches: Breaches, defect: dict[str, Any]) -> None:
    expected = {(line, defect["target"], defect["rule"]) for line in defect["lines"]}
    assert breaches(defect["network"], defect["file"]) == expected


@pytest.mark.parametrize("defect", _those(lambda each: each.get("refused_whole", False)))
def test_the_door_refuses_the_file_and_says_why_without_its_values(door: Door, defect: dict[str, Any]) -> None:
    refusal = door(defect["network"], defect["file"]).refusal
    assert defect.get("receipt", "annonce l'identité d'une personne") in refusal
    assert str(defect.get("value", "FICTIF")) not in refusal
    if "column" in defect:
        assert defect["column"].casefold() in refusal.casefold()
    if "made_from" in defect:
        assert not door(defect["network"], defect["made_from"]).refusal


@pytest.mark.parametrize("each", [pytest.param(each, id=each["id"]) for each in read("planted.yaml")["set_aside"]])
def test_rows_that_are_no_record_are_set_aside(door: Door, made: dict[str, Records], each: dict[str, Any]) -> None:
    found = door(each["network"], each["file"]).set_aside[each["reason"]]
    assert found == each["count"] if "count" in each else found > 3


def test_corrections_give_again_the_references_of_the_first_file_with_other_cells(door: Door) -> None:
    (defect,) = [each for each in DEFECTS if each["rule"] == "remplacantes"]
    first, again = (door(defect["network"], defect[name]).staged for name in ("made_from", "file"))
    by_reference = {row["accueil_ref"]: row for row in first}
    assert len(again) == len({row["accueil_ref"] for row in again}) == defect["count"]
    for row in again:
        changed = {name for name in row if name != "ligne" and row[name] != by_reference[row["accueil_ref"]][name]}
        assert changed == {"conseil"}


@pytest.mark.parametrize("defect", _of_rule("code_inconnu", "illisible"))
def test_a_bad_value_stands_at_its_lines_and_nowhere_else(inbox: Path, lines: Lines, defect: dict[str, Any]) -> None:
    found = lines(inbox / defect["network"] / defect["file"])
    heading = next(line for line in found if defect["column"] in line)
    column = heading.index(defect["column"])
    holding = [
        number for number, line in enumerate(found, start=1) if line[column:] and line[column] == defect["value"]
    ]
    assert holding == defect["lines"]
    source = load_mapping(defect["network"]).deliveries[0].columns[defect["target"]]
    assert source.heading == defect["column"]


@pytest.mark.parametrize("defect", _of_rule("repetees"))
def test_repeated_records_are_those_of_an_earlier_file(inbox: Path, lines: Lines, defect: dict[str, Any]) -> None:
    later, earlier = (lines(inbox / defect["network"] / defect[name]) for name in ("file", "copied_from"))
    again = [later[number - 1] for number in defect["lines"]]
    assert again == [earlier[number - 1] for number in defect["copied_lines"]]
    assert len(again) == defect["count"]
    assert all(after - before == 1 for before, after in pairwise(defect["lines"]))


def test_no_other_record_is_repeated(inbox: Path, rows: Rows) -> None:
    planted = {each["network"]: each["count"] for each in DEFECTS if each["rule"] == "repetees"}
    for network in OWN_CSV:
        reference = load_mapping(network).deliveries[0].columns["accueil_ref"].heading
        files = (path for path in (inbox / network).glob("fiches_*.csv") if "extraction" not in path.name)
        found = Counter(record[reference] for path in files for record in rows(path))
        assert sum(count - 1 for count in found.values()) == planted.get(network, 0)


@pytest.mark.parametrize("defect", _of_rule("identite"))
def test_the_nominative_extraction_adds_one_undeclared_column(inbox: Path, rows: Rows, defect: dict[str, Any]) -> None:
    records = rows(inbox / defect["network"] / defect["file"])
    regular = rows(inbox / defect["network"] / defect["file"].replace("_extraction", ""))
    assert [{**record, defect["column"]: ""} for record in regular] == [
        {**each, defect["column"]: ""} for each in records
    ]
    assert all(record[defect["column"]].startswith(defect["value_prefix"]) for record in records)
    delivery = load_mapping(defect["network"]).deliveries[0]
    assert defect["column"] not in {*delivery.kept_headings, *delivery.removed, *delivery.ignored}


def test_no_identity_stands_in_a_column_that_a_mapping_keeps(inbox: Path, rows: Rows) -> None:
    prefixes = tuple(each["prefix"] for each in IDENTITIES)
    seen: set[str] = set()
    for path in (path for network in OWN_CSV for path in (inbox / network).glob("*.csv")):
        for record in rows(path):
            for column, value in record.items():
                if value.startswith(prefixes):
                    seen.add(f"{path.parent.name} {column}")
    declared = {
        f"{network} {each['column']}"
        for each in IDENTITIES
        for network in (LIMESURVEY if each["network"] == "limesurvey" else [each["network"]])
        if network in OWN_CSV
    }
    assert seen == declared
    for network in OWN_CSV:
        for delivery in load_mapping(network).deliveries:
            reread = {*delivery.kept_headings, *delivery.ignored}
            assert not {f"{network} {heading}" for heading in reread} & declared


@pytest.mark.parametrize("prefix", sorted({each["prefix"] for each in IDENTITIES}))
def test_an_identity_stands_in_files_of_its_networks_only(inbox: Path, prefix: str) -> None:
    networks_told = {each["network"] for each in IDENTITIES if each["prefix"] == prefix}
    if "limesurvey" in networks_told:
        networks_told = networks_told - {"limesurvey"} | LIMESURVEY
    holding = {path.parent.name for path in inbox.glob("*/*.csv") if prefix.encode() in path.read_bytes()}
    assert holding == networks_told


@pytest.mark.parametrize(
    ("network", "file", "removed"),
    [
        ("transitions-pro", "rdv_2023-S1.csv", {"usager(s)", "date de naissance", "commune", "agent(s)"}),
        ("chambres-consulaires", "avis_2023-S1.csv", {"token", "ipaddr", "refurl"}),
        ("suio", "avis_2023-S1.csv", {"IP Address", "UID", "Username"}),
    ],
)
def test_what_a_mapping_declares_to_remove_does_not_pass_the_door(
    door: Door, network: str, file: str, removed: set[str]
) -> None:
    answer = door(network, file)
    assert set(answer.removed) == removed
    told = repr(answer.staged)
    assert not [each["prefix"] for each in IDENTITIES if each["prefix"] in told]


def test_every_defect_is_of_a_network_of_the_region() -> None:
    assert {each["network"] for each in DEFECTS} <= {each.code for each in networks()}
