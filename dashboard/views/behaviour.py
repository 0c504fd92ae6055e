"""What an edition says of a line through time: its chart, whether it still varies as usual, which points speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.text.typography import capitalised
from dashboard.views.measures import FEWER, MORE, Measure

NO_CHART, RUN_CHART = "ligne", "mediane"
TOO_EARLY = "trop_tot"
GOOD, BAD = "good", "bad"
OUTSIDE, TREND, TWO_OF_THREE, SHIFT = "hors_limites", "tendance", "deux_sur_trois", "decalage"

VARIATIONS = {
    "amelioration": "Amélioration au-delà de la variation habituelle",
    "deterioration": "Évolution défavorable au-delà de la variation habituelle",
    "hausse": "Hausse au-delà de la variation habituelle",
    "baisse": "Baisse au-delà de la variation habituelle",
    "habituelle": "Variation habituelle",
    TOO_EARLY: "Trop tôt pour conclure",
}
SIGNALS = {
    OUTSIDE: "le dernier point sort des limites",
    TREND: "sept points de suite vont dans le même sens",
    TWO_OF_THREE: "deux points sur trois approchent de la même limite",
    SHIFT: "sept points de suite restent du même côté du centre",
    "suite_longue": "trop de points de suite restent du même côté de la médiane",
    "peu_de_croisements": "la courbe croise trop peu souvent la médiane",
}
WITHOUT_SIGNAL = {
    "habituelle": "rien ne dépasse ce qui varie d'une période à l'autre ; ce n'est pas la preuve que rien n'a changé",
    TOO_EARLY: "il faut au moins dix points",
}
ASSURANCES = {
    "atteinte": "Seuil atteint à chaque période, tant que rien ne change",
    "non_atteinte": "Seuil hors d'atteinte, tant que rien ne change",
    "variable": "Seuil tantôt atteint, tantôt non, au gré du hasard",
}
_ASSURANCE_ICONS = {"atteinte": "●", "non_atteinte": "○", "variable": "◐"}
_STILL = {"habituelle": "≈", TOO_EARLY: "…"}
_TONES = {"amelioration": GOOD, "deterioration": BAD}


@dataclass(frozen=True)
class Mark:
    """One point of a line: its phase, the centre and limits that hold there, the rule that points it out, if any."""

    phase: int
    centre: float | None
    low: float | None
    high: float | None
    label: str = ""


@dataclass(frozen=True)
class Behaviour:
    """How one line behaves; `marks` by measure (of any version) and first day of the period."""

    marks: Mapping[tuple[str, date], Mark]
    chart: str
    aggregation: str
    variation: str
    signal: str | None
    assurance: str | None
    provisional: bool

    @property
    def concluded(self) -> bool:
        """Whether the line has a chart from which something can be told."""
        return self.chart != NO_CHART

    @property
    def words(self) -> str:
        return VARIATIONS[self.variation]

    @property
    def why(self) -> str:
        """The rule that speaks, or what to think of none; and whether limits may still move."""
        reason = SIGNALS[self.signal] if self.signal else WITHOUT_SIGNAL[self.variation]
        return capitalised(f"{reason}{' ; limites provisoires, moins de treize points' if self.provisional else ''}.")

    @property
    def tone(self) -> str:
        """GOOD or BAD where a direction is hoped for; empty otherwise."""
        return _TONES.get(self.variation, "")

    @property
    def assurance_words(self) -> str:
        return ASSURANCES[self.assurance] if self.assurance else ""

    @property
    def assurance_icon(self) -> str:
        return _ASSURANCE_ICONS[self.assurance] if self.assurance else ""

    def icon(self, sens: str) -> str:
        """An arrow that says which way the figure goes; the words beside it say what that means."""
        if self.variation in _STILL:
            return _STILL[self.variation]
        if self.variation in ("hausse", "baisse"):
            return "↗" if self.variation == "hausse" else "↘"
        return "↗" if (self.variation == "amelioration") == (sens == MORE) else "↘"


@dataclass(frozen=True)
class Behaviours:
    """Those of all lines of one unit and step."""

    every: tuple[Behaviour, ...] = ()

    def of(self, measure: Measure) -> Behaviour | None:
        """That of the line in which a measure has points, under whatever version the line ends."""
        return next((each for each in self.every if any(name == measure.id for name, _ in each.marks)), None)


def read_behaviours(lines: pl.DataFrame, points: pl.DataFrame) -> Behaviours:
    """From quality.series and quality.points of one unit and step."""
    marks: dict[str, dict[tuple[str, date], Mark]] = {}
    columns = ("serie_id", "mesure_id", "debut", "phase", "centre", "limite_basse", "limite_haute", "etiquette")
    for line, measure_id, start, *mark in points.select(columns).iter_rows():
        marks.setdefault(line, {})[measure_id, start] = Mark(*mark)
    told = ("serie_id", "carte", "agregation", "variation", "signal", "assurance", "provisoire")
    return Behaviours(tuple(Behaviour(marks.get(line, {}), *row) for line, *row in lines.select(told).iter_rows()))


def tone_of(sens: str, *, rises: bool) -> str:
    """GOOD or BAD for a point that lies above or below what is usual; empty where no direction is hoped for."""
    if sens not in (MORE, FEWER):
        return ""
    return GOOD if rises == (sens == MORE) else BAD
