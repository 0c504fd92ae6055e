"""Improvement actions beside the measure that they hoped to move: what was seen since, how far chance could explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from dashboard.text import dates, numbers
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.behaviour import BAD, GOOD
from dashboard.views.measures import PERCENT, Measure
from dashboard.views.values import Value

WAITING = "Pas encore regardée"
_HOPED = {
    "plus": "une hausse était espérée",
    "moins": "une baisse était espérée",
    "neutre": "aucun sens n'était espéré",
}
_TONES = {
    "Amélioration significative": GOOD,
    "Évolution favorable à confirmer": GOOD,
    "Évolution défavorable nette": BAD,
    "Évolution défavorable à surveiller": BAD,
}


@dataclass(frozen=True)
class Action:
    """An improvement action; `effect`: its row of quality.effets, empty until it has been looked at."""

    effect: Mapping[str, Any]
    title: str
    measure: str
    hoped: str
    since: date
    reviewed: date | None

    @property
    def verdict(self) -> str:
        return self.effect.get("verdict") or WAITING

    @property
    def tone(self) -> str:
        """GOOD or BAD where the verdict goes with or against what was hoped for; empty otherwise."""
        return _TONES.get(self.verdict, "")

    @property
    def sentence(self) -> str:
        return self.effect.get("phrase") or ""

    @property
    def story(self) -> str:
        """« Depuis juin 2025 ; une hausse était espérée. Revue : 3 mars 2026. »"""
        told = f"Depuis {dates.period_name(dates.MONTH, self.since)} ; {_HOPED[self.hoped]}."
        return f"{told} Revue : {dates.day(self.reviewed)}." if self.reviewed else told

    def gap(self, measure: Measure) -> str:
        """« Avant 60 %, après 80 % : +20 points (entre +5 points et +33 points) »; empty without a gap."""
        change = self.effect.get("ecart")
        if change is None:
            return ""
        unit = figures.POINTS if measure.is_share or measure.unite == figures.POINTS else f"{measure.unite} d'écart"
        told = figures.figure(Value("ok", None, change, self.effect["basse"], self.effect["haute"]), unit)
        before, after = self.effect["avant"], self.effect["apres"]
        if before is None or after is None:
            return capitalised(told)
        return f"Avant {figures.amount(before, measure.unite)}, après {figures.amount(after, measure.unite)} : {told}"

    def checks(self, measure: Measure) -> str:
        """What the other checks say: the step in the line, and structures alike; empty where there are none."""
        return " ".join(filter(None, (self._step(measure), self._beside())))

    def _step(self, measure: Measure) -> str:
        height = self.effect.get("saut")
        if height is None:
            return ""
        unit = "points" if measure.unite == PERCENT else measure.unite
        low, high = (_signed(self.effect[end]) for end in ("saut_bas", "saut_haut"))
        return f"Saut de niveau au moment de l'action : {_signed(height)} {unit} (entre {low} et {high})."

    def _beside(self) -> str:
        alike = self.effect.get("temoins")
        if not alike:
            return ""
        more = "est plus marqué" if self.effect["plus_marque"] else "n'est pas plus marqué"
        return f"Le changement {more} que dans {numbers.number(alike)} structures comparables."


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{numbers.number(abs(value))}"


def read_actions(actions: pl.DataFrame, effects: pl.DataFrame) -> tuple[Action, ...]:
    """From quality.actions of one unit, the oldest first, and quality.effets."""
    looked_at = {row["action_id"]: row for row in effects.iter_rows(named=True)}
    columns = ("action_id", "libelle", "mesure", "sens", "debut", "revue_le")
    return tuple(Action(looked_at.get(action, {}), *told) for action, *told in actions.select(columns).iter_rows())


def actions_on(measure: Measure, actions: Iterable[Action]) -> list[Action]:
    """Those that hoped to move a measure, in order."""
    return [each for each in actions if each.measure == measure.name]
