"""What the naive second reader expects of `comptes_structures`: one cell for each row, its tallies spread over categories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from grids.contract import load_contract
from grids.model import Grid, Measure
from tests.counting.naive import Place, Row, Tally, questionnaires, tallies

Key = tuple[str, str, str, str, date, str, str, str, str]
"""(measure, structure, network, step, start, breakdown, modality, group, category)"""
Counts = tuple[int, int, int]
"""(y, n, applicable)"""
Cells = dict[Key, Counts]
Span = tuple[str, date, date]
"""(step, first day, last day) of a closed period."""


@dataclass(frozen=True)
class Force:
    """A version of the grid, its first day, and the first day of the next one."""

    grid: Grid
    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True)
class Held:
    """What a warehouse holds: receptions, answers and profiles (one a structure and year), as rows."""

    receptions: Sequence[Row]
    answers: Sequence[Row]
    profiles: Sequence[Row]


def forces(grids: Sequence[Grid], starts: Sequence[date]) -> list[Force]:
    """Each version until the next one starts."""
    return [Force(*each) for each in zip(grids, starts, [*starts[1:], date.max], strict=True)]


def measured(grids: Sequence[Grid]) -> set[str]:
    """Every measure that records, answers or profiles tell: all but those that only networks' own indicators can."""
    return {name for grid in grids for name, _, measure in grid.measures() if not measure.by_equivalence}


def cells(
    force: Force,
    held: Held,
    periods: Collection[Span],
    partners: Sequence[str],
    declined: Mapping[str, Collection[str]] | None = None,
) -> Cells:
    """Every cell of a version in closed periods, but for what a network declines."""
    closed = {(step, start) for step, start, _ in periods}
    counted = dict(_recorded(force, held, partners)) | dict(_offered(force, held.profiles, periods))
    return {
        key: counts
        for key, counts in counted.items()
        if (key[3], key[4]) in closed and key[0].partition(".")[0] not in (declined or {}).get(key[2], ())
    }


def _recorded(force: Force, held: Held, partners: Sequence[str]) -> Iterator[tuple[Key, Counts]]:
    grid = force.grid
    yearly = [{**row, "mois": date(row["annee"], 1, 1)} for row in held.profiles]
    tables = {
        "accueils": [row for row in held.receptions if force.holds(row["mois"])],
        "reponses": questionnaires(grid, held.answers),
        "structures": [row for row in yearly if force.holds(row["mois"])],
    }
    measures = {measure_id: measure for measure_id, _, measure in grid.measures()}
    for table, rows in tables.items():
        for measure_id, found in tallies(grid, rows, table, partners).items():
            for place, tally in found.items():
                yield from _spread(grid, measure_id, measures[measure_id], place, tally)


def _spread(grid: Grid, measure_id: str, measure: Measure, place: Place, tally: Tally) -> Iterator[tuple[Key, Counts]]:
    structure, network, group, *when = place
    for category, y in _categories(grid, measure, tally):
        yield (measure_id, structure, network, *when, group, category), (y, tally.answered, tally.applicable)


def _categories(grid: Grid, measure: Measure, tally: Tally) -> Iterable[tuple[str, int]]:
    met = tally.met
    match measure.kind:
        case "quantiles" | "ecart":
            return [(day, met[day]) for day in met or ["0"]]
        case "repartition":
            favorable = [("favorable", sum(met[code] for code in measure.favorable))] if measure.favorable else []
            return [*((code, met[code]) for code in measure.categories), *favorable]
        case "diversite":
            return [(code, met[code]) for code in _codes(grid.bases[measure.base].table, measure.value)]
        case "gain":
            return [(name, met[name]) for name in ("avant", "apres", "gagnes", "perdus")]
        case _:
            return [("", met[""])]


def _offered(force: Force, profiles: Sequence[Row], periods: Collection[Span]) -> Iterator[tuple[Key, Counts]]:
    """What open structures say that they offer, under the profile of the year."""
    for measure_id, _, measure in force.grid.measures():
        if not measure.offered:
            continue
        spans = [each for each in periods if each[0] in force.grid.bases[measure.base].steps and force.holds(each[1])]
        for row in (row for row in profiles if row[measure.offered] is not None):
            for step, start, end in spans:
                closed_on = row["actif_au"] or end
                if start.year == row["annee"] and row["actif_du"] <= end and closed_on >= start:
                    place = (measure_id, row["structure_id"], row["reseau"], step, start, "", "", "proposes")
                    for code in _codes("structures", measure.offered):
                        yield (*place, code), (int(code in row[measure.offered]), 1, 1)


def _codes(table: str, column: str) -> Sequence[str]:
    described = load_contract(table).column(column)
    assert described
    return described.values
