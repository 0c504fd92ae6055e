"""Colours and style. Blue and orange carry meaning, grey carries none.

Every ink has 4.5:1 or more on its ground, every mark and range 3:1; shades of one bar are told apart by their figures.
"""

from __future__ import annotations

from pathlib import Path

INK = "#1b2733"
MUTED = "#4a5a6a"
GROUND = "#ffffff"
SIDEBAR = "#f3f6f9"
RULE = "#c9d2db"
GRID = "#e6ebf0"

BLUE = "#1f5a9e"
BLUE_SOFT = "#6a97ca"
BLUE_BAND = "rgba(31, 90, 158, 0.16)"
ORANGE = "#b5520c"
ORANGE_SOFT = "#e8a76b"

NEUTRAL = "#55636f"
NEUTRAL_BAND = "rgba(85, 99, 111, 0.16)"
NEUTRAL_STEPS = ("#3f4c58", "#64727f", "#8996a2", "#afb9c3", "#d3dae1")

ATTENDANCE = "#6d5a3a"

SYSTEM_FONT = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', Arial, sans-serif"

# A measure whose sense is a zone, or neutral, is never coloured.
COLOURED_SENSES = ("plus", "moins")


def tone_colour(tone: str) -> str:
    """The colour of what goes the hoped way (`good`), the other way (`bad`), or no way in particular."""
    return {"good": BLUE, "bad": ORANGE}.get(tone, INK)


def mark_colour(sens: str) -> str:
    """The colour of a value's mark."""
    return BLUE if sens in COLOURED_SENSES else NEUTRAL


def soft_colour(sens: str) -> str:
    """The colour of a range behind a mark."""
    return BLUE_SOFT if sens in COLOURED_SENSES else NEUTRAL_STEPS[2]


def band_colour(sens: str) -> str:
    """The colour of a range around a line."""
    return BLUE_BAND if sens in COLOURED_SENSES else NEUTRAL_BAND


def style_sheet() -> str:
    """The product's CSS, screen and print."""
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
