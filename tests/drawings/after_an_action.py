"""Before and after an action: the line, the two segments, the structures that did not act."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.theme import BLUE, MUTED, NEUTRAL, NEUTRAL_STEPS
from pipelines.statistics.placebo import MARKED, placebo_rank
from pipelines.statistics.segmented import Segments, segmented
from pipelines.statistics.xmr import xmr
from tests.drawings.canvas import DASHES, LEFT, RIGHT, SMALL_SIZE, Canvas
from tests.drawings.chart import BAND_OPACITY, Frame, draw_chart
from tests.drawings.scale import Scale, axis, decimal, level, upright
from tests.statistics.tables import number, spec_table


def before_and_after() -> Canvas:
    """The limits of before, held, and the points of after beside them."""
    before = [60.0, 62.0, 58.0] * 4
    row = next(row for row in spec_table("avant-apres", "signaux") if row["signal"] == "hausse")
    after = [number(each) for each in row["après"].split()]
    points = [*before, None, *after]
    chart = xmr(points, fixed_first=len(before))
    canvas = Canvas(
        "Les limites d'avant, les points d'après",
        f"Douze mois avant une action, entre 58 et 62 %, donnent les limites ({decimal(chart.low[0], 1)} et "
        f"{decimal(chart.high[0], 1)} %). Elles ne bougent plus. Un mois n'est d'aucun côté. Parmi les six mois d'après, l'un, "
        "à 75 %, sort des limites : une hausse.",
        350,
    )
    frame = Frame(70, 96, RIGHT, 318, len(points), 46, 80)
    upright(canvas, frame.y, (50, 60, 70, 80), frame.left, frame.right)
    left, right = frame.x(len(before) - 0.5), frame.x(len(before) + 0.5)
    canvas.band(left, 62, right, 318, colour=NEUTRAL, opacity=BAND_OPACITY)
    canvas.line([(left, 62), (left, 318)], width=3)
    canvas.words(left - 10, 82, "avant", anchor="end", bold=True)
    canvas.words(right + 10, 82, "après l'action", bold=True)
    draw_chart(canvas, frame, points, chart)
    for y, limit in ((-8, chart.high[0]), (24, chart.low[0])):
        canvas.words(frame.x(0), frame.y(limit) + y, f"limite {decimal(limit, 1)} %", size=SMALL_SIZE, colour=MUTED)
    canvas.words(frame.x(len(before) + 4) - 16, frame.y(75) + 6, "hausse", anchor="end", bold=True)
    return canvas


def two_segments() -> Canvas:
    """The line before, where it led, and the line after: the jump is between the two."""
    errors = [0.5 * each for each in (1, -1, 2, 0, -2, 1, 0, 1, -1, 0, 2, -2)] * 2
    times = list(range(1, 25))
    values = [60 + 0.3 * t + (8 + 0.2 * (t - 12)) * (t > 12) + error for t, error in zip(times, errors, strict=True)]
    found = segmented(times, values, 12)
    assert found is not None
    jump, low, high = (
        decimal(each, 1) for each in (found.level_change, found.level_change_low, found.level_change_high)
    )
    canvas = Canvas(
        "Une pente, et un saut",
        f"Douze points montent doucement, l'action a lieu, douze autres montent plus haut. Au moment de l'action, la droite "
        f"d'après est {jump} points au-dessus de là où la droite d'avant menait.",
        366,
    )
    frame = Frame(70, 62, RIGHT, 318, 25, 58, 78)
    upright(canvas, frame.y, (60, 65, 70, 75), frame.left, frame.right, unit="")
    _segments(canvas, frame, found)
    for time, value in zip(times, values, strict=True):
        canvas.mark(frame.x(time - 0.5), frame.y(value), colour=NEUTRAL, radius=5)
    canvas.words(frame.x(11.2), frame.y(68.5), f"saut +{jump}", anchor="end", bold=True, colour=BLUE)
    canvas.words(frame.x(11.2), frame.y(68.5) + 24, f"de +{low} à +{high}", anchor="end", size=SMALL_SIZE)
    canvas.words(RIGHT, frame.y(62.6), "où la pente menait", anchor="end")
    canvas.words(frame.x(0), 348, "avant", colour=MUTED)
    canvas.words(RIGHT, 348, "après", anchor="end", colour=MUTED)
    return canvas


def _segments(canvas: Canvas, frame: Frame, found: Segments) -> None:
    def place(time: float, line: Callable[[float], float]) -> tuple[float, float]:
        return frame.x(time - 0.5), frame.y(line(time))

    level_, slope, jump, turn = found.coefficients

    def before(time: float) -> float:
        return level_ + slope * time

    def after(time: float) -> float:
        return before(time) + jump + turn * (time - 12)

    canvas.line([place(1, before), place(12, before)], colour=BLUE, width=3)
    canvas.line([place(12, before), place(24, before)], colour=BLUE, dashes=DASHES)
    canvas.line([place(12, after), place(24, after)], colour=BLUE, width=3)
    canvas.arrow(place(12, before), place(12, after), colour=BLUE)


def controls() -> Canvas:
    """The change of one structure among those of twenty that did not act, twice."""
    rows = [
        row for row in spec_table("structures-temoins", "rangs") if row["changement"] == "12" and row["témoins"] == "20"
    ]
    canvas = Canvas(
        "Une structure parmi vingt témoins",
        "Deux cas : une structure a changé de 12 points. Quand ses vingt témoins ont changé de 1 point, son changement est "
        "plus marqué (p = 0,048). Quand un seul témoin a baissé de 12 points, il ne l'est plus (p = 0,095).",
        588,
    )
    scale = level(-20, 20)
    for rank, row in enumerate(rows):
        _ranked(canvas, scale, 62 + 250 * rank, row)
    canvas.mark(LEFT + 8, 570, shape="diamond", colour=BLUE, radius=8)
    canvas.words(LEFT + 26, 576, "la structure")
    canvas.mark(LEFT + 208, 570, colour=NEUTRAL, radius=5)
    canvas.words(LEFT + 224, 576, "un témoin")
    canvas.band(LEFT + 360, 560, LEFT + 390, 580, colour=NEUTRAL_STEPS[4])
    canvas.words(LEFT + 400, 576, "autant ou plus")
    return canvas


def _ranked(canvas: Canvas, scale: Scale, top: float, row: dict[str, str]) -> None:
    changed = number(row["changement"])
    others = [size for size in (1, -12, 15) for _ in range(int(row[_heading(size)]))]
    found = placebo_rank(changed, others)
    assert found is not None
    marked = "plus marqué" if found <= MARKED else "pas plus marqué"
    canvas.words(LEFT, top + 14, f"p = {decimal(found, 3)} : {marked}", bold=True)
    bottom = top + 204
    for start, end in ((scale.least, -changed), (changed, scale.most)):
        canvas.band(scale(start), top + 30, scale(end), bottom, colour=NEUTRAL_STEPS[4], opacity=0.6)
    axis(canvas, scale, range(-20, 21, 10), bottom, unit="points")
    _stacked(canvas, scale, bottom, others)
    canvas.mark(scale(changed), bottom - 14, shape="diamond", colour=BLUE, radius=9)


def _stacked(canvas: Canvas, scale: Scale, bottom: float, changes: list[int]) -> None:
    for place, change in enumerate(changes):
        height = changes[:place].count(change)
        canvas.mark(scale(change), bottom - 8 - 8.2 * height, colour=NEUTRAL, radius=4.2)


def _heading(size: int) -> str:
    return f"dont changement {size}".replace("-", "−")
