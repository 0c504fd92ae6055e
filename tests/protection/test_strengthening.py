"""What is hidden around the cells that an attack laid bare."""

from __future__ import annotations

import numpy as np

from pipelines.protection.complement import Complement
from pipelines.protection.cube import Cube
from pipelines.protection.primary import MOTIVES
from pipelines.protection.rules import Rules
from pipelines.protection.strengthening import strengthen
from pipelines.protection.sums import sums_of
from tests.protection.cubes import THRESHOLDS, YEAR, cube, modality, slot, territory

PLACE = territory([0, 0, 0, 1])
QUARTERS = [slot("trimestre", first) for first in (1, 4, 7, 10)]
CHANNELS = [modality(code) for code in ("presentiel", "tchat", "telephone")]


def searched(of: Cube, *hidden: int, frozen: tuple[int, ...] = ()) -> Complement:
    """A search in which these cells are hidden, and these settled by an earlier edition."""
    motives, settled = np.zeros(of.size, np.int8), np.zeros(of.size, dtype=bool)
    motives[list(hidden)] = MOTIVES.index("seuil")
    settled[list(frozen)] = True
    return Complement(Rules(of, THRESHOLDS, harmless=settled & False), sums_of(of), motives, settled)


def newly_hidden(search: Complement) -> set[int]:
    return set(np.flatnonzero(search.motives == MOTIVES.index("attaque")).tolist())


def years_and_quarters() -> Cube:
    told = {each: [40, 30, 20, 50] for each in QUARTERS}
    return cube(PLACE, {**told, YEAR: [160, 120, 80, 200]})


def test_the_year_around_a_bared_quarter_goes_and_the_smallest_of_its_kind_beside_it() -> None:
    of = years_and_quarters()
    bared = of.cell("structure", 0, 0)
    search = searched(of, bared)
    strengthen(search, [bared])
    assert newly_hidden(search) == {of.cell("structure", 0, 4), of.cell("structure", 2, 0)}


def test_what_an_earlier_edition_settled_stays_as_it_is() -> None:
    of = years_and_quarters()
    bared, year = of.cell("structure", 0, 0), of.cell("structure", 0, 4)
    search = searched(of, bared, frozen=(year,))
    strengthen(search, [bared])
    assert year not in newly_hidden(search)
    assert newly_hidden(search)


def test_a_shown_sum_that_tells_too_much_goes_itself() -> None:
    of = years_and_quarters()
    whole = of.cell("reseau", 0, 4)
    search = searched(of)
    strengthen(search, [whole])
    assert newly_hidden(search) == {whole}


def test_a_modality_takes_one_more_at_first_and_its_whole_breakdown_again() -> None:
    counts = {each: [40, 30, 20, 50] for each in CHANNELS}
    of = cube(PLACE, {**counts, YEAR: [120, 90, 60, 150]})
    bared = of.cell("reseau", 0, 0)
    once, twice = searched(of, bared), searched(of, bared)
    strengthen(once, [bared])
    strengthen(twice, [bared], again=True)
    assert len(newly_hidden(once)) == 1
    everywhere = {of.cell(level, 0, rank) for level in ("reseau", "region") for rank in range(3)}
    assert newly_hidden(twice) == everywhere - {bared}
