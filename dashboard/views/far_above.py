"""What structures far from the others do more often: by consent, as a question, never as a cause."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.text import numbers
from dashboard.text.typography import capitalised
from dashboard.views.measures import FEWER, MORE, Measure
from dashboard.views.tables import Table

FEWEST = 3
CAUTION = (
    "Ce qu'elles font plus souvent n'explique pas forcément leur chiffre : d'autres choses les distinguent peut-être. "
    "Seules comptent les structures qui ont accepté d'en parler."
)


@dataclass(frozen=True)
class Practice:
    """A fact of organisation: of how many structures far from the others, the percent that has it; the same elsewhere."""

    words: str
    structures: int
    percent: int
    others: int
    others_percent: int

    @property
    def more_often(self) -> bool:
        return self.percent > self.others_percent

    @property
    def sentence(self) -> str:
        """« Espace confidentiel (4 sur 4, contre environ six sur dix ailleurs). Est-ce une piste ? »"""
        among = f"{round(self.structures * self.percent / 100)} sur {self.structures}"
        elsewhere = numbers.spoken_part(self.others_percent)
        return f"« {self.words} » : {among}, contre {elsewhere} ailleurs. Est-ce une piste ?"


@dataclass(frozen=True)
class Profile:
    """The practices of a measure in one period; `side`: « au-dessus », or « au-dessous » where less is hoped for."""

    title: str
    period: str
    side: str
    practices: tuple[Practice, ...]

    @property
    def opening(self) -> str:
        """Who is spoken of."""
        count = max(each.structures for each in self.practices)
        return (
            f"{capitalised(numbers.spelled(count, feminine=True))} structures {self.side} des limites à 95 % acceptent "
            "qu'on parle de leur organisation. À ce niveau, une structure sur quarante s'en écarte par hasard."
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each practice that is more frequent among them, in the order of the grid."""
        return tuple(each.sentence for each in self.practices if each.more_often)

    @property
    def table(self) -> Table:
        header = ("Pratique", f"{capitalised(self.side)} des limites à 95 %", "Ailleurs")
        rows = tuple(
            (
                each.words,
                f"{numbers.percent(each.percent)} de {each.structures} structures",
                f"{numbers.percent(each.others_percent)} de {each.others} structures",
            )
            for each in self.practices
        )
        return Table(f"{self.title}, {self.period}, pratiques d'organisation", header, rows)


def profile_of(measure: Measure, frame: pl.DataFrame, perimeter: str, period: str) -> Profile | None:
    """From rows of quality.pratiques of one period; None where the edition tells nothing of the measure."""
    columns = ("libelle", "structures", "part", "autres", "part_autres")
    rows = frame.filter(mesure_id=measure.id, perimetre=perimeter).select(columns)
    practices = tuple(Practice(*row) for row in rows.iter_rows())
    side = "au-dessous" if measure.sens == FEWER else "au-dessus"
    return Profile(measure.libelle, period, side, practices) if practices else None


def why_none(measure: Measure) -> str:
    """Why there is no profile, without telling how many structures lie where."""
    if measure.sens not in (MORE, FEWER):
        return "Le cahier des charges ne fixe pas de bon niveau ici : aucune structure n'est à prendre pour exemple."
    return (
        f"Rien à montrer pour cette mesure : il faut au moins trois structures "
        f"{'au-dessous' if measure.sens == FEWER else 'au-dessus'} des limites à 95 %, et que chacune accepte qu'on en parle."
    )
