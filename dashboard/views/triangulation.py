"""The same thing noted, declared and perceived, on one line from 0 to 100 %: each view, its range, the gap between them."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text.typography import uncapitalised
from dashboard.views import figures
from dashboard.views.catalogue import Indicator
from dashboard.views.gaps import Gap, Gaps
from dashboard.views.measures import PERCEIVED, RENDERED, Measure
from dashboard.views.tables import Table
from dashboard.views.values import Value, Values

DECLARED = "declaree"
READING = (
    "Chaque forme est un regard sur la même chose : ce que les équipes notent (rond), ce que les professionnels déclarent "
    "(losange), ce que les personnes disent (carré). Le trait est la fourchette. L'écart a un signe et sa propre "
    "fourchette ; quand elle contient zéro, le hasard peut l'expliquer. Il ne dit pas qui se trompe : c'est une question."
)
NAMES = {
    RENDERED: "Noté par les équipes",
    DECLARED: "Déclaré par les professionnels",
    PERCEIVED: "Dit par les personnes",
}


@dataclass(frozen=True)
class View:
    """One view: its nature, its name, the measure that tells it, its share."""

    nature: str
    name: str
    measure: Measure
    value: Value

    @property
    def figure(self) -> str:
        """« 81 % »; a share without a point, by its range."""
        return figures.point(self.value, self.measure.shown_unit)


@dataclass(frozen=True)
class Bracket:
    """The gap between two views, by their places among `views`, in words."""

    first: int
    second: int
    words: str
    by_chance: bool = False

    @property
    def sentence(self) -> str:
        return f"Écart : {self.words}{', que le hasard peut expliquer' if self.by_chance else ''}."


@dataclass(frozen=True)
class Triangulation:
    """Two views or more of one indicator in one unit and period; the gap that stands out, where the edition tells one."""

    title: str
    place: str
    period: str
    views: tuple[View, ...]
    bracket: Bracket | None = None

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{uncapitalised(each.name)} : {_told(each)}" for each in self.views)
        gap = f" {self.bracket.sentence}" if self.bracket else ""
        return f"Graphique, {self.title}, {self.place}, {self.period}, plusieurs regards. {said}.{gap}"

    @property
    def table(self) -> Table:
        header = ("Regard", "Mesure", "Valeur", "Fourchette")
        rows = tuple(
            (each.name, each.measure.libelle, each.figure, figures.span(each.value, each.measure.shown_unit) or "–")
            for each in self.views
        )
        gap = (("Écart", "", self.bracket.words, ""),) if self.bracket else ()
        return Table(f"{self.title}, plusieurs regards, {self.place}, {self.period}", header, (*rows, *gap))


def triangulation(indicator: Indicator, values: Values, gaps: Gaps, unit: Unit, period: Period) -> Triangulation | None:
    """The views that have a share to show, in the order noted, declared, perceived; None with fewer than two of them.

    The gap drawn is the widest that chance does not explain; else that of noted and perceived, else the widest.
    """
    order = list(NAMES)
    told = [
        each
        for each in sorted(indicator.measures, key=lambda each: order.index(each.nature) if each.nature in NAMES else 9)
        if each.nature in NAMES and each.is_share and each.headline is not None
    ]
    views = [(each, values.headline(each, unit, period)) for each in _compared(told, indicator, gaps)]
    shown = [(each, value) for each, value in views if value.shown]
    if len({each.nature for each, _ in shown}) < 2:
        return None
    named = tuple(View(each.nature, _name(each, [one for one, _ in shown]), each, value) for each, value in shown)
    bracket = _bracket(named, indicator, gaps.get(indicator.id, ()))
    return Triangulation(indicator.libelle, unit.nom, period.name, named, bracket)


def pair_of(gap: Gap, indicator: Indicator) -> tuple[Measure, Measure] | None:
    """The two measures whose gap it is, under the version of the indicator; None if one of them is not there."""
    found = [each for name in (gap.first, gap.second) for each in indicator.measures if name in (each.id, each.name)]
    return (found[0], found[1]) if len(found) == 2 else None


def _compared(measures: list[Measure], indicator: Indicator, gaps: Gaps) -> list[Measure]:
    """Those between which the edition tells a gap; without any, the first of each nature."""
    pairs = [pair for gap in gaps.get(indicator.id, ()) if (pair := pair_of(gap, indicator))]
    paired = {each.id for pair in pairs for each in pair}
    if paired:
        return [each for each in measures if each.id in paired]
    return list({each.nature: each for each in reversed(measures)}.values())[::-1]


def _name(measure: Measure, beside: list[Measure]) -> str:
    alone = sum(each.nature == measure.nature for each in beside) == 1
    return NAMES[measure.nature] if alone else f"{NAMES[measure.nature]}, « {uncapitalised(measure.libelle)} »"


def _bracket(views: tuple[View, ...], indicator: Indicator, told: tuple[Gap, ...]) -> Bracket | None:
    places = {each.measure.id: place for place, each in enumerate(views) if each.value.valeur is not None}
    found = [
        (gap, places[pair[0].id], places[pair[1].id])
        for gap in told
        if (pair := pair_of(gap, indicator)) and pair[0].id in places and pair[1].id in places
    ]
    if not found:
        return None

    def rank(each: tuple[Gap, int, int]) -> tuple[bool, bool, int]:
        gap, *places = each
        expected = gap.by_chance and {views[place].nature for place in places} == {RENDERED, PERCEIVED}
        return not gap.by_chance, expected, abs(gap.value.valeur or 0)

    gap, first, second = max(found, key=rank)
    return Bracket(first, second, figures.figure(gap.value, figures.POINTS), by_chance=gap.by_chance)


def _told(view: View) -> str:
    return figures.figure(view.value, view.measure.shown_unit)
