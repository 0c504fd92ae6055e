"""The SQL of the dashboard: what it reads, and what it never reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
import sqlglot
from sqlglot import exp

import dashboard
from dashboard.access import Reader, Scope, scope_of
from dashboard.queries import attendance, quality, reference, visibility

YEAR = date(2025, 1, 1)
FOLDER = Path(dashboard.__file__).parent
COMMITTEE = scope_of(Reader("comite"))
NOBODY = scope_of(Reader("inconnu"))


def _strings(path: Path) -> Iterator[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces:
            yield node.value
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else _named(part) for part in node.values)


def _named(part: ast.FormattedValue) -> str:
    """What an f-string holds in place of a name: the rule of what may be seen, or a list of columns."""
    return getattr(visibility, ast.unparse(part.value), "*")


def _queries(path: Path) -> list[exp.Expression]:
    texts = [text for text in _strings(path) if "FROM" in text and "SELECT" in text]
    return [sqlglot.parse_one(text, dialect="duckdb") for text in texts]


# Every query about units asks this one who may be seen by name.
UNITS = "reference.unites"


@pytest.mark.parametrize(
    ("name", "schema"),
    [("quality", "quality"), ("analyses", "quality"), ("attendance", "attendance"), ("reference", "reference")],
)
def test_each_module_reads_one_schema_and_joins_nothing(name: str, schema: str) -> None:
    queries = _queries(FOLDER / "queries" / f"{name}.py")
    assert queries
    for query in queries:
        seen = {f"{table.db}.{table.name}" for table in query.find_all(exp.Table)} - {UNITS}
        assert {table.partition(".")[0] for table in seen} <= {schema}
        assert not list(query.find_all(exp.Join))


def test_sql_is_written_in_queries_only() -> None:
    elsewhere = [path for path in FOLDER.rglob("*.py") if path.parent.name != "queries"]
    assert [path for path in elsewhere if _queries(path)] == []


def test_no_quality_page_or_view_knows_attendance() -> None:
    apart = {"attendance.py", "navigation.py", "words.py"}
    knowing = {path.name for path in FOLDER.rglob("*.py") if "attendance" in _code(path)}
    assert knowing <= apart | {"theme.py"}


def _code(path: Path) -> str:
    return ast.unparse(ast.parse(path.read_text(encoding="utf-8"))).replace("attendance-", "")


def test_the_committee_never_reads_a_structure(connection: duckdb.DuckDBPyConnection) -> None:
    seen = quality.values(connection, COMMITTEE, pas="annee", starts=[YEAR])
    assert set(seen["niveau"]) == {"region", "departement", "reseau"}
    assert set(reference.units(connection, COMMITTEE)["niveau"]) == {"region", "departement", "reseau"}
    asked = quality.series(connection, COMMITTEE, niveau="structure", unite_id="S-001", pas="annee")
    assert asked.is_empty()


def test_the_committee_never_reads_what_is_said_of_each_partner(connection: duckdb.DuckDBPyConnection) -> None:
    everything = connection.sql("SELECT DISTINCT categorie FROM quality.valeurs WHERE mesure_id LIKE 'OR16%'").pl()
    assert "cio" in everything["categorie"]
    seen = quality.values(connection, COMMITTEE, pas="annee", starts=[YEAR])
    through_time = quality.series(connection, COMMITTEE, niveau="region", unite_id="bretagne", pas="annee")
    for frame in (seen, through_time):
        assert set(frame.filter(pl.col("mesure_id").str.starts_with("OR16"))["categorie"]) == {""}


def test_an_unknown_role_reads_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    assert Scope(()) == NOBODY
    assert reference.units(connection, NOBODY).is_empty()
    assert quality.values(connection, NOBODY, pas="annee", starts=[YEAR]).is_empty()
    assert quality.breakdowns(connection, NOBODY, niveau="region", unite_id="bretagne", debut=YEAR).is_empty()
    assert quality.data_quality(connection, NOBODY, pas="annee", debut=YEAR).is_empty()
    assert reference.declined(connection, NOBODY).is_empty()
    assert attendance.counts(connection, NOBODY, niveau="region", unite_id="bretagne").is_empty()


def test_frames_have_the_columns_they_promise(connection: duckdb.DuckDBPyConnection) -> None:
    assert reference.periods(connection, COMMITTEE)["pas"].value_counts(sort=True).rows() == [
        ("mois", 24),
        ("trimestre", 12),
        ("annee", 3),
    ]
    assert reference.modalities(connection, COMMITTEE).columns == [
        "ventilation",
        "ventilation_libelle",
        "modalite",
        "libelle",
    ]
    told = quality.breakdowns(connection, COMMITTEE, niveau="region", unite_id="bretagne", debut=YEAR)
    assert set(told["unite_id"]) == {"bretagne"}
    assert set(told["debut"]) == {YEAR}
    assert "accueils" not in told.columns
    assert reference.measures(connection, COMMITTEE).height == 21
    assert reference.categories(connection, COMMITTEE).columns == ["mesure_id", "categorie", "libelle", "favorable"]
    assert reference.clauses(connection, COMMITTEE).columns == ["mesure_id", "clause_id", "texte"]
    assert reference.grids(connection, COMMITTEE)["version"].to_list() == ["2023.1", "2025.1"]
    assert reference.declined(connection, COMMITTEE).columns == ["reseau", "indicateur_id", "raison", "depuis"]
    assert "accueils" not in quality.values(connection, COMMITTEE, pas="annee", starts=[YEAR]).columns
    assert quality.broken_rules(connection, COMMITTEE).height == 2
    counts = attendance.counts(connection, COMMITTEE, niveau="region", unite_id="bretagne")
    assert counts.columns == ["pas", "debut", "canal", "etat", "accueils"]
