"""What follows from figures speaks of shown figures alone: lines, comparisons, views, verdicts, sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipelines.attack.few_structures import of_few_structures
from pipelines.attack.report import Finding
from pipelines.attack.wording import cells_words
from pipelines.frames import query_frame

_SHOWN = "SELECT * FROM quality.valeurs WHERE etat IN ('ok', 'prudence')"
_CELL = "mesure_id, niveau, unite_id, pas, debut"
_DERIVED = {
    "points": "SELECT points.mesure_id, niveau, unite_id, pas, debut, categorie, agregation, valeur "
    "FROM quality.points JOIN quality.series USING (serie_id)",
    "comparaisons": "SELECT mesure_id, 'structure' AS niveau, structure_id AS unite_id, pas, debut, valeur "
    "FROM quality.comparaisons",
    "decompositions": f"SELECT {_CELL} FROM quality.decompositions",
    "redressements": f"SELECT {_CELL} FROM quality.redressements",
    "criteres": f"SELECT {_CELL} FROM quality.criteres",
    "points faibles": "SELECT point_faible AS mesure_id, niveau, unite_id, pas, debut FROM quality.criteres "
    "WHERE point_faible IS NOT NULL",
    "regards": "SELECT unnest([regard_a, regard_b]) AS mesure_id, niveau, unite_id, pas, debut FROM quality.regards",
}
"""By what is derived, the shown figures that it must be made of, with as many of their columns as it repeats."""
_HIDDEN_WORDS = f"""
SELECT DISTINCT {_CELL} FROM quality.phrases ANTI JOIN ({_SHOWN}) AS montrees USING ({_CELL})
WHERE regexp_matches(fait || solidite || question, '[0-9]') ORDER BY ALL
"""
_PARTICIPATION = f"""
SELECT niveau, unite_id, pas, debut FROM quality.participation
ANTI JOIN ({_SHOWN}) AS montrees USING (niveau, unite_id, pas, debut) ORDER BY ALL
"""
_REMEDY = "Ne tirer une analyse que des chiffres montrés."


def told_of_hidden(path: Path) -> list[Finding]:
    """Rows of analyses about a figure that the release hides or shows otherwise, or about too few structures; numbers in a
    sentence about a hidden one.

    A release without analyses has nothing to tell, nor has one of before zones and practices of these.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        found = list(_found(connection)) if "phrases" in tables else []
        return [*found, *of_few_structures(connection)] if "territoires" in tables else found


def _found(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    unfounded = {name: _unfounded(connection, query) for name, query in _DERIVED.items()}
    for name, query in {**unfounded, "participation": _PARTICIPATION}.items():
        bare = query_frame(connection, query)
        if bare.height:
            why = f"Une analyse ({name}) parle d'un chiffre qui n'est pas montré, ou pas ainsi."
            yield Finding("analyse_de_cellule_masquee", cells_words(bare), why, _REMEDY)
    numbered = query_frame(connection, _HIDDEN_WORDS)
    if numbered.height:
        why = "La phrase d'une cellule masquée porte un nombre."
        yield Finding(
            "phrase_de_cellule_masquee", cells_words(numbered), why, "Dire seulement qu'elle n'est pas montrée."
        )


def _unfounded(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """The rows of a query that agree with no shown figure."""
    columns = [name for name, *_ in connection.execute(f"DESCRIBE {query}").fetchall()]
    same = " AND ".join(f"derivees.{name} = montrees.{name}" for name in columns)
    return f"SELECT DISTINCT {_CELL} FROM ({query}) AS derivees ANTI JOIN ({_SHOWN}) AS montrees ON {same} ORDER BY ALL"
