"""Receipts written by hand, and what surrounds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from grids.load import load_grid
from grids.model import Grid
from pipelines.receipt import Balance, Breach, Check, Measured, Receipt
from pipelines.receipts.past import Values, values_of

Made = Callable[..., Receipt]
COLUMNS = ("accueil_ref", "structure_id", "mois", "canal", "modalite")


@pytest.fixture(scope="session")
def made() -> Made:
    """Makes an accepted receipt of 100 receptions; `rank` orders it, `broken` are its lines in quarantine."""
    return _made


@pytest.fixture(scope="session")
def past() -> Callable[[Sequence[int]], list[Values]]:
    """The dimensions of earlier deliveries, one for each number of lines in quarantine out of 100."""
    return lambda numbers: [values_of(_made(rank, broken=number)) for rank, number in enumerate(numbers, start=1)]


@pytest.fixture(scope="session")
def grid() -> Grid:
    """The working grid."""
    return load_grid("2023.1")


def _made(
    rank: int = 99, *, broken: int = 0, rule: str = "code_inconnu", column: str = "canal", **other: Any
) -> Receipt:
    fields: dict[str, Any] = {
        "livraison_id": f"{rank:032x}",
        "rang": rank,
        "reseau": "apec",
        "fichier": f"FICTIF-{rank}.csv",
        "recue_le": date(2025, 4, 10),
        "correspondance": "-",
        "etat": "acceptee",
        "livraison": "visites",
        "contrat": "accueils",
        "colonnes": COLUMNS,
        "bilan": Balance(lues=100, nouvelles=100 - broken, quarantaine=broken),
        "quarantaine": tuple(Breach(ligne=line, colonne=column, regle=rule) for line in range(2, 2 + broken)),
        "controles": (Check(colonne=column, regle=rule, verifiees=100, ecarts=broken),),
        "mesures": Measured(
            lignes=100, remplissage=dict.fromkeys(COLUMNS, 88 + rank % 5), dernier_mois=date(2025, 3, 1)
        ),
    }
    return Receipt(**(fields | other))
