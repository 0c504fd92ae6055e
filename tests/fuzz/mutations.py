"""Files damaged on purpose: from one number, always the same file, and the name of what was done to it.

Mutations change cells, headings, structure (before the file is written), its encoding (while it is), its parts or its
bytes (after). Those of `_HARMLESS` leave as many data rows as the draft has.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.fuzz.cells import CELLS
from tests.fuzz.damages import DAMAGES
from tests.fuzz.layout import KEEPING_ROWS, LAYOUT
from tests.fuzz.seeds import Seed, turn
from tests.fuzz.writers import Draft, text

_CHANGES = CELLS | LAYOUT
_HARMLESS = CELLS.keys() | KEEPING_ROWS.keys()
_MOST_TELLING = ("bits retournés", "partie abîmée", "octets ajoutés", "identité dans une cellule")
_MUTATIONS = (*_CHANGES, *DAMAGES, *_MOST_TELLING)
_HOW_MANY = (1, 1, 1, 2, 2, 3)


@dataclass(frozen=True)
class Mutated:
    """One file of the fuzz. `rows`: how many data rows it has, None where the mutations may have changed that."""

    number: int
    seed: Seed
    done: tuple[str, ...]
    content: bytes
    rows: int | None

    def __str__(self) -> str:
        return f"fichier {self.number} : {self.seed.name}, {' + '.join(self.done)}"


def mutated(number: int) -> Mutated:
    """The file of that number: its seed by turns, then one to three mutations drawn from the number alone."""
    random, seed = Random(f"spro {number}"), turn(number)
    chosen = random.choices(_MUTATIONS, k=random.choice(_HOW_MANY))
    # A file is changed before it is written, damaged after.
    names = (*(name for name in chosen if name in _CHANGES), *(name for name in chosen if name in DAMAGES))
    draft = seed.draft()
    for name in names:
        if name in _CHANGES:
            _CHANGES[name](random, draft)
    content = seed.write(draft)
    for name in names:
        if name in DAMAGES:
            content = DAMAGES[name](random, content)
    counted = seed.write is text and set(names) <= _HARMLESS
    return Mutated(number, seed, names, content, _data_rows(seed, draft) if counted else None)


def _data_rows(seed: Seed, draft: Draft) -> int:
    return len(draft.rows) + (draft.style.blank_end and seed.blank_end)
