"""A second implementation of the six measures, in plain Python over rows: no compiler, no database, nothing shared.

Written from the definitions in the grid's French text, measure by measure, so that a slip in the language or its compiler
shows as a difference.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

Row = dict[str, Any]
Cell = tuple[str, str, str, str, date, str]
"""(measure, level, unit, step, start, category)"""
Fact = tuple[str, str, date, bool, str | None]
"""(structure, network, month, answered, category): one applicable record of a measure."""

EVERYTHING = {
    "EF03.percue@2023.1": ["0", "1", "2", "3", "4"],
    "EF05.percue@2023.1": ["continue", "attend", "arrete", "a_sa_reponse", "ne_sait_pas"],
}
TICKS = ("U10_QUI", "U10_QUOI", "U10_COMMENT", "U10_OU")


def facts(receptions: list[Row], answers: list[Row]) -> dict[str, list[Fact]]:
    """For each measure, the records to which it applies, and what each says of it."""
    people = _questionnaires(answers)
    return {
        "PD02.percue@2023.1": _facts(people, _well_understood),
        "PD02.rendue@2023.1": _facts(receptions, _reformulated),
        "OR01.rendue@2023.1": _facts(receptions, _without_appointment),
        "OR02.rendue@2023.1": _facts(receptions, _waiting),
        "EF03.percue@2023.1": _facts(people, _next_steps),
        "EF05.percue@2023.1": _facts(people, _one_month_later),
    }


def _facts(rows: list[Row], judge: Callable[[Row], tuple[bool, str | None] | None]) -> list[Fact]:
    judged = ((row, judge(row)) for row in rows)
    return [(row["structure_id"], row["reseau"], row["mois"], *said) for row, said in judged if said is not None]


def _questionnaires(answers: list[Row]) -> list[Row]:
    people: dict[str, Row] = {}
    for answer in answers:
        person = people.setdefault(answer["reponse_ref"], {**answer, "said": {}})
        person["said"][answer["question"]] = answer["valeur"]
    return list(people.values())


def _well_understood(person: Row) -> tuple[bool, str | None] | None:
    if person["vague"] != "a_chaud" or person["said"].get("U03") == "pas_concerne":
        return None
    value = person["said"].get("U03")
    return value is not None, "oui" if value in ("3", "4") else "non"


def _reformulated(reception: Row) -> tuple[bool, str | None] | None:
    if reception["type_echange"] != "analyse":
        return None
    return reception["demande_reformulee"] is not None, "oui" if reception["demande_reformulee"] else "non"


def _without_appointment(reception: Row) -> tuple[bool, str | None] | None:
    if reception["canal"] == "courriel":
        return None
    return reception["modalite"] is not None, "oui" if reception["modalite"] == "flux" else "non"


def _waiting(reception: Row) -> tuple[bool, str | None] | None:
    chosen = reception["date_choisie_par_la_personne"]
    if reception["modalite"] != "differe" or reception["canal"] == "courriel" or chosen is not False:
        return None
    days = reception["attente_jours_ouvres"]
    return days is not None, None if days is None else str(days)


def _next_steps(person: Row) -> tuple[bool, str | None] | None:
    said = person["said"]
    if person["vague"] != "a_chaud" or said.get("U10_AUCUN_AUTRE") != "non":
        return None
    if any(tick not in said for tick in TICKS):
        return False, None
    return True, str(sum(said[tick] == "oui" for tick in TICKS))


def _one_month_later(person: Row) -> tuple[bool, str | None] | None:
    if person["vague"] != "m1":
        return None
    return "M1" in person["said"], person["said"].get("M1")


def cells(measures: dict[str, list[Fact]], entering: int) -> dict[Cell, dict[str, Any]]:
    """Every cell with y, n, applicables, and the structures' mean, deviation and number."""
    found: dict[Cell, dict[str, Any]] = {}
    for measure, said in measures.items():
        grouped: dict[tuple[str, str, str, date], list[Fact]] = defaultdict(list)
        for fact in said:
            for step, start in _periods(fact[2]):
                for level, unit in (("structure", fact[0]), ("reseau", fact[1]), ("region", "bretagne")):
                    grouped[level, unit, step, start].append(fact)
        for key, members in grouped.items():
            for category, held in _categories(measure, grouped, key):
                cell = _cell(members, held, entering)
                if cell["n"]:
                    found[(measure, *key, category)] = cell
    return found


def _periods(month: date) -> list[tuple[str, date]]:
    return [("trimestre", date(month.year, 3 * ((month.month - 1) // 3) + 1, 1)), ("annee", date(month.year, 1, 1))]


def _categories(measure: str, grouped: dict[Any, list[Fact]], key: Any) -> list[tuple[str, Callable[[str], bool]]]:
    if measure.startswith("OR02"):
        days = {
            fact[4]
            for (_, _, *period), facts_ in grouped.items()
            if tuple(period) == key[2:]
            for fact in facts_
            if fact[3]
        }
        return [(day, lambda said, day=day: int(said) <= int(day)) for day in days if day is not None]
    if measure in EVERYTHING:
        pairs = [(code, lambda said, code=code: said == code) for code in EVERYTHING[measure]]
        favourable = [("favorable", lambda said: said in ("3", "4"))] if measure.startswith("EF03") else []
        return pairs + favourable
    return [("", lambda said: said == "oui")]


def _cell(members: list[Fact], held: Callable[[str], bool], entering: int) -> dict[str, Any]:
    answered = [fact for fact in members if fact[3]]
    by_structure: dict[str, list[bool]] = defaultdict(list)
    for fact in answered:
        by_structure[fact[0]].append(held(str(fact[4])))
    shares = [sum(each) / len(each) for each in by_structure.values() if len(each) >= entering]
    return {
        "y": sum(held(str(fact[4])) for fact in answered),
        "n": len(answered),
        "applicables": len(members),
        "structures": len(shares),
        "moyenne": statistics.fmean(shares) if shares else None,
        "ecart_type": statistics.stdev(shares) if len(shares) > 1 else None,
    }
