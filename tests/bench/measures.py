"""Figures and analyses measured at three sizes, each part and the whole. One piece: `python -m tests.bench.measures NAME FOLDER
STRUCTURES` prints its seconds, megabytes and rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench.counted import counted_by_the_grid, write_warehouse
from tests.bench.edition import Edition, shown
from tests.bench.masks import Timed, drawn, region_file, rolled_file, rolled_up
from tests.bench.measures_report import Measured, Round, Taken
from tests.bench.processes import Tell, run
from tests.bench.stages import PARTS, whole


def counted(folder: Path, receptions: int, answers: int) -> Timed:
    """So many records counted, up to the finest counts; `rows`: how many cells they make once they are added up."""
    warehouse = folder / "counted.duckdb"
    warehouse.unlink(missing_ok=True)
    write_warehouse(warehouse, receptions, answers)
    seconds, found = counted_by_the_grid(folder)
    rolling = found["rolling"]
    assert isinstance(rolling, float)
    return seconds - rolling, {"rows": found["cells"]}


_ALL: tuple[Callable[..., Timed], ...] = (drawn, rolled_up, shown, *PARTS, whole, counted)
PIECES = {each.__name__: each for each in _ALL}


def measured(folder: Path, tell: Tell, usual: int, repeat: int) -> Measured:
    """The edition of a region of the `usual` number of structures made `repeat` times, of a quarter and of four times once."""
    times = {usual // 4: 1, usual: repeat, usual * 4: 1}
    return Measured(usual, {size: _rounds(folder, tell, size, often) for size, often in times.items()})


def _rounds(folder: Path, tell: Tell, structures: int, repeat: int) -> list[Round]:
    """Every part in turn, beside the counting of as many records, `repeat` times; its files are thrown away."""
    tell("drawn", folder, structures)
    tell("rolled_up", folder, structures)
    records = tell("shown", folder, structures)
    rounds = [_round(folder, tell, structures, records) for _ in range(repeat)]
    shutil.rmtree(Edition.of(folder, structures).place)
    for path in (region_file(folder, structures), rolled_file(folder, structures)):
        path.unlink()
    return rounds


def _round(folder: Path, tell: Tell, structures: int, records: Mapping[str, object]) -> Round:
    def taken(name: str, *told: object) -> Taken:
        return Taken.of(tell(name, folder, *told))

    return Round(
        counted=taken("counted", records["receptions"], records["answers"]),
        rolled_up=taken("rolled_up", structures),
        parts={each.__name__: taken(each.__name__, structures) for each in PARTS},
        whole=taken("whole", structures),
    )


if __name__ == "__main__":
    run(PIECES)
