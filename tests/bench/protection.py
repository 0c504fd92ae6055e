"""Protection measured: masks at three sizes and three thresholds, the attack at two. One piece:
`python -m tests.bench.protection NAME FOLDER STRUCTURES …` prints its seconds, megabytes and what it found."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.attacks import attacked, released
from tests.bench.masks import Timed, drawn, masked, region_file, rolled_up
from tests.bench.protection_report import Found, Protection

THRESHOLDS, PERSONS = (5, 7, 11), 11
PIECES: dict[str, Callable[..., Timed]] = {
    each.__name__: each for each in (drawn, rolled_up, masked, released, attacked)
}
Tell = Callable[..., Mapping[str, object]]
"""Runs a piece by its name in a process of its own, on a number of structures and what else it takes."""


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


def main() -> None:
    name, folder, *told = sys.argv[1:]
    seconds, more = PIECES[name](Path(folder), *map(int, told))
    own, of_children = (resource.getrusage(each).ru_maxrss for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = max(own, of_children) / 1024
    sys.stdout.write("\n" + json.dumps({"seconds": seconds, "megabytes": peak, **more}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # as the other pieces: libraries disagree at the end of the interpreter


if __name__ == "__main__":
    main()
