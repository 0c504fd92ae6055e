"""Each planted defect is where planted.yaml says, and identities stand only where a mapping strips them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from grids.network import load_mapping
from sample_data.definitions import read

NETWORKS = ("mission-locale", "cap-emploi", "info-jeunes", "cio")
DEFECTS = read("planted.yaml")["defects"]
Lines = Callable[[Path], list[list[str]]]
Rows = Callable[[Path], list[dict[str, str]]]

IDENTITIES = tuple(each["prefix"] for each in read("planted.yaml")["identities"])


def _of_rule(*rules: str) -> list[Any]:
    return [pytest.param(each, id=each["id"]) for each in DEFECTS if each["rule"] in rules]


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
    for network in NETWORKS:
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
    seen: set[str] = set()
    for path in inbox.glob("*/*.csv"):
        for record in rows(path):
            for column, value in record.items():
                if value.startswith(IDENTITIES):
                    seen.add(f"{path.parent.name} {column}")
    declared = {
        f"{network} {each['column']}"
        for each in read("planted.yaml")["identities"]
        for network in (NETWORKS if each["network"] == "*" else [each["network"]])
    }
    assert seen == declared
    for network in NETWORKS:
        for delivery in load_mapping(network).deliveries:
            reread = {*delivery.kept_headings, *delivery.ignored}
            assert not {f"{network} {heading}" for heading in reread} & declared
