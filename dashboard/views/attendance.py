"""Counts of receptions, apart from quality."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.selection import Period, Unit
from dashboard.text import dates, numbers, words
from dashboard.views.tables import Table

WHAT_IT_IS_NOT = (
    "Ces nombres disent combien d'accueils les réseaux ont comptés. Ils ne disent rien de la qualité de l'accueil, "
    "et un nombre plus grand n'est pas un meilleur résultat."
)
NOT_HERE = "Les nombres d'accueils se lisent pour la région et pour chaque réseau, jamais pour un département."
SOURCE = "Comptés par les réseaux eux-mêmes, chacun dans son outil."


@dataclass(frozen=True)
class Count:
    """A number of receptions, None where it is not published."""

    label: str
    accueils: int | None

    @property
    def words(self) -> str:
        return words.HIDDEN if self.accueils is None else numbers.number(self.accueils)


@dataclass(frozen=True)
class Counts:
    """Counts to draw and to tabulate."""

    title: str
    first_column: str
    rows: tuple[Count, ...]

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{row.label} : {row.words}" for row in self.rows)
        return f"Graphique, {self.title}. {said}."

    @property
    def table(self) -> Table:
        rows = tuple((row.label, row.words) for row in self.rows)
        return Table(self.title, (self.first_column, "Accueils comptés"), rows)


def by_quarter(frame: pl.DataFrame, unit: Unit) -> Counts:
    """All channels together, quarter after quarter."""
    kept = frame.filter((pl.col("pas") == dates.QUARTER) & (pl.col("canal") == "")).sort("debut")
    rows = tuple(_count(dates.period_short(row["pas"], row["debut"]), row) for row in kept.iter_rows(named=True))
    return Counts(f"Accueils comptés, {unit.nom}, par trimestre", "Trimestre", rows)


def by_channel(frame: pl.DataFrame, unit: Unit, period: Period) -> Counts:
    """Each channel in one year, in the order of the contract."""
    year = period.debut.replace(month=1, day=1)
    kept = frame.filter((pl.col("pas") == dates.YEAR) & (pl.col("debut") == year) & (pl.col("canal") != ""))
    order = list(words.CHANNELS)
    found = sorted(kept.iter_rows(named=True), key=lambda row: (_rank(order, row["canal"]), row["canal"]))
    rows = tuple(_count(words.channel(row["canal"]), row) for row in found)
    return Counts(f"Accueils comptés, {unit.nom}, par canal, année {year.year}", "Canal", rows)


def opening(frame: pl.DataFrame, unit: Unit, period: Period) -> str:
    """The count of the selected period, all channels together."""
    kept = frame.filter((pl.col("pas") == period.pas) & (pl.col("debut") == period.debut) & (pl.col("canal") == ""))
    if kept.is_empty():
        return f"Aucun nombre d'accueils dans cette édition pour {unit.nom}, {period.name}."
    count = _count("", kept.row(0, named=True))
    if count.accueils is None:
        return f"{unit.nom}, {period.name} : nombre d'accueils non diffusé."
    return f"{unit.nom}, {period.name} : {count.words} accueils comptés."


def _count(label: str, row: dict) -> Count:
    return Count(label, row["accueils"] if row["etat"] == "ok" else None)


def _rank(order: list[str], code: str) -> int:
    return order.index(code) if code in order else len(order)
