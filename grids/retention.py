"""How long each store keeps what it holds: settings with their reason and who decided (`grids/conservation.yaml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field

from grids.definitions import ROOT, Definition, read_definition


class Duration(Definition):
    """So many months from an event (`null`: without limit), why, and who decided it."""

    months: int | None = Field(alias="mois", ge=1)
    since: str = Field(alias="depuis", min_length=3)
    reason: str = Field(alias="raison", min_length=10)
    decided_by: str = Field(alias="decide_par", min_length=3)

    def over(self, event: date, today: date) -> bool:
        """Whether so many months have gone by since `event`."""
        return self.months is not None and months_after(event, self.months) <= today


class Number(Definition):
    """So many items, the latest ones (`null`: all), why, and who decided it."""

    number: int | None = Field(alias="nombre", ge=0)
    reason: str = Field(alias="raison", min_length=10)
    decided_by: str = Field(alias="decide_par", min_length=3)


class Retention(Definition):
    """The duration of each store."""

    records: Duration = Field(alias="fiches")
    answers: Duration = Field(alias="reponses")
    refused: Duration = Field(alias="accuses_refuses")
    withdrawn: Duration = Field(alias="livraisons_retirees")
    warehouse: Duration = Field(alias="entrepot")
    unread_comments: Duration = Field(alias="verbatims_non_lus")
    editions: Number


def load_retention(path: Path = ROOT / "conservation.yaml") -> Retention:
    """The durations in force; raises GridError if the file says something that cannot be."""
    return read_definition(Retention, path)


def months_after(event: date, months: int) -> date:
    """The day so many calendar months after `event`: the first of the next month where that month is too short."""
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    try:
        return date(year, month + 1, event.day)
    except ValueError:
        return months_after(event.replace(day=1), months + 1)
