"""A file through the door and the contract, in memory; nothing of it is stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from grids.contract import load_contract
from grids.errors import DeliveryRefused
from grids.network import load_mapping
from pipelines.home import Home
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.inbox import describe
from pipelines.intake.references import passing_keys
from pipelines.listening.checks import with_checks
from pipelines.receipt import Receipt, read_receipts
from pipelines.receipts.measuring import measured
from pipelines.staging import text_literal
from pipelines.validation.check import check_rows
from pipelines.validation.views import create_structure_register


def check_file(path: Path, network: str, home: Home, name: str = "") -> Receipt:
    """The receipt that `network` would get for the file at `path`, which it calls `name` (by default as its path does).

    Structures are those already delivered in `home`, and those of the file itself. Raises GridError for an unknown network.
    """
    opened = Receipt(
        livraison_id="-",
        rang=0,
        reseau=network,
        fichier=name or path.name,
        recue_le=date.today(),
        correspondance="",
        etat="refusee",
    )
    mapping = load_mapping(network)
    try:
        passed = pass_door(path, mapping, passing_keys(), closed=home.closed_years())
    except DeliveryRefused as refusal:
        return opened.model_copy(update={"refus": refusal.sentence, "remede": refusal.remedy})
    return _balanced(_checked(describe(opened, passed), passed, network, home))


def _checked(receipt: Receipt, passed: Passed, network: str, home: Home) -> Receipt:
    described = [each for each in read_receipts(home.receipts) if each.contrat == "structures" and each.counts]
    files = [home.staged / "structures" / f"{each.livraison_id}.parquet" for each in described]
    create_structure_register(passed.connection, files)
    rows = f"SELECT '-' AS livraison_id, {text_literal(network)} AS reseau, * FROM staged"
    completed = with_checks(receipt, check_rows(passed.connection, receipt.contrat, rows, ["-"])["-"])
    measures = measured(passed.connection, rows, load_contract(receipt.contrat))
    return completed.model_copy(update={"mesures": measures.get("-")})


def _balanced(receipt: Receipt) -> Receipt:
    """Without the warehouse nothing is known of earlier deliveries: what is kept is said to be new."""
    broken = len({breach.ligne for breach in receipt.quarantaine})
    kept = receipt.bilan.lues - receipt.bilan.ecartees - broken
    balance = receipt.bilan.model_copy(update={"nouvelles": kept, "quarantaine": broken})
    return receipt.model_copy(update={"bilan": balance, "etat": "acceptee"})
