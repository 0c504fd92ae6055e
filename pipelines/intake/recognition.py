"""Which delivery of a network a file is, from its headings: nothing is guessed from its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from grids.common_sheet import common_sheet_delivery
from grids.contract import TABLES, load_contract
from grids.errors import DeliveryRefused
from grids.network import Delivery, Mapping, contract_delivery
from pipelines.intake.first_names import names_a_person
from pipelines.intake.office_text import FirstLines, normalised
from pipelines.intake.survey_headings import (
    identities,
    is_unfinished_column,
    other_names,
    plain_code,
    plain_headings,
    technical,
)

_DIGITS_OF_AN_IDENTITY = 8
"""A telephone number or a date of birth has as many, a heading of a tool has fewer."""
_SUBMITTED = "submitdate"
"""LimeSurvey's column that stays empty until the person has finished."""


@dataclass(frozen=True)
class Recognised:
    """A file known for what it is: its delivery, its headings, the row (from 1) where they stand.

    A questionnaire tool's headings are named as `survey_headings` does, whatever their language, and may have shorter names.
    """

    delivery: Delivery
    headings: tuple[str, ...]
    heading_row: int
    lines_above: int  # lines of the file above that row, and
    heading_line: int  # the line on which it ends: a cell may hold line feeds
    unfinished: str | None = None  # the heading whose empty cell means that the person did not finish
    questionnaire: bool = False
    shorter: dict[str, str] = field(default_factory=dict)

    def position(self, heading: str) -> int | None:
        """Where a heading named by the mapping stands among the file's (from 0), or None."""
        wanted = normalised(plain_code(heading) if self.questionnaire else heading)
        return self._places.get(self.shorter.get(wanted, wanted))

    @property
    def read_whole(self) -> bool:
        """Whether its cells may hold line feeds and its end a blank line: a questionnaire tool's are read in memory."""
        return self.questionnaire or self.delivery.reader != "csv"

    @cached_property
    def _places(self) -> dict[str, int]:
        named = {normalised(each): place for place, each in reversed(list(enumerate(self.headings)))}
        return {name: place for name, place in named.items() if name}


@dataclass(frozen=True)
class _Heading:
    """A row that may be the heading of a delivery, and where it stands."""

    names: tuple[str, ...]
    row: int
    questionnaire: bool = False

    @property
    def shorter(self) -> dict[str, str]:
        found = other_names(self.names) if self.questionnaire else {}
        return {normalised(short): normalised(name) for short, name in found.items()}

    def holds(self, needed: Iterable[str]) -> bool:
        """Whether the row has every heading that a delivery is recognised by."""
        wanted = map(plain_code, needed) if self.questionnaire else needed
        return set(map(normalised, wanted)) <= self._known

    @cached_property
    def _known(self) -> set[str]:
        return {normalised(name) for name in self.names} | set(self.shorter)


def told(name: str, place: int) -> str:
    """The name of a column or of a sheet as a message may tell it, or its place (from 1).

    It may hold a person's: a line end was lost and the heading has run into a row, a sheet bears a professional's name.
    """
    doubtful = "@" in name or sum(map(str.isdigit, name)) >= _DIGITS_OF_AN_IDENTITY or names_a_person(name)
    return f"n° {place}" if doubtful else f"« {name} »"


def recognise(lines: FirstLines, mapping: Mapping, file_name: str) -> Recognised:
    """The one delivery of `mapping`, or table of the contract, whose headings stand in the first lines.

    Raises DeliveryRefused if none fits, or if a heading stands twice.
    """
    candidates = _candidates(mapping)
    for heading in _headings(lines):
        fitting = [(len(needed), delivery) for delivery, needed in candidates if heading.holds(needed)]
        if fitting:
            # A network's own deliveries come first; between tables of the contract, the one that says most of the file.
            delivery = max(fitting, key=lambda each: (each[1] in mapping.deliveries, each[0]))[1]
            return _recognised(delivery, heading, lines, file_name)
    raise DeliveryRefused(
        f"Ce fichier ne ressemble à aucune livraison connue de « {mapping.name} ».",
        place=file_name,
        remedy=f"En-têtes attendus : {_expected(mapping)}. "
        f"Vérifiez l'export, ou complétez grids/networks/{mapping.network}.yaml.",
    )


def _candidates(mapping: Mapping) -> list[tuple[Delivery, tuple[str, ...]]]:
    own = [(delivery, delivery.recognised_by) for delivery in mapping.deliveries]
    sheet = (common_sheet_delivery(), common_sheet_delivery().recognised_by)
    return [*own, sheet, *((contract_delivery(table), _required(table)) for table in TABLES)]


def _headings(lines: FirstLines) -> list[_Heading]:
    """The rows that may be the heading; a questionnaire tool's is known by its own columns."""
    found = plain_headings(lines.rows)
    if found:
        return [_Heading(found[0], found[1], questionnaire=True)]
    return [_Heading(row, number) for number, row in enumerate(lines.rows, start=1)]


def _recognised(delivery: Delivery, heading: _Heading, lines: FirstLines, file_name: str) -> Recognised:
    ends = (0, *lines.line_ends)
    headings = _trimmed(heading.names, delivery, file_name)
    unfinished = is_unfinished_column(headings) if heading.questionnaire else None
    if not heading.questionnaire and delivery.reader == "limesurvey":
        unfinished = next((each for each in headings if normalised(each) == _SUBMITTED), None)
    return Recognised(
        delivery=_with_tool_columns(delivery, headings) if heading.questionnaire else delivery,
        headings=headings,
        heading_row=heading.row,
        lines_above=ends[heading.row - 1],
        heading_line=ends[heading.row],
        unfinished=unfinished,
        questionnaire=heading.questionnaire,
        shorter=heading.shorter,
    )


def _with_tool_columns(delivery: Delivery, headings: tuple[str, ...]) -> Delivery:
    """The delivery, the questionnaire tool's own columns said once for all: its identities dropped, the rest left unread."""
    read = {normalised(plain_code(each)) for each in delivery.kept_headings}
    unread = [each for each in technical(headings) if normalised(each) not in read]
    dropped = [each for each in identities(headings) if normalised(each) not in read]
    return delivery.model_copy(
        update={"removed": _once(*delivery.removed, *dropped), "ignored": _once(*delivery.ignored, *unread)}
    )


def _once(*headings: str) -> tuple[str, ...]:
    return tuple({normalised(each): each for each in reversed(headings)}.values())[::-1]


def _required(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in load_contract(table).columns if column.required)


def _expected(mapping: Mapping) -> str:
    shapes = [" + ".join(f"« {heading} »" for heading in each.recognised_by) for each in mapping.deliveries]
    return " ; ou ".join(shapes) or "ceux du contrat de données"


def _trimmed(row: tuple[str, ...], delivery: Delivery, file_name: str) -> tuple[str, ...]:
    headings = tuple(cell.strip() for cell in row)
    named = [normalised(heading) for heading in headings]
    twice = sorted({heading for heading in named if heading and named.count(heading) > 1})
    if twice:
        known = {normalised(each) for each in (*delivery.kept_headings, *delivery.removed, *delivery.ignored)}
        raise DeliveryRefused(
            _stands_twice(twice[0], named, known), place=file_name, remedy="Gardez une seule de ces colonnes."
        )
    return headings


def _stands_twice(heading: str, named: list[str], known: set[str]) -> str:
    # Where the heading has run into the rows below it, a word that the mapping does not name may be a person's.
    if heading in known:
        return f"L'en-tête « {heading} » figure deux fois."
    places = ", ".join(str(place) for place, each in enumerate(named, start=1) if each == heading)
    return f"Un même en-tête figure plusieurs fois (colonnes {places})."
