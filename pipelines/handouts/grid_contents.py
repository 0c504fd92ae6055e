"""What the document of a grid tells, in French and in order, as plain dictionaries and lists for the page to lay out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from grids.clauses import Coverage, coverage, load_clauses
from grids.contract import load_contract
from grids.model import Grid, Indicator, Measure
from grids.versions import VersionRecord, in_force_until
from pipelines.handouts.grid_words import (
    COMPARISONS,
    DIRECTIONS,
    FRAMEWORKS,
    KINDS,
    LEVELS,
    NATURES,
    STATES,
    STEPS,
    day,
    joined,
)
from pipelines.handouts.questionnaire import Form, Item, Section, forms_of

Told = dict[str, Any]
Facts = list[tuple[str, str]]
"""Terms, each with what is said of it; what has nothing to say is left out."""


def contents(grid: Grid, record: VersionRecord) -> Told:
    """All that the document says of a version: its identity, its fields, its questionnaires and profile, its clauses."""
    fields = [_field(grid, key, label) for key, label in grid.field_labels.items()]
    return {
        "identity": _identity(grid, record),
        "fields": [each for each in fields if each["criteria"]],
        "pending": list(_pending(grid)),
        "questionnaires": [_form(form) for form in forms_of(grid)],
        "profile": [_profile_question(grid, name) for name in grid.profile],
        "clauses": list(_clauses(grid)),
    }


def _identity(grid: Grid, record: VersionRecord) -> Told:
    until = in_force_until(record, grid.id)
    force = f"du {day(record.in_force_from)} au {day(until)}" if until else f"depuis le {day(record.in_force_from)}"
    facts = [
        ("Version", grid.version),
        ("État", STATES[record.state]),
        ("En vigueur", force),
        ("Prochaine revue", day(record.next_review)),
        ("Auteur", grid.authorship.author),
        ("Vérifiée par", grid.authorship.checker),
        ("Pourquoi cette version", record.reason),
        ("Empreinte du fichier adopté", record.fingerprint),
    ]
    return {
        "title": grid.label,
        "state": STATES[record.state],
        "version": grid.version,
        "facts": _said(facts),
        "indicators": len(grid.indicators),
        "core": sum(each.core for each in grid.indicators.values()),
    }


def _field(grid: Grid, key: str, label: str) -> Told:
    criteria = [
        {"label": criterion.label, "question": criterion.question, "indicators": indicators}
        for name, criterion in grid.criteria.items()
        if criterion.field == key and (indicators := _indicators(grid, name))
    ]
    return {"label": label, "criteria": criteria}


def _indicators(grid: Grid, criterion: str) -> list[Told]:
    return [
        _indicator(grid, name, indicator)
        for name, indicator in grid.indicators.items()
        if indicator.criterion == criterion
    ]


def _indicator(grid: Grid, name: str, indicator: Indicator) -> Told:
    references = [f"{FRAMEWORKS[each.framework]} {each.code} ({each.label})" for each in indicator.references]
    facts = [
        ("Pas encore mesuré", indicator.pending),
        ("Ce que c'est", indicator.definition),
        ("Ce qui peut fausser", indicator.gaming),
        ("Ce que le chiffre ne dit pas", indicator.limit),
        ("Ce que d'autres référentiels en disent", " · ".join(references)),
        ("Chef de file", indicator.owner),
    ]
    return {
        "id": name,
        "label": indicator.label,
        "core": indicator.core,
        "facts": _said(facts),
        "measures": [_measure(grid, name, key, measure) for key, measure in indicator.measures.items()],
        "clauses": _clause_texts(indicator.clauses),
        "approached": _clause_texts(indicator.approached),
    }


def _measure(grid: Grid, indicator: str, name: str, measure: Measure) -> Told:
    facts = [
        ("Pas encore mesuré", measure.pending),
        ("Ce qui est mesuré", measure.definition),
        ("Qui est compté", f"{_capital(grid.bases[measure.base].label)} ({NATURES[measure.nature]})"),
        ("Comment le lire", _reading(measure)),
        ("Réponses", _categories(measure)),
        ("Composé de", " · ".join(item.label for item in measure.items.values())),
        ("Où il se montre", _shown_at(grid, measure)),
        ("Niveau visé", _target(measure)),
        ("Suite de", f"{measure.continues.measure} : {measure.continues.reason}" if measure.continues else ""),
    ]
    return {"id": f"{indicator}.{name}", "label": measure.label, "facts": _said(facts)}


def _reading(measure: Measure) -> str:
    unit = "" if measure.unit == "%" else f" ({measure.unit})"
    told = f"{_capital(KINDS[measure.kind])}{unit} ; {DIRECTIONS[measure.direction]}."
    compared = COMPARISONS[measure.compared]
    return f"{told} {_capital(compared)}." if compared else told


def _categories(measure: Measure) -> str:
    return " · ".join(
        f"{words} (favorable)" if code in measure.favorable else words for code, words in measure.categories.items()
    )


def _shown_at(grid: Grid, measure: Measure) -> str:
    levels = joined(LEVELS[level] for level in grid.levels_of(measure))
    steps = joined(STEPS[step] for step in grid.bases[measure.base].steps)
    return f"{_capital(levels)}, par {steps}"


def _target(measure: Measure) -> str:
    target = measure.target
    return f"{target.value} {measure.unit}, décidé le {day(target.decided_on)} : {target.reason}" if target else ""


def _pending(grid: Grid) -> Iterator[Told]:
    for name, indicator in grid.indicators.items():
        if indicator.pending:
            yield {"id": name, "label": indicator.label, "reason": indicator.pending}
        for key, measure in indicator.measures.items():
            if measure.pending:
                yield {"id": f"{name}.{key}", "label": measure.label, "reason": measure.pending}


def _form(form: Form) -> Told:
    return {
        "title": form.asked.title,
        "minutes": form.asked.minutes,
        "opening": form.asked.opening,
        "closing": form.asked.closing,
        "sections": [{"title": section.title, "runs": list(_runs(section))} for section in form.sections],
    }


def _runs(section: Section) -> Iterator[Told]:
    """Questions that follow one another with the same answers, which are told once."""
    for answers, items in groupby(section.items, key=lambda item: item.answers):
        listed = tuple(items)
        words = [] if listed[0].boxes else [answer.words for answer in answers]
        yield {"answers": " · ".join(words), "items": [_item(item) for item in listed]}


def _item(item: Item) -> Told:
    return {
        "id": item.id,
        "text": item.text,
        "boxes": [{"id": name, "text": text} for name, text in item.boxes.items()],
        "note": _note(item),
    }


def _note(item: Item) -> str:
    if item.partners:
        return "Une ligne pour chaque réseau partenaire."
    return "À l'essai." if item.on_trial else ""


def _profile_question(grid: Grid, name: str) -> Told:
    question, contract = grid.profile[name], load_contract("structures")
    columns = [contract.column(each) for each in question.columns]
    return {"id": name, "text": question.text, "columns": [each.label for each in columns if each is not None]}


def _clauses(grid: Grid) -> Iterator[Told]:
    for each in coverage(grid):
        yield {
            "id": each.clause.id,
            "text": each.clause.text,
            "standing": _standing(each),
            "unmeasured": each.clause.unmeasured if each.standing == "sans_mesure" else "",
            "forgotten": each.standing is None,
        }


def _standing(coverage: Coverage) -> str:
    told = [
        f"{how} par {joined(names)}."
        for how, names in (("Portée", coverage.evidencing), ("Approchée", coverage.approaching))
        if names
    ]
    if told:
        return " ".join(told)
    return "Sans mesure : la raison est plus loin." if coverage.clause.unmeasured else "Sans indicateur ni raison."


def _clause_texts(names: tuple[str, ...]) -> list[Told]:
    clauses = load_clauses()
    return [{"id": name, "text": clauses[name].text} for name in names if name in clauses]


def _said(facts: Facts) -> Facts:
    return [(term, text) for term, text in facts if text]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
