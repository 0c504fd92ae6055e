"""A second implementation of counting, in plain Python over rows: no compiler, no database, nothing shared but the grid's text.

*Applicable*: in the base, the measure's own condition known to hold, the question not answered outside its scale.
*Answered*: applicable, and every name of the expression recorded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from grids.model import Base, Grid, Measure
from tests.counting.naive_language import names_in, value_of

Row = dict[str, Any]
Place = tuple[str, str, str, str, date, str, str]
"""(structure, network, group, step, start, breakdown, modality)"""
BREAKDOWNS = {
    "canal": ("presentiel", "telephone", "visioconference", "tchat", "courriel"),
    "situation": ("scolaire_etudiant", "apprenti", "en_emploi", "sans_emploi", "autre"),
    "tranche_age": ("moins_18", "18_25", "26_44", "45_plus"),
    "autonomie_distance": ("oui", "en_partie", "non"),
}
OUTSIDE = "hors échelle"
UNWEIGHTED = ("quantiles", "ecart", "rapport_de_sommes")
"""Kinds whose count is a row's own: a wait, or what it adds to a sum."""


@dataclass
class Tally:
    """What was met at one place: how many times the measure applied, was answered, and each category."""

    applicable: int = 0
    answered: int = 0
    met: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Part:
    """What one group of a measure asks of each row: its condition, what must be recorded, its category (None: not counted)."""

    group: str
    condition: tuple[str, ...]
    text: str
    partner: str = ""


def tallies(grid: Grid, rows: Sequence[Row], base_rows: str, partners: Sequence[str]) -> dict[str, dict[Place, Tally]]:
    """For each measure over the table `base_rows`: what was met by structure, group and period.

    `rows`: receptions; questionnaires (see `questionnaires`); or profiles, each with `mois` = the 1st of January of its year.
    """
    return {
        measure_id: _measure(grid, measure, rows, partners)
        for measure_id, _, measure in grid.measures()
        if grid.bases[measure.base].table == base_rows and not measure.by_equivalence
    }


def questionnaires(grid: Grid, answers: Iterable[Row]) -> list[Row]:
    """The answers asked under the grid, one row a questionnaire: questions in their own type, those outside a scale apart."""
    people: dict[tuple[str, str], Row] = {}
    for answer in answers:
        if (answer["grille"], answer["version"]) != (grid.id, grid.version):
            continue
        empty = dict.fromkeys(grid.questions) | {OUTSIDE: set()}
        person = people.setdefault((answer["reseau"], answer["reponse_ref"]), {**answer, **empty})
        question = answer["question"]
        name = f"{question}@{answer['partenaire']}" if answer.get("partenaire") else question
        _put(person, name, answer["valeur"], grid, question)
    return list(people.values())


def _put(person: Row, name: str, said: str, grid: Grid, question: str) -> None:
    if question not in grid.questions:
        return
    scale = grid.scales[grid.questions[question].scale]
    if said in scale.outside:
        person[OUTSIDE].add(name)
    elif said in scale.values:
        codes = list(scale.values)
        if sorted(codes) == ["non", "oui"]:
            person[name] = said == "oui"
        else:
            person[name] = int(said) if all(code.isdigit() for code in codes) else said


def _measure(grid: Grid, measure: Measure, rows: Sequence[Row], partners: Sequence[str]) -> dict[Place, Tally]:
    found: dict[Place, Tally] = defaultdict(Tally)
    base = grid.bases[measure.base]
    favourable = _favourable(grid)
    counted = [row for row in rows if not base.condition or value_of(base.condition, row, favourable) is True]
    for part in _parts(grid, measure, partners):
        for row in counted:
            if part.partner == row["reseau"]:
                continue
            for place in _places(base, row, part.group):
                _look(found[place], grid, measure, part, _for_partner(row, part))
    return found


def _parts(grid: Grid, measure: Measure, partners: Sequence[str]) -> Iterator[Part]:
    own = (measure.condition,) if measure.condition else ()
    match measure.kind:
        case "indice":
            yield from (Part(key, own, item.counted) for key, item in measure.items.items())
        case "ecart":
            indicator, _, name = measure.of.partition(".")
            source = grid.indicators[indicator].measures[name]
            conditions = own + ((source.condition,) if source.condition else ())
            yield Part("groupe", (*conditions, measure.group), source.value)
            yield Part("contre", (*conditions, measure.against), source.value)
        case "gain":
            yield Part("", own, f"({measure.before}) and ({measure.after})")
        case "rapport_de_sommes":
            yield Part("", own, measure.total)
        case "part" if measure.breakdowns:
            yield from (Part(code, own, measure.counted, code) for code in partners)
        case _:
            yield Part("", own, measure.counted or measure.value)


def _for_partner(row: Row, part: Part) -> Row:
    """The row as read for one partner: a question asked by partner is the answer about this one."""
    if not part.partner:
        return row
    about = {name: row.get(f"{name}@{part.partner}") for name in names_in(part.text)}
    outside = {name for name in about if f"{name}@{part.partner}" in row[OUTSIDE]}
    return {**row, **about, OUTSIDE: outside}


def _look(tally: Tally, grid: Grid, measure: Measure, part: Part, row: Row) -> None:
    favourable = _favourable(grid)
    if any(value_of(text, row, favourable) is not True for text in part.condition):
        return
    asked = names_in(part.text)
    if asked & row.get(OUTSIDE, set()):
        return
    unit = grid.bases[measure.base].unit
    weight = (row[unit] or 0) if unit else 1
    tally.applicable += weight
    if any(row[name] is None for name in asked) or (unit and row[unit] is None):
        return
    tally.answered += weight
    for category, count in _categories(grid, measure, part, row):
        tally.met[category] += count if measure.kind in UNWEIGHTED else count * weight


def _categories(grid: Grid, measure: Measure, part: Part, row: Row) -> Iterator[tuple[str, int]]:
    favourable = _favourable(grid)
    match measure.kind:
        case "gain":
            before, after = (value_of(text, row, favourable) for text in (measure.before, measure.after))
            said = {"avant": before, "apres": after, "gagnes": after and not before, "perdus": before and not after}
            yield from ((name, int(held)) for name, held in said.items())
        case "rapport_de_sommes":
            yield "", row[part.text]
        case "part" | "indice":
            yield "", int(value_of(part.text, row, favourable))
        case _:
            value = value_of(part.text, row, favourable)
            yield {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value), 1


def _favourable(grid: Grid) -> Any:
    return lambda question: grid.scales[grid.questions[question].scale].favorable


def _places(base: Base, row: Row, group: str) -> Iterator[Place]:
    month, who = row["mois"], (row["structure_id"], row["reseau"], group)
    year = date(month.year, 1, 1)
    starts = {"mois": month, "trimestre": date(month.year, 3 * ((month.month - 1) // 3) + 1, 1), "annee": year}
    for step in base.steps:
        yield *who, step, starts[step], "", ""
    if base.table != "structures":
        yield from ((*who, "annee", year, name, said) for name, said in _modalities(base, row))


def _modalities(base: Base, row: Row) -> Iterator[tuple[str, str]]:
    for name, known in BREAKDOWNS.items():
        if name == "autonomie_distance" and base.table != "accueils":
            continue
        concerned = name != "autonomie_distance" or row["modalite"] == "differe"
        yield name, row[name] if concerned and row[name] in known else "inconnue"
