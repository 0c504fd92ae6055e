"""A data folder in which the door has staged a few comments, all fictitious."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from grids.network import Mapping
from pipelines.home import Home
from pipelines.intake.door import pass_door
from pipelines.intake.references import draft_keys, keep_keys
from pipelines.receipt import Balance, Breach, Receipt, write_receipt

Deliver = Callable[..., None]
HEADING = "Numéro;Le;Lieu;U03;Mots\n"
SURVEY = {
    "id": "avis",
    "contrat": "reponses",
    "lecteur": "csv",
    "reconnue_a": ["Numéro", "Mots"],
    "constantes": {"grille": "api-bretagne", "version": "2023.1", "vague": "a_chaud", "repondant": "personne"},
    "colonnes": {
        "reponse_ref": {"colonne": "Numéro"},
        "structure_id": {"colonne": "Lieu"},
        "mois": {"colonne": "Le", "date": "AAAA-MM-JJ"},
    },
    "questions": {"U03": {"colonne": "U03", "valeurs": {"1": "1", "2": "2"}}},
    "commentaires": {"U03_MOTS": {"colonne": "Mots"}},
}


@pytest.fixture(scope="session")
def survey() -> Mapping:
    """A network whose survey asks for a free comment."""
    return Mapping.model_validate({"reseau": "cio", "nom": "Réseau d'essai", "livraisons": [SURVEY]})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty data folder."""
    return Home(tmp_path / "data")


@pytest.fixture
def deliver(tmp_path: Path, survey: Mapping) -> Deliver:
    """Passes comments (by the answer's number) through the door into `home`, and accepts the delivery of that rank."""

    def passed(home: Home, comments: dict[int, str], rank: int = 1, *, broken: tuple[int, ...] = ()) -> None:
        path = tmp_path / f"avis-{rank}.csv"
        rows = "".join(f'{number};2025-02-03;A-1;1;"{comment}"\n' for number, comment in comments.items())
        path.write_text(HEADING + rows, encoding="utf-8")
        keys = draft_keys(home.keys)
        read = pass_door(path, survey, keys, home.staged, f"{rank:032x}")
        keep_keys(home.keys, keys, read.years)
        write_receipt(home.receipts, _receipt(rank, len(comments), broken))

    return passed


@pytest.fixture
def texts() -> Callable[[pl.DataFrame], list[str]]:
    """The words of a frame of comments, in its order."""
    return lambda frame: frame["texte"].to_list()


def _receipt(rank: int, read: int, broken: tuple[int, ...]) -> Receipt:
    return Receipt(
        livraison_id=f"{rank:032x}",
        rang=rank,
        reseau="cio",
        fichier=f"avis-{rank}.csv",
        recue_le=date(2025, 3, rank),
        correspondance="",
        etat="acceptee",
        livraison="avis",
        contrat="reponses",
        bilan=Balance(lues=read, nouvelles=read),
        quarantaine=tuple(Breach(ligne=line, colonne="U03", regle="code_inconnu") for line in broken),
    )
