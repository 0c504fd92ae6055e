"""The generated Table Schema and our door say the same of the same rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grids.contract import TABLES, Column, allowed_values, load_contract
from grids.register import network_codes
from pipelines.handouts.examples import example_of
from pipelines.handouts.table_schema import example_file, table_schema, write_schemas
from pipelines.receipt import Breach
from pipelines.validation.rules import link_rule_name

frictionless = pytest.importorskip("frictionless")

Row = dict[str, str]
Breaches = Callable[[str, Sequence[Row]], tuple[Breach, ...]]

SAYABLE = {"obligatoire", "code_inconnu", "illisible", "hors_bornes", "trop_de_valeurs", "valeur_seule"}
"""The rules that a Table Schema can say; the others are in `custom_checks`."""

DAYS = [
    "2026-02-01", "2026-02-28", "1900-01-01", "2099-12-31", "1899-12-31", "2100-01-01", "2026-13-01", "2026-02-30",
    "01/02/2026", "2026-02", "février 2026", "",
]  # fmt: skip
IDENTIFIERS = ["A-1", "FICTIF-01", "a" * 64, "a" * 65, "deux mots", "-a", "é", "a/b", "=1", ""]
VALUES = {
    "reference": ["R-1", "deux mots", "é", ""],
    "mois": DAYS,
    "date": DAYS,
    "booleen": ["oui", "non", "peut-être", "1", "true", ""],
    "entier": ["0", "12", "-1", "730", "731", "1000000", "1000001", "1.5", "12 jours", "99999999999", ""],
    "nombre": ["0", "0.125", "-3.5", "12", "1,2,3", "douze", ""],
    "siret": ["00000000000018", "0000000000001", "000000000000180", "A0000000000018", ""],
    "commune": ["35238", "29232", "75056", "99999", "3523", "Rennes", ""],
    "texte": IDENTIFIERS,
    "question": IDENTIFIERS,
    "reponse": IDENTIFIERS,
    "phrase": ["Une demi-journée de plus", "2 lieux", "x" * 120, "x" * 121, "#1", "Lieu #", ""],
}
NAMES = ["Lieu FICTIF", "L", "x" * 120, "x" * 121, "#1", "9 lieux", "Lieu #", "@lieu", ""]


def tried(column: Column) -> list[str]:
    """Good and bad cells of a column, spelt as the contract does or plainly wrong."""
    if column.name == "nom":
        return NAMES
    if column.type in VALUES:
        return VALUES[column.type]
    codes = [*allowed_values(column, network_codes())]
    if column.type == "code":
        return [*codes, codes[0] + "x", "hors liste", ""]
    return [*codes, "|".join(codes[:2]), "|".join(codes[:3]), f"{codes[0]}|hors", f"{codes[0]}||{codes[1]}", "hors", ""]


def good_row(table: str, number: int) -> Row:
    """The example row, with a key of its own: what a repeated key becomes is the warehouse's to say."""
    contract = load_contract(table)
    row = {column.name: example_of(contract, column) for column in contract.columns}
    own = {
        "structures": "structure_id",
        "accueils": "accueil_ref",
        "reponses": "reponse_ref",
        "indicateurs_reseau": "unite_id",
        "frequentation": "unite_id",
        "actions": "action_id",
        "evenements": "mois",
    }
    # An event is known by its month, among others: no two rows of one try are the same.
    value = f"{1950 + number // 12}-{1 + number % 12:02d}-01" if table == "evenements" else f"CAS-{number}"
    return row | {own[table]: value}


def refused_by_the_schema(table: str, rows: Sequence[Row]) -> set[int]:
    """Line numbers (the heading is 1) that frictionless refuses."""
    data = [list(rows[0]), *([each or None for each in row.values()] for row in rows)]
    resource = frictionless.Resource(data=data, schema=frictionless.Schema.from_descriptor(table_schema(table)))
    errors = resource.validate(limit_errors=1_000_000).flatten(["rowNumber", "type"])
    assert {kind for _, kind in errors} <= {"type-error", "constraint-error", "primary-key", "blank-row"}
    return {line for line, _ in errors}


def refused_by_us(found: Sequence[Breach]) -> set[int]:
    return {breach.ligne for breach in found if breach.regle in SAYABLE}


def one_cell_apart(table: str) -> list[Row]:
    columns = load_contract(table).columns
    changes = [(column.name, cell) for column in columns for cell in tried(column)]
    return [good_row(table, number) | {name: cell} for number, (name, cell) in enumerate(changes)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.long
def test_the_schema_and_the_door_refuse_the_same_rows_when_one_cell_changes(table: str, breaches: Breaches) -> None:
    rows = one_cell_apart(table)
    # A key that is tried out may repeat or be empty: only cells are compared here.
    ours, theirs = refused_by_us(breaches(table, rows)), refused_by_the_schema(table, rows)
    differ = {line: rows[line - 2] for line in ours ^ theirs}
    assert not differ
    assert ours
    assert len(ours) < len(rows)


@pytest.mark.long
@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_schema_and_the_door_refuse_the_same_rows_of_any_mixture(
    table: str, breaches: Breaches, data: st.DataObject
) -> None:
    columns = load_contract(table).columns
    drawn = st.dictionaries(st.sampled_from([column.name for column in columns]), st.integers(0, 100), max_size=4)
    changes = data.draw(st.lists(drawn, min_size=20, max_size=40))
    by_name = {column.name: tried(column) for column in columns}
    rows = [
        good_row(table, number)
        | {
            name: by_name[name][pick % len(by_name[name])]
            for name, pick in change.items()
            if name not in own_key(table)
        }
        for number, change in enumerate(changes)
    ]
    assert refused_by_us(breaches(table, rows)) == refused_by_the_schema(table, rows)


def own_key(table: str) -> set[str]:
    return set(table_schema(table).get("primaryKey", ()))


@pytest.mark.parametrize(
    ("column", "cell"),
    [("canal", "PRESENTIEL"), ("canal", " tchat"), ("modalite", "Différé"), ("demande_reformulee", "OUI"),
     ("orientation", "CIO | apec"), ("attente_jours_ouvres", " 2")],
)  # fmt: skip
@pytest.mark.long
def test_the_door_forgives_a_spelling_that_the_schema_does_not(column: str, cell: str, breaches: Breaches) -> None:
    rows = [good_row("accueils", 1) | {column: cell}]
    assert not breaches("accueils", rows)
    if column != "attente_jours_ouvres":
        assert refused_by_the_schema("accueils", rows) == {2}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.long
def test_whatever_else_the_door_checks_is_told_in_words(table: str, breaches: Breaches) -> None:
    links = {link_rule_name(link) for link in load_contract(table).links}
    told = {check["name"] for check in table_schema(table)["custom_checks"]} | links
    assert {breach.regle for breach in breaches(table, one_cell_apart(table))} <= SAYABLE | told
    assert {rule.id for rule in load_contract(table).rules} <= told


@pytest.mark.parametrize("table", TABLES)
def test_a_schema_says_all_that_the_register_of_schemas_asks(table: str) -> None:
    schema = table_schema(table)
    asked = {"name", "title", "description", "countryCode", "homepage", "path", "resources", "sources", "contributors",
             "version", "created", "lastModified", "licenses", "fields", "missingValues"}  # fmt: skip
    assert asked <= set(schema)
    assert schema["countryCode"] == "FR"
    assert json.loads(json.dumps(schema)) == schema
    for field in schema["fields"]:
        assert {"name", "title", "description", "type", "format", "example", "constraints"} <= set(field)


@pytest.mark.parametrize("table", TABLES)
def test_the_example_file_passes_the_schema_the_door_and_the_contract(
    table: str, tmp_path: Path, breaches: Breaches
) -> None:
    written = write_schemas(tmp_path)
    assert len(written) == 2 * len(TABLES)
    with (tmp_path / example_file(table)).open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert len(rows) == 1
    assert not breaches(table, rows)
    assert not refused_by_the_schema(table, rows)


def test_the_schemas_name_nobody(tmp_path: Path) -> None:
    for table in TABLES:
        people = table_schema(table)["contributors"]
        assert {"title", "role"} == {key for each in people for key in each}
