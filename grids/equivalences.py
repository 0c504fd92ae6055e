"""What each network already measures by itself, beside what the grid measures: how far both say the same thing.

One file a source in `grids/equivalences/`: a network of the register, or a framework known to all (FRAMEWORKS). A degree
is judged against one version of the grid; under another, it holds only for a measure that still counts the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from grids.continuity import differences
from grids.definitions import ROOT, Definition, place_in, read_definition, read_tree
from grids.equivalence_check import catalogue_faults, find_measure
from grids.errors import GridError
from grids.load import load_grid
from grids.model import Grid
from grids.versions import load_versions

Degree = Literal["identique", "proche", "partielle", "incompatible"]
FOLDER = ROOT / "equivalences"


class Equivalence(Definition):
    """How far an indicator says what a measure of the grid says, and why.

    `measure`: "OR02.rendue", or an indicator of the process that has no measure ("AM06"). `category`: one figure of the
    measure alone. `stands_in`: whether its values are shown in place of the measure, for this network.
    """

    measure: str = Field(alias="mesure")
    category: str = Field(default="", alias="categorie")
    degree: Degree = Field(alias="degre")
    reason: str = Field(alias="raison", min_length=20)
    stands_in: bool = Field(default=False, alias="remplace")


class OwnIndicator(Definition):
    """An indicator as its source defines it. `versions`: the versions of its definition that this description fits."""

    code: str = Field(min_length=1)
    label: str = Field(alias="libelle", min_length=3)
    definition: str = Field(min_length=20)
    origin: str = Field(alias="origine", min_length=10)
    versions: tuple[str, ...] = Field(alias="definition_version", min_length=1)
    perimeter: str = Field(alias="perimetre", min_length=3)
    period: str = Field(alias="periode", min_length=3)
    unit: str = Field(alias="unite", min_length=1)
    equivalences: tuple[Equivalence, ...] = Field(min_length=1)


class Catalogue(Definition):
    """The indicators of one source. `judged_on`: the version of the grid against which the degrees were judged."""

    source: str
    name: str = Field(alias="nom", min_length=3)
    judged_on: str = Field(alias="jugees_sur")
    indicators: tuple[OwnIndicator, ...] = Field(alias="indicateurs", min_length=1)

    def pairs(self) -> Iterator[tuple[OwnIndicator, Equivalence]]:
        """Every indicator with each of its equivalences, in the file's order."""
        for indicator in self.indicators:
            for equivalence in indicator.equivalences:
                yield indicator, equivalence


def load_equivalences(grid: Grid, versions: Sequence[Grid] = (), folder: Path = FOLDER) -> tuple[Catalogue, ...]:
    """The catalogues of every source, with the equivalences that hold under `grid`, by source.

    Each file is checked whole against the version that it was judged on: `grid`, one of `versions`, or read from disk.
    Raises GridError, with file and line, for the first thing that cannot be.
    """
    loaded = {each.version: each for each in (*versions, grid)}
    held = []
    for path in sorted(folder.glob("*.yaml")):
        catalogue = read_definition(Catalogue, path)
        judged = loaded[catalogue.judged_on] = _judged(catalogue, loaded, path)
        for trail, sentence, remedy in catalogue_faults(catalogue, judged, path.stem):
            raise GridError(sentence, place=place_in(path, read_tree(path), trail), remedy=remedy)
        held.append(_holding(catalogue, judged, grid))
    return tuple(held)


def _judged(catalogue: Catalogue, loaded: dict[str, Grid], path: Path) -> Grid:
    if catalogue.judged_on in loaded:
        return loaded[catalogue.judged_on]
    known = [record.version for record in load_versions()]
    if catalogue.judged_on not in known:
        raise GridError(
            f"« {catalogue.judged_on} » n'est pas une version de la grille.",
            place=place_in(path, read_tree(path), ("jugees_sur",)),
            remedy=f"Versions connues : {', '.join(known)}.",
        )
    return load_grid(catalogue.judged_on)


def _holding(catalogue: Catalogue, judged: Grid, grid: Grid) -> Catalogue:
    """The same catalogue without the equivalences that were judged on something else than what `grid` says."""
    kept = (
        indicator.model_copy(
            update={"equivalences": tuple(each for each in indicator.equivalences if _holds(each, judged, grid))}
        )
        for indicator in catalogue.indicators
    )
    return catalogue.model_copy(update={"indicators": tuple(each for each in kept if each.equivalences)})


def _holds(equivalence: Equivalence, judged: Grid, grid: Grid) -> bool:
    if judged.version == grid.version:
        return True
    indicator, measure = find_measure(grid, equivalence.measure)
    _, before = find_measure(judged, equivalence.measure)
    if measure is None or before is None:
        return indicator is not None and measure is before
    return not differences(judged, before, grid, measure)
