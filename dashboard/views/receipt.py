"""The page of a receipt as a piece of another page."""

from __future__ import annotations

import re


def fragment(page: str) -> str:
    """What the page of a receipt says, without its own title, its headings one level lower."""
    [said] = re.findall(r"<main>(.*)</main>", page, flags=re.DOTALL)
    untitled = re.sub(r"<h1>.*?</h1>", "", said, count=1, flags=re.DOTALL)
    return re.sub(r"(</?h)([2-5])(?=[ >])", lambda found: f"{found[1]}{int(found[2]) + 1}", untitled)
