"""A large file of receptions in a tool's own shape, written by DuckDB: clean, plausible, every column of a mapping filled."""

from __future__ import annotations

from pathlib import Path

import duckdb

NETWORK = "mission-locale"
STRUCTURES = 400


def write_profiles(path: Path) -> Path:
    """A file of the structures' profiles, in the contract's own shape; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(
        f"""COPY (SELECT 'BENCH-' || lpad(i::VARCHAR, 3, '0') AS structure_id, 'Lieu fictif ' || i AS nom,
          '35238' AS commune_insee, 'outil' AS mode_collecte, '2020-01-01' AS actif_du
          FROM range({STRUCTURES}) AS rangs(i)) TO '{path}' (HEADER, DELIMITER ';')"""
    )
    return path


def write_receptions(path: Path, rows: int, first: int = 0) -> Path:
    """A file of `rows` receptions numbered from `first`, spread over 36 months; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    structure = f"'BENCH-' || lpad((hash(i) % {STRUCTURES})::VARCHAR, 3, '0')"
    columns = ",\n".join(f'{_said(words)} AS "{heading}"' for heading, words in _WORDS.items())
    duckdb.execute(
        f"""COPY (SELECT 'FICTIF-' || i AS "N° accueil", {structure} AS "Code structure",
          'Lieu fictif' AS "Libellé de la structure", 'FICTIF-PRO' AS "Conseiller",
          strftime(jour, '%d/%m/%Y') AS "Date de l’accueil",
          CASE WHEN differe THEN strftime(jour - INTERVAL (1 + hash(i, 'd') % 20) DAY, '%d/%m/%Y') END AS "Date de la demande",
          CASE WHEN differe THEN strftime(jour, '%d/%m/%Y') END AS "Premier créneau proposé",
          CASE WHEN differe THEN 'Différé' ELSE 'Flux' END AS "Flux ou différé",
          {columns}
          FROM (SELECT i, hash(i, 'm') % 3 = 0 AS differe, DATE '2023-01-02' + (hash(i, 'j') % 1090)::INTEGER AS jour
            FROM range({first}, {first + rows}) AS rangs(i)))
        TO '{path}' (HEADER, DELIMITER ';')"""
    )
    return path


_WORDS = {
    "Canal": ("Sur place", "Téléphone", "Visio"),
    "Type d’échange": ("Information", "Analyse"),
    "Situation personnelle abordée": ("OUI", "NON"),
    "Situation pro. ou scolaire abordée": ("OUI", "NON"),
    "Demande reformulée": ("OUI", "NON"),
    "Médiation": ("Faite", "Proposée, déclinée", "Pas utile", "Pas pu"),
    "Orientation": ("Aucune", "France Travail", "CIO", "Apec"),
    "Conseil proposé": ("Non proposé", "Proposé et accepté"),
    "Urgence": ("Aucune", "Échéance proche", "Non évaluée"),
    "Tranche d’âge": ("Moins de 18 ans", "18-25 ans", "26-44 ans"),
    "Situation à l’entrée": ("Scolaire ou étudiant", "En emploi", "Sans emploi"),
    "Date choisie": ("OUI", "NON"),
}


def _said(words: tuple[str, ...]) -> str:
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"[{listed}][CAST(1 + hash(i, {len(listed)}) % {len(words)} AS BIGINT)]"
