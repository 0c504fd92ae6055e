"""The section of the page that tells what it takes to make figures of counts, and all that follows from them, in French."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.tables import decimal, number, spread, table

HEADING = "## Ce que coûtent les mesures et leurs analyses"
_PARTS = {
    "estimated": "chiffres et fourchettes",
    "compared": "comparaisons entre structures, et avec celles qui leur ressemblent",
    "followed": "courbes dans le temps",
    "read_together": "regards, critères, décompositions, redressements",
    "judged": "verdicts de 40 actions",
    "worded": "phrases",
}
_TAIL = (
    "Le décompte de la même région est celui d'autant d'accueils et de réponses, jusqu'aux décomptes les plus fins, puis "
    "l'addition des décomptes de la région à tous les pas et niveaux. Les masques sont mesurés à part. Chaque partie lit ce "
    "que les précédentes ont écrit ; lire et écrire ces fichiers ne compte pas dans ses secondes, mais dans sa mémoire."
)


@dataclass(frozen=True)
class Taken:
    """What a piece took, and how many rows it made."""

    seconds: float
    megabytes: float
    rows: int

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Taken:
        """From what a process printed."""
        return cls(told["seconds"], told["megabytes"], told.get("rows", 0))


@dataclass(frozen=True)
class Round:
    """An edition made once: as many records counted, the region's counts added up, each part, and all parts in one process."""

    counted: Taken
    rolled_up: Taken
    parts: Mapping[str, Taken]
    whole: Taken

    @property
    def ratio(self) -> float:
        """The whole, in times the counting."""
        return self.whole.seconds / (self.counted.seconds + self.rolled_up.seconds)


@dataclass(frozen=True)
class Measured:
    """The rounds of each number of structures."""

    usual: int
    rounds: Mapping[int, Sequence[Round]]


def section(measured: Measured, head: str) -> str:
    """The whole section, its heading first; `head` says when and where it was measured."""
    present = measured.rounds[measured.usual]
    parts = [
        HEADING,
        head,
        table(("ce qui est mesuré", "résultat", "objectif"), _costs(measured.usual, present)),
        table(("partie", "lignes", "secondes", "mémoire"), _parts(present)),
        table(
            ("structures", "lignes", "secondes", "dont phrases", "mémoire", "rapport au décompte"), _growth(measured)
        ),
        _TAIL,
    ]
    return "\n\n".join(parts) + "\n"


def _costs(structures: int, rounds: Sequence[Round]) -> Iterator[tuple[str, str, str]]:
    yield (
        f"mesures de {number(structures)} structures, 12 réseaux, 36 mois, et leurs analyses, dans un seul processus",
        spread([each.whole.seconds for each in rounds], " s"),
        "60 s",
    )
    yield "mémoire la plus haute", _gigabytes(max(each.whole.megabytes for each in rounds)), "2 Go"
    yield (
        "les mêmes secondes, par rapport au décompte de la même région",
        spread([each.ratio for each in rounds], " fois"),
        "pour comparaison",
    )


def _parts(rounds: Sequence[Round]) -> Iterator[tuple[str, str, str, str]]:
    for name, words in _PARTS.items():
        taken = [each.parts[name] for each in rounds]
        peak = max(each.megabytes for each in taken)
        yield words, number(taken[0].rows), spread([each.seconds for each in taken]), _gigabytes(peak)


def _growth(measured: Measured) -> Iterator[Sequence[str]]:
    for structures, rounds in measured.rounds.items():
        seconds = statistics.median(each.whole.seconds for each in rounds)
        worded = statistics.median(each.parts["worded"].seconds for each in rounds)
        ratio = statistics.median(each.ratio for each in rounds)
        yield (
            number(structures),
            number(rounds[0].whole.rows),
            f"{decimal(seconds)} s",
            f"{decimal(worded)} s",
            _gigabytes(max(each.whole.megabytes for each in rounds)),
            f"{decimal(ratio)} fois",
        )


def _gigabytes(megabytes: float) -> str:
    return f"{decimal(megabytes / 1000)} Go"
