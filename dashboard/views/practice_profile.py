"""The facts of organisation of one structure beside the share of structures that have them, in its network and the region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import numbers, words
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.legend import Key
from dashboard.views.measures import DISTRIBUTION, INDEX, TOGETHER, Category, Measure
from dashboard.views.tables import Table
from dashboard.views.values import ABSENT, Value, Values

HAS, PARTLY, NOT, UNTOLD = "has", "partly", "not", "untold"
SYMBOLS = {HAS: "●", PARTLY: "◐", NOT: "○", UNTOLD: "–"}
YES, NO = "oui", "non"
_KEYS = {
    HAS: "la structure l'a",
    PARTLY: "elle l'a en partie",
    NOT: "elle ne l'a pas",
    UNTOLD: "rien à montrer",
}
READING = (
    "Chaque ligne est un fait que la structure a dit d'elle-même dans son profil de l'année. L'échelle montre, à titre de "
    "repère, la part des structures du réseau et de la région qui l'ont aussi. Ce n'est pas un objectif : un fait utile à "
    "une structure peut ne pas l'être à une autre."
)


@dataclass(frozen=True)
class Practice:
    """One fact: what the structure answers (`state`: HAS, PARTLY, NOT or UNTOLD), and who else has it, as shares."""

    label: str
    answer: str
    state: str
    counted: str
    network: Value
    region: Value

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.state]

    @property
    def sentence(self) -> str:
        """« Espace où l'on n'est pas entendu : toujours. »"""
        return f"{self.label} : {self.answer}."


@dataclass(frozen=True)
class Profile:
    """All the facts of one structure in one year, in the order of the grid."""

    structure: str
    network: str
    region: str
    period: str
    practices: tuple[Practice, ...]

    @property
    def told(self) -> tuple[Practice, ...]:
        """The facts that have an answer."""
        return tuple(each for each in self.practices if each.state != UNTOLD)

    @property
    def sentence(self) -> str:
        """How many of the facts the structure has, and a question."""
        if not self.told:
            return "Aucun fait d'organisation n'est montré pour cette période."
        whole = sum(each.state == HAS for each in self.told)
        count = numbers.spelled(whole) if whole else "aucun"
        plural = "s" if len(self.told) > 1 else ""
        return (
            f"Sur {numbers.spelled(len(self.told))} fait{plural} d'organisation décrit{plural}, "
            f"{count} {'sont entièrement en place' if whole > 1 else 'est entièrement en place'}. "
            "Lequel changerait le plus l'accueil ?"
        )

    @property
    def legend(self) -> tuple[Key, ...]:
        """The marks in use, in words."""
        present = [state for state in SYMBOLS if any(each.state == state for each in self.practices)]
        return (
            *(Key(SYMBOLS[state], _KEYS[state]) for state in present),
            Key("▌", f"part des structures, réseau {self.network}"),
            Key("◇", f"part des structures, {self.region}"),
        )

    @property
    def alt(self) -> str:
        said = " ; ".join(f"{each.label} : {each.answer}{self._beside(each)}" for each in self.practices)
        return f"Graphique, pratiques de {self.structure}, {self.period}. {said}. {self.sentence}"

    @property
    def table(self) -> Table:
        header = ("Fait d'organisation", "La structure", f"Réseau {self.network}", self.region, "Ce que la part compte")
        rows = tuple(
            (each.label, each.answer, _share(each.network), _share(each.region), each.counted)
            for each in self.practices
        )
        return Table(f"Pratiques de {self.structure}, {self.period}", header, rows)

    def _beside(self, practice: Practice) -> str:
        shown = [(self.network, practice.network), (self.region, practice.region)]
        told = [f"{name} {_share(value)}" for name, value in shown if value.shown]
        return f" ({', '.join(told)})" if told else ""


def is_practice(measure: Measure) -> bool:
    """Whether a measure is a fact of organisation that one structure has or has not."""
    return measure.fait_d_organisation and measure.genre != INDEX and measure.shown_at("structure")


def profile_of(
    measures: Iterable[Measure], values: Values, period: Period, structure: Unit, network: Unit, region: Unit
) -> Profile:
    """The facts among `measures` in a year that `values` tells, hidden ones included, those that do not apply aside."""
    facts = (practice_of(each, values, period, structure, network, region) for each in measures if is_practice(each))
    return Profile(
        structure.nom, network.nom, region.nom, period.name, tuple(each for each in facts if each is not None)
    )


def practice_of(
    measure: Measure, values: Values, period: Period, structure: Unit, network: Unit, region: Unit
) -> Practice | None:
    """One fact of a structure; None where the release says nothing of it."""
    value = values.headline(measure, structure, period)
    if value is ABSENT:
        return None
    answer, state = answer_of(measure, values, structure, period)
    return Practice(
        measure.libelle,
        answer,
        state,
        _counted(measure),
        _share_of(measure, values, network, period),
        _share_of(measure, values, region, period) if measure.comparaison == TOGETHER else ABSENT,
    )


def answer_of(measure: Measure, values: Values, structure: Unit, period: Period) -> tuple[str, str]:
    """What a structure answers of a fact, in words, and its state: HAS, PARTLY, NOT or UNTOLD."""
    if measure.genre == DISTRIBUTION:
        return _chosen(measure, values, structure, period)
    value = values.headline(measure, structure, period)
    if value.valeur is None:
        return words.STATES.get(value.etat, words.ABSENT), UNTOLD
    return (YES, HAS) if value.valeur else (NO, NOT)


def _chosen(measure: Measure, values: Values, structure: Unit, period: Period) -> tuple[str, str]:
    how = values.aggregation(measure, structure, period)
    cells = [(each, values.get(measure, structure, period, each.code, how)) for each in measure.categories]
    chosen = next((each for each, cell in cells if cell.shown and cell.valeur), None)
    if chosen is None:
        return words.STATES.get(cells[0][1].etat if cells else "", words.ABSENT), UNTOLD
    return chosen.libelle, _state(chosen, measure.categories)


def _state(chosen: Category, categories: tuple[Category, ...]) -> str:
    """HAS at the fuller end of the answers, NOT at the other; a grid writes either end first."""
    fuller_last = categories[-1].favorable and not categories[0].favorable
    full, none = (categories[-1], categories[0]) if fuller_last else (categories[0], categories[-1])
    return HAS if chosen == full else NOT if chosen == none else PARTLY


def _share_of(measure: Measure, values: Values, unit: Unit, period: Period) -> Value:
    """The share of the unit's structures that have the fact; of a fact without a better answer, the first one."""
    return values.headline(measure, unit, period)


def _counted(measure: Measure) -> str:
    """Which answers the share counts."""
    if measure.genre != DISTRIBUTION:
        return capitalised(YES)
    counted = [each.libelle for each in measure.categories if each.favorable] or [measure.categories[0].libelle]
    return capitalised(numbers.listed(counted).replace(" et ", " ou "))


def _share(value: Value) -> str:
    return figures.point(value, figures.PERCENT) if value is not ABSENT else "–"
