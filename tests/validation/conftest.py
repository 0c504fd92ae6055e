"""Staged rows written by hand, and what both sides of validation say of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import duckdb
import pytest

from grids.contract import load_contract
from pipelines.staging import quoted, staged_columns
from pipelines.validation.check import Checked, check_rows
from pipelines.validation.views import create_structure_register

Row = dict[str, str | None]

GOOD: dict[str, Row] = {
    "structures": {
        "structure_id": "A-1", "nom": "Lieu FICTIF", "commune_insee": "35238", "mode_collecte": "outil",
        "partage_nominatif": "non", "canaux_proposes": "presentiel|tchat", "actif_du": "2020-01-01", "actif_au": "2025-01-01",
        "accueillants": "5", "formes_24m": "3", "formes_inter_reseaux_24m": "2", "anonymat_indique": "site|sur_place",
    },
    "accueils": {
        "accueil_ref": "00000000-0000-0000-0000-000000000001", "structure_id": "A-1", "mois": "2025-02-01",
        "canal": "presentiel", "modalite": "differe", "attente_jours_ouvres": "3", "date_choisie_par_la_personne": "non",
        "urgence": "echeance", "accueil_jour_meme": "fait", "type_echange": "analyse", "demande_reformulee": "oui",
        "orientation": "cio", "orientation_documentee": "oui", "tranche_age": "18_25", "delai_annonce_jours_ouvres": "5",
    },
    "reponses": {
        "reponse_ref": "00000000-0000-0000-0000-000000000002", "grille": "api-bretagne", "version": "2023.1",
        "vague": "a_chaud", "repondant": "personne", "structure_id": "A-1", "mois": "2025-02-01", "canal": "tchat",
        "question": "U03", "valeur": "4",
    },
    "indicateurs_reseau": {
        "niveau": "structure", "unite_id": "A-1", "pas": "annee", "debut": "2025-01-01", "indicateur_reseau": "DELAI",
        "valeur": "4.5", "base": "120", "definition_version": "2025",
    },
    "frequentation": {
        "niveau": "structure", "unite_id": "A-1", "pas": "mois", "debut": "2025-02-01", "canal": "tchat", "accueils": "12",
    },
    "actions": {
        "action_id": "ACTION-1", "niveau": "structure", "unite_id": "A-1", "mesure": "OR02.rendue",
        "libelle": "Une demi-journée de plus", "sens": "moins", "debut": "2025-02-15", "latence_mois": "1",
        "revue_le": "2025-12-01",
    },
    "evenements": {
        "niveau": "structure", "unite_id": "A-1", "mesure": "OR02.rendue", "mois": "2025-02-01", "nature": "nouvel_outil",
        "raison": "Nouvel outil", "auteur": "equipe",
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def good() -> dict[str, Row]:
    """A row that keeps every rule, by table."""
    return GOOD


@pytest.fixture(scope="session")
def judged() -> Callable[[str, Sequence[tuple[str, int, Row]]], dict[str, Checked]]:
    """What validation says of rows (delivery, line, what differs from the good row), by delivery."""
    return _judged


def _judged(table: str, rows: Sequence[tuple[str, int, Row]]) -> dict[str, Checked]:
    connection = duckdb.connect(":memory:")
    create_structure_register(connection, [])
    connection.execute("INSERT INTO registre VALUES ('cio', 'A-1'), ('apec', 'B-1')")
    columns = staged_columns(load_contract(table))
    declared = ", ".join(f"{quoted(name)} VARCHAR" for name in columns)
    connection.execute(f"CREATE TABLE lignes (livraison_id VARCHAR, reseau VARCHAR, ligne BIGINT, {declared})")
    marks = ", ".join("?" for _ in range(len(columns) + 3))
    for delivery, line, different in rows:
        whole = {**GOOD[table], **different}
        connection.execute(
            f"INSERT INTO lignes VALUES ({marks})", [delivery, "cio", line, *(whole.get(name) for name in columns)]
        )
    return check_rows(connection, table, "SELECT * FROM lignes", sorted({delivery for delivery, *_ in rows}))
