"""The reference tables of the fixture's release, from two versions of a grid: a retired one, and one that holds every kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from grids.breakdowns import load_breakdowns
from grids.definitions import read_definition
from grids.load import load_grid
from grids.model import Grid, Measure
from grids.versions import State, VersionRecord
from pipelines.release import reference
from pipelines.versions import Version

OLD: Grid = load_grid("2023.1")
NEW: Grid = read_definition(Grid, Path(__file__).with_name("fixture_grid.yaml"))
GRIDS = (OLD, NEW)


def _version(grid: Grid, state: State, since: date, until: date | None) -> Version:
    record = VersionRecord(
        version=grid.version,
        state=state,
        in_force_from=since,
        next_review=date(2026, 11, 30),
        reason="Essai.",
        fingerprint="0" * 32,
    )
    return Version(grid, record, until, record.fingerprint)


VERSIONS = (
    _version(OLD, "retiree", date(2023, 1, 1), date(2024, 12, 31)),
    _version(NEW, "travail", date(2025, 1, 1), None),
)
_QUANTILES = {"p50": "une fois sur deux", "p90": "neuf fois sur dix"}


def grid_rows() -> list[dict]:
    """reference.grilles."""
    return reference.grids(VERSIONS).to_dicts()


def measures() -> list[tuple[str, Measure]]:
    """Every measure of both versions, by id."""
    return [(measure_id, measure) for grid in GRIDS for measure_id, _, measure in grid.measures()]


def measure_rows() -> list[dict]:
    """reference.mesures."""
    return reference.measures(
        VERSIONS, {measure_id: _query(measure_id, measure) for measure_id, measure in measures()}
    ).to_dicts()


def _query(measure_id: str, measure: Measure) -> str:
    name = measure_id.partition("@")[0]
    return f"SELECT count(*) FILTER (WHERE \"{name}\") FROM cellules WHERE n >= 11 AND base = '{measure.base}'"


def category_rows() -> list[tuple]:
    """reference.categories, with the sum of the favourable answers, which is none of them."""
    rows: list[tuple] = []
    for measure_id, measure in measures():
        if measure.kind == "quantiles":
            rows += [(measure_id, code, label, False, order) for order, (code, label) in enumerate(_QUANTILES.items())]
        for order, (code, label) in enumerate(measure.categories.items()):
            rows.append((measure_id, code, label, code in measure.favorable, order))
        if measure.favorable:
            rows.append((measure_id, "favorable", "réponses favorables", True, len(measure.categories)))
    return rows


def modalities() -> list[tuple[str, str, tuple[str, ...]]]:
    """Each breakdown and modality in use, with the tables whose rows it tells apart."""
    return [
        (name, code, each.tables)
        for name, each in load_breakdowns().every.items()
        if each.active
        for code in each.modalities
    ]


def modality_rows() -> list[tuple]:
    """reference.modalites."""
    return reference.modalities().rows()


def clause_rows() -> list[tuple]:
    """reference.clauses."""
    return reference.clauses(VERSIONS).rows()


def declined_rows() -> list[tuple]:
    """reference.refus."""
    return [("cap-emploi", "PD12", "chaque orientation y est décidée avec un partenaire.", date(2025, 1, 1))]
