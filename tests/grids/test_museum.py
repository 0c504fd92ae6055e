"""The museum of broken grids and mappings: none gets through, and each refusal says where, what, and what to do.

`museum/messages.yaml` holds what each says, word for word, as it was reviewed. To write it again after a change of words:
`python -m tests.grids.museum`, then read the difference.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.grids.museum import MESSAGES, PIECES, SOUND, exhibited, is_mapping, refusals

# Words of pydantic, ruamel and Python that no facilitator should ever read.
ENGLISH = re.compile(r"\b(input|should|must|valid|value|error|found|expected|tuple|field|required|Extra|None)\b")


@pytest.mark.parametrize("name", PIECES)
def test_no_piece_of_the_museum_gets_through(name: str, tmp_path: Path) -> None:
    told = refusals(exhibited(PIECES[name], tmp_path), of_mapping=is_mapping(PIECES[name]))
    assert told == [MESSAGES[name]]


@pytest.mark.parametrize("name", PIECES)
def test_a_refusal_can_be_acted_on(name: str) -> None:
    told = MESSAGES[name]
    assert set(told) == {"ou", "phrase", "remede"}
    assert re.search(r"(2030\.1|2031\.1|2031\.9|versions|cio)\.yaml", told["ou"])
    assert told["phrase"].endswith((".", "?"))
    assert told["remede"]
    assert not ENGLISH.search(told["phrase"] + told["remede"])


@pytest.mark.parametrize("name", [name for name, piece in PIECES.items() if not is_mapping(piece)])
def test_the_line_of_a_mistake_in_a_grid_is_told(name: str) -> None:
    whole_file = {"une version sans fichier", "deux versions du même jour", "un fichier adopté et changé"}
    whole_file |= {"une version qui n'est pas celle du fichier", "à l'essai, revue passée"}
    assert ("ligne" in MESSAGES[name]["ou"]) != (name in whole_file)


def test_what_the_pieces_break_is_sound() -> None:
    assert refusals(SOUND) == refusals(SOUND, of_mapping=True) == []


def test_the_museum_is_large_and_each_piece_is_told_once() -> None:
    assert len(PIECES) >= 40
    assert PIECES.keys() == MESSAGES.keys()
