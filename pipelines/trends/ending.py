"""What the end of a line says: whether its last phase shows a signal, on which side, and whether that is wished for."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.statistics.assurance import assurance
from pipelines.statistics.chart import Chart
from pipelines.statistics.chart_choice import ENOUGH_FOR_RUNS, LINE, MEDIAN, P_PRIME, XMR
from pipelines.statistics.phases import SETTLED
from pipelines.statistics.runs import runs
from pipelines.statistics.signal_rules import TREND
from pipelines.trends.drawing import Drawn
from pipelines.trends.parts import Phase

TOO_EARLY, ROUTINE = "trop_tot", "habituelle"
BETTER, WORSE, MORE, LESS = "amelioration", "deterioration", "hausse", "baisse"


@dataclass(frozen=True)
class Ending:
    """The last columns of quality.series: `variation`, the rule that speaks, `assurance`, and whether it may still move."""

    variation: str
    signal: str | None
    assurance: str | None
    provisional: bool


def ending(line: Drawn, wanted: str, target: float | None) -> Ending:
    """What a line says at its end.

    `wanted`: the `sens` of its measure (plus, moins, zone, neutre). `target`: the threshold that the grid sets, in the unit
    of the line. Where limits exist, the label of the last point; on a line of medians, and on a p′ chart whose last point
    has no label, the Anhøj rules on the last phase. Methods 5.2, 8 and 9; 5.4.
    """
    phase, chart = line.phases[-1], line.charts[-1]
    met = _assurance(line.kind, chart, wanted, target)
    provisional = phase.size < SETTLED
    if line.kind == LINE or (line.kind == MEDIAN and phase.size < ENOUGH_FOR_RUNS):
        return Ending(TOO_EARLY, None, met, provisional)
    signal, rises = _signal(line.kind, phase, chart)
    return Ending(_variation(signal, rises, wanted), signal, met, provisional)


def _signal(kind: str, phase: Phase, chart: Chart) -> tuple[str | None, bool | None]:
    """The rule that speaks of the end of a phase, and whether it says more (True) or less."""
    label, last = chart.labels[-1], phase.values[-1]
    if label:
        return label, bool(last > (phase.values[-2] if label == TREND else chart.centre))
    if kind == XMR or phase.size < ENOUGH_FOR_RUNS:
        return None, None
    found = runs(phase.values, chart.centre)
    return found.signal, found.above


def _variation(signal: str | None, rises: bool | None, wanted: str) -> str:
    if signal is None:
        return ROUTINE
    if wanted in ("plus", "moins"):
        return BETTER if rises == (wanted == "plus") else WORSE
    return MORE if rises else LESS


def _assurance(kind: str, chart: Chart, wanted: str, target: float | None) -> str | None:
    if target is None or kind not in (XMR, P_PRIME) or wanted not in ("plus", "moins"):
        return None
    return assurance(chart.low[-1], chart.high[-1], target, "plus" if wanted == "plus" else "moins")
