"""Zones d'emploi and practices with too few structures behind them are found, by counting again who is."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from pipelines.attack.derived import told_of_hidden

_STRUCTURES = {"A": 3, "B": 2, "C": 1}
ZONE, PRACTICE = "zone_de_peu_de_structures", "pratique_de_peu_de_structures"


def _release(folder: Path, planted: str = "") -> Path:
    """Six structures of three networks in one zone, each compared and with a fact; then what is planted."""
    path = folder / "release.duckdb"
    with duckdb.connect(str(path)) as connection:
        for schema in ("reference", "quality", "analyses"):
            connection.execute(files("pipelines.release").joinpath("schema", f"{schema}.sql").read_text("utf-8"))
        for network, size in _STRUCTURES.items():
            for rank in range(size):
                _add_structure(connection, f"{network}-{rank}", network)
        connection.execute(
            """
            INSERT INTO quality.territoires VALUES ('M@1', '5315', 'annee', '2025-01-01', '', 60, 50, 70, 6);
            INSERT INTO quality.pratiques VALUES
              ('M@1', 'region', 'annee', '2025-01-01', 'F@1', '', 'Un fait', 3, 100, 3, 100);
            """
        )
        connection.execute(planted)
    return path


def _add_structure(connection: duckdb.DuckDBPyConnection, name: str, network: str) -> None:
    connection.execute(
        f"""
        INSERT INTO reference.unites VALUES ('structure', '{name}', 'Lieu', '{network}', '35', NULL, '5315', true);
        INSERT INTO quality.valeurs
          (mesure_id, niveau, unite_id, pas, debut, categorie, agregation, etat, valeur, assise) VALUES
          ('M@1', 'structure', '{name}', 'annee', '2025-01-01', '', 'structure', 'ok', 60, '50-99'),
          ('F@1', 'structure', '{name}', 'annee', '2025-01-01', '', 'structure', 'ok', 100, NULL);
        INSERT INTO quality.comparaisons (mesure_id, structure_id, pas, debut, perimetre, valeur, assise)
          VALUES ('M@1', '{name}', 'annee', '2025-01-01', 'region', 60, '50-99');
        """
    )


def _hidden(measure: str, *names: str) -> str:
    listed = ", ".join(f"'{name}'" for name in names)
    return f"""
    UPDATE quality.valeurs SET etat = 'masque', valeur = NULL, assise = NULL
    WHERE mesure_id = '{measure}' AND unite_id IN ({listed});
    DELETE FROM quality.comparaisons WHERE mesure_id = '{measure}' AND structure_id IN ({listed});
    """


def test_enough_structures_are_nothing_to_find(tmp_path: Path) -> None:
    assert told_of_hidden(_release(tmp_path)) == []


def test_five_structures_that_leave_two_are_enough_for_a_zone(tmp_path: Path) -> None:
    assert told_of_hidden(_release(tmp_path, _hidden("M@1", "C-0") + "DELETE FROM quality.pratiques")) == []


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        (_hidden("M@1", "C-0", "B-0") + "DELETE FROM quality.pratiques", ZONE),
        ("UPDATE reference.unites SET reseau = 'A'", ZONE),
        ("UPDATE reference.unites SET reseau = 'A' WHERE unite_id LIKE 'B-%'", ZONE),
        ("UPDATE reference.unites SET zone_emploi = '5302' WHERE unite_id LIKE 'B-%'", ZONE),
        ("UPDATE quality.territoires SET zone_emploi = '0062'", ZONE),
        ("UPDATE quality.pratiques SET autres = 4", PRACTICE),
        (_hidden("F@1", "A-0"), PRACTICE),
        ("UPDATE quality.pratiques SET pratique = 'G@1'", PRACTICE),
        ("UPDATE quality.pratiques SET perimetre = 'cio'", PRACTICE),
    ],
    ids=[
        "four structures", "one network", "one structure beside a network", "moved away", "another zone", "more than compared",
        "a hidden fact", "another fact", "another perimeter",
    ],
)  # fmt: skip
def test_too_few_are_found(tmp_path: Path, planted: str, kind: str) -> None:
    found = told_of_hidden(_release(tmp_path, planted))
    assert [each.kind for each in found] == [kind]
    assert all(each.cells for each in found)


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("UPDATE quality.territoires SET structures = 4", ZONE),
        ("UPDATE quality.pratiques SET structures = 2", PRACTICE),
        ("UPDATE quality.pratiques SET autres = 2", PRACTICE),
    ],
)
def test_what_the_file_tells_of_too_few_is_found_though_its_tables_let_it(
    tmp_path: Path, planted: str, kind: str
) -> None:
    unguarded = """
    CREATE TABLE quality.autre AS FROM quality.{table}; DROP TABLE quality.{table};
    ALTER TABLE quality.autre RENAME TO {table};
    """
    free = "".join(unguarded.format(table=table) for table in ("territoires", "pratiques"))
    assert [each.kind for each in told_of_hidden(_release(tmp_path, free + planted))] == [kind]
