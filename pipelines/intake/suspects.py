"""Which rows need to be searched for identities: a cell that became a word of the contract, a date, a number, is none."""

from __future__ import annotations

from collections.abc import Iterable

from grids.network import Source
from pipelines.intake.identities import searched_headings
from pipelines.intake.recognition import Recognised
from pipelines.staging import quoted

_RAW = "brut:"


def raw_name(heading: str) -> str:
    """The name, quoted, under which the source's own cell stands beside the columns made of it."""
    return quoted(_RAW + heading)


def raw_cells_sql(recognised: Recognised) -> str:
    """SQL for the source's cells that may have to be searched, each after a comma."""
    return "".join(f", {quoted(heading)} AS {raw_name(heading)}" for heading in searched_headings(recognised))


def suspect_sql(recognised: Recognised, made: dict[str, Source]) -> str:
    """SQL, over mapped rows and their raw cells, that is true where some searched cell was not understood.

    `made`: the column of the mapped rows that each source fills; a mark (#) in it says that its cell was not understood.
    """
    marked = [f"contains({quoted(name)}, '#')" for name, source in made.items() if not source.working_days]
    # A delay is empty as soon as one of its dates is: the other then was not looked at.
    halves = [
        f"({quoted(name)} IS NULL AND coalesce({_any_of(source.headings)}) IS NOT NULL) OR contains({quoted(name)}, '#')"
        for name, source in made.items()
        if source.working_days
    ]
    understood = {heading for source in made.values() for heading in source.headings}
    others = [f"{raw_name(each)} IS NOT NULL" for each in searched_headings(recognised) if each not in understood]
    return " OR ".join([*(f"coalesce({each}, false)" for each in (*marked, *halves)), *others]) or "false"


def _any_of(headings: Iterable[str]) -> str:
    return ", ".join(raw_name(heading) for heading in headings)
