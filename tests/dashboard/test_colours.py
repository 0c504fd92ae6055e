"""Colours that mean different things stay apart for every eye, or their marks differ by shape, by line, or by a figure.

The matrices are those of Machado, Oliveira and Fernandes, « A Physiologically-based Model for Simulation of Color Vision
Deficiency », IEEE Transactions on Visualization and Computer Graphics, 2009, at full severity, in linear RGB.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dashboard import theme

EYES = {
    "toutes les couleurs": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "sans le rouge": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "sans le vert": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "sans le bleu": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

# In CIE 1976 L*a*b*, 2.3 is a difference just seen side by side; ten times that is seen at once, apart.
APART = 23.0
# Shades of one bar touch each other, in a fixed order, between white lines: half of it is enough.
SHADES_APART = 11.5

# Two meanings in one chart that colour alone may tell.
MEANINGS = {
    "la réponse favorable et l'autre": (theme.BLUE, theme.ORANGE),
    "les plus proches du milieu": (theme.BLUE_SOFT, theme.ORANGE_SOFT),
    "un signal dans le bon sens et un dans l'autre": (theme.tone_colour("good"), theme.tone_colour("bad")),
    "un signal défavorable et la ligne": (theme.ORANGE, theme.NEUTRAL),
    "un signal favorable et un signal sans sens": (theme.BLUE, theme.INK),
    "un signal défavorable et un signal sans sens": (theme.ORANGE, theme.INK),
    "la qualité et la fréquentation": (theme.BLUE, theme.ATTENDANCE),
}

# Pairs that come too near to one another for some eye, with what else tells them.
OTHERWISE = {
    "un signal favorable et la ligne": (theme.BLUE, theme.NEUTRAL, "un losange, un carré, une croix ou un triangle"),
    "une valeur et sa fourchette": (theme.BLUE, theme.soft_colour("plus"), "un rond devant une barre"),
    "une valeur neutre et sa fourchette": (theme.NEUTRAL, theme.soft_colour("zone"), "un rond devant une barre"),
    "le centre et les limites": (theme.NEUTRAL, theme.MUTED, "un trait plein et des tirets"),
}

INKS = {
    theme.GROUND: (theme.INK, theme.MUTED, theme.BLUE, theme.ORANGE, theme.NEUTRAL, theme.ATTENDANCE, "#8f3f06"),
    theme.SIDEBAR: (theme.INK, theme.MUTED, theme.BLUE, theme.NEUTRAL),
    "#fdf1e3": ("#6d3206", theme.INK),
    "#f7f2e8": (theme.INK, theme.MUTED),
}
MARKS = (
    theme.INK,
    theme.MUTED,
    theme.BLUE,
    theme.BLUE_SOFT,
    theme.ORANGE,
    theme.NEUTRAL,
    theme.ATTENDANCE,
    theme.soft_colour("plus"),
    theme.soft_colour("neutre"),
)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("meaning", MEANINGS)
def test_two_meanings_stay_apart(eye: str, meaning: str) -> None:
    first, second = MEANINGS[meaning]
    assert distance(first, second, eye) >= APART


@pytest.mark.parametrize("pair", OTHERWISE)
def test_what_is_told_otherwise_needs_to_be(pair: str) -> None:
    first, second, _ = OTHERWISE[pair]
    assert min(distance(first, second, eye) for eye in EYES) < APART


@pytest.mark.parametrize("eye", EYES)
def test_neighbouring_shades_of_grey_stay_apart(eye: str) -> None:
    assert all(distance(*pair, eye) >= SHADES_APART for pair in pairwise(theme.NEUTRAL_STEPS))
    lights = [lightness(each, eye) for each in theme.NEUTRAL_STEPS]
    assert lights == sorted(lights)


@pytest.mark.parametrize("eye", EYES)
def test_a_shade_stays_apart_from_its_full_colour(eye: str) -> None:
    assert distance(theme.BLUE, theme.BLUE_SOFT, eye) >= SHADES_APART
    assert distance(theme.ORANGE, theme.ORANGE_SOFT, eye) >= SHADES_APART


@pytest.mark.parametrize("ground", INKS)
def test_every_ink_is_read_on_its_ground(ground: str) -> None:
    assert [ink for ink in INKS[ground] if contrast(ink, ground) < 4.5] == []


def test_every_mark_is_seen_on_white() -> None:
    assert [mark for mark in MARKS if contrast(mark, theme.GROUND) < 3] == []


def test_a_measure_without_a_hoped_direction_is_grey() -> None:
    for sense in ("zone", "neutre"):
        for colour in (theme.mark_colour(sense), theme.soft_colour(sense)):
            red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) <= 40


def test_no_red_and_no_green_is_written_anywhere() -> None:
    """A hue of the wheel between orange and red, or of the greens, with some strength."""
    written = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(theme.__file__).parent.rglob("*.css")))
    written += Path(theme.__file__).read_text(encoding="utf-8")
    assert [colour for colour in set(re.findall(r"#[0-9a-f]{6}\b", written)) if alarming(colour)] == []


@pytest.mark.parametrize(
    ("colour", "said"), [("#c0392b", True), ("#2e8b57", True), ("#b5520c", False), ("#1f5a9e", False)]
)
def test_an_alarming_colour_is_known(colour: str, said: bool) -> None:
    assert alarming(colour) is said


def test_measures_of_colour_agree_with_published_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert laboratory("#ff0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
    assert laboratory("#ffffff", "sans le vert") == pytest.approx((100, 0, 0), abs=0.1)


def linear(colour: str) -> np.ndarray:
    """Light of the three channels, 0 to 1, of « #rrggbb »."""
    channels = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2, 1 to 21."""
    dark, light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(each)) for each in (first, second))
    return (light + 0.05) / (dark + 0.05)


def laboratory(colour: str, eye: str = "toutes les couleurs") -> np.ndarray:
    """L*, a*, b* (D65) of a colour as an eye sees it."""
    seen = np.clip(np.array(EYES[eye]) @ linear(colour), 0, 1)
    to_xyz = np.array(
        ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    )
    relative = to_xyz @ seen / np.array((0.95047, 1, 1.08883))
    root = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    return np.array((116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])))


def distance(first: str, second: str, eye: str) -> float:
    """CIE 1976 difference of two colours as an eye sees them."""
    return float(np.linalg.norm(laboratory(first, eye) - laboratory(second, eye)))


def lightness(colour: str, eye: str) -> float:
    return float(laboratory(colour, eye)[0])


def alarming(colour: str) -> bool:
    """Whether a colour is red or green to the eye: strong, and far from blue, brown, orange and grey."""
    _, across, along = laboratory(colour)
    strength, hue = float(np.hypot(across, along)), float(np.degrees(np.arctan2(along, across)) % 360)
    return strength > 25 and (hue < 45 or 105 < hue < 200 or hue > 345)
