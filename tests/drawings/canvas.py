"""A drawing under way: lines, bands, marks and words, put down one by one, and written out as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from dashboard.text.typography import typeset
from dashboard.theme import GROUND, INK, SYSTEM_FONT

WIDTH = 640
LEFT, RIGHT = 28, 612
"""Between these stands all that is drawn."""
TITLE_SIZE, WORD_SIZE, SMALL_SIZE = 23, 20, 18
"""At half the width, on a telephone, the smallest is 9 px: none is smaller."""
FONT = f"'Atkinson Hyperlegible', {SYSTEM_FONT}"

DOTS, DASHES = "2 4", "8 6"
"""The narrow limits, and the wide ones, as on the pages of the product."""

_MARKS = {
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "square": ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    "triangle-up": ((0, -1.3), (1.25, 0.9), (-1.25, 0.9)),
    "triangle-down": ((0, 1.3), (1.25, -0.9), (-1.25, -0.9)),
    "cross": (
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4),
        (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
    ),
}  # fmt: skip


class Canvas:
    """A white page 640 wide. `title` heads it; `description` says in words, to those who do not see it, what it shows."""

    def __init__(self, title: str, description: str, height: int) -> None:
        self.title, self.description, self.height = title, description, height
        self._elements: list[str] = []
        self._words: list[str] = []
        self.words(LEFT, 36, title, size=TITLE_SIZE, bold=True)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        size: int = WORD_SIZE,
        bold: bool = False,
        colour: str = INK,
        halo: bool = True,
    ) -> None:
        """Words on the base line y, over all else. `anchor`: start, middle or end. `halo`: a white edge, over lines."""
        weight = ' font-weight="700"' if bold else ""
        edge = f' stroke="{GROUND}" stroke-width="5" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        self._words.append(
            f'<text x="{_px(x)}" y="{_px(y)}" text-anchor="{anchor}" font-size="{size}"{weight} fill="{colour}"{edge}>'
            f"{escape(typeset(text))}</text>"
        )

    def line(
        self, points: Sequence[tuple[float, float]], *, colour: str = INK, width: float = 2, dashes: str = ""
    ) -> None:
        """A broken line through the points."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._elements.append(
            f'<polyline points="{_places(points)}" fill="none" stroke="{colour}" stroke-width="{_px(width)}"{dashed}/>'
        )

    def band(
        self, left: float, top: float, right: float, bottom: float, *, colour: str = INK, opacity: float = 1
    ) -> None:
        """A filled rectangle."""
        seen = "" if opacity == 1 else f' fill-opacity="{opacity}"'
        self._elements.append(
            f'<rect x="{_px(left)}" y="{_px(top)}" width="{_px(right - left)}" height="{_px(bottom - top)}" '
            f'fill="{colour}"{seen}/>'
        )

    def mark(
        self, x: float, y: float, *, shape: str = "circle", colour: str = INK, radius: float = 6, hollow: bool = False
    ) -> None:
        """A circle, diamond, square, triangle-up, triangle-down or cross, edged so that it stands out of what it lies on."""
        edge, fill = (colour, GROUND) if hollow else (GROUND, colour)
        paint = f'fill="{fill}" stroke="{edge}" stroke-width="{2 if hollow else 1}"'
        if shape == "circle":
            self._elements.append(f'<circle cx="{_px(x)}" cy="{_px(y)}" r="{_px(radius)}" {paint}/>')
        else:
            corners = [(x + radius * right, y + radius * down) for right, down in _MARKS[shape]]
            self._elements.append(f'<polygon points="{_places(corners)}" {paint}/>')

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str = INK, width: float = 3
    ) -> None:
        """A line that ends in a point, level or upright."""
        (x, y), (to_x, to_y) = start, end
        along = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
        neck = to_x - 12 * along[0], to_y - 12 * along[1]
        self.line([start, neck], colour=colour, width=width)
        across = 7 * along[1], 7 * along[0]
        corners = [end, (neck[0] + across[0], neck[1] + across[1]), (neck[0] - across[0], neck[1] - across[1])]
        self._elements.append(f'<polygon points="{_places(corners)}" fill="{colour}"/>')

    def svg(self) -> str:
        """The file: it stands alone, without a font, a style or a script of elsewhere."""
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" role="img" lang="fr" '
            f'aria-labelledby="titre description" font-family="{FONT}">',
            f'<title id="titre">{escape(typeset(self.title))}</title>',
            f'<desc id="description">{escape(typeset(self.description))}</desc>',
            f'<rect width="{WIDTH}" height="{self.height}" fill="{GROUND}"/>',
            *self._elements,
            *self._words,
            "</svg>",
        ]
        return "\n".join(lines) + "\n"


def _px(value: float) -> str:
    """A tenth of a pixel is enough, and the same on every machine."""
    return f"{round(value, 1) or 0:g}"


def _places(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_px(x)},{_px(y)}" for x, y in points)
