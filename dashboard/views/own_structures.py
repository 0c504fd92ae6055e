"""One measure for each structure that the reader sees by name, beside structures alike: by name or by place, never by score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from dashboard.selection import Period
from dashboard.text import numbers
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views import figures
from dashboard.views.comparison import axis_title
from dashboard.views.legend import Key
from dashboard.views.measures import Measure
from dashboard.views.structures import Structure
from dashboard.views.tables import Table
from dashboard.views.values import ABSENT, MEAN_OF_STRUCTURES, OF_ONE_STRUCTURE, Value, Values, overlap

BY_NAME, BY_PLACE = "nom", "territoire"
ORDERS = {BY_NAME: "Par nom", BY_PLACE: "Par département, puis par nom"}
FEWEST_ALIKE = 8
STABILISED = (
    "La valeur stabilisée rapproche de l'ensemble une structure qui a peu de réponses ou de fiches : elle évite de prendre "
    "le hasard pour une différence. Elle dépend de l'assise ; elle ne remplace jamais la valeur."
)


@dataclass(frozen=True)
class Own:
    """A structure by name: its value, the mean of structures alike, how many these are (0: too few to tell)."""

    name: str
    place: str
    value: Value
    alike: Value = ABSENT
    count: int = 0
    stabilised: Value = ABSENT

    @property
    def differs(self) -> bool:
        """Whether its range and that of structures alike share no point."""
        return overlap(self.value, self.alike) is False


@dataclass(frozen=True)
class OwnStructures:
    """Rows to draw and to tabulate, in the order given; `stabilised`: that value is drawn in place of the value."""

    title: str
    period: str
    unite: str
    sens: str
    answers: bool
    axis: str
    rows: tuple[Own, ...]
    stabilised: bool = False

    def drawn(self, row: Own) -> Value:
        """The value on the chart."""
        return row.stabilised if self.stabilised and row.value.shown else row.value

    @property
    def value_name(self) -> str:
        return "valeur stabilisée" if self.stabilised else "valeur"

    @property
    def sentence(self) -> str:
        """How many cannot be told from structures alike, which ones part from them, and a question."""
        told = [row for row in self.rows if overlap(row.value, row.alike) is not None]
        apart = [row.name for row in told if row.differs]
        if not told:
            return f"Aucune comparaison à montrer ici : il faut au moins {FEWEST_ALIKE} structures semblables."
        if not apart:
            return f"{_all(len(told))} de celle des structures semblables : rien ne permet de dire que les pratiques diffèrent."
        single = len(apart) == 1
        count = capitalised(numbers.spelled(len(apart), feminine=True))
        count = f"D'après les valeurs mesurées, {uncapitalised(count)}" if self.stabilised else count
        among = f"{count} structure{'' if single else 's'} sur {numbers.number(len(told))} se distingue{'' if single else 'nt'}"
        asked = (
            "Qu'a-t-elle fait, ou connu, de différent ?" if single else "Qu'ont-elles fait, ou connu, de différent ?"
        )
        return f"{among} de structures semblables : {numbers.listed(apart)}. {asked}"

    @property
    def legend(self) -> tuple[Key, ...]:
        """The marks of the chart, in words."""
        alike = Key("□", f"moyenne de structures semblables, au moins {FEWEST_ALIKE}, sans leur nom, et sa fourchette")
        return (
            Key(
                "●", f"la structure : {self.value_name} et fourchette", "good" if self.sens in ("plus", "moins") else ""
            ),
            *((alike,) if any(row.alike.shown for row in self.rows) else ()),
        )

    @property
    def alt(self) -> str:
        said = " ; ".join(self.said(row) for row in self.rows)
        return (
            f"Graphique, {self.title}, {self.period}, {self.value_name} et fourchette de chaque structure, "
            f"à côté de structures semblables. {said}. {self.sentence}"
        )

    def said(self, row: Own) -> str:
        """« Mission locale de Brest : 71 % (entre 62 et 79 %) ; structures semblables : 75 % (entre 70 et 80 %) »."""
        own = f"{row.name} : {figures.figure(self.drawn(row), self.unite)}"
        return f"{own}, structures semblables {figures.figure(row.alike, self.unite)}" if row.alike.shown else own

    @property
    def table(self) -> Table:
        stabilised = ("Valeur stabilisée",) if self.stabilised else ()
        own = ("Structure", "Département", "Valeur", "Fourchette", "Solidité", *stabilised)
        header = (*own, "Structures semblables", "Leur fourchette", "Combien")
        return Table(f"{self.title}, {self.period}, structure par structure", header, tuple(map(self._row, self.rows)))

    def _row(self, row: Own) -> tuple[str, ...]:
        stabilised = (_told(row.stabilised, self.unite),) if self.stabilised else ()
        return (
            row.name,
            row.place,
            figures.point(row.value, self.unite),
            figures.span(row.value, self.unite) or "–",
            figures.solidity(row.value, answers=self.answers) or "–",
            *stabilised,
            figures.point(row.alike, self.unite) if row.alike.shown else "–",
            figures.span(row.alike, self.unite) or "–",
            numbers.number(row.count) if row.count else "–",
        )


def ordered(structures: Sequence[Structure], places: Mapping[str, str], order: str) -> list[Structure]:
    """By name, or by the name of the département (`places`, by code) and then by name: never by value."""

    def key(each: Structure) -> tuple[str, str]:
        return (places.get(each.departement, "").casefold() if order == BY_PLACE else "", each.nom.casefold())

    return sorted(structures, key=key)


def own_structures(
    measure: Measure,
    structures: Sequence[Structure],
    values: Values,
    compared: pl.DataFrame,
    period: Period,
    places: Mapping[str, str],
    *,
    stabilised: bool = False,
) -> OwnStructures:
    """Each structure beside those alike, in the order given.

    `compared`: rows of quality.comparaisons of these structures in the period; `places`: names of départements by code.
    """
    told = {row["structure_id"]: row for row in compared.filter(mesure_id=measure.id).iter_rows(named=True)}
    rows = tuple(_own(measure, each, values, told.get(each.id), period, places) for each in structures)
    return OwnStructures(
        title=measure.libelle,
        period=period.name,
        unite=measure.shown_unit,
        sens=measure.sens,
        answers=measure.counts_answers,
        axis="part, en %" if measure.is_share else axis_title(measure, MEAN_OF_STRUCTURES),
        rows=rows,
        stabilised=stabilised,
    )


def _own(
    measure: Measure, structure: Structure, values: Values, row: dict | None, period: Period, places: Mapping[str, str]
) -> Own:
    value = values.get(measure, structure.unit, period, measure.telling_category, OF_ONE_STRUCTURE)
    own = Own(structure.nom, places.get(structure.departement, structure.departement), value)
    if row is None:
        return own
    stabilised = _value(row, "stabilisee")
    return replace(own, alike=_value(row, "pairs_valeur", "pairs"), count=row["pairs"] or 0, stabilised=stabilised)


def _value(row: dict, point: str, ends: str = "") -> Value:
    if row[point] is None:
        return ABSENT
    ends = ends or point
    return Value("ok", None, row[point], row[f"{ends}_basse"], row[f"{ends}_haute"])


def _told(value: Value, unit: str) -> str:
    return figures.figure(value, unit) if value.shown else "–"


def _all(count: int) -> str:
    if count == 1:
        return "La fourchette de la seule structure comparée recouvre une partie"
    return f"Les fourchettes des {numbers.spelled(count)} structures comparées recouvrent toutes une partie"
