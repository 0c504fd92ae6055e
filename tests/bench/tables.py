"""How the page of measures writes its tables and numbers, in French, and keeps its sections apart."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def spread(values: Sequence[float], unit: str = "") -> str:
    """The median, then the least and the greatest."""
    return f"{decimal(statistics.median(values))}{unit} ({decimal(min(values))} à {decimal(max(values))})"


def decimal(value: float) -> str:
    """One decimal, after a comma."""
    return f"{value:.1f}".replace(".", ",")


def number(value: int) -> str:
    """Thousands apart."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def with_section(page: str, section: str) -> str:
    """`page` with a section in the place of the one that has its heading ("## …"), or at its end."""
    heading = section.partition("\n")[0]
    present = section_of(page, heading)
    before, _, after = page.partition(present) if present else (page, "", "")
    rest = f"\n{after.lstrip()}" if after.strip() else ""
    return f"{before.rstrip()}\n\n{section.rstrip()}\n{rest}"


def section_of(page: str, heading: str) -> str:
    """The section of that heading, '' if there is none."""
    _, found, after = page.partition(f"{heading}\n")
    own = after.partition("\n## ")[0]
    return f"{heading}\n{own}" if found else ""
