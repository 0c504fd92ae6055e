"""A structure among the others: the funnel, what widens it, likeness, the stabilised value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard.theme import BLUE, BLUE_SOFT, INK, MUTED, NEUTRAL
from pipelines.rounding import downward, nearest, upward
from pipelines.statistics.dispersion import dispersion, widened_limits
from pipelines.statistics.funnel import ABOVE, BELOW, Limits, exact_limits, exact_position
from pipelines.statistics.likeness import gower
from pipelines.statistics.multiplicity import expected_false_alarms
from pipelines.statistics.shrinkage import fitted_prior, stabilised
from tests.drawings.canvas import DASHES, DOTS, LEFT, SMALL_SIZE, Canvas
from tests.drawings.columns import BANDS, Columns
from tests.drawings.rows import ROW
from tests.drawings.scale import Scale, axis, decimal, level
from tests.statistics.tables import number, spec_table

_SHAPES = {ABOVE: "triangle-up", BELOW: "triangle-down"}


def false_alarms() -> Canvas:
    """How many alarms chance gives at each limit, one dot each."""
    rows = spec_table("comparer", "fausses-alertes")
    canvas = Canvas(
        "Les fausses alertes du hasard",
        "400 structures et 20 indicateurs, sans aucune vraie différence. À 95 %, le hasard donne 400 fausses alertes ; à "
        "99,8 %, il en donne 16. Un point par alerte.",
        332,
    )
    for row, top in zip(rows, (62, 270), strict=True):
        comparisons = int(row["structures"]) * int(row["indicateurs"])
        alarms = round(expected_false_alarms(comparisons, number(row["limite"])))
        canvas.words(LEFT, top + 14, f"Limite à {row['limite']} : {alarms} fausses alertes", bold=True)
        for place in range(alarms):
            canvas.mark(LEFT + 7 + 14.6 * (place % 40), top + 38 + 14.6 * (place // 40), colour=NEUTRAL, radius=5)
    return canvas


def funnel() -> Canvas:
    """The limits of each band around 70 %, and five structures of one band."""
    rows = spec_table("entonnoir", "signalement")
    reference = number(rows[0]["référence"])
    counts = np.array([number(row["comptés"]) for row in rows])
    sizes = np.array([number(row["accueils"]) for row in rows])
    canvas = Canvas(
        "Jusqu'où le hasard peut porter une part",
        "Quatre tranches d'assise, de la plus petite à la plus grande, autour d'une référence de 70 %. Les limites à 95 % et "
        "à 99,8 % se resserrent quand l'assise grandit. Cinq structures de la tranche 20 à 49 : deux sont à examiner ensemble, "
        "l'une au-dessous (6 sur 20), l'autre au-dessus (20 sur 20).",
        470,
    )
    columns = Columns(list(BANDS), Scale(0, 100, 356, 66))
    columns.draw(canvas, range(0, 101, 25), 356)
    for rank, size in enumerate(BANDS.values()):
        columns.level(canvas, rank, 100 * reference, dashes="", colour=MUTED)
        _both_limits(canvas, columns, rank, exact_limits(size, reference))
    shapes = [_SHAPES.get(int(each), "circle") for each in exact_position(counts, sizes, reference)]
    columns.points(canvas, 1, list(100 * counts / sizes), shapes)
    _legend(canvas, 420, (("à 95 %", DOTS), ("à 99,8 %", DASHES), ("référence", "")))
    canvas.mark(LEFT + 14, 446, shape="triangle-up", radius=8)
    canvas.mark(LEFT + 34, 446, shape="triangle-down", radius=8)
    canvas.words(LEFT + 56, 454, "à examiner ensemble")
    return canvas


def _both_limits(canvas: Canvas, columns: Columns, rank: int, limits: Limits) -> None:
    for low, high, dashes in ((limits.low_95, limits.high_95, DOTS), (limits.low_998, limits.high_998, DASHES)):
        columns.level(canvas, rank, downward(float(low)), dashes=dashes)
        columns.level(canvas, rank, upward(float(high)), dashes=dashes)


def _legend(canvas: Canvas, y: float, lines: Sequence[tuple[str, str]]) -> None:
    for rank, (told, dashes) in enumerate(lines):
        x = LEFT + 200 * rank
        canvas.line([(x, y - 6), (x + 44, y - 6)], dashes=dashes, colour=INK if dashes else MUTED)
        canvas.words(x + 56, y, told)


def over_dispersion() -> Canvas:
    """Ten structures that differ by more than chance, and the limits that take it into account."""
    rows = spec_table("surdispersion", "structures")
    counts, sizes = (np.array([number(row[name]) for row in rows]) for name in ("comptés", "accueils"))
    reference = float(counts.sum() / sizes.sum())
    found = dispersion(counts, sizes, reference)
    canvas = Canvas(
        "Des limites élargies",
        f"Dix structures autour de {nearest(reference)} %, en trois tranches d'assise. Leur dispersion est "
        f"{decimal(found.phi, 2)} fois celle du hasard. Les limites à 99,8 % s'élargissent d'autant, surtout pour les grandes "
        "tranches. Aucune structure n'en sort.",
        430,
    )
    bands = dict(list(BANDS.items())[:3])
    columns = Columns(list(bands), Scale(0, 100, 356, 66))
    columns.draw(canvas, range(0, 101, 25), 356)
    for rank, size in enumerate(bands.values()):
        columns.level(canvas, rank, 100 * reference, dashes="", colour=MUTED)
        _outer_limits(canvas, columns, rank, exact_limits(size, reference), DOTS)
        _outer_limits(canvas, columns, rank, widened_limits(size, reference, found.tau_squared), DASHES)
        within = np.searchsorted(list(BANDS.values()), sizes, side="right") == rank + 1
        shares = list(100 * counts[within] / sizes[within])
        columns.points(canvas, rank, shares, ["circle"] * len(shares))
    _legend(canvas, 420, (("hasard seul", DOTS), ("élargies", DASHES), ("référence", "")))
    return canvas


def _outer_limits(canvas: Canvas, columns: Columns, rank: int, limits: Limits, dashes: str) -> None:
    columns.level(canvas, rank, downward(float(limits.low_998)), dashes=dashes)
    columns.level(canvas, rank, upward(float(limits.high_998)), dashes=dashes)


def likeness() -> Canvas:
    """Four facts, each a distance, and their mean."""
    row = next(row for row in spec_table("pairs", "distance") if row["distance"] == "0,5")
    facts = {name: number(row[name]) for name in ("réseau", "canaux", "demi-journées", "population")}
    mean = float(gower([np.array([[each]]) for each in facts.values()])[0, 0])
    canvas = Canvas(
        "La distance de deux structures",
        f"Quatre distances entre 0 (pareil) et 1 (opposé) : réseau {decimal(facts['réseau'], 1)}, canaux "
        f"{decimal(facts['canaux'], 1)}, demi-journées {decimal(facts['demi-journées'], 1)}, population "
        f"{decimal(facts['population'], 1)}. Leur moyenne, {decimal(mean, 1)}, est la distance des deux structures.",
        84 + 4 * ROW + 50,
    )
    scale = level(0, 1)
    bottom = 66 + 4 * ROW
    axis(canvas, scale, (0, 1), bottom)
    for rank, (name, distance) in enumerate(facts.items()):
        y = 84 + ROW * rank
        canvas.words(LEFT, y, f"{name[:1].upper()}{name[1:]} : {decimal(distance, 1)}")
        canvas.line([(scale(0), y + 23), (scale(distance), y + 23)], colour=BLUE_SOFT, width=10)
        canvas.mark(scale(distance), y + 23, colour=BLUE, radius=8)
    canvas.line([(scale(mean), 62), (scale(mean), bottom)], dashes=DASHES)
    canvas.words(scale(mean), bottom + 26, f"moyenne : {decimal(mean, 1)}", anchor="middle", bold=True)
    canvas.words(scale(0) + 20, bottom + 24, "pareil", size=SMALL_SIZE, colour=MUTED)
    canvas.words(scale(1) - 16, bottom + 24, "opposé", anchor="end", size=SMALL_SIZE, colour=MUTED)
    return canvas


def stabilised_value() -> Canvas:
    """Raw shares drawn towards that of all, the more so the fewer receptions."""
    every = spec_table("surdispersion", "structures")
    prior = fitted_prior(*(np.array([number(row[name]) for row in every]) for name in ("comptés", "accueils")))
    assert prior is not None
    common = prior.a / (prior.a + prior.b)
    rows = spec_table("valeur-stabilisee", "structures")
    canvas = Canvas(
        "Moins d'accueils, valeur plus rapprochée",
        "Trois parts rapprochées de celle de toutes les structures, 71 %. Sur 50 accueils, 68 % devient 69 %. Sur 80 accueils, "
        "88 % devient 84 %. Sur 18 accueils seulement, 50 % devient 62 %.",
        84 + 3 * ROW + 78,
    )
    scale = level(40, 100)
    bottom = 98 + 3 * ROW
    axis(canvas, scale, range(40, 101, 10), bottom, unit="%")
    canvas.line([(scale(100 * common), 78), (scale(100 * common), bottom)], dashes=DASHES)
    canvas.words(scale(100 * common), 72, f"toutes : {nearest(common)} %", anchor="middle", bold=True)
    for rank, row in enumerate(rows):
        count, size = number(row["comptés"]), number(row["accueils"])
        y = 108 + ROW * rank
        raw, near = count / size, float(stabilised(count, size, prior.a, prior.b)[0])
        canvas.words(LEFT, y, f"Sur {size:.0f} accueils : {nearest(raw)} %, puis {nearest(near)} %")
        _drawn_near(canvas, y + 23, scale(100 * raw), scale(100 * near))
    canvas.words(LEFT, bottom + 54, "Cercle creux : brute. Plein : stabilisée.", size=SMALL_SIZE, colour=MUTED)
    return canvas


def _drawn_near(canvas: Canvas, y: float, raw: float, near: float) -> None:
    canvas.line([(raw, y), (near, y)], colour=BLUE_SOFT, width=6)
    canvas.mark(raw, y, colour=BLUE, radius=8, hollow=True)
    canvas.mark(near, y, colour=BLUE, radius=8)
