"""What the places of each EPCI offer: public facts that places tell of themselves, apart from any figure of quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.text import numbers
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views.tables import Table
from dashboard.views.territory_map import Area, TerritoryMap, shown_name
from grids.territories import Shape

OUTSIDE = "hors-epci"
WHAT_IT_IS = (
    "Ces faits sont publics : chaque lieu les dit de lui-même. Ils disent ce qui est proposé, pas la qualité de l'accueil. "
    "Un EPCI est une intercommunalité : elle n'a souvent qu'un lieu, et c'est pourquoi aucun chiffre de qualité n'est "
    "montré à cette échelle."
)
NOTHING = "Cette édition ne décrit pas ce que les lieux proposent."
NO_PLACE = "aucun lieu décrit"
STEPS = ("aucun des lieux décrits", "moins de la moitié", "la moitié ou plus", "tous les lieux décrits")
_LEAST_CUT = 30
_ISLANDS = "Hors EPCI (Bréhat, Ouessant, Sein)"
_LEGAL_FORMS = ("CC ", "CA ", "CU ")
_SMALL_WORDS = ("de la ", "de l'", "du ", "des ", "de ")


@dataclass(frozen=True)
class Places:
    """How many places of an EPCI describe themselves, and how many of them have a fact."""

    described: int
    having: int

    @property
    def told(self) -> str:
        """« 3 lieux sur 4 », « le seul lieu décrit »."""
        if self.described == 1:
            return "oui, pour le seul lieu décrit" if self.having else "non, pour le seul lieu décrit"
        return self.counted

    @property
    def counted(self) -> str:
        """« 3 lieux sur 4 », « aucun lieu sur 4 »."""
        having = f"{self.having} lieu{'x' if self.having > 1 else ''}" if self.having else "aucun lieu"
        return f"{having} sur {self.described}"

    @property
    def step(self) -> int:
        """Its place among STEPS."""
        if self.having in (0, self.described):
            return 3 if self.having else 0
        return 2 if 2 * self.having >= self.described else 1


@dataclass(frozen=True)
class Supply:
    """The facts by code, in order, and the places of each EPCI for each fact."""

    facts: Mapping[str, str]
    places: Mapping[tuple[str, str], Places]

    @property
    def first(self) -> str:
        """The fact to open with: the first that not every place has, else the first of all. There is one at least."""
        lacking = {fact for (_, fact), each in self.places.items() if each.having < each.described}
        return next((fact for fact in self.facts if fact in lacking), next(iter(self.facts)))


def read_supply(frame: pl.DataFrame) -> Supply:
    """From reference.offre, facts in order; an EPCI without any place has no row, or a row with none."""
    facts: dict[str, str] = {}
    places: dict[tuple[str, str], Places] = {}
    for epci, fact, label, described, having in frame.select("epci", "fait", "libelle", "lieux", "avec").iter_rows():
        facts.setdefault(fact, capitalised(label))
        if described:
            places[epci, fact] = Places(described, having)
    return Supply(facts, places)


def sentence(supply: Supply, fact: str, shapes: Sequence[Shape]) -> str:
    """« Reçoit par tchat » : 70 lieux sur 120 le disent, dans 20 EPCI. Dans 36 EPCI, aucun lieu ne s'est décrit."""
    told = {shape.code: supply.places[shape.code, fact] for shape in shapes if (shape.code, fact) in supply.places}
    described, having = sum(each.described for each in told.values()), sum(each.having for each in told.values())
    empty = sum(shape.code not in told and shape.code != OUTSIDE for shape in shapes)
    where = sum(each.having > 0 for code, each in told.items() if code != OUTSIDE)
    says = "le disent" if having > 1 else "le dit"
    said = f"« {supply.facts[fact]} » : {Places(described, having).counted} {says}{f', dans {_epci(where)}' if where else ''}."
    return f"{said} Dans {_epci(empty)}, aucun lieu ne s'est décrit." if empty else said


def supply_map(supply: Supply, fact: str, shapes: Sequence[Shape]) -> TerritoryMap:
    """Every EPCI and the islands outside any, for one fact; never coloured, since nothing here is good or bad."""
    named = sorted(shapes, key=_alphabetical)
    told = [(shape, supply.places.get((shape.code, fact))) for shape in named]
    label = supply.facts[fact]
    return TerritoryMap(
        title=f"{uncapitalised(label)}, par EPCI",
        finding=sentence(supply, fact, shapes),
        steps=STEPS,
        silent=NO_PLACE,
        areas=tuple(_area(shape, places) for shape, places in told),
        table=Table(
            f"{label}, par EPCI",
            ("EPCI", label),
            tuple((_name(shape), places.told if places else NO_PLACE) for shape, places in told),
        ),
        wide=True,
    )


def fact_asked(supply: Supply, asked: str) -> str | None:
    """The fact that an address asks for, of which a long code may be cut; None where the edition does not describe it."""
    cut = len(asked) >= _LEAST_CUT
    return next((fact for fact in supply.facts if fact == asked or (cut and fact.startswith(asked))), None)


def instead(asked: str, label: str) -> str:
    """What is said when the address asks for a fact that the edition does not describe."""
    return f"Le fait « {asked} » n'est pas décrit dans cette édition : voici « {label} »."


def _area(shape: Shape, places: Places | None) -> Area:
    told = f"{_name(shape)} : {places.told if places else NO_PLACE}"
    return Area(shape.code, _name(shape), told, places.step if places else None, rings=shape.rings)


def _name(shape: Shape) -> str:
    return _ISLANDS if shape.code == OUTSIDE else shown_name(shape)


def _alphabetical(shape: Shape) -> tuple[bool, str]:
    # A reader looks for « Vitré », not for « CA Vitré Communauté »; the islands come last.
    name = shape.name
    for beginnings in (_LEGAL_FORMS, _SMALL_WORDS):
        name = next((name.removeprefix(each) for each in beginnings if name.startswith(each)), name)
    return shape.code == OUTSIDE, name.casefold()


def _epci(count: int) -> str:
    return f"{numbers.spelled(count)} EPCI"
