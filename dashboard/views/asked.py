"""What the networks are asked to fill in, and what they need not be asked any more."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from dashboard.access import NETWORK
from dashboard.selection import Unit
from dashboard.text import numbers
from dashboard.text.typography import capitalised
from dashboard.views.tables import Table

ESTIMATES = "Les temps sont des estimations, à vérifier montre en main."
EVERYONE = ""
"""In place of a network, in reference.redondances: what is asked of all of them."""


def of_unit(frame: pl.DataFrame, unit: Unit) -> pl.DataFrame:
    """The rows of a network and those of everyone; all rows for the region."""
    return frame.filter(pl.col("reseau").is_in([EVERYONE, unit.id])) if unit.niveau == NETWORK else frame


def redundancies_sentence(frame: pl.DataFrame) -> str:
    """How many things are asked for nothing, as a question."""
    if not frame.height:
        return "Rien de ce qui est demandé n'est déjà su : aucune question ni colonne n'est de trop."
    count = numbers.spelled(frame.height, feminine=True)
    things = f"{count} chose est demandée" if frame.height == 1 else f"{count} choses sont demandées"
    return f"{capitalised(things)} alors qu'un outil y répond déjà, ou qu'aucun indicateur ne s'en sert : faut-il continuer ?"


def redundancies_tables(frame: pl.DataFrame, networks: Mapping[str, str]) -> dict[str, list[Table]]:
    """What need not be asked any more, from queries.grid.redundancies: by network, a table for each reason."""
    found: dict[str, list[Table]] = {}
    for rows in frame.partition_by("reseau", "motif", maintain_order=True):
        network, reason = rows.select("reseau", "motif").row(0)
        name = _asked_of(network, networks)
        found.setdefault(name, []).append(_of_one_reason(f"{reason} ({name})", rows))
    return found


def _of_one_reason(caption: str, rows: pl.DataFrame) -> Table:
    cells = rows.select("libelle", "objet", "proposition", "secondes").iter_rows()
    told = tuple((f"{label} ({name})", proposal, duration(seconds)) for label, name, proposal, seconds in cells)
    return Table(caption, ("Question ou colonne", "Proposition", "Temps gagné à chaque fois"), told)


def _asked_of(network: str, networks: Mapping[str, str]) -> str:
    return "Tous les réseaux" if network == EVERYONE else networks.get(network, network)


def spared_sentence(frame: pl.DataFrame) -> str:
    """« Cesser de les demander ferait gagner 15 secondes à chaque fois. »; nothing where there is nothing to spare."""
    if not frame.height:
        return ""
    what = "la" if frame.height == 1 else "les"
    return f"Cesser de {what} demander ferait gagner {duration(sum(frame['secondes'].to_list()))} à chaque fois."


def burdens_sentence(frame: pl.DataFrame, network: str) -> str:
    """How much a network is asked, from its rows of queries.grid.burdens."""
    if not frame.height:
        return f"{network} : rien n'est encore demandé."
    count = numbers.spelled(frame.height, feminine=True)
    things = f"{count} chose à remplir" if frame.height == 1 else f"{count} choses à remplir"
    times = sorted(frame["secondes"].to_list())
    shortest, longest = duration(times[0]), duration(times[-1])
    told = longest if shortest == longest else f"de {shortest} à {longest}"
    return f"{network} : {things}, {told} à chaque fois."


def burden_table(frame: pl.DataFrame) -> Table:
    """What one network is asked to fill in."""
    cells = frame.select("libelle", "questions", "secondes").iter_rows()
    rows = tuple((label, numbers.number(questions), duration(seconds)) for label, questions, seconds in cells)
    return Table("Ce que vous remplissez", ("Quoi", "Questions", "Temps estimé à chaque fois"), rows)


def redundancies_table(frame: pl.DataFrame, networks: Mapping[str, str]) -> Table:
    """The same in one table, to download."""
    rows = tuple(
        (
            _asked_of(row["reseau"], networks),
            f"{row['libelle']} ({row['objet']})",
            row["motif"],
            row["proposition"],
            duration(row["secondes"]),
        )
        for row in frame.iter_rows(named=True)
    )
    header = ("Réseau", "Question ou colonne", "Pourquoi", "Proposition", "Temps gagné à chaque fois")
    return Table("Ce qu'on pourrait cesser de demander", header, rows)


def burdens_table(frame: pl.DataFrame, networks: Mapping[str, str]) -> Table:
    """What each network is asked to fill in, from queries.grid.burdens."""
    rows = tuple(
        (
            networks.get(row["reseau"], row["reseau"]),
            row["libelle"],
            numbers.number(row["questions"]),
            duration(row["secondes"]),
        )
        for row in frame.iter_rows(named=True)
    )
    return Table("Ce que chaque réseau remplit", ("Réseau", "Quoi", "Questions", "Temps estimé à chaque fois"), rows)


def duration(seconds: float) -> str:
    """« 4 secondes », « 2 minutes »: seconds up to a minute and a half, whole minutes rounded up beyond."""
    if seconds > 90:
        return f"{numbers.number(-(-round(seconds) // 60))} minutes"
    return f"{numbers.number(seconds)} seconde{'s' if seconds >= 2 else ''}"
