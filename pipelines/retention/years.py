"""What state the records of each year are in, and whether a year may be closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from grids.errors import ReleaseError, SproError
from grids.thresholds import load_thresholds
from pipelines.home import Home
from pipelines.intake.references import stored_years, years_with_references
from pipelines.periods import closed_periods
from pipelines.receipt import read_receipts
from pipelines.release.reading import open_release, published

PSEUDONYMISED, ANONYMISED = "pseudonymisé", "anonymisé"


@dataclass(frozen=True)
class YearState:
    """A year whose records are held: in which state, and whether its key is still there."""

    year: int
    state: str
    has_key: bool


@dataclass(frozen=True)
class Closing:
    """A closing that was filed: its year and day, the deliveries that hold rows of the year."""

    year: int
    closed_on: date
    deliveries: frozenset[str]


def filed_closings(home: Home) -> list[Closing]:
    """Every closing, oldest year first."""
    filed = (
        json.loads((home.years / f"{year}.json").read_text(encoding="utf-8")) for year in sorted(home.closed_years())
    )
    return [
        Closing(each["annee"], date.fromisoformat(each["close_le"]), frozenset(each["livraisons"])) for each in filed
    ]


def closed_years(home: Home) -> frozenset[int]:
    """The years whose key is destroyed and whose references are erased: those of the home itself."""
    return home.closed_years()


def state_of(home: Home, year: int) -> str:
    """« anonymisé » for a closed year, « pseudonymisé » for an open one."""
    return ANONYMISED if year in home.closed_years() else PSEUDONYMISED


def year_states(home: Home) -> list[YearState]:
    """Every year that has references, a key, or a closing filed; oldest first."""
    keys = stored_years(home.keys)
    years = years_with_references(home) | keys | home.closed_years()
    return [YearState(year, state_of(home, year), year in keys) for year in sorted(years)]


def refuse_early_closing(home: Home, year: int, as_of: date) -> None:
    """Raise SproError unless `year` can be closed on `as_of`: open, over, published, with every delivery counted."""
    if year in home.closed_years():
        raise SproError(f"L'année {year} est déjà close.", place=str(home.years / f"{year}.json"))
    _refuse_unfinished(year, as_of)
    if (date(year, 1, 1)) not in _published_years(home):
        raise SproError(
            f"L'édition de l'année {year} n'est pas publiée.",
            place=str(home.releases),
            remedy="Lancez « spro build » : une année se clôt une fois son édition publiée.",
        )
    if any(each.etat == "lue" for each in read_receipts(home.receipts)):
        raise SproError(
            "Des livraisons lues n'ont pas encore été comptées.",
            place=str(home.receipts),
            remedy="Lancez « spro build » jusqu'au bout, puis recommencez.",
        )


def _refuse_unfinished(year: int, as_of: date) -> None:
    thresholds = load_thresholds()
    closed = closed_periods(date(year, 1, 1), as_of, thresholds)
    if not any(each.step == "annee" and each.start.year == year for each in closed):
        raise SproError(
            f"L'année {year} n'est pas terminée depuis {thresholds.closing_days.value} jours.",
            place=f"au {as_of:%d/%m/%Y}",
            remedy="Ses dernières livraisons peuvent encore arriver : attendez la publication de son édition.",
        )


def _published_years(home: Home) -> frozenset[date]:
    try:
        release = published(home.releases)
    except ReleaseError:
        return frozenset()
    with open_release(release) as connection:
        rows = connection.execute("SELECT debut FROM reference.periodes WHERE pas = 'annee'").fetchall()
    return frozenset(start for (start,) in rows)
