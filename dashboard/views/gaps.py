"""The same thing noted, declared and perceived: the signed gap between two views, its range, and a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.text import numbers, words
from dashboard.text.typography import uncapitalised
from dashboard.views import figures
from dashboard.views.catalogue import Indicator
from dashboard.views.measures import Measure
from dashboard.views.values import Value

_CONCORDANCES = {
    "faible": "concordance faible",
    "prudence": "concordance à interpréter avec prudence",
    "bonne": "bonne concordance",
}


@dataclass(frozen=True)
class Gap:
    """One view less another, in points, with its range; how far they agree between structures, where that is told."""

    first: str
    second: str
    value: Value
    concordance: float | None
    word: str | None

    @property
    def by_chance(self) -> bool:
        """Whether chance could explain it."""
        low, high = self.value.basse, self.value.haute
        return low is not None and high is not None and low <= 0 <= high

    @property
    def agreement(self) -> str:
        if self.word is None or self.concordance is None:
            return ""
        alpha = numbers.number(self.concordance).replace("-", "−")
        return f"D'une structure à l'autre : {_CONCORDANCES[self.word]} (alpha de Krippendorff : {alpha})."


Gaps = Mapping[str, tuple[Gap, ...]]
"""Those of one unit and period, by indicator."""


def read_gaps(frame: pl.DataFrame) -> Gaps:
    """From quality.regards of one unit and period."""
    found: dict[str, tuple[Gap, ...]] = {}
    columns = ("indicateur_id", "regard_a", "regard_b", "ecart", "basse", "haute", "concordance", "mot")
    for indicator, first, second, *ends, concordance, word in frame.select(columns).iter_rows():
        gap = Gap(first, second, Value("ok", None, *ends), concordance, word)
        found[indicator] = (*found.get(indicator, ()), gap)
    return found


def gap_sentences(indicator: Indicator, gaps: Gaps) -> list[str]:
    """A sentence for each pair of views, then one question where chance does not explain a gap; empty without any."""
    told = [(gap, pair) for gap in gaps.get(indicator.id, ()) if (pair := _views(gap, indicator))]
    sentences = [_sentence(gap, *(_view(each, indicator) for each in pair)) for gap, pair in told]
    if any(not gap.by_chance for gap, _ in told):
        sentences[-1] += f" Que mettons-nous derrière « {uncapitalised(indicator.libelle)} » ?"
    return sentences


def _sentence(gap: Gap, first: str, second: str) -> str:
    chance = " ; le hasard peut l'expliquer" if gap.by_chance else ""
    told = f"{first}, moins {uncapitalised(second)} : {figures.figure(gap.value, figures.POINTS)}{chance}."
    return f"{told} {gap.agreement}".strip()


def _view(measure: Measure, indicator: Indicator) -> str:
    """« Ce que les équipes notent », with the measure's own name where the indicator has several views of that nature."""
    told = words.NATURES[measure.nature]
    alone = sum(each.nature == measure.nature for each in indicator.measures) == 1
    return told if alone else f"{told} (« {measure.libelle} »)"


def _views(gap: Gap, indicator: Indicator) -> tuple[Measure, Measure] | None:
    pair = tuple(_measures(indicator, (gap.first, gap.second)))
    return (pair[0], pair[1]) if len(pair) == 2 else None


def _measures(indicator: Indicator, names: tuple[str, str]) -> Iterator[Measure]:
    for name in names:
        yield from (each for each in indicator.measures if name in (each.id, each.name))
