"""The drawings of the pages on methods: as they are drawn today, named where they are, readable, closed on themselves."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest

from dashboard.text.typography import plain
from tests.drawings.canvas import SMALL_SIZE, WIDTH, Canvas
from tests.drawings.catalogue import DRAWINGS, FOLDER, image
from tests.statistics.tables import PAGES, number

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {page: draw() for page, draw in DRAWINGS.items()}
each_drawing = pytest.mark.parametrize(("page", "canvas"), DRAWN.items(), ids=DRAWN)
Box = tuple[float, float, float, float]


def page_text(page: str) -> str:
    return (PAGES / f"{page}.md").read_text(encoding="utf-8")


def words(canvas: Canvas) -> dict[str, Box]:
    """The words of a drawing, and the box (left, top, right, bottom) that they take in a wide font."""
    return {
        f"{rank} {text.text}": _box(text)
        for rank, text in enumerate(ElementTree.fromstring(canvas.svg()).iter(f"{SVG}text"))
    }


def _box(text: ElementTree.Element) -> Box:
    size, x, y = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
    length = len(text.text or "") * size * (0.61 if "font-weight" in text.attrib else 0.56)
    left = x - length * {"start": 0, "middle": 0.5, "end": 1}[text.attrib["text-anchor"]]
    return left, y - 0.75 * size, left + length, y + 0.2 * size


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@each_drawing
def test_the_file_is_what_is_drawn(page: str, canvas: Canvas) -> None:
    assert (FOLDER / f"{page}.svg").read_text(encoding="utf-8") == canvas.svg(), "run python -m tests.drawings"


@each_drawing
def test_its_page_shows_it_once_with_its_words(page: str, canvas: Canvas) -> None:
    assert page_text(page).splitlines().count(image(page, canvas)) == 1


def test_no_file_is_left_over_and_none_is_named_that_is_not_there() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(DRAWINGS)
    named = {name for path in PAGES.glob("*.md") for name in re.findall(r"\(dessins/(.+?)\)", path.read_text("utf-8"))}
    assert named == {f"{page}.svg" for page in DRAWINGS}


def test_the_index_leads_to_every_page_once() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"index"}
    assert sorted(re.findall(r"\]\(([^/)]+)\.md\)", page_text("index"))) == sorted(pages)


@each_drawing
def test_it_can_be_read_aloud(page: str, canvas: Canvas) -> None:
    root = ElementTree.fromstring(canvas.svg())
    told = [plain(root.findtext(f"{SVG}{name}") or "") for name in ("title", "desc")]
    assert told == [canvas.title, canvas.description]
    assert len(canvas.title) > 10
    assert len(canvas.description) > 60
    assert not set("[]") & set(canvas.description)


@each_drawing
def test_each_number_said_is_on_the_drawing_or_its_page(page: str, canvas: Canvas) -> None:
    page_alone = page_text(page).replace(image(page, canvas), "")
    seen = [number(each) for text in (*map(plain, words(canvas)), page_alone) for each in _numbers(text)]
    assert not [told for told in _numbers(canvas.description) if not _among(told, seen)]


def _numbers(text: str) -> list[str]:
    return re.findall(r"−?\d+(?:,\d+)?", text)


def _among(told: str, seen: list[float]) -> bool:
    """Whether a number seen, as it is or in percents, rounds to what is said."""
    digits = len(told.partition(",")[2])
    return any(round(each, digits) == number(told) for value in seen for each in (value, 100 * value))


@each_drawing
def test_it_stands_alone_without_a_script(page: str, canvas: Canvas) -> None:
    root = ElementTree.fromstring(canvas.svg())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "rect", "polyline", "polygon", "circle", "text",
    }  # fmt: skip
    attributes = {name: value for element in root.iter() for name, value in element.attrib.items()}
    assert not [name for name in attributes if name.startswith("on") or name.endswith("href")]
    assert "url(" not in canvas.svg()


@each_drawing
def test_its_words_are_large_enough_and_inside(page: str, canvas: Canvas) -> None:
    root = ElementTree.fromstring(canvas.svg())
    assert min(int(text.attrib["font-size"]) for text in root.iter(f"{SVG}text")) >= SMALL_SIZE
    inside = (0, 0, WIDTH, canvas.height)
    assert not [
        text
        for text, box in words(canvas).items()
        if box[0] < inside[0] or box[1] < inside[1] or box[2] > inside[2] or box[3] > inside[3]
    ]


@each_drawing
def test_no_words_lie_on_others(page: str, canvas: Canvas) -> None:
    met = [(one[0], other[0]) for one, other in combinations(words(canvas).items(), 2) if meet(one[1], other[1])]
    assert not met


@each_drawing
def test_its_colours_are_those_of_the_product(page: str, canvas: Canvas) -> None:
    from dashboard import theme

    known = {theme.INK, theme.MUTED, theme.GROUND, theme.RULE, theme.GRID, theme.BLUE, theme.BLUE_SOFT, theme.ORANGE}
    known |= {theme.NEUTRAL, *theme.NEUTRAL_STEPS}
    assert set(re.findall(r"#[0-9a-f]{3,8}", canvas.svg())) <= known


@each_drawing
def test_it_is_drawn_the_same_twice(page: str, canvas: Canvas) -> None:
    assert DRAWINGS[page]().svg() == canvas.svg()
