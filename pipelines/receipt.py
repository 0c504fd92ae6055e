"""The receipt of a delivery (accusé de réception): what was read, kept, set aside, refused, and what to do about it.

Receipts hold row counts, so they are a store of their own, readable by the deliverer only. Intake opens one, validation
completes it; source rows = new + replacing + repeated + quarantined + set aside, always.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.home import ASIDE, PRIVATE_FILE, PRIVATE_FOLDER, write_json


class Breach(BaseModel):
    """A row that breaks the contract: line, column, rule; never the value."""

    model_config = ConfigDict(frozen=True)
    ligne: int
    colonne: str
    regle: str


class Check(BaseModel):
    """One expectation of the declared gate, and how many rows it found unexpected."""

    model_config = ConfigDict(frozen=True)
    colonne: str
    regle: str
    verifiees: int
    ecarts: int


class Balance(BaseModel):
    """Where each source row went."""

    model_config = ConfigDict(frozen=True)
    lues: int
    nouvelles: int = 0
    remplacantes: int = 0
    repetees: int = 0
    quarantaine: int = 0
    ecartees: int = 0

    @property
    def conserved(self) -> bool:
        """Whether every row read is accounted for, once."""
        return self.lues == self.nouvelles + self.remplacantes + self.repetees + self.quarantaine + self.ecartees


class Measured(BaseModel):
    """What was counted on the staged rows of a delivery, to compare it with its network's past; never a value.

    `remplissage`: cells that are not empty, by column of the contract, out of `lignes` staged rows. `dernier_mois`: the
    first day of the last month delivered. `questions`: those of the grids that received an answer.
    """

    model_config = ConfigDict(frozen=True)
    lignes: int
    remplissage: dict[str, int] = {}
    dernier_mois: date | None = None
    questions: tuple[str, ...] = ()


class Receipt(BaseModel):
    """What the product answers to one file. Field names are French: it is data that networks read.

    `relue`: what a changed mapping changed for a file that was read before.
    """

    model_config = ConfigDict(frozen=True)
    livraison_id: str
    rang: int
    reseau: str
    fichier: str
    recue_le: date
    correspondance: str
    etat: Literal["lue", "acceptee", "refusee", "retiree"]
    voie: Literal["dossier", "navigateur"] = "dossier"
    retiree_le: date | None = None
    livraison: str = ""
    contrat: str = ""
    colonnes: tuple[str, ...] = ()
    retirees: tuple[str, ...] = ()
    ignorees: tuple[str, ...] = ()
    motifs_ecart: dict[str, int] = {}
    relue: tuple[str, ...] = ()
    refus: str = ""
    remede: str = ""
    bilan: Balance = Balance(lues=0)
    quarantaine: tuple[Breach, ...] = Field(default=())
    controles: tuple[Check, ...] = Field(default=())
    mesures: Measured | None = None

    @property
    def counts(self) -> bool:
        """Whether the rows of this delivery belong in the warehouse: neither refused nor withdrawn."""
        return self.etat in ("lue", "acceptee")


def write_receipt(folder: Path, receipt: Receipt) -> None:
    """Store a receipt under its network, replacing an earlier state of it; nobody else on the machine may read it."""
    path = private_folder(folder, receipt.reseau) / f"{receipt.livraison_id}.json"
    write_json(path, receipt.model_dump(mode="json"))
    path.chmod(PRIVATE_FILE)


def private_folder(folder: Path, network: str) -> Path:
    """The folder of a network's receipts, made if need be, closed to everyone but its owner."""
    path = folder / network
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(PRIVATE_FOLDER)
    return path


def read_receipts(folder: Path) -> tuple[Receipt, ...]:
    """Every receipt, in the order in which the files were received."""
    found: Iterable[Path] = folder.glob("*/*.json") if folder.is_dir() else ()
    # What another process is writing at this moment is not a receipt yet.
    whole = [path for path in found if not path.name.startswith(ASIDE)]
    receipts = [Receipt.model_validate_json(path.read_text(encoding="utf-8")) for path in whole]
    return tuple(sorted(receipts, key=lambda receipt: receipt.rang))
