"""A map of Brittany in words: each area, the tone in which it is drawn, what that tone means, and the equal table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from dashboard.views import figures
from dashboard.views.figures import PERCENT
from dashboard.views.tables import Table
from dashboard.views.values import Value
from grids.territories import Shape

READING = (
    "Plus le ton est foncé, plus le chiffre est haut ; ce n'est pas un classement. Les tons découpent des chiffres qui ont "
    "chacun une fourchette : deux tons voisins ne suffisent pas à dire que deux territoires diffèrent. Des hachures "
    "signalent un territoire sans chiffre : elles ne disent rien de bon ni de mauvais. Le tableau donne les mêmes chiffres."
)
SUPPLY_READING = (
    "Plus le ton est foncé, plus grande est la part des lieux qui proposent ce service ; ce n'est ni une note ni un "
    "classement, et un seul lieu suffit souvent à faire le ton. Des hachures signalent un territoire où aucun lieu ne "
    "s'est décrit. Le tableau donne les mêmes faits."
)

SOURCE = (
    "Contours : IGN Admin Express 2018 (via france-geojson), simplifiés. Zones d'emploi : INSEE 2020. EPCI : DGCL 2026. "
    "Licence Ouverte 2.0."
)
PARTIAL = "partie bretonne"
_BEYOND_ONE_REGION = "00"
"""How INSEE begins the code of a zone d'emploi that lies in two regions."""
MOST_STEPS = 5
_WIDTHS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
_LEAST_PERCENT = 10
"""Narrower tones would show differences that no range allows."""

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Area:
    """An area to draw: its tone among the steps of its map (None: no figure), what is written on it and told of it.

    `rings`: longitudes and latitudes; they go with the code, and are left out of what tells two maps apart.
    """

    code: str
    name: str
    told: str
    step: int | None
    label: str = ""
    chosen: bool = False
    rings: tuple[Ring, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class TerritoryMap:
    """Areas in order of names, the words of each tone from the palest to the darkest, and of those without any."""

    title: str
    finding: str
    steps: tuple[str, ...]
    silent: str
    areas: tuple[Area, ...]
    table: Table
    coloured: bool = False
    wide: bool = False

    @property
    def alt(self) -> str:
        """The finding, then the figures, or how many areas have each tone where there are many."""
        told = [area.told for area in self.areas if area.step is not None]
        said = f"{' ; '.join(told)}." if 0 < len(told) <= 10 else self._counted()
        return " ".join(filter(None, (f"Carte de Bretagne, {self.title}.", self.finding, said)))

    @property
    def below(self) -> tuple[str, ...]:
        """What goes under the map where it stands alone: the finding, the tones in words, the source of the outlines."""
        tones = f"Du plus clair au plus foncé : {' ; '.join(self.steps)}." if self.steps else ""
        hatches = f"Hachures : {self.silent}." if self.silences else ""
        return tuple(filter(None, (self.finding, f"{tones} {hatches}".strip(), SOURCE)))

    @property
    def silences(self) -> int:
        """How many areas have no figure."""
        return sum(area.step is None for area in self.areas)

    def _counted(self) -> str:
        counts = [(words, sum(area.step == step for area in self.areas)) for step, words in enumerate(self.steps)]
        counts.append((self.silent, self.silences))
        said = " ; ".join(f"{words} : {count}" for words, count in counts if count)
        return f"Nombre de territoires par ton : {said}."


@dataclass(frozen=True)
class Scale:
    """Steps of equal width, from the palest tone to the darkest, as first and last whole number of each."""

    bounds: tuple[tuple[int, int], ...]

    def step(self, number: int) -> int:
        """The place of a number among the steps."""
        return next(place for place, (first, last) in enumerate(self.bounds) if first <= number <= last)

    def words(self, unit: str) -> tuple[str, ...]:
        """« entre 70 et 79 % » for each step."""
        return tuple(
            figures.span(Value("ok", valeur=first, basse=first, haute=last), unit) for first, last in self.bounds
        )


def scale_of(numbers: Collection[int], unit: str) -> Scale:
    """The fewest round steps that hold all `numbers`, at most MOST_STEPS; none without a number."""
    if not numbers:
        return Scale(())
    widths = [width for width in _WIDTHS if unit != PERCENT or width >= _LEAST_PERCENT]
    lowest, highest = min(numbers), max(numbers)
    fitting = (width for width in widths if highest // width - lowest // width < MOST_STEPS)
    width = next(fitting, (highest - lowest) // MOST_STEPS + 1)
    starts = range(width * (lowest // width), highest + 1, width)
    return Scale(_whole(tuple((first, first + width - 1) for first in starts), unit))


def _whole(bounds: tuple[tuple[int, int], ...], unit: str) -> tuple[tuple[int, int], ...]:
    """A share never goes beyond 100 %: 100 alone joins the step below."""
    if unit != PERCENT:
        return bounds
    kept = bounds[:-1] if len(bounds) > 1 and bounds[-1][0] == 100 else bounds
    first, last = kept[-1]
    return (*kept[:-1], (first, 100 if last >= 99 else last))


def shown_name(shape: Shape) -> str:
    """The name of an area, which says so when Brittany has a part of it only."""
    partial = shape.partial or shape.code.startswith(_BEYOND_ONE_REGION)
    return f"{shape.name}, {PARTIAL}" if partial else shape.name
