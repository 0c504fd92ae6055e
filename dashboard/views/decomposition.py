"""Why the mean of structures and the share of receptions part: practices on one side, who receives whom on the other."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.selection import Period, Unit
from dashboard.text import numbers
from dashboard.views import figures
from dashboard.views.measures import Measure
from dashboard.views.tables import Table
from dashboard.views.values import Value

TITLE = "Pourquoi la moyenne des structures et la part des {what} divergent"
READING = (
    "Les deux premières barres sont les deux façons de compter. Les deux dernières font, à l'arrondi près, la deuxième : "
    "ce qui vient des pratiques des structures, et ce qui vient de la part que chacune prend dans l'ensemble. "
    "Seules comptent les structures montrées les deux années (Kitagawa, 1955)."
)


@dataclass(frozen=True)
class Decomposition:
    """Changes in points between two years: of the mean, of the share, and what the share's is made of."""

    title: str
    place: str
    since: int
    until: int
    structures: int
    what: str
    mean: int
    share: int
    practices: int
    mix: int

    @property
    def heading(self) -> str:
        return TITLE.format(what=self.what)

    @property
    def rows(self) -> tuple[tuple[str, int], ...]:
        """A label and points, in a fixed order."""
        return (
            ("Moyenne des structures", self.mean),
            (f"Part des {self.what}", self.share),
            ("dont : pratiques des structures", self.practices),
            ("dont : poids de chaque structure", self.mix),
        )

    @property
    def sentence(self) -> str:
        said = [figures.amount(points, figures.POINTS) for _, points in self.rows]
        return (
            f"De {self.since} à {self.until}, sur {numbers.number(self.structures)} structures montrées les deux années, "
            f"la moyenne des structures change de {said[0]} et la part des {self.what} de {said[1]} : "
            f"{said[2]} viennent des pratiques, {said[3]} du poids de chaque structure. "
            "De quoi parlons-nous : de ce que font les équipes, ou de ce que vivent les personnes ?"
        )

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{label} : {figures.amount(points, figures.POINTS)}" for label, points in self.rows)
        return f"Graphique, {self.title}, {self.place}, changement de {self.since} à {self.until}, en points. {said}."

    @property
    def table(self) -> Table:
        rows = tuple((label, figures.amount(points, figures.POINTS)) for label, points in self.rows)
        caption = f"{self.title}, {self.place}, changement de {self.since} à {self.until}"
        return Table(caption, ("Ce qui change", "En points"), rows)


@dataclass(frozen=True)
class Reweighted:
    """The share of receptions under the year's own mix of channels, beside the raw one."""

    raw: int
    value: Value


def read_decompositions(frame: pl.DataFrame) -> dict[str, dict]:
    """Rows of quality.decompositions of one unit and period, by measure."""
    return {row["mesure_id"]: row for row in frame.iter_rows(named=True)}


def read_reweighted(frame: pl.DataFrame) -> dict[str, Reweighted]:
    """From quality.redressements of one unit and period, by measure."""
    columns = ("mesure_id", "brute", "redressee", "basse", "haute")
    return {
        measure: Reweighted(raw, Value("ok", None, *ends)) for measure, raw, *ends in frame.select(columns).iter_rows()
    }


def decomposition_of(measure: Measure, rows: dict[str, dict], unit: Unit, period: Period) -> Decomposition | None:
    """That of a measure; None where the edition has none."""
    row = rows.get(measure.id)
    if row is None or not row["separees"]:
        return None
    return Decomposition(
        title=measure.libelle,
        place=unit.nom,
        since=row["depuis"].year,
        until=period.debut.year,
        structures=row["structures"],
        what="réponses" if measure.counts_answers else "accueils",
        mean=row["moyenne"],
        share=row["part"],
        practices=row["pratiques"],
        mix=row["composition"],
    )


def same_structures(measure: Measure, rows: dict[str, dict]) -> str:
    """« Sur les 28 structures montrées les deux années : +5 points. »; empty where the edition does not say."""
    row = rows.get(measure.id)
    if row is None:
        return ""
    change = figures.amount(row["moyenne"], figures.POINTS)
    return f"Sur les {numbers.number(row['structures'])} structures montrées les deux années : {change}."
