"""The sheet of one structure, meant to be read with its team: for the page and for the document alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import dates, numbers
from dashboard.text.typography import uncapitalised
from dashboard.views.catalogue import Field
from dashboard.views.effects import Action
from dashboard.views.history import History
from dashboard.views.measures import Measure
from dashboard.views.practice_profile import Profile, profile_of
from dashboard.views.structure_contradictions import contradictions
from dashboard.views.structure_improvements import aimed_at, improvements
from dashboard.views.structure_lines import FieldLines, Places, SheetLine, field_lines
from dashboard.views.structure_periods import Slice, step_sentence
from dashboard.views.structure_points import Point, first_things, strong_points
from dashboard.views.structure_sides import Sides, sides_of

HIDDEN = (
    "Un résultat « non diffusé » n'est pas montré, pour qu'on ne puisse reconnaître personne. "
    "Cela ne dit rien de bon ni de mauvais sur la structure. Le résultat du réseau, quand il est à côté, se lit."
)
NOTHING_STANDS_OUT = "rien ne se détache au-delà de ce qui varie d'habitude"
RESTS = (
    "Ce qui est nommé ici dépasse ce que le hasard explique ; le reste varie comme d'habitude, "
    "ou ne peut pas encore se dire."
)
CLOSING_QUESTION = "Que voulons-nous garder, et que voulons-nous essayer d'ici la prochaine lecture ?"


@dataclass(frozen=True)
class Cycle:
    """An improvement action of the structure: `tone` is « good », « bad » or empty; `gap` and `sentence` may be empty."""

    title: str
    verdict: str
    tone: str
    gap: str
    sentence: str
    story: str


@dataclass(frozen=True)
class SheetView:
    """All that the sheet says, in the order in which it says it. Every text is French, with plain spaces.

    `opening`: one to three sentences; `step`: by which step the structure is told; `strong` (three at most) and `first`
    (two at most) may be empty; `fields`: a line for each criterion; `sides`: the team beside persons; `profile`: facts of
    organisation; `hidden`: what a hidden figure means, empty where none is.
    """

    structure: Unit
    network: Unit
    region: Unit
    period: Period
    opening: tuple[str, ...]
    step: str
    strong: tuple[Point, ...]
    first: tuple[Point, ...]
    fields: tuple[FieldLines, ...]
    cycles: tuple[Cycle, ...]
    sides: Sides
    profile: Profile
    hidden: str


def sheet_view(
    places: Places,
    slices: Sequence[Slice],
    fields: Sequence[Field],
    history: History,
    told: Sequence[Period],
    *,
    for_team: bool,
) -> SheetView:
    """The sheet of `places.structure`.

    `slices`: what the release says in the period looked at, then in the longer ones (structure_periods.looked_at);
    `fields`: those of the grid in force; `told`: the periods in which the structure has figures
    (structure_periods.told_periods); `for_team`: whether its own team reads it, to whom alone its common answer is shown.
    """
    by_field = field_lines(fields, slices, places, history)
    lines = [line for field in by_field for line in field.lines]
    strong, first = _standing_out(fields, slices, lines, history)
    return SheetView(
        structure=places.structure,
        network=places.network,
        region=places.region,
        period=slices[0].period,
        opening=_opening(places.structure, slices[0].period, strong, first),
        step=step_sentence(told),
        strong=strong,
        first=first,
        fields=by_field,
        cycles=cycles(slices[0].findings.actions, history.measures),
        sides=sides_of(fields, slices, places.structure, history, for_team=for_team),
        profile=_profile(fields, slices, places, history),
        hidden=HIDDEN if any(each.hidden or each.kept_back for each in lines) else "",
    )


def _standing_out(
    fields: Sequence[Field], slices: Sequence[Slice], lines: Sequence[SheetLine], history: History
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Strong points and first things to look at; a criterion that is to be looked at is no strong point."""
    first = first_things(lines, contradictions(fields, slices))
    improved = improvements(slices[0].findings.actions, history.measures)
    looked_at = {each.code for each in first}
    return tuple(each for each in strong_points(lines, improved) if each.code not in looked_at), first


def cycles(actions: Sequence[Action], measures: Mapping[str, Measure]) -> tuple[Cycle, ...]:
    """The improvement actions of a structure, in the order given."""
    return tuple(_cycle(each, aimed_at(each, measures)) for each in actions)


def _cycle(action: Action, measure: Measure | None) -> Cycle:
    return Cycle(
        title=action.title,
        verdict=action.verdict,
        tone=action.tone,
        gap=f"{measure.libelle}. {action.gap(measure)}".strip() if measure else "",
        sentence=action.sentence,
        story=action.story,
    )


def _profile(fields: Sequence[Field], slices: Sequence[Slice], places: Places, history: History) -> Profile:
    """In the year looked at: facts of organisation are told by year alone."""
    year = next((each for each in slices if each.period.pas == dates.YEAR), slices[-1])
    found = [each for field in fields for criterion in field.criteria for each in criterion.measures]
    asked = [now for each in found if (now := history.comparable(each, year.period)) is not None]
    return profile_of(asked, year.values, year.period, places.structure, places.network, places.region)


def _opening(structure: Unit, period: Period, strong: Sequence[Point], first: Sequence[Point]) -> tuple[str, ...]:
    """What stands out, then what it rests on, then a question."""
    where = f"{structure.nom}, {period.within}"
    if not strong and not first:
        return (f"{where} : {NOTHING_STANDS_OUT}.", CLOSING_QUESTION)
    parts = (
        _named(strong, "point fort", "points forts"),
        _named(first, "chose à regarder", "choses à regarder", feminine=True),
    )
    told = " ; ".join(filter(None, parts))
    return (f"{where} : {told}.", RESTS, first[0].question if first else strong[0].question)


def _named(points: Sequence[Point], one: str, several: str, *, feminine: bool = False) -> str:
    """« deux points forts, écoute et respect et délais »; empty without any."""
    if not points:
        return ""
    titles = numbers.listed(f"« {uncapitalised(each.title)} »" for each in points)
    count = numbers.spelled(len(points), feminine=feminine)
    return f"{count} {one if len(points) == 1 else several} ({titles})"
