"""The hidden page of the workbook: the words of each drop-down list, and the structures with their usual channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from grids.common_sheet import CommonSheet
from grids.errors import GridError
from grids.register import Network, networks
from grids.sheet_questions import SheetQuestion
from pipelines.handouts.neutral import neutralised

LISTS_PAGE = "listes"
STRUCTURES, IDENTIFIERS, CHANNELS, OTHERS = "structures", "identifiants", "canaux", "seconds_choix"


@dataclass(frozen=True)
class KnownStructure:
    """A structure that may fill in the sheet: as displayed, its identifier, its usual channel as displayed ('' if none)."""

    displayed: str
    identifier: str
    channel: str


def known_structures(
    sheet: CommonSheet, structures: Sequence[tuple[str, str]], usual_channels: Mapping[str, str]
) -> tuple[KnownStructure, ...]:
    """`structures` (identifier, name) with their usual channel (identifier → code).

    Raises GridError if a channel is not one that the sheet displays.
    """
    words = next(
        ({code: word for word, code in each.answers.items()} for each in sheet.asked if each.default_of_structure), {}
    )
    unknown = sorted(set(usual_channels.values()) - set(words))
    if unknown:
        raise GridError(f"« {unknown[0]} » n'est pas un canal de la fiche.", remedy=f"Canaux : {', '.join(words)}.")
    return tuple(
        KnownStructure(
            neutralised(f"{name} — {identifier}"), identifier, words.get(usual_channels.get(identifier, ""), "")
        )
        for identifier, name in structures
    )


def displayed_answers(question: SheetQuestion, network: Network, choice: int = 0) -> tuple[str, ...]:
    """The words of a drop-down list in the sheet of `network`; a second choice is a network only."""
    if not question.own_network:
        return tuple(question.answers)
    others = tuple(each.name for each in networks() if each.code != network.code)
    return (() if choice else tuple(question.answers)) + (question.own_words(network.name), *others)


def list_name(question: SheetQuestion, choice: int = 0) -> str:
    """The name by which the workbook knows a question's list."""
    return f"liste_{question.column or 'bloc_' + question.block}" + (f"_{OTHERS}" if choice else "")


def write_lists(
    workbook: Workbook, sheet: CommonSheet, network: Network, structures: Sequence[KnownStructure]
) -> Worksheet:
    """Add the hidden page of lists, one named range a list."""
    page = workbook.add_worksheet(LISTS_PAGE)
    lists = {
        list_name(question, choice): displayed_answers(question, network, choice)
        for question in sheet.asked
        if question.answers
        for choice in range(question.at_most)
    }
    if structures:
        lists[f"liste_{STRUCTURES}"] = tuple(each.displayed for each in structures)
        lists[f"liste_{IDENTIFIERS}"] = tuple(each.identifier for each in structures)
        lists[f"liste_{CHANNELS}"] = tuple(each.channel for each in structures)
    for column, (name, words) in enumerate(lists.items()):
        _write_list(workbook, page, column, name, words)
    page.hide()
    page.protect()
    return page


def _write_list(workbook: Workbook, page: Worksheet, column: int, name: str, words: Sequence[str]) -> None:
    page.write_string(0, column, name)
    for row, each in enumerate(words, start=1):
        page.write_string(row, column, neutralised(each))
    letter = xl_col_to_name(column)
    workbook.define_name(name, f"={LISTS_PAGE}!${letter}$2:${letter}${len(words) + 1}")
