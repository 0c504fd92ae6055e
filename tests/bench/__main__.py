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
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench import measures, measures_report, pages, pages_report, protection, protection_report
from tests.bench.counted import write_warehouse
from tests.bench.pages_releases import built_region
from tests.bench.processes import Tell
from tests.bench.records import NETWORK, write_profiles, write_receptions
from tests.bench.report import Checks, Counts, Measures, Piece, Run, page
from tests.bench.tables import section_of, with_section

MORE_ROWS = 10_000
_REGION = "Une région tirée au sort (`tests/scale`), volumes mensuels log-normaux, médiane de 16 accueils."


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench")
    parser.add_argument("--rows", type=int, default=10_000_000, help="receptions of the large file")
    parser.add_argument(
        "--answers", type=int, default=1_000_000, help="answers counted beside as many receptions as --rows"
    )
    parser.add_argument("--pandas-rows", type=int, default=1_000_000, help="receptions checked on pandas too")
    parser.add_argument("--repeat", type=int, default=3, help="runs, of which the median is kept")
    parser.add_argument(
        "--structures", type=int, default=400, help="structures of the region that is masked, attacked and measured"
    )
    parser.add_argument("--minutes", type=float, default=5.0, help="how long many sessions look at pages")
    parser.add_argument(
        "--home", type=Path, help="a data folder with a release of the sample region, else one is built"
    )
    parser.add_argument("--only", choices=list(_SECTIONS), help="rewrites this section of the page alone")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    arguments = parser.parse_args()
    page_now = arguments.out.read_text(encoding="utf-8") if arguments.out.exists() else ""
    if not arguments.only:
        page_now = "\n".join([_whole_page(arguments), *(section_of(page_now, each) for each in _HEADINGS)])
        arguments.out.write_text(page_now, encoding="utf-8")
    for name in [arguments.only] if arguments.only else _SECTIONS:
        page_now = with_section(page_now, _SECTIONS[name](arguments))
        arguments.out.write_text(page_now, encoding="utf-8")
    print(arguments.out)


def _whole_page(arguments: argparse.Namespace) -> str:
    """What is measured of records, from the file to the counts."""
    with tempfile.TemporaryDirectory(prefix="spro-bench-") as folder:
        runs = [_large(Path(folder) / str(run), arguments.rows) for run in range(arguments.repeat)]
        checks = _checked(Path(folder) / "checks", arguments.pandas_rows)
        counts = _counted(Path(folder), arguments.rows, arguments.answers, arguments.repeat)
    return page(Measures(arguments.rows, MORE_ROWS, tuple(runs), checks, counts, _machine(), date.today()))


def _protection(arguments: argparse.Namespace) -> str:
    """The section on masks and the attack."""
    tell = _tell("tests.bench.protection")
    with tempfile.TemporaryDirectory(prefix="spro-bench-") as folder:
        found = protection.measured(Path(folder), tell, arguments.structures, arguments.repeat)
    return protection_report.section(found, _head("protection"))


def _measures(arguments: argparse.Namespace) -> str:
    """The section on figures and analyses."""
    tell = _tell("tests.bench.measures")
    with tempfile.TemporaryDirectory(prefix="spro-bench-") as folder:
        found = measures.measured(Path(folder), tell, arguments.structures, arguments.repeat)
    return measures_report.section(found, _head("measures"))


def _pages(arguments: argparse.Namespace) -> str:
    """The section on the pages, over the sample region."""
    with tempfile.TemporaryDirectory(prefix="spro-bench-") as folder:
        home = arguments.home or built_region(Path(folder) / "region")
        found = pages.measured(Path(folder), home, arguments.repeat, arguments.minutes)
    head = f"Faites par `make bench` (`--only pages`) le {date.today():%d/%m/%Y}, dans le même passage : {_machine()}."
    return pages_report.section(found, head, pages.USUAL)


_SECTIONS: dict[str, Callable[[argparse.Namespace], str]] = {
    "protection": _protection,
    "measures": _measures,
    "pages": _pages,
}
_HEADINGS = (protection_report.HEADING, measures_report.HEADING, pages_report.HEADING)


def _head(section: str) -> str:
    return (
        f"Faites par `make bench` (`--only {section}`) le {date.today():%d/%m/%Y}, chaque pièce dans son propre processus : "
        f"{_machine()}. {_REGION}"
    )


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
    hand, grid, compiling, rolling = [], [], [], []
    for _ in range(repeat):
        hand.append(_piece("counted_by_hand", folder))
        told = _told("counted_by_the_grid", folder)
        grid.append(Piece(told["seconds"], told["megabytes"]))
        compiling.append(told["compiling"])
        rolling.append(told["rolling"])
    return Counts(rows, answers, tuple(hand), tuple(grid), tuple(compiling), tuple(rolling))


def _piece(name: str, folder: Path) -> Piece:
    told = _told(name, folder)
    return Piece(told["seconds"], told["megabytes"])


def _told(name: str, folder: Path, *more: object, module: str = "tests.bench.pieces") -> dict[str, Any]:
    """What a piece says of itself, run in a process of its own."""
    command = [sys.executable, "-m", module, name, str(folder), *map(str, more)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"{name}: {told}", flush=True)
    return told


def _tell(module: str) -> Tell:
    """Runs the pieces of a module."""

    def tell(name: str, folder: Path, *told: object) -> dict[str, Any]:
        return _told(name, folder, *told, module=module)

    return tell


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "great-expectations", "polars"))
    return f"{os.cpu_count()} cœurs, {platform.machine()}, Python {platform.python_version()}, {libraries}"


if __name__ == "__main__":
    main()
