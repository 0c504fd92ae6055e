"""Reading comments: out to a workbook, back as decisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from grids.errors import SproError
from pipelines.home import Home
from pipelines.verbatims.decisions import DISCARDED, PUBLISHABLE, Decision, read_decisions, write_decisions
from pipelines.verbatims.masking import places_of
from pipelines.verbatims.reading_sheet import Row, read_sheet, write_sheet
from pipelines.verbatims.staged import apply_decisions, comments, waiting

Count = dict[str, int]
"""How many comments were given each decision of the sheet."""


def export(home: Home, path: Path) -> int:
    """Write the comments that wait for a reading to the workbook `path`; returns how many.

    Raises SproError if none waits; nothing is written then.
    """
    unread = waiting(home)
    if unread.is_empty():
        raise SproError("Aucun commentaire n'attend de relecture.", place=str(home.root))
    write_sheet(path, unread)
    return unread.height


def import_decisions(home: Home, path: Path, on: date) -> Count:
    """Record what was decided in the workbook `path` on the day `on`; returns how many comments were given each word.

    All or nothing. A discarded comment is erased at once; a decision may be changed as long as the comment is held. Raises
    SproError, with the line, for an unknown id or word, or a mask that the comment does not hold; BuildBusy if a build
    holds the data folder.
    """
    rows = read_sheet(path)
    with home.held():
        texts = {row["id"]: row["texte"] for row in comments(home).iter_rows(named=True)}
        decisions = read_decisions(home)
        decided = {row.comment: _decision(row, path, texts, decisions, on) for row in rows}
        # The decisions first: after a crash in between, the next build applies them.
        write_decisions(home, decisions | decided)
        apply_decisions(home)
    words = [each.decision for each in decided.values()]
    return {word: words.count(word) for word in (PUBLISHABLE, DISCARDED)}


def _decision(row: Row, path: Path, texts: dict[str, str], decisions: dict[str, Decision], on: date) -> Decision:
    """The decision of a line beside the earlier one; the same word again keeps its day."""
    earlier = decisions.get(row.comment)
    if row.comment not in texts:
        if earlier and earlier.decision == row.decision == DISCARDED:
            return earlier
        raise _not_held(row, path, earlier)
    places = {place for each in row.mask for place in _places(each, texts[row.comment], row, path)}
    if earlier and row.decision == PUBLISHABLE:
        places |= set(earlier.mots_masques)
    if earlier and (earlier.decision, earlier.mots_masques) == (row.decision, tuple(sorted(places))):
        return earlier
    return Decision(decision=row.decision, le=on, mots_masques=tuple(sorted(places)))


def _places(expression: str, text: str, row: Row, path: Path) -> tuple[int, ...]:
    found = places_of(expression, text)
    if not found:
        raise SproError(
            "Un mot à masquer ne figure pas dans le commentaire.",
            place=f"{path.name}, ligne {row.line}",
            remedy="Recopiez-le tel qu'il est écrit ; séparez plusieurs mots à masquer par « ; ».",
        )
    return found


def _not_held(row: Row, path: Path, earlier: Decision | None) -> SproError:
    place = f"{path.name}, ligne {row.line}"
    if earlier and earlier.decision == DISCARDED:
        return SproError(
            "Ce commentaire a déjà été écarté : il est effacé, et la décision ne peut plus changer.",
            place=place,
            remedy="Supprimez cette ligne du classeur.",
        )
    return SproError(
        "Aucun commentaire n'a ce repère.",
        place=place,
        remedy="Reprenez le repère du classeur exporté ; si la livraison a été retirée depuis, supprimez la ligne.",
    )
