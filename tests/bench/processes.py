"""A piece run in a process of its own: it prints how long it took, the most memory that was held, and what it found."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.masks import Timed

Pieces = Mapping[str, Callable[..., Timed]]
Tell = Callable[..., Mapping[str, object]]
"""Runs a piece by its name in a process of its own, on a number of structures and what else it takes."""


def run(pieces: Pieces) -> None:
    """Run the piece that the command line names, on the folder and the numbers that it gives, and end the process."""
    name, folder, *told = sys.argv[1:]
    seconds, more = pieces[name](Path(folder), *map(int, told))
    own, of_children = (resource.getrusage(each).ru_maxrss for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = max(own, of_children) / 1024
    sys.stdout.write("\n" + json.dumps({"seconds": seconds, "megabytes": peak, **more}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # libraries disagree at the end of the interpreter
