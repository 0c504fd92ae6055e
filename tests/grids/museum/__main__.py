"""Write messages.yaml again, for a person to read the difference before it is kept."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tests.grids.museum import MESSAGES_FILE, PIECES, exhibited, is_mapping, refusals

HEAD = "# Ce que chaque pièce du musée s'entend dire. Relu ; `python -m tests.grids.museum` l'écrit de nouveau.\n"


def written() -> str:
    """Every piece with what refuses it."""
    lines = [HEAD]
    for name, piece in PIECES.items():
        with tempfile.TemporaryDirectory() as folder:
            told = refusals(exhibited(piece, Path(folder)), of_mapping=is_mapping(piece))
        assert len(told) == 1, f"{name}: {told}"
        lines += [f"{json.dumps(name, ensure_ascii=False)}:\n"]
        lines += [f"  {word}: {json.dumps(text, ensure_ascii=False)}\n" for word, text in told[0].items()]
    return "".join(lines)


MESSAGES_FILE.write_text(written(), encoding="utf-8")
