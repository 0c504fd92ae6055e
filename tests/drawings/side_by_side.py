"""Measures side by side: two views of one thing, and a criterion with its measures."""

from __future__ import annotations

from dashboard.theme import BLUE, NEUTRAL, NEUTRAL_STEPS, ORANGE
from pipelines.rounding import downward, upward
from pipelines.statistics.agreement import alpha
from pipelines.statistics.differences import difference
from pipelines.synthesis.criteria import criteria
from tests.drawings.canvas import LEFT, SMALL_SIZE, Canvas
from tests.drawings.rows import ROW, range_row
from tests.drawings.scale import Scale, axis, decimal, level, signed
from tests.statistics.tables import spec_table
from tests.synthesis import made


def gap_between_views() -> Canvas:
    """Two views of the same thing, each with its range, and the gap between them."""
    rows = spec_table("trois-regards", "ecart")
    canvas = Canvas(
        "Deux regards, et l'écart entre eux",
        "Trois paires de regards sur une même chose. 88 et 61 % : écart de +27 points, entre +20 et +33. 70 et 66 % : écart "
        "de +4 points, entre −7 et +13, que le hasard peut expliquer. 40 et 52 % : écart de −12 points, entre −19 et −5.",
        440,
    )
    canvas.mark(LEFT + 8, 66, shape="triangle-up", colour=BLUE, radius=8)
    canvas.words(LEFT + 26, 72, "premier regard")
    canvas.mark(LEFT + 238, 66, colour=NEUTRAL, radius=8)
    canvas.words(LEFT + 256, 72, "second regard")
    scale = level(30, 100)
    axis(canvas, scale, range(30, 101, 10), 396, unit="%", top=90)
    for rank, row in enumerate(rows):
        _views(canvas, 114 + 96 * rank, scale, row)
    return canvas


def _views(canvas: Canvas, y: float, scale: Scale, row: dict[str, str]) -> None:
    (first, low, high), (second, other_low, other_high) = (
        [int(each) for each in row[name].replace("(", "").replace(")", "").replace("à ", "").split()]
        for name in ("Premier regard", "Second regard")
    )
    least, most = difference(first, (low, high), second, (other_low, other_high))
    assert least is not None
    assert most is not None
    bounds = f"entre {signed(downward(least / 100))} et {signed(upward(most / 100))}"
    told = f"{first} et {second} % : écart {signed(first - second)} points, {bounds}"
    range_row(canvas, y, scale, told, (low, high), first, shape="triangle-up")
    range_row(canvas, y + 26, scale, "", (other_low, other_high), second, colours=(NEUTRAL, NEUTRAL_STEPS[3]))


def agreement() -> Canvas:
    """Four structures, seen from two sides, in four ways."""
    rows = spec_table("accord", "deux-regards")[:4]
    canvas = Canvas(
        "Deux regards sur quatre structures",
        "Quatre cas ; dans chacun, quatre traits relient ce que notent les équipes à ce que disent les personnes. La même "
        "chose : accord 1. Presque la même chose : 0,99. Le même ordre, 15 points plus haut : 0,46. L'inverse : −0,75.",
        452,
    )
    for rank, row in enumerate(rows):
        _two_views(canvas, LEFT + 300 * (rank % 2), 60 + 196 * (rank // 2), row)
    return canvas


def _two_views(canvas: Canvas, left: float, top: float, row: dict[str, str]) -> None:
    teams, persons = ([int(each) for each in row[name].split()] for name in ("équipes", "personnes"))
    found = alpha([teams, persons], "interval")
    assert found is not None
    gap = sum(teams) / len(teams) - sum(persons) / len(persons)
    name = row["ce qu'on voit"].replace("le même ordre, ", "")
    canvas.words(left, top + 16, name[:1].upper() + name[1:], bold=True)
    canvas.words(left, top + 40, f"accord {decimal(found, 2)}, écart {signed(gap)}")
    scale = Scale(25, 95, top + 150, top + 56)
    for one, other in zip(teams, persons, strict=True):
        canvas.line([(left + 36, scale(one)), (left + 224, scale(other))], colour=BLUE, width=2.5)
        canvas.mark(left + 36, scale(one), shape="triangle-up", colour=BLUE, radius=6)
        canvas.mark(left + 224, scale(other), colour=NEUTRAL, radius=6)
    canvas.words(left, top + 176, "équipes", size=SMALL_SIZE)
    canvas.words(left + 260, top + 176, "personnes", anchor="end", size=SMALL_SIZE)


def criterion() -> Canvas:
    """A criterion stands where the worst of its lines stands; its weakest point is named."""
    cells = [cell.split()[0] for cell in list(spec_table("critere", "point-faible")[0].values())[:3]]
    told = spec_table("critere", "statut")[0]["Variations des mesures"].split(", ")
    names = [f"M{rank}.rendue@2025.1" for rank in (1, 2, 3)]
    lines = made.series(*({"mesure_id": name, "variation": word} for name, word in zip(names, told, strict=True)))
    values = made.values(*({"mesure_id": name, "valeur": int(cell)} for name, cell in zip(names, cells, strict=True)))
    (found,) = criteria(values, made.measures(*({"mesure_id": name} for name in names)), lines).to_dicts()
    status, weakest = found["statut"].replace("a_", "à "), names.index(found["point_faible"])
    canvas = Canvas(
        "Un critère suit sa moins bonne ligne",
        "Trois mesures d'un critère. La première, à 90 %, varie comme d'habitude ; la deuxième, à 100 %, s'améliore ; la "
        f"troisième, à 30 %, se détériore et est le point faible. Le critère est « {status} ».",
        108 + 3 * ROW + 48,
    )
    scale = level(0, 100)
    axis(canvas, scale, range(0, 101, 20), 66 + 3 * ROW, unit="%", top=56)
    for rank, (cell, word) in enumerate(zip(cells, told, strict=True)):
        y = 84 + ROW * rank
        weak = ", point faible" if rank == weakest else ""
        canvas.words(LEFT, y, f"Mesure {rank + 1} : {cell} %{weak} ; {_WORDS[word]}")
        canvas.mark(
            scale(int(cell)), y + 23, shape=_SHAPES[word][0], colour=_SHAPES[word][1], radius=9, hollow=rank == weakest
        )
    canvas.words(LEFT, 108 + 3 * ROW + 28, f"Le critère : {status}", bold=True)
    return canvas


_WORDS = {"habituelle": "variation habituelle", "amelioration": "amélioration", "deterioration": "détérioration"}
_SHAPES = {
    "habituelle": ("circle", NEUTRAL),
    "amelioration": ("triangle-up", BLUE),
    "deterioration": ("triangle-down", ORANGE),
}
