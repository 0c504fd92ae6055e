"""Lines over time: a signal, or what varies as usual."""

from __future__ import annotations

from datetime import date

import numpy as np

from dashboard.theme import BLUE, INK, MUTED, NEUTRAL, ORANGE
from pipelines.statistics.chart import Chart
from pipelines.statistics.p_prime import p_chart, p_prime
from pipelines.statistics.runs import runs
from pipelines.statistics.xmr import xmr
from pipelines.trends.drawing import drawn
from pipelines.trends.parts import Points
from tests.drawings.canvas import DOTS, LEFT, RIGHT, SMALL_SIZE, Canvas
from tests.drawings.chart import Frame, draw_chart, steps
from tests.drawings.scale import decimal, upright, whole
from tests.statistics.tables import number, spec_table

MONTHS = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]


def evolution() -> Canvas:
    """Three lines: too early, as usual, a signal at the end."""
    cases = ("trop tôt", "treize points ordinaires", "deux points sur trois")
    canvas = Canvas(
        "Signal, ou variation habituelle ?",
        "Trois lignes, un point par mois, en pourcents. Neuf points : trop tôt pour conclure, ni centre ni limites. Treize "
        "points entre leurs limites : variation habituelle. Quatorze points, les deux derniers près de la limite : "
        "détérioration.",
        540,
    )
    for rank, row in enumerate(
        spec_table("evolution", "lignes")[place] for place in _places("evolution", "lignes", cases)
    ):
        values = [int(each) for each in row["Valeurs"].split()]
        found = drawn(Points(MONTHS[: len(values)], range(len(values)), values, None))
        top = 62 + 160 * rank
        canvas.words(LEFT, top + 14, _VARIATIONS[row["Variation"]], bold=True)
        frame = Frame(70, top + 34, RIGHT, top + 134, 14, 48, 74)
        upright(canvas, frame.y, (50, 60, 70), frame.left, frame.right)
        draw_chart(canvas, frame, values, found.charts[0], colour=ORANGE)
    return canvas


_VARIATIONS = {
    "trop_tot": "Neuf points : trop tôt pour conclure",
    "habituelle": "Treize points : variation habituelle",
    "deterioration": "Deux points au bord de la limite : détérioration",
}


def _places(page: str, name: str, cases: tuple[str, ...]) -> list[int]:
    """Where the cases are in the table."""
    told = [row["Cas"] for row in spec_table(page, name)]
    return [told.index(case) for case in cases]


def xmr_rules() -> Canvas:
    """The four rules of the chart, one line each."""
    cases = ("au-delà d'une limite", "sept points qui montent", "deux sur trois", "sept points d'un côté")
    rows = [spec_table("cartes-xmr", "signaux")[place] for place in _places("cartes-xmr", "signaux", cases)]
    canvas = Canvas(
        "Les quatre règles d'une carte XmR",
        "Quatre lignes autour du même centre (11) et des mêmes limites (5,68 et 16,32). Points signalés : un point à 17, "
        "au-delà de la limite ; sept points qui montent de suite ; deux sur trois proches de la limite ; sept du même côté.",
        474,
    )
    for rank, (told, row) in enumerate(zip(cases, rows, strict=True)):
        left, top = LEFT + 304 * (rank % 2), 62 + 184 * (rank // 2)
        values = [number(each) for each in row["Points"].split()]
        chart = xmr(values, fixed_first=int(row["Limites figées sur"]))
        canvas.words(left, top + 14, told[:1].upper() + told[1:], bold=True)
        frame = Frame(left, top + 34, left + 276, top + 150, len(values), 5, 18)
        draw_chart(canvas, frame, values, chart)
    canvas.line([(LEFT, 446), (LEFT + 40, 446)], colour=MUTED)
    canvas.words(LEFT + 50, 452, "centre")
    canvas.line([(LEFT + 160, 446), (LEFT + 200, 446)], colour=MUTED, dashes="8 6")
    canvas.words(LEFT + 210, 452, "limites")
    canvas.mark(LEFT + 325, 446, shape="diamond", radius=7.5)
    canvas.words(LEFT + 342, 452, "autre forme : signalé")
    return canvas


def changing_base() -> Canvas:
    """Ten shares whose base changes: limits of chance alone, and those that the line's own moves widen."""
    counts = (34, 41, 12, 55, 70, 18, 22, 61, 9, 47)
    sizes = (50, 52, 20, 70, 80, 30, 41, 75, 18, 60)
    shares = [count / size for count, size in zip(counts, sizes, strict=True)]
    plain, wide = p_chart(shares, sizes), p_prime(shares, sizes)
    canvas = Canvas(
        "Une petite base, des limites plus larges",
        f"Dix périodes dont la base va de {min(sizes)} à {max(sizes)} réponses, autour d'un centre de "
        f"{whole(100 * wide.centre)} %. Les limites s'écartent quand la base est petite. Celles de la carte p′, en tirets, "
        "sont plus larges que celles du hasard seul, en pointillés ; aucun point n'en sort.",
        416,
    )
    frame = Frame(78, 64, RIGHT, 332, len(sizes), 0, 100)
    upright(canvas, frame.y, range(0, 101, 25), frame.left, frame.right)
    for heights in (plain.low, plain.high):
        steps(canvas, frame, 100 * heights, dashes=DOTS, colour=INK)
    percents = Chart(100 * wide.centre, 100 * wide.low, 100 * wide.high, wide.labels)
    draw_chart(canvas, frame, [100 * each for each in shares], percents)
    for place, size in enumerate(sizes):
        canvas.words(frame.x(place), 362, str(size), anchor="middle", size=SMALL_SIZE)
    canvas.words(70, 362, "base", anchor="end", size=SMALL_SIZE, colour=MUTED)
    canvas.line([(LEFT, 394), (LEFT + 40, 394)], colour=INK, dashes=DOTS)
    canvas.words(LEFT + 50, 400, "hasard seul (carte p)")
    canvas.line([(LEFT + 310, 394), (LEFT + 350, 394)], colour=MUTED, dashes="8 6")
    canvas.words(LEFT + 360, 400, "carte p′")
    return canvas


def anhoej_rules() -> Canvas:
    """Two lines around their median: one stays too long on a side, one crosses too seldom."""
    cases = ("huit paires, puis une suite", "cinq puis cinq")
    rows = [spec_table("regles-anhoj", "suites")[place] for place in _places("regles-anhoj", "suites", cases)]
    canvas = Canvas(
        "Deux lignes qui se sont déplacées",
        "Deux lignes autour de leur médiane. Dans la première, 8 points de suite du même côté, quand le hasard en donne 7 "
        "au plus. Dans la seconde, 1 seul passage d'un côté à l'autre, quand le hasard en donne 2 au moins.",
        410,
    )
    for rank, row in enumerate(rows):
        top = 62 + 172 * rank
        values = [number(each) for each in row["Points"].split()]
        found = runs(values, number(row["Centre"]))
        told = (
            f"Suite de {found.longest} points ; par hasard, {found.longest_expected} au plus"
            if found.signal == "suite_longue"
            else f"{found.crossings} croisement ; par hasard, {found.fewest_expected} au moins"
        )
        canvas.words(LEFT, top + 14, told, bold=True)
        frame = Frame(LEFT, top + 40, RIGHT, top + 140, len(values), 0.7, 3.3)
        _around_the_median(canvas, frame, values, number(row["Centre"]))
    canvas.words(LEFT, 400, "Trait plein : la médiane. Point creux : posé dessus.", size=SMALL_SIZE, colour=MUTED)
    return canvas


def _around_the_median(canvas: Canvas, frame: Frame, values: list[float], centre: float) -> None:
    steps(canvas, frame, np.full(len(values), centre), dashes="")
    canvas.line([(frame.x(place), frame.y(value)) for place, value in enumerate(values)], colour=NEUTRAL)
    for place, value in enumerate(values):
        canvas.mark(frame.x(place), frame.y(value), colour=NEUTRAL, radius=6, hollow=value == centre)


def new_reference() -> Canvas:
    """A line of two phases, each with its centre and limits; the old ones stay."""
    row = next(row for row in spec_table("nouveau-repere", "phases") if row["Cas"] == "un repère en janvier 2025")
    values = [58, 61, 57, 60, 63, 59, 56, 60, 62, 58, 61, 59, 74, 77, 73, 76, 72, 75, 78, 74][: int(row["Points"])]
    rebase = date.fromisoformat(f"{row['Repères posés']}-01")
    found = drawn(Points(MONTHS[: len(values)], range(len(values)), values, None), [rebase])
    (old, new), (first, second) = found.charts, found.phases
    canvas = Canvas(
        "Un nouveau repère, l'ancien reste visible",
        f"{first.size} mois, puis, à partir de janvier 2025, {second.size} mois plus haut. Chaque phase a son centre et ses "
        f"limites : {decimal(old.low[0], 1)} et {decimal(old.high[0], 1)} avant, {decimal(new.low[0], 1)} et "
        f"{decimal(new.high[0], 1)} après. Celles d'avant restent dessinées.",
        372,
    )
    frame = Frame(70, 92, RIGHT, 318, len(values), 45, 86)
    upright(canvas, frame.y, (50, 60, 70, 80), frame.left, frame.right)
    start = frame.x(first.size - 0.5)
    canvas.line([(start, 62), (start, 318)], width=3)
    canvas.words(start - 10, 78, "ancien repère", anchor="end", bold=True)
    canvas.words(start + 10, 78, "nouveau repère", bold=True)
    for phase, chart, place in ((first, old, 0), (second, new, first.size)):
        draw_chart(canvas, frame, phase.values, chart, start=place, colour=BLUE)
        told = f"limites {decimal(chart.low[0], 1)} et {decimal(chart.high[0], 1)}"
        canvas.words(frame.x(place), frame.y(chart.low[0]) + 22, told, size=SMALL_SIZE, colour=MUTED)
    for place, told in ((0, "janv. 2024"), (first.size, "janv. 2025")):
        canvas.words(frame.x(place - 0.5), 346, told, size=SMALL_SIZE, colour=MUTED)
    return canvas
