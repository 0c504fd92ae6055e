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

from pipelines.home import write_json


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


class Receipt(BaseModel):
    """What the product answers to one file. Field names are French: it is data that networks read."""

    model_config = ConfigDict(frozen=True)
    livraison_id: str
    rang: int
    reseau: str
    fichier: str
    recue_le: date
    correspondance: str
    etat: Literal["lue", "acceptee", "refusee"]
    livraison: str = ""
    contrat: str = ""
    colonnes: tuple[str, ...] = ()
    retirees: tuple[str, ...] = ()
    motifs_ecart: dict[str, int] = {}
    refus: str = ""
    remede: str = ""
    bilan: Balance = Balance(lues=0)
    quarantaine: tuple[Breach, ...] = Field(default=())
    controles: tuple[Check, ...] = Field(default=())


def write_receipt(folder: Path, receipt: Receipt) -> None:
    """Store a receipt under its network, replacing an earlier state of it."""
    write_json(folder / receipt.reseau / f"{receipt.livraison_id}.json", receipt.model_dump(mode="json"))


def read_receipts(folder: Path) -> tuple[Receipt, ...]:
    """Every receipt, in the order in which the files were received."""
    found: Iterable[Path] = folder.glob("*/*.json") if folder.is_dir() else ()
    receipts = [Receipt.model_validate_json(path.read_text(encoding="utf-8")) for path in found]
    return tuple(sorted(receipts, key=lambda receipt: receipt.rang))
