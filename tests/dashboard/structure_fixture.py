"""Structures added to the fixture's release: told by month, by year, not at all; one did not agree to be named."""

from __future__ import annotations

from pathlib import Path

import duckdb

from .release_fixture import DATA_AS_OF, RELEASE_ID, publish

MONTHLY, YEARLY, HIDDEN, SILENT, ELSEWHERE = "S-101", "S-102", "S-103", "S-104", "S-201"
# id, name, network, whether it agreed to be named to the head of its network
STRUCTURES = (
    (MONTHLY, "Mission locale des Mois", "mission-locale", True),
    (YEARLY, "Mission locale des Années", "mission-locale", True),
    (HIDDEN, "Mission locale Masquée", "mission-locale", True),
    (SILENT, "Mission locale Discrète", "mission-locale", False),
    (ELSEWHERE, "CIO d'Ailleurs", "cio", True),
)
# Described, without a figure: with fewer than three refusals, nobody of a network is named.
_REFUSING = (("S-105", "Mission locale Muette"), ("S-106", "Mission locale Réservée"))
TEAM_MEASURE, FACT = "PD14.equipes@2025.1", "PD06.declaree@2025.1"
_STEPS = {
    MONTHLY: ("annee", "trimestre", "mois"),
    YEARLY: ("annee",),
    SILENT: ("annee",),
    ELSEWHERE: ("annee",),
    HIDDEN: (),
}
_COPIED = """
    INSERT INTO quality.valeurs
    SELECT mesure_id, 'structure', $structure, pas, debut, categorie, 'structure',
        CASE WHEN list_contains($steps, pas) THEN etat ELSE 'masque' END,
        CASE WHEN list_contains($steps, pas) THEN raison END,
        CASE WHEN list_contains($steps, pas) THEN valeur END,
        CASE WHEN list_contains($steps, pas) THEN basse END,
        CASE WHEN list_contains($steps, pas) THEN haute END,
        CASE WHEN list_contains($steps, pas) THEN assise END,
        CASE WHEN list_contains($steps, pas) THEN taux_reponse_classe END,
        NULL, NULL,
        CASE WHEN list_contains($steps, pas) THEN provenance END
    FROM quality.valeurs
    WHERE niveau = 'region' AND agregation = 'moyenne_structures' AND mesure_id IN (
        SELECT mesure_id FROM reference.mesures WHERE list_contains(niveaux, 'structure') AND NOT fait_d_organisation
    )
"""


def add_structures(home: Path) -> None:
    """Add them to the fixture's release, already published under `home`."""
    path = home / "releases" / f"{RELEASE_ID}.duckdb"
    with duckdb.connect(str(path)) as connection:
        for identifier, name, network, agreed in STRUCTURES:
            place = ("structure", identifier, name, network, "35", None, None, agreed)
            connection.execute("INSERT INTO reference.unites VALUES (?, ?, ?, ?, ?, ?, ?, ?)", place)
            connection.execute(_COPIED, {"structure": identifier, "steps": list(_STEPS[identifier])})
            _facts(connection, identifier)
        for identifier, name in _REFUSING:
            place = ("structure", identifier, name, "mission-locale", "35", None, None, False)
            connection.execute("INSERT INTO reference.unites VALUES (?, ?, ?, ?, ?, ?, ?, ?)", place)
        _conclude(connection)
    publish(home, path, RELEASE_ID, DATA_AS_OF)


def _facts(connection: duckdb.DuckDBPyConnection, identifier: str) -> None:
    """What the structure says of its organisation, and its team of itself: known even where all quality is hidden."""
    for measure, category, value in ((FACT, "", 100), (TEAM_MEASURE, "", 0), (TEAM_MEASURE, "P01", 0)):
        connection.execute(
            "INSERT INTO quality.valeurs BY NAME SELECT ? AS mesure_id, 'structure' AS niveau, ? AS unite_id, "
            "'annee' AS pas, DATE '2025-01-01' AS debut, ? AS categorie, 'structure' AS agregation, 'ok' AS etat, "
            "? AS valeur, 'mesure' AS provenance",
            [measure, identifier, category, value],
        )


def _conclude(connection: duckdb.DuckDBPyConnection) -> None:
    """Two views that part, and a criterion to be looked at, of the structure told by year."""
    connection.execute(
        "INSERT INTO quality.regards VALUES ('PD02', 'structure', ?, 'annee', DATE '2025-01-01', "
        "'PD02.rendue@2025.1', 'PD02.percue@2025.1', 24, 12, 36, NULL, NULL)",
        [YEARLY],
    )
    connection.execute(
        "INSERT INTO quality.criteres VALUES ('delais', 'structure', ?, 'annee', DATE '2025-01-01', "
        "'OR02.rendue@2025.1', NULL, 'a_regarder')",
        [YEARLY],
    )
