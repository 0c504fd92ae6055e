"""One figure and its range: a share, a delay, answers, a difference."""

from __future__ import annotations

from dashboard.theme import BLUE, BLUE_SOFT, INK, MUTED, NEUTRAL, NEUTRAL_STEPS
from pipelines.rounding import FINE_FROM, downward, nearest, upward
from pipelines.statistics.differences import newcombe
from pipelines.statistics.proportions import wilson
from pipelines.statistics.quantiles import of_one_unit
from tests.drawings.canvas import DASHES, LEFT, Canvas
from tests.drawings.rows import ROW, range_row, stacked_bar, swatch
from tests.drawings.scale import Scale, axis, level, signed
from tests.statistics.tables import spec_table

WIDEST_POINTS = 40
"""With a wider range there is no point (methods 1.5)."""


def proportion() -> Canvas:
    """The same practice, and fewer and fewer answers."""
    rows = [row for row in spec_table("proportions", "affichage") if row["avis"] == "non" and row["favorables"] != "60"]
    canvas = Canvas(
        "Moins de réponses, fourchette plus large",
        "Cinq parts et leurs fourchettes. 160 réponses favorables sur 200 : 80 %, entre 73 et 85 %. Sur 16 réponses, la "
        "fourchette va de 50 à 90 % ; quand elle dépasse 40 points, le chiffre n'est plus écrit.",
        84 + ROW * len(rows) + 24,
    )
    scale = level(20, 100)
    axis(canvas, scale, range(20, 101, 20), 84 + ROW * len(rows) - 18, unit="%", top=56)
    for rank, row in enumerate(rows):
        count, size = int(row["favorables"]), int(row["réponses"])
        _share_row(canvas, 82 + ROW * rank, scale, count, size)
    return canvas


def _share_row(canvas: Canvas, y: float, scale: Scale, count: int, size: int) -> None:
    bounds, value = _shown(count, size)
    few = " (effectif faible)" if size < 30 else ""
    if bounds[1] - bounds[0] > WIDEST_POINTS:
        told = f"{count} sur {size} : entre {bounds[0]} et {bounds[1]} %, sans chiffre"
        range_row(canvas, y, scale, told, bounds, None)
    else:
        told = f"{count} sur {size} : {value} %, entre {bounds[0]} et {bounds[1]} %{few}"
        range_row(canvas, y, scale, told, bounds, value, hollow=bool(few))


def _shown(count: int, size: int) -> tuple[tuple[int, int], int]:
    """The bounds and the share as pages write them, in whole percents."""
    low, high = wilson(count, size)
    by = 1 if size >= FINE_FROM else 5
    return (downward(float(low), by), upward(float(high), by)), nearest(count / size)


def delay() -> Canvas:
    """Twenty waits, the middle one, and the one that nine in ten do not pass."""
    days = [1, 2, 2, 3, 4, 5, 5, 6, 7, 9, 10, 12, 14, 15, 20, 21, 28, 30, 45, 60]
    cumulated = list(range(1, len(days) + 1))
    median, ninety = (of_one_unit(days, cumulated, share) for share in (0.5, 0.9))
    canvas = Canvas(
        "Vingt attentes, rangées",
        f"Vingt attentes en jours ouvrés, une par point, de 1 à 60 jours. Médiane : {median.value} jours, entre "
        f"{median.low} et {median.high}. Neuf fois sur dix : {ninety.value} jours, au moins {ninety.low} ; la borne haute "
        "n'existe pas.",
        356,
    )
    scale = level(0, 60)
    axis(canvas, scale, range(0, 61, 10), 178, unit="jours")
    for place, day in enumerate(days):
        canvas.mark(scale(day), 164 - 18 * days[:place].count(day), colour=NEUTRAL, radius=7)
    for found, name, y in ((median, "médiane", 76), (ninety, "neuf sur dix", 112)):
        canvas.line([(scale(found.value), y - 14), (scale(found.value), 178)], dashes=DASHES)
        canvas.words(scale(found.value) + 10, y, f"{name} : {found.value} jours", bold=True)
    told = f"Médiane : entre {median.low} et {median.high} jours", f"Neuf fois sur dix : au moins {ninety.low} jours"
    range_row(canvas, 242, scale, told[0], (median.low or 0, median.high), median.value)
    range_row(canvas, 242 + ROW, scale, told[1], (ninety.low or 0, ninety.high), ninety.value)
    return canvas


def answers() -> Canvas:
    """All the answers, on both sides of zero, and the favourable share under them."""
    rows = spec_table("reponses", "repartition")
    told = [(row["réponse"], int(row["personnes"])) for row in rows[:-1]]
    outside = int(rows[-1]["personnes"])
    size = sum(persons for _, persons in told)
    parts = [nearest(persons / size) for _, persons in told]
    bounds, favourable = _shown(told[2][1] + told[3][1], size)
    canvas = Canvas(
        "Toutes les réponses, puis la part favorable",
        f"{size} réponses sur une ligne. À gauche du zéro, {parts[0]} % « Non, pas du tout » et {parts[1]} % « Plutôt non » ; "
        f"à droite, {parts[2]} % « Plutôt oui » et {parts[3]} % « Oui, tout à fait ». Part favorable : {favourable} %, entre "
        f"{bounds[0]} et {bounds[1]} %. {outside} personnes non concernées sont hors du calcul.",
        330,
    )
    colours = (NEUTRAL_STEPS[0], NEUTRAL_STEPS[3], BLUE_SOFT, BLUE)
    inks = ("#ffffff", INK, INK, "#ffffff")
    scale = level(-parts[0] - parts[1], parts[2] + parts[3])
    whole = [(part, f"{part} %", colour, ink) for part, colour, ink in zip(parts, colours, inks, strict=True)]
    stacked_bar(canvas, 68, scale, scale.least, whole)
    canvas.line([(scale(0), 60), (scale(0), 114)], width=3)
    for rank, ((name, _), colour) in enumerate(zip(told, colours, strict=True)):
        swatch(canvas, LEFT + 300 * (rank // 2), 146 + 30 * (rank % 2), name, colour)
    percents = level(0, 100)
    axis(canvas, percents, range(0, 101, 20), 272, unit="%", top=230)
    told_share = f"Part favorable : {favourable} %, entre {bounds[0]} et {bounds[1]} %"
    range_row(canvas, 226, percents, told_share, bounds, favourable)
    canvas.words(LEFT, 322, f"Hors du calcul : {outside} « je ne sais pas, pas concerné(e) »", size=18, colour=MUTED)
    return canvas


def difference() -> Canvas:
    """Two differences: one whose range leaves 0 out, one whose range holds it."""
    rows = spec_table("differences", "newcombe")[-2:]
    canvas = Canvas(
        "La fourchette contient-elle 0 ?",
        "Deux différences entre deux parts. 80 et 60 % : l'écart est de +20 points, entre +3 et +36, et 0 est dehors. 80 et "
        "75 % : il est de +5 points, entre −10 et +20 ; 0 est dedans, on ne peut pas conclure.",
        248,
    )
    scale = level(-20, 40)
    axis(canvas, scale, range(-20, 41, 10), 206, unit="points", top=56)
    canvas.line([(scale(0), 56), (scale(0), 206)], colour=INK)
    for rank, row in enumerate(rows):
        counts = [int(row[name]) for name in ("favorables", "réponses", "favorables (autre)", "réponses (autre)")]
        low, high = newcombe(*counts)
        bounds = downward(float(low)), upward(float(high))
        share, other = nearest(counts[0] / counts[1]), nearest(counts[2] / counts[3])
        holds = "0 est dedans" if bounds[0] <= 0 <= bounds[1] else "0 est dehors"
        gap = f"{signed(share - other)} points, de {signed(bounds[0])} à {signed(bounds[1])}"
        told = f"{share} et {other} % : {gap} ; {holds}"
        range_row(canvas, 84 + ROW * rank, scale, told, bounds, share - other)
    return canvas
