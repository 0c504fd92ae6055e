"""A small tool of an imaginary network, and the door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grids.network import Mapping
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.references import draft_keys, keep_keys, passing_keys

RECORDS: dict[str, Any] = {
    "id": "fiches",
    "contrat": "accueils",
    "lecteur": "csv",
    "reconnue_a": ["Numéro", "Reçu le"],
    "colonnes": {
        "accueil_ref": {"colonne": "Numéro"},
        "structure_id": {"colonne": "Lieu"},
        "mois": {"colonne": "Reçu le", "date": "JJ/MM/AAAA"},
        "canal": {
            "colonne": "Canal – accueil",
            "valeurs": {"À l’accueil": "presentiel", "Téléphone": "telephone", "Œil à œil": "visioconference"},
        },
        "demande_reformulee": {"colonne": "Reformulée", "valeurs": {"Vrai": "oui", "Faux": "non"}},
        "orientation": {
            "colonne": "Vers",
            "separateur": ",",
            "valeurs": {"Personne": "aucune", "Le CIO": "cio", "L’Apec": "apec", "Cap emploi": "cap-emploi"},
        },
        "attente_jours_ouvres": {"jours_ouvres": {"de": "Demandé le", "a": "Proposé le"}, "date": "JJ/MM/AAAA"},
    },
    "a_retirer": ["Conseiller", "Nom du bénéficiaire"],
    "ignorer": ["Libre"],
}
SURVEY: dict[str, Any] = {
    "id": "avis",
    "contrat": "reponses",
    "lecteur": "limesurvey",
    "reconnue_a": ["U03", "U10[SQ001]"],
    "constantes": {"grille": "api-bretagne", "version": "2023.1", "vague": "a_chaud", "repondant": "personne"},
    "colonnes": {
        "reponse_ref": {"colonne": "id"},
        "structure_id": {"colonne": "STRUCT"},
        "mois": {"colonne": "submitdate", "date": "AAAA-MM-JJ hh:mm:ss"},
    },
    "questions": {
        "U03": {"colonne": "U03", "valeurs": {"A1": "1", "A2": "2", "A3": "3", "A4": "4", "A5": "pas_concerne"}},
        "U10_QUI": {"colonne": "U10[SQ001]", "valeurs": {"Y": "oui", "N": "non"}, "bloc": "U10"},
        "U10_QUOI": {"colonne": "U10[SQ002]", "valeurs": {"Y": "oui", "N": "non"}, "bloc": "U10"},
        "U10_RIEN": {"colonne": "U10[SQ003]", "valeurs": {"Y": "oui", "N": "non"}, "bloc": "U10"},
    },
    "a_retirer": ["token", "ipaddr", "refurl"],
    "ignorer": ["lastpage", "Commentaire"],
}


@pytest.fixture(scope="session")
def tool() -> Mapping:
    """A network whose tool exports records (CSV) and answers (LimeSurvey)."""
    return Mapping.model_validate({"reseau": "cio", "nom": "Réseau d'essai", "livraisons": [RECORDS, SURVEY]})


@pytest.fixture
def door(tmp_path: Path, tool: Mapping) -> Callable[..., Passed]:
    """Passes a content through the door, as a file of the tool: in memory, or staged in a folder `into`."""

    def passed(
        content: str | bytes, mapping: Mapping = tool, keys: Path | None = None, into: Path | None = None
    ) -> Passed:
        path = tmp_path / "fichier.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        drafted = draft_keys(keys) if keys else passing_keys()
        result = pass_door(path, mapping, drafted, into, "livraison")
        if keys:
            keep_keys(keys, drafted, result.years)
        return result

    return passed


@pytest.fixture
def staged(door: Callable[..., Passed], tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """The staged rows of a content: the columns asked for, in order of line; the same in memory and in a folder."""

    def rows(content: str | bytes, columns: str, mapping: Mapping | None = None) -> list[tuple[Any, ...]]:
        options = {"mapping": mapping} if mapping else {}
        query = f"SELECT {columns} FROM staged ORDER BY ligne"
        checked = door(content, **options)
        stored = door(content, **options, into=tmp_path / "staged")
        assert (checked.read, checked.set_aside, checked.years) == (stored.read, stored.set_aside, stored.years)
        found = checked.connection.execute(query).fetchall()
        if columns != "*":
            assert stored.connection.execute(query).fetchall() == found
        return found

    return rows
