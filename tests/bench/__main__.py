"""`make bench`: measures in one run, and writes the table that `docs/benchmarks.md` shows."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tests.bench.counted import write_warehouse
from tests.bench.records import NETWORK, write_profiles, write_receptions
from tests.bench.report import Checks, Counts, Measures, Piece, Run, page

MORE_ROWS = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("--rows", type=int, default=10_000_000, help="receptions of the large file")
    parser.add_argument(
        "--answers", type=int, default=1_000_000, help="answers counted beside as many receptions as --rows"
    )
    parser.add_argument("--pandas-rows", type=int, default=1_000_000, help="receptions checked on pandas too")
    parser.add_argument("--repeat", type=int, default=3, help="runs, of which the median is kept")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spro-bench-") as folder:
        runs = [_large(Path(folder) / str(run), arguments.rows) for run in range(arguments.repeat)]
        checks = _checked(Path(folder) / "checks", arguments.pandas_rows)
        counts = _counted(Path(folder), arguments.rows, arguments.answers, arguments.repeat)
    measures = Measures(arguments.rows, MORE_ROWS, tuple(runs), checks, counts, _machine(), date.today())
    arguments.out.write_text(page(measures), encoding="utf-8")
    print(arguments.out)


def _large(folder: Path, rows: int) -> Run:
    """The large file by DuckDB alone; by the door, up to the warehouse; then some more rows into that warehouse."""
    inbox = folder / "home" / "inbox" / NETWORK
    write_profiles(inbox / "structures.csv")
    size = write_receptions(inbox / "fiches.csv", rows).stat().st_size
    reference, whole = _piece("reference", folder), _piece("to_the_warehouse", folder)
    write_receptions(inbox / "suite.csv", MORE_ROWS, first=rows)
    more = _piece("to_the_warehouse", folder)
    shutil.rmtree(folder)
    return Run(size / 1e6, reference, whole, more)


def _checked(folder: Path, rows: int) -> Checks:
    inbox = folder / "home" / "inbox" / NETWORK
    write_profiles(inbox / "structures.csv")
    write_receptions(inbox / "fiches.csv", rows)
    _piece("to_the_warehouse", folder)
    return Checks(rows, _piece("contract_here", folder), _piece("contract_on_pandas", folder))


def _counted(folder: Path, rows: int, answers: int, repeat: int) -> Counts:
    """The working grid counted by hand, then by the product, each in turn over the same warehouse."""
    write_warehouse(folder / "counted.duckdb", rows, answers)
    hand, grid, compiling = [], [], []
    for _ in range(repeat):
        hand.append(_piece("counted_by_hand", folder))
        told = _told("counted_by_the_grid", folder)
        grid.append(Piece(told["seconds"], told["megabytes"]))
        compiling.append(told["compiling"])
    return Counts(rows, answers, tuple(hand), tuple(grid), tuple(compiling))


def _piece(name: str, folder: Path) -> Piece:
    told = _told(name, folder)
    return Piece(told["seconds"], told["megabytes"])


def _told(name: str, folder: Path) -> dict[str, float]:
    """What a piece says of itself, run in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.pieces", name, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"{name}: {told}", flush=True)
    return told


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "great-expectations", "polars"))
    return f"{os.cpu_count()} cœurs, {platform.machine()}, Python {platform.python_version()}, {libraries}"


if __name__ == "__main__":
    main()
