"""The reference tables of the fixture's release, from two versions of a grid: a retired one, and one that holds every kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from grids.clauses import load_clauses
from grids.definitions import read_definition
from grids.load import load_grid
from grids.model import Grid, Indicator, Measure

OLD: Grid = load_grid("2023.1")
NEW: Grid = read_definition(Grid, Path(__file__).with_name("fixture_grid.yaml"))
GRIDS = (OLD, NEW)
_QUANTILES = {"p50": "une fois sur deux", "p90": "neuf fois sur dix"}


def grid_rows() -> list[dict]:
    """reference.grilles."""
    old = {"etat": "retiree", "en_vigueur_du": date(2023, 1, 1), "en_vigueur_au": date(2024, 12, 31)}
    new = {"etat": "travail", "en_vigueur_du": date(2025, 1, 1), "en_vigueur_au": None}
    return [
        {
            "version": grid.version,
            "grille": grid.id,
            "libelle": grid.label,
            **standing,
            "prochaine_revue": date(2026, 11, 30),
            "adoptee_le": None,
            "motif": "Essai.",
            "empreinte": "0" * 32,
            "definition": grid.model_dump_json(by_alias=True),
        }
        for grid, standing in ((OLD, old), (NEW, new))
    ]


def measures() -> list[tuple[str, Measure]]:
    """Every measure of both versions, by id."""
    return [(measure_id, measure) for grid in GRIDS for measure_id, _, measure in grid.measures()]


def measure_rows() -> list[dict]:
    """reference.mesures."""
    return [_measure(grid, order, *each) for grid in GRIDS for order, each in enumerate(grid.measures())]


def _measure(grid: Grid, order: int, measure_id: str, indicator: Indicator, measure: Measure) -> dict:
    criterion, base = grid.criteria[indicator.criterion], grid.bases[measure.base]
    name = measure_id.partition("@")[0]
    earlier = {each.partition("@")[0] for each, _, _ in OLD.measures()} if grid is NEW else set()
    target, continues = measure.target, measure.continues
    return {
        "mesure_id": measure_id,
        "indicateur_id": name.partition(".")[0],
        "indicateur": indicator.label,
        "grille": grid.id,
        "version": grid.version,
        "champ": criterion.field,
        "champ_libelle": grid.field_labels[criterion.field],
        "critere": indicator.criterion,
        "critere_libelle": criterion.label,
        "critere_question": criterion.question,
        "genre": measure.kind,
        "nature": measure.nature,
        "base_id": f"{measure.base}@{grid.version}",
        "base_libelle": base.label,
        "base_table": base.table,
        "fait_d_organisation": base.is_fact,
        "niveaux": list(grid.levels_of(measure)),
        "pas": list(base.steps),
        "sens": measure.direction,
        "unite": measure.unit,
        "libelle": measure.label,
        "definition": measure.definition,
        "detournement": indicator.gaming or None,
        "limite": indicator.limit or None,
        "noyau": indicator.core,
        "comparaison": measure.compared,
        "seuil": target.value if target else None,
        "seuil_raison": target.reason if target else None,
        "seuil_date": target.decided_on if target else None,
        "calcul": f"SELECT count(*) FILTER (WHERE \"{name}\") FROM cellules WHERE n >= 11 AND base = '{measure.base}'",
        "precedente": f"{name}@{OLD.version}" if name in earlier else None,
        "suite_de": continues.measure if continues else None,
        "suite_raison": continues.reason if continues else None,
        "ordre": order,
    }


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


def clause_rows() -> list[tuple]:
    """reference.clauses."""
    texts = load_clauses()
    return [
        (measure_id, clause, texts[clause].text)
        for grid in GRIDS
        for measure_id, indicator, _ in grid.measures()
        for clause in indicator.clauses
    ]


def declined_rows() -> list[tuple]:
    """reference.refus."""
    return [("cap-emploi", "PD12", "chaque orientation y est décidée avec un partenaire.", date(2025, 1, 1))]
