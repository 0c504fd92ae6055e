"""`verbatims`: the comment as last delivered, of a known structure; a late answer without its comment takes it back."""

from __future__ import annotations

from importlib import resources

import duckdb
import pytest

SQL = resources.files("pipelines.warehouse").joinpath("sql", "verbatims.sql").read_text(encoding="utf-8")
Row = tuple[int, int, str | None, str]
"""Rank of the delivery, line, reference, text."""


def _table(answers: list[tuple[int, int, str]], said: list[Row], structure: str = "A-1") -> list[tuple[str, str]]:
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE structures AS SELECT 'A-1' AS structure_id, 'cio' AS reseau")
        connection.execute(
            "CREATE TABLE gardees_reponses (livraison_id VARCHAR, reseau VARCHAR, rang INTEGER, ligne INTEGER, "
            "reponse_ref VARCHAR)"
        )
        connection.execute(
            "CREATE TABLE gardees_verbatims (livraison_id VARCHAR, reseau VARCHAR, rang INTEGER, ligne INTEGER, "
            "reference VARCHAR, structure_id VARCHAR, mois DATE, question VARCHAR, texte VARCHAR, relecture VARCHAR)"
        )
        for rank, line, reference in answers:
            connection.execute(
                "INSERT INTO gardees_reponses VALUES ($1, 'cio', $2, $3, $4)", [f"l{rank}", rank, line, reference]
            )
        for rank, line, maybe, text in said:
            connection.execute(
                "INSERT INTO gardees_verbatims VALUES ($1, 'cio', $2, $3, $4, $5, '2025-02-01', 'U03', $6, 'a_lire')",
                [f"l{rank}", rank, line, maybe, structure, text],
            )
        connection.execute(SQL)
        return connection.execute("SELECT texte, relecture FROM verbatims ORDER BY ALL").fetchall()


@pytest.mark.parametrize(
    ("answers", "said", "expected"),
    [
        pytest.param([(1, 2, "r")], [(1, 2, "r", "a")], ["a"], id="a comment beside its answer"),
        pytest.param([], [(1, 2, "r", "a")], ["a"], id="a comment alone"),
        pytest.param([(1, 2, "r"), (2, 2, "r")], [(1, 2, "r", "a"), (2, 2, "r", "b")], ["b"], id="the last delivered"),
        pytest.param([(1, 2, "r"), (2, 5, "r")], [(1, 2, "r", "a")], [], id="taken back by a later answer"),
        pytest.param([], [(1, 2, "r", "a"), (1, 2, "r", "b")], ["a", "b"], id="two comments of one answer"),
        pytest.param(
            [], [(1, 2, None, "a"), (2, 2, None, "b")], ["a", "b"], id="without reference nothing is replaced"
        ),
    ],
)
def test_the_comments_that_count(answers: list[tuple[int, int, str]], said: list[Row], expected: list[str]) -> None:
    assert _table(answers, said) == [(text, "a_lire") for text in expected]


def test_a_structure_that_nobody_described_has_no_comment() -> None:
    assert _table([], [(1, 2, "r", "a")], structure="A-9") == []
