"""How sound the networks' data are, and what to do about the rules that were broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.access import NETWORK
from dashboard.selection import Unit
from dashboard.text import numbers, words
from dashboard.views.figures import amount
from dashboard.views.tables import Table

WORDS = (
    "Solide : au moins 95 %, ou 45 jours au plus ; à surveiller : au moins 80 %, ou 90 jours au plus ; "
    "à reprendre : le reste."
)
ABSENT = (
    "Un réseau absent du tableau n'a livré aucun accueil un par un pour cette période : il donne des chiffres déjà comptés, "
    "ou rien."
)


@dataclass(frozen=True)
class Check:
    """A rule that some rows break: what was found, how much keeps it, what to do."""

    network: str
    table: str
    found: str
    kept: str
    remedy: str


def dimensions(frame: pl.DataFrame, units: Sequence[Unit], period: str) -> Table:
    """One row for each network, one column for each dimension; empty if the release says nothing of the period."""
    cells = {(row["reseau"], row["dimension"]): row for row in frame.iter_rows(named=True)}
    networks = [unit for unit in units if unit.niveau == NETWORK and any(key[0] == unit.id for key in cells)]
    rows = tuple(
        (unit.nom, *(_cell(cells.get((unit.id, dimension)), dimension) for dimension in words.DIMENSIONS))
        for unit in networks
    )
    return Table(f"Qualité des données par réseau, {period}", ("Réseau", *words.DIMENSIONS.values()), rows)


def _cell(row: Mapping[str, object] | None, dimension: str) -> str:
    if row is None:
        return words.ABSENT
    if row["etat"] == "masque" or row["valeur"] is None:
        return words.HIDDEN
    figure = amount(int(str(row["valeur"])), "jours" if dimension == "delai" else "%")
    return f"{figure}, {words.VERDICTS[str(row['mot'])]}" if row["mot"] else figure


def checks(frame: pl.DataFrame, units: Sequence[Unit]) -> list[Check]:
    """Broken rules, network by network."""
    names = {unit.id: unit.nom for unit in units}
    found = [
        Check(
            network=names.get(row["reseau"], row["reseau"]),
            table=words.TABLES.get(row["contrat"], row["contrat"]),
            found=row["phrase"],
            kept=f"Au moins {numbers.percent(row['part_conforme'])} des lignes respectent cette règle.",
            remedy=row["remede"],
        )
        for row in frame.iter_rows(named=True)
    ]
    return sorted(found, key=lambda check: (check.network.casefold(), check.table, check.found))


def opening(table: Table, found: Sequence[Check]) -> str:
    """What the page says first."""
    if not table.rows and not found:
        return "Cette édition ne dit rien de la qualité des données pour cette période."
    if not found:
        return "Toutes les règles du contrat de données sont respectées dans cette édition."
    networks = sorted({check.network for check in found}, key=str.casefold)
    return (
        f"Des lignes sont à corriger dans les livraisons {_counted(networks)} : {numbers.listed(networks)}. "
        "Chaque correction rend plus de résultats lisibles : que peut-on reprendre à la source ?"
    )


def _counted(networks: Sequence[str]) -> str:
    return "d'un réseau" if len(networks) == 1 else f"de {numbers.spelled(len(networks))} réseaux"
