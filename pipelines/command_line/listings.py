"""`spro delivery`: the deliveries, and taking one back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipelines.command_line.french import Commands
from pipelines.command_line.options import HomeOption, console
from pipelines.home import Home
from pipelines.receipts.words import number

deliveries = Commands(help="Les livraisons reçues.")

STATES = {"lue": "lue", "acceptee": "acceptée", "refusee": "refusée", "retiree": "retirée"}


@deliveries.command(name="list")
def list_deliveries(home: HomeOption = Path("var")) -> None:
    """Les livraisons, dans l'ordre où elles ont été reçues."""
    from pipelines.deliveries import listed

    table = Table("Livraison", "Réseau", "Fichier", "Reçue le", "État", "Lignes")
    table.columns[0].no_wrap = True
    for each in listed(Home(home)):
        state = STATES[each.etat]
        table.add_row(
            each.livraison_id[:8],
            each.reseau,
            each.fichier,
            f"{each.recue_le:%d/%m/%Y}",
            state,
            number(each.bilan.lues),
        )
    console.print(table)


@deliveries.command(name="withdraw")
def withdraw_delivery(
    delivery: Annotated[
        str, typer.Argument(help="Le début de l'identifiant, tel que « spro delivery list » le montre.")
    ],
    home: HomeOption = Path("var"),
) -> None:
    """Retirer une livraison : ses lignes sont effacées et ne comptent plus à la prochaine construction."""
    from pipelines.deliveries import withdraw

    receipt = withdraw(Home(home), delivery, date.today())
    console.print(f"Livraison retirée : {receipt.reseau}/{receipt.fichier}. Relancez « spro build ».", markup=False)
