"""Protection measured: masks at three sizes and three thresholds, the attack at two. One piece:
`python -m tests.bench.protection NAME FOLDER STRUCTURES …` prints its seconds, megabytes and what it found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.bench.attacks import attacked, released
from tests.bench.masks import Timed, drawn, masked, region_file, rolled_up
from tests.bench.processes import Tell, run
from tests.bench.protection_report import Found, Protection

THRESHOLDS, PERSONS = (5, 7, 11), 11
PIECES: dict[str, Callable[..., Timed]] = {
    each.__name__: each for each in (drawn, rolled_up, masked, released, attacked)
}


def measured(folder: Path, tell: Tell, usual: int, repeat: int) -> Protection:
    """Every piece in turn, on a region of the `usual` number of structures, on a quarter and on four times as many.

    The usual one is masked `repeat` times, each beside a roll-up of the same region. The largest is not attacked.
    """

    def found(name: str, *told: object) -> Found:
        return Found.of(tell(name, folder, *told))

    smaller, larger = usual // 4, usual * 4
    drawings = {size: found("drawn", size) for size in (smaller, usual, larger)}
    rounds = [(found("rolled_up", usual), found("masked", usual, PERSONS)) for _ in range(repeat)]
    present = rounds[0][1]
    growth = {size: present if size == usual else found("masked", size, PERSONS) for size in drawings}
    region_file(folder, larger).unlink()
    trade_off = {at: present if at == PERSONS else found("masked", usual, at) for at in THRESHOLDS}
    found("rolled_up", smaller)
    attacks = {size: (found("released", size), found("attacked", size))[1] for size in (smaller, usual)}
    return Protection(usual, drawings, growth, tuple(rounds), trade_off, attacks)


if __name__ == "__main__":
    run(PIECES)
