"""Two figures for one thing: of structures and of receptions, raw and weighted."""

from __future__ import annotations

import numpy as np

from dashboard.theme import BLUE, BLUE_SOFT, INK, NEUTRAL, NEUTRAL_STEPS
from pipelines.rounding import downward, nearest, upward
from pipelines.statistics.decomposition import Tally, decomposition
from pipelines.statistics.stratification import weighted_share
from tests.drawings.canvas import DASHES, LEFT, Canvas
from tests.drawings.rows import ROW, range_row, stacked_bar
from tests.drawings.scale import Scale, axis, level, signed
from tests.statistics.tables import number, spec_table


def mean_of_structures() -> Canvas:
    """Both structures progress, and the share of receptions falls: discs are as large as structures are visited."""
    before, after = (
        _tally(row, "Structure A", "Structure B") for row in spec_table("moyenne-des-structures", "deux-chiffres")
    )
    canvas = Canvas(
        "Les deux progressent, l'ensemble recule",
        "La structure A passe de 80 à 85 %, la B de 50 à 55 %. La moyenne des structures passe de 65 à 70 %. La part des "
        "accueils recule de 75 à 61 %, car B reçoit huit fois plus. Un disque grandit avec le nombre d'accueils.",
        392,
    )
    scale = Scale(45, 90, 350, 70)
    canvas.words(120, 382, "avant", anchor="middle")
    canvas.words(310, 382, "après", anchor="middle")
    for rank, name in enumerate("AB"):
        ends = [nearest(tally.shares[rank]) for tally in (before, after)]
        _slope(canvas, scale, ends, NEUTRAL, told=f"structure {name}")
        for x, tally, end in zip((120, 310), (before, after), ends, strict=True):
            canvas.mark(x, scale(end), colour=NEUTRAL, radius=1.6 * float(tally.size[rank]) ** 0.5)
    means, shares = (
        [nearest(value) for value in pair] for pair in ((before.mean, after.mean), (before.pooled, after.pooled))
    )
    _slope(canvas, scale, means, BLUE, told="moyenne", shape="diamond")
    _slope(canvas, scale, shares, INK, told="part des accueils", shape="square", dashes=DASHES)
    return canvas


def _tally(row: dict[str, str], *names: str) -> Tally:
    """« 80 sur 100 » in each of the columns."""
    counted, size = zip(*(row[name].split(" sur ") for name in names), strict=True)
    return Tally(np.array(counted, dtype=float), np.array(size, dtype=float))


def _slope(
    canvas: Canvas, scale: Scale, ends: list[int], colour: str, *, told: str, shape: str = "", dashes: str = ""
) -> None:
    places = [(120, scale(ends[0])), (310, scale(ends[1]))]
    canvas.line(places, colour=colour, width=3, dashes=dashes)
    for x, y in places if shape else ():
        canvas.mark(x, y, shape=shape, colour=colour, radius=9)
    canvas.words(90, places[0][1] + 7, f"{ends[0]} %", anchor="end", bold=bool(shape), colour=colour)
    canvas.words(342, places[1][1] + 7, f"{ends[1]} %, {told}", bold=bool(shape), colour=colour)


def parts_of_a_change() -> Canvas:
    """What practices did to the share of receptions, what moves between structures did, and where both lead."""
    row = spec_table("decomposition", "decomposition")[0]
    found = decomposition(_tally(row, "A avant", "B avant"), _tally(row, "A après", "B après"))
    total, practices, mean = nearest(found.pooled), nearest(found.practices), nearest(found.mean)
    canvas = Canvas(
        "D'où vient le changement",
        f"La part des accueils change de {signed(total)} points. Les pratiques y sont pour {signed(practices)} points, la "
        f"composition pour {signed(total - practices)}. Dans le même temps, la moyenne des structures change de "
        f"{signed(mean)} points.",
        108 + 4 * ROW,
    )
    scale = level(-20, 10)
    bottom = 66 + 4 * ROW
    axis(canvas, scale, range(-20, 11, 5), bottom, unit="points", top=56)
    canvas.line([(scale(0), 56), (scale(0), bottom)], colour=INK)
    arrows = (
        ("Pratiques", 0, practices, BLUE),
        ("Composition", practices, total, NEUTRAL),
        ("Ensemble : part des accueils", 0, total, INK),
        ("À côté : moyenne des structures", 0, mean, BLUE),
    )
    for rank, (told, start, end, colour) in enumerate(arrows):
        y = 84 + ROW * rank
        canvas.words(LEFT, y, f"{told}, {signed(end - start)} points", bold=rank == 2)
        canvas.arrow((scale(start), y + 23), (scale(end), y + 23), colour=colour, width=8)
    return canvas


def weighted() -> Canvas:
    """The answers as they came, and as they would have come had each channel its place in receptions."""
    row = spec_table("redressement", "redressement")[0]
    counted, answers, mix = ([number(each) for each in row[name].split(" ; ")] for name in list(row)[:3])
    found = weighted_share([int(each) for each in counted], [int(each) for each in answers], mix)
    assert found is not None
    raw, share = nearest(sum(counted) / sum(answers)), nearest(found.share)
    bounds = downward(found.low), upward(found.high)
    favourable = [f"{name} {nearest(y / n)} %" for name, y, n in zip("ABC", counted, answers, strict=True)]
    canvas = Canvas(
        "Donner à chaque canal la place qu'il a",
        f"Trois canaux. Parts favorables : {', '.join(favourable)}. Le canal A fait 40 % des réponses, mais 60 % des "
        f"accueils. Brut : {raw} %. Redressé, chaque canal ayant sa place dans les accueils : {share} %, entre {bounds[0]} et "
        f"{bounds[1]} %.",
        430,
    )
    canvas.words(LEFT, 72, "Qui répond, par canal")
    canvas.words(LEFT, 152, "Qui est reçu, par canal")
    scale = level(0, 100)
    for y, places in ((82, [nearest(each / sum(answers)) for each in answers]), (162, [nearest(each) for each in mix])):
        stacked_bar(canvas, y, scale, 0, _channels(places))
    canvas.words(LEFT, 240, f"Favorables : {', '.join(favourable)}", bold=True)
    percents = level(50, 90)
    axis(canvas, percents, range(50, 91, 10), 392, unit="%", top=256)
    range_row(canvas, 276, percents, f"Brut : {raw} %", (raw, raw), raw, hollow=True)
    told = f"Redressé : {share} %, entre {bounds[0]} et {bounds[1]} %"
    range_row(canvas, 276 + ROW, percents, told, bounds, share)
    return canvas


def _channels(places: list[int]) -> list[tuple[float, str, str, str]]:
    colours = ((BLUE, "#ffffff"), (BLUE_SOFT, INK), (NEUTRAL_STEPS[4], INK))
    told = [f"{name} {place} %" if place > 10 else name for name, place in zip("ABC", places, strict=True)]
    return [(place, words, *colour) for place, words, colour in zip(places, told, colours, strict=True)]
