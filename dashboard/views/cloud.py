"""The cloud of structures: all those compared, with the limits of their band of base. No rank; no name but the reader's own."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.text import numbers, words
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.legend import Key
from dashboard.views.tables import Table

ABOVE, BELOW = "au_dessus", "au_dessous"
BANDS = ("11-19", "20-49", "50-99", "100+")
FEWEST = 3
"""A band of fewer structures would tell which they are."""
WHOLE = "region"
_SIDES = {"": "", ABOVE: ", à examiner ensemble, au-dessus", BELOW: ", à examiner ensemble, au-dessous"}
ALIKE = ("assise", "valeur", "a_examiner")
"""What a row tells of a structure without naming it."""
_ASKED = "Qu'ont-elles fait, ou connu, de différent ?"


@dataclass(frozen=True)
class Limits:
    """The limits of one band: those that chance crosses once in twenty, and twice in a thousand."""

    low95: int
    high95: int
    low998: int
    high998: int


@dataclass(frozen=True)
class Structure:
    """A structure of a band: its value, and whether it is to be looked at together (`apart`: ABOVE, BELOW or empty).

    `name`, and the `letter` that stands for it on the chart: of the reader's own structures that may be named, else empty.
    """

    value: int
    apart: str = ""
    name: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Band:
    """A band of base, with its limits where the edition gives them and the structures in it, in the order of values."""

    code: str
    limits: Limits | None
    structures: tuple[Structure, ...] = ()

    def count(self, apart: str) -> int:
        """How many structures are within the limits (''), above or below."""
        return sum(each.apart == apart for each in self.structures)


@dataclass(frozen=True)
class Cloud:
    """All structures compared under one measure in one period.

    `withheld`: those without a name are left out, since so few of them would be known by elimination; `perimeter`: the
    region, or the network within which alone the grid compares.
    """

    title: str
    place: str
    period: str
    unite: str
    answers: bool
    reference: int
    widened: bool
    bands: tuple[Band, ...]
    withheld: bool = False
    perimeter: str = WHOLE

    @property
    def structures(self) -> tuple[Structure, ...]:
        return tuple(each for band in self.bands for each in band.structures)

    @property
    def named(self) -> tuple[Structure, ...]:
        """The reader's own, in the order of their letters, which is that of their names."""
        return tuple(sorted((each for each in self.structures if each.name), key=lambda each: each.name.casefold()))

    @property
    def sentence(self) -> str:
        """How many structures part from the others, and a question."""
        total = len(self.structures)
        apart = {side: sum(band.count(side) for band in self.bands) for side in (ABOVE, BELOW)}
        if not any(apart.values()):
            return f"Les {total} structures comparées restent dans les limites à 99,8 % : leurs écarts peuvent venir du hasard."
        count = sum(apart.values())
        plural = "s" if count > 1 else ""
        parts = numbers.listed(
            f"{numbers.spelled(number, feminine=True)} {side}"
            for number, side in ((apart[ABOVE], "au-dessus"), (apart[BELOW], "au-dessous"))
            if number
        )
        verb = "s'écartent" if plural else "s'écarte"
        who = capitalised(numbers.spelled(count, feminine=True))
        asked = _ASKED if plural else "Qu'a-t-elle fait, ou connu, de différent ?"
        return f"{who} structure{plural} sur {total} {verb} nettement des autres ({parts}). {asked}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What more must be known of the limits."""
        widened = (
            "Les limites sont élargies : les structures diffèrent entre elles plus que le hasard ne le ferait seul."
        )
        joined = "Une tranche de moins de trois structures est jointe à sa voisine, pour qu'on n'en reconnaisse aucune."
        few = "Celles qui n'ont pas de nom ici sont trop peu nombreuses pour être montrées : on les reconnaîtrait."
        return (*((widened,) if self.widened else ()), joined, *((few,) if self.withheld else ()))

    @property
    def legend(self) -> tuple[Key, ...]:
        """The marks of the chart, in words."""
        present = {each.apart for each in self.structures}
        yours = "une des vôtres" if len(self.named) > 1 else "la vôtre"
        return (
            *((Key("●", "une structure, sans son nom"),) if len(self.named) < len(self.structures) else ()),
            *((Key("◆", f"{yours}, avec sa lettre"),) if self.named else ()),
            *((Key("▲", "à examiner ensemble, au-dessus"),) if ABOVE in present else ()),
            *((Key("▼", "à examiner ensemble, au-dessous"),) if BELOW in present else ()),
            Key("—", f"référence : {figures.amount(self.reference, self.unite)}"),
            Key("···", "limites à 95 % : le hasard les franchit une fois sur vingt"),
            Key("- -", "limites à 99,8 % : au-delà, à examiner ensemble"),
            *(Key(each.letter, self.said(each)) for each in self.named),
        )

    @property
    def alt(self) -> str:
        said = " ; ".join(
            f"{self.name(band.code)} : {_structures(len(band.structures))}, "
            f"{band.count(ABOVE)} au-dessus, {band.count(BELOW)} au-dessous"
            for band in self.bands
        )
        reference = figures.amount(self.reference, self.unite)
        own = f" Les vôtres : {' ; '.join(map(self.said, self.named))}." if self.named else ""
        return (
            f"Graphique, {self.title}, {self.place}, {self.period}, nuage des structures par tranche d'assise, "
            f"référence {reference}. {said}. {self.sentence}{own}"
        )

    @property
    def table(self) -> Table:
        own = ("Les vôtres",) if self.named else ()
        limits = ("Limites à 95 %", "À 99,8 %")
        header = ("Assise", "Structures", "Dans les limites", "Au-dessus", "Au-dessous", *limits, *own)
        return Table(f"{self.title}, {self.place}, {self.period}", header, tuple(map(self._row, self.bands)))

    def said(self, structure: Structure) -> str:
        """« Mission locale de Brest : 71 %, à examiner ensemble, au-dessous »; « Une structure » in place of a name."""
        return f"{structure.name or 'Une structure'} : {figures.amount(structure.value, self.unite)}{_SIDES[structure.apart]}"

    def name(self, band: str) -> str:
        """« 11 à 19 réponses » for answers; « assise faible » for receptions, of which no number is ever told."""
        told = words.ANSWERS[band].removeprefix("assise : ") if self.answers else words.SOLIDITY[band]
        return capitalised(told)

    def short_name(self, band: str) -> str:
        """The same where there is little room: « 11–19 », « faible »."""
        return band.replace("-", "–") if self.answers else words.SOLIDITY[band].removeprefix("assise ")

    @property
    def bands_title(self) -> str:
        """What the bands are."""
        return "réponses, par tranche" if self.answers else "assise, par tranche"

    def _row(self, band: Band) -> tuple[str, ...]:
        counts = (len(band.structures), band.count(""), band.count(ABOVE), band.count(BELOW))
        cells = (self.name(band.code), *map(numbers.number, counts), *self._limits(band.limits))
        own = " ; ".join(self.said(each) for each in self.named if each in band.structures)
        return (*cells, own or "–") if self.named else cells

    def _limits(self, told: Limits | None) -> tuple[str, str]:
        if told is None:
            return "–", "–"
        ends = ((told.low95, told.high95), (told.low998, told.high998))
        narrow, wide = (f"de {numbers.number(low)} à {figures.amount(high, self.unite)}" for low, high in ends)
        return narrow, wide


def _structures(count: int) -> str:
    return f"{count} structure{'s' if count > 1 else ''}"
