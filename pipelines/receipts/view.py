"""The one view of a receipt, from which terminal, page and data are made: what is said, before how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from grids.contract import load_contract
from grids.model import Grid
from grids.register import networks
from pipelines.receipt import Receipt
from pipelines.receipts.faults import Fault, faults_of
from pipelines.receipts.past import Comparison, Values, compared, earlier_deliveries, values_of
from pipelines.receipts.unlocked import unlocked_sentences
from pipelines.receipts.words import counted, day, number

ID_TOLD = 8
"""How much of a delivery's id is told: enough to name it to `spro delivery withdraw`."""


@dataclass(frozen=True)
class Context:
    """What a receipt is read against: the receipts already stored, and the grid in force."""

    receipts: Sequence[Receipt]
    grid: Grid

    @cached_property
    def values(self) -> dict[str, Values]:
        """The dimensions of each stored delivery by its id: computed once, read by all those that came later."""
        return {receipt.livraison_id: values_of(receipt) for receipt in self.receipts}


class Fate(BaseModel):
    """Where some of the rows went."""

    model_config = ConfigDict(frozen=True)
    sort: str
    lignes: int


class ReceiptView(BaseModel):
    """A receipt in sentences. Field names are French: as data, networks read it too."""

    model_config = ConfigDict(frozen=True)
    livraison: str
    fichier: str
    reseau: str
    table: str
    recue_le: str
    etat: str
    refus: str
    remede: str
    bilan: str
    destinations: tuple[Fate, ...]
    retirees: tuple[str, ...]
    ignorees: tuple[str, ...]
    lues: tuple[str, ...]
    fautes: tuple[Fault, ...]
    controles: str
    relecture: tuple[str, ...]
    corrections: tuple[str, ...]
    comparaisons: tuple[Comparison, ...]
    calculs: tuple[str, ...]


def view_of(receipt: Receipt, context: Context | None = None) -> ReceiptView:
    """The view of a receipt; without a `context` nothing is said of the past nor of what can be computed."""
    earlier = earlier_deliveries(receipt, context.receipts) if context else ()
    contract = load_contract(receipt.contrat) if receipt.contrat else None
    labels = {column.name: column.label for column in contract.columns} if contract else {}
    return ReceiptView(
        livraison=receipt.livraison_id[:ID_TOLD],
        fichier=receipt.fichier,
        reseau=next((each.name for each in networks() if each.code == receipt.reseau), receipt.reseau),
        table=contract.title if contract else "",
        recue_le=day(receipt.recue_le) + (", par le navigateur" if receipt.voie == "navigateur" else ""),
        etat=_state(receipt),
        refus=receipt.refus,
        remede=receipt.remede,
        bilan=_balance(receipt),
        destinations=_fates(receipt),
        retirees=receipt.retirees,
        ignorees=receipt.ignorees,
        lues=tuple(labels.get(name, name) for name in receipt.colonnes),
        fautes=faults_of(receipt),
        controles=_gate(receipt),
        relecture=receipt.relue,
        corrections=_corrections(receipt),
        comparaisons=compared(receipt, [context.values[each.livraison_id] for each in earlier]) if context else (),
        calculs=unlocked_sentences(receipt, earlier, context.grid) if context else (),
    )


def receipt_data(receipt: Receipt, context: Context | None = None) -> dict[str, Any]:
    """A receipt as JSON data: `accuse` is the receipt as stored, `lecture` what the terminal and the page say of it."""
    return {"accuse": receipt.model_dump(mode="json"), "lecture": view_of(receipt, context).model_dump(mode="json")}


def _state(receipt: Receipt) -> str:
    if receipt.rang == 0 and receipt.etat != "refusee":
        return "Essayée : rien n'en est gardé."
    if receipt.etat == "refusee":
        return "Refusée : rien n'en est gardé."
    if receipt.etat == "retiree":
        since = f" le {day(receipt.retiree_le)}" if receipt.retiree_le else ""
        return f"Retirée{since} : ses lignes sont effacées et ne comptent plus."
    if receipt.etat == "lue":
        return "Lue et contrôlée : ses lignes compteront à la prochaine édition."
    return "Acceptée en partie : des lignes sont à corriger." if receipt.quarantaine else "Acceptée."


def _balance(receipt: Receipt) -> str:
    if receipt.etat == "refusee":
        return ""
    said = [
        counted(fate.lignes, "écartée") + f" ({fate.sort.removeprefix(_ASIDE)})"
        if fate.sort.startswith(_ASIDE)
        else f"{number(fate.lignes)} en quarantaine"
        if fate.sort == _QUARANTINED
        else counted(fate.lignes, fate.sort)
        for fate in _fates(receipt)
    ]
    return f"{counted(receipt.bilan.lues, 'ligne lue')} : {', '.join(said) or 'rien à garder'}."


_QUARANTINED = "en quarantaine, à corriger"
_ASIDE = "écartée : "


def _fates(receipt: Receipt) -> tuple[Fate, ...]:
    """Where each source row went; the numbers add up to the rows read."""
    if receipt.etat == "refusee":
        return ()
    balance = receipt.bilan
    broken = balance.quarantaine or len({breach.ligne for breach in receipt.quarantaine})
    told = balance.nouvelles + balance.remplacantes + balance.repetees + broken + sum(receipt.motifs_ecart.values())
    fates = [
        Fate(sort="nouvelle", lignes=balance.nouvelles),
        Fate(sort="remplaçante", lignes=balance.remplacantes),
        Fate(sort="déjà connue", lignes=balance.repetees),
        # Until the warehouse has compared them with earlier deliveries, kept rows are neither new nor known.
        Fate(sort="gardée", lignes=balance.lues - told if receipt.etat != "acceptee" else 0),
        Fate(sort=_QUARANTINED, lignes=broken),
        *(Fate(sort=f"{_ASIDE}{reason}", lignes=count) for reason, count in receipt.motifs_ecart.items()),
    ]
    return tuple(fate for fate in fates if fate.lignes > 0)


def _gate(receipt: Receipt) -> str:
    if not receipt.controles:
        return ""
    wrong = sum(1 for check in receipt.controles if check.ecarts)
    return f"{counted(len(receipt.controles) - wrong, 'contrôle passé')}, {number(wrong)} à regarder."


def _corrections(receipt: Receipt) -> tuple[str, ...]:
    balance, said = receipt.bilan, []
    if balance.remplacantes:
        many = balance.remplacantes > 1
        said.append(
            f"{counted(balance.remplacantes, 'ligne')} {'remplacent' if many else 'remplace'} une ligne livrée plus tôt "
            "sous la même référence : la dernière livrée compte."
        )
    if balance.repetees:
        many = balance.repetees > 1
        said.append(
            f"{counted(balance.repetees, 'ligne')} {'étaient déjà connues' if many else 'était déjà connue'}, à "
            f"l'identique : {'elles ne comptent' if many else 'elle ne compte'} qu'une fois."
        )
    return tuple(said)
