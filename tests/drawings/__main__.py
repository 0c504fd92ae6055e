"""Write every drawing anew: `python -m tests.drawings`."""

from __future__ import annotations

from tests.drawings.catalogue import DRAWINGS, FOLDER

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for page, draw in DRAWINGS.items():
        (FOLDER / f"{page}.svg").write_text(draw().svg(), encoding="utf-8")
