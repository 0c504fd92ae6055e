"""What an attacker knows of the numbers: what a release says of them, or the exact numbers of the cells that it shows.

Only this module reads the back office's counts. They are granted for shown cells, and to a network for its own. Where a table
that fits is wanted to start from, the real one serves: whoever knows his own cells knows that it fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from pipelines.attack.bands import possible_sizes
from pipelines.attack.release_file import CELL, ReleaseFile
from pipelines.attack.sums import Sums, Vector

_FAVOURABLE = ("", "favorable", "avant", "apres")


class Part(NamedTuple):
    """Some counts of a measure that add up: its n, or the y of a category; or those who are not among the y."""

    measure_id: str
    group: str
    category: str | None = None
    against: bool = False


@dataclass(frozen=True)
class Known:
    """Between what and what each shown cell of a base lies [cell]; `real`: the whole table, where counts are granted."""

    low: Vector
    high: Vector
    real: Vector | None

    @property
    def granted(self) -> bool:
        """Whether the real table can be started from."""
        return self.real is not None


class Knowledge:
    """What is known of a release: `counts` as of `attack`, or None."""

    def __init__(self, release: ReleaseFile, counts: pl.DataFrame | None, few: int) -> None:
        self._release, self._few = release, few
        measures = release.measures.select("mesure_id", "base_id", "genre", "opinion")
        self._counts = None
        if counts is not None:
            persons = counts.join(measures, on="mesure_id")
            self._counts = persons.filter(~((pl.col("genre") == "diversite") & (pl.col("groupe") == "proposes")))
        self._sizes = possible_sizes(release) if counts is None else None

    @property
    def granted(self) -> bool:
        """Whether exact counts of shown cells are granted."""
        return self._counts is not None

    def parts(self, base_id: str, *, extremes: bool) -> list[Part]:
        """The parts of a base (measure × group); `extremes`: only that with the most persons and that with the fewest."""
        rows = self._counts if self._counts is not None else self._sizes
        assert rows is not None
        top = rows.filter(pl.col("niveau").is_in(["region", "reseau"]), base_id=base_id, ventilation="")
        sizes = top.group_by("mesure_id", "groupe").agg(pl.col("n").max()).sort("n", "mesure_id", "groupe")
        parts = [Part(*each) for each in sizes.select("mesure_id", "groupe").iter_rows()]
        return list(dict.fromkeys([parts[0], parts[-1]])) if extremes and parts else parts

    def opinions(self, base_id: str) -> list[Part]:
        """Those who hold each opinion of a base, and those who do not; none without exact counts."""
        if self._counts is None:
            return []
        held = self._counts.filter(
            pl.col("opinion"), pl.col("categorie").is_in(_FAVOURABLE), pl.col("genre") != "diversite", base_id=base_id
        )
        found = held.select("mesure_id", "groupe", "categorie").unique().sort(pl.all()).iter_rows()
        return [Part(name, group, category, against) for name, group, category in found for against in (False, True)]

    def of(self, part: Part, sums: Sums) -> Known:
        """What is known of a part in the cells of `sums`."""
        if self._counts is None:
            return self._told(part, sums)
        real = self._real(part, sums)
        low, high = real.copy(), real.copy()
        if part.category is not None:  # so few, or all but so few, that they are told as a bound: only that is known
            size, most = self._real(part._replace(category=None), sums), self._few - 1
            few, nearly_all = real <= most, size - real <= most
            low[nearly_all], high[nearly_all] = size[nearly_all] - most, size[nearly_all]
            low[few], high[few] = 0, most
        return Known(low, high, real)

    def _real(self, part: Part, sums: Sums) -> Vector:
        assert self._counts is not None
        rows = self._counts.filter(mesure_id=part.measure_id, groupe=part.group)
        if part.category is None:
            size = rows.group_by(CELL).agg(pl.first("n").alias("x"))
        else:
            counted = pl.col("n") - pl.col("y") if part.against else pl.col("y")
            size = rows.filter(categorie=part.category).select(*CELL, x=counted)
        found = sums.cells.select(CELL).join(size, on=CELL, how="left", maintain_order="left")
        return found["x"].fill_null(0).cast(pl.Float64).to_numpy().copy()

    def _told(self, part: Part, sums: Sums) -> Known:
        assert self._sizes is not None
        rows = self._sizes.filter(mesure_id=part.measure_id, groupe=part.group).select(*CELL, "bas", "haut")
        found = sums.cells.select(CELL).join(rows, on=CELL, how="left", maintain_order="left")
        low = found["bas"].fill_null(0).cast(pl.Float64).to_numpy()
        return Known(low, found["haut"].fill_null(np.inf).cast(pl.Float64).to_numpy(), None)

    @property
    def inhabited(self) -> pl.DataFrame | None:
        """base_id, CELL where somebody is; None: not known."""
        return None if self._counts is None else self._counts.filter(pl.col("n") > 0).select("base_id", *CELL).unique()

    def smallest(self, base_id: str, sums: Sums) -> pl.DataFrame | None:
        """cellule, n of the cells where somebody is: the fewest persons in any part, but none; None: not known."""
        if self._counts is None:
            return None
        fewest = self._counts.filter(pl.col("n") > 0, base_id=base_id).group_by(CELL).agg(pl.col("n").min())
        return sums.cells.select("cellule", *CELL).join(fewest, on=CELL).select("cellule", "n")
