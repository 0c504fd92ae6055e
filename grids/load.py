"""From files to a grid that holds together: every name it uses exists, every measure has what its kind needs."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from grids.contract import load_contract
from grids.definitions import ROOT, Definition, read_definition
from grids.errors import GridError
from grids.expressions import parse_expression
from grids.model import Clause, Grid, Measure, VersionRecord

DEFAULT_GRID = "api-bretagne"

_NEEDS = {"part": "counted", "repartition": "value", "quantiles": "value"}
_FRENCH = {"counted": "compte", "value": "valeur"}


class _Versions(Definition):
    versions: tuple[VersionRecord, ...] = Field(min_length=1)


class _Clauses(Definition):
    clauses: tuple[Clause, ...]


@cache
def load_clauses() -> dict[str, Clause]:
    """Every clause of the specification by its id."""
    return {clause.id: clause for clause in read_definition(_Clauses, ROOT / "clauses.yaml").clauses}


def load_versions(grid: str = DEFAULT_GRID, root: Path = ROOT) -> tuple[VersionRecord, ...]:
    """The versions of a grid, oldest first."""
    records = read_definition(_Versions, root / grid / "versions.yaml").versions
    return tuple(sorted(records, key=lambda record: record.in_force_from))


def version_in_force(on: date, grid: str = DEFAULT_GRID, root: Path = ROOT) -> VersionRecord:
    """The latest version of a grid in force on a day; raises GridError if none is."""
    started = [record for record in load_versions(grid, root) if record.in_force_from <= on]
    if not started:
        raise GridError(f"Aucune version de la grille « {grid} » n'est en vigueur au {on:%d/%m/%Y}.")
    return started[-1]


def load_grid(version: str, grid: str = DEFAULT_GRID, root: Path = ROOT) -> Grid:
    """One version of a grid, checked as a whole.

    Raises GridError, with the place, if a name does not exist or a measure lacks what its kind needs.
    """
    path = root / grid / f"{version}.yaml"
    loaded = read_definition(Grid, path)
    _check_references(loaded, path)
    for measure_id, _, measure in loaded.measures():
        _check_measure(loaded, measure_id, measure, path)
    return loaded


def fingerprint(grid: Grid) -> str:
    """A hash of what a grid says, whatever its layout or comments."""
    return hashlib.blake2b(grid.model_dump_json().encode(), digest_size=16).hexdigest()


def _check_references(grid: Grid, path: Path) -> None:
    for criterion_id, criterion in grid.criteria.items():
        _known(criterion.field, grid.field_labels, f"criteres › {criterion_id} › champ", path)
    for question_id, question in grid.questions.items():
        _known(question.scale, grid.scales, f"questions › {question_id} › echelle", path)
    for indicator_id, indicator in grid.indicators.items():
        place = f"indicateurs › {indicator_id}"
        _known(indicator.criterion, grid.criteria, f"{place} › critere", path)
        for clause in indicator.clauses:
            _known(clause, load_clauses(), f"{place} › clauses", path)
    for base_id, base in grid.bases.items():
        _check_names(grid, base.table, base.condition, f"bases › {base_id} › si", path)


def _check_measure(grid: Grid, measure_id: str, measure: Measure, path: Path) -> None:
    place = f"indicateurs › {measure_id}"
    _known(measure.base, grid.bases, f"{place} › base", path)
    need = _NEEDS[measure.kind]
    if not getattr(measure, need):
        raise GridError(
            f"Une mesure de genre « {measure.kind} » a besoin de « {_FRENCH[need]} ».", place=f"{path.name} ({place})"
        )
    if measure.kind == "repartition" and not measure.categories:
        raise GridError("Une répartition a besoin de « categories ».", place=f"{path.name} ({place})")
    if measure.kind == "quantiles" and not measure.quantiles:
        raise GridError("Dites quels « quantiles » montrer.", place=f"{path.name} ({place})")
    for category in measure.favorable:
        _known(category, measure.categories, f"{place} › favorables", path)
    table = grid.bases[measure.base].table
    for text in filter(None, (measure.condition, measure.counted, measure.value)):
        _check_names(grid, table, text, place, path)


def _check_names(grid: Grid, table: str, text: str, place: str, path: Path) -> None:
    columns = {column.name for column in load_contract(table).columns}
    known = columns | set(grid.questions) if table == "reponses" else columns
    expression = parse_expression(text)
    for name in expression.names:
        _known(name, known, place, path)
    for name in expression.favorable_names:
        if name not in grid.questions or not grid.scale_of(name).favorable:
            raise GridError(
                f"« favorable({name}) » demande une question dont l'échelle a un côté favorable.",
                place=f"{path.name} ({place})",
            )


def _known(name: str, register: Any, place: str, path: Path) -> None:
    if name not in register:
        raise GridError(
            f"« {name} » n'est défini nulle part.",
            place=f"{path.name} ({place})",
            remedy=f"Noms connus : {', '.join(sorted(register))}.",
        )
