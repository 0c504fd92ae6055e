"""Taking in what networks deliver: a file of the inbox, or one handed over; once, again only if its mapping has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from grids.common_sheet import load_common_sheet
from grids.contract import TABLES, load_contract
from grids.errors import DeliveryRefused
from grids.network import Mapping, load_mapping
from grids.register import network_codes
from pipelines.home import Home
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.references import draft_keys, keep_keys, referenced_contracts
from pipelines.receipt import Balance, Receipt, read_receipts, write_receipt

DOOR_VERSION = "3"
"""Changes when the door itself would read the same file otherwise: every file of the inbox is then read again."""


_ID_DIGITS = 32


@dataclass(frozen=True)
class Waiting:
    """A file that has yet to pass the door: `path` is where its bytes are, `name` what its network calls it."""

    path: Path
    name: str
    network: str
    received_on: date
    delivery_id: str
    mapping: Mapping
    mapping_fingerprint: str
    voie: Literal["dossier", "navigateur"] = "dossier"

    def unchanged(self) -> bool:
        """Whether the file still is what `delivery_id` says: it may be copied into the inbox while it is read."""
        return self.path.is_file() and _content_id(self.path, self.network) == self.delivery_id


def waiting_files(home: Home) -> list[Waiting]:
    """Files of the inbox without an up-to-date receipt, in the order of their arrival.

    Raises GridError if a network's mapping says something that cannot be.
    """
    answered = {
        (receipt.livraison_id, receipt.correspondance)
        for receipt in read_receipts(home.receipts)
        if receipt.etat != "lue"
    }
    withdrawn = {receipt.livraison_id for receipt in read_receipts(home.receipts) if receipt.etat == "retiree"}
    settled = withdrawn | home.frozen_deliveries()
    found = [
        each
        for each in _inbox_files(home)
        if each.delivery_id not in settled and (each.delivery_id, each.mapping_fingerprint) not in answered
    ]
    distinct = {each.delivery_id: each for each in sorted(found, key=lambda each: (each.received_on, each.path))[::-1]}
    return list(distinct.values())[::-1]


def handed_over(path: Path, name: str, network: str, on: date) -> Waiting:
    """A file that `network` hands over on that day without putting it in its inbox; the same bytes are the same delivery.

    Raises GridError if the network is unknown or its mapping says something that cannot be.
    """
    mapping = load_mapping(network)
    return Waiting(
        path, name, network, on, _content_id(path, network), mapping, _mapping_fingerprint(mapping), "navigateur"
    )


def already_answered(home: Home, waiting: Waiting) -> Receipt | None:
    """The receipt that still holds for this file: it was read under the same mapping and counted, refused, or withdrawn."""
    for receipt in read_receipts(home.receipts):
        if receipt.livraison_id == waiting.delivery_id and receipt.etat != "lue":
            same_mapping = receipt.correspondance == waiting.mapping_fingerprint
            settled = receipt.etat == "retiree" or waiting.delivery_id in home.frozen_deliveries()
            return receipt if same_mapping or settled else None
    return None


def rank_of(home: Home, delivery_id: str) -> int:
    """The rank of a delivery in the order of arrival: the one it was given when first read, or the next one."""
    ranks = {receipt.livraison_id: receipt.rang for receipt in read_receipts(home.receipts)}
    return ranks.get(delivery_id, max(ranks.values(), default=0) + 1)


def take_in(home: Home, waiting: Waiting, rank: int) -> Receipt:
    """Pass one file through the door: its rows are staged, or it is refused whole. Either way a receipt is stored."""
    receipt = pass_through(home, waiting, rank)
    write_receipt(home.receipts, receipt)
    return receipt


def pass_through(home: Home, waiting: Waiting, rank: int) -> Receipt:
    """Pass one file through the door without storing its receipt: staged rows that no receipt tells of are never read."""
    opened = Receipt(
        livraison_id=waiting.delivery_id,
        rang=rank,
        reseau=waiting.network,
        fichier=waiting.name,
        recue_le=waiting.received_on,
        correspondance=waiting.mapping_fingerprint,
        etat="refusee",
        voie=waiting.voie,
    )
    keys = draft_keys(home.keys)
    try:
        passed = pass_door(
            waiting.path,
            waiting.mapping,
            keys,
            home.staged,
            waiting.delivery_id,
            home.closed_years(),
            waiting.unchanged,
        )
    except DeliveryRefused as refusal:
        return opened.model_copy(update={"refus": refusal.sentence, "remede": refusal.remedy})
    if passed.delivery.table in {each.table for each in referenced_contracts()}:
        keep_keys(home.keys, keys, passed.years)
    return describe(opened, passed)


def describe(opened: Receipt, passed: Passed) -> Receipt:
    """`opened` with what the door saw of the file; where its kept rows go is for validation to say."""
    balance = Balance(lues=passed.read, ecartees=sum(passed.set_aside.values()))
    return opened.model_copy(
        update={
            "etat": "lue",
            "livraison": passed.delivery.id,
            "contrat": passed.delivery.table,
            "colonnes": passed.columns,
            "retirees": passed.removed,
            "ignorees": passed.ignored,
            "motifs_ecart": {reason: n for reason, n in passed.set_aside.items() if n},
            "bilan": balance,
        }
    )


def _inbox_files(home: Home) -> Iterator[Waiting]:
    for network in network_codes():
        folder = home.inbox / network
        if not folder.is_dir():
            continue
        mapping = load_mapping(network)
        fingerprint = _mapping_fingerprint(mapping)
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith((".", "~$")):
                delivery_id = _content_id(path, network)
                yield Waiting(path, path.name, network, _received_on(path), delivery_id, mapping, fingerprint)


def _content_id(path: Path, network: str) -> str:
    # Processors have instructions for this hash: it takes a third of the time of others on a large file.
    digest = hashlib.sha256(network.encode())
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()[:_ID_DIGITS]


def _mapping_fingerprint(mapping: Mapping) -> str:
    contracts = "".join(load_contract(table).model_dump_json() for table in TABLES)
    text = DOOR_VERSION + mapping.model_dump_json() + contracts + load_common_sheet().model_dump_json()
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _received_on(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
