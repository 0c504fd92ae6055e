"""A grid holds together: the kinds of words in an expression, what is suggested, and that every grid of the product does."""

from __future__ import annotations

import pytest

from grids.coherence import faults, measure_expressions
from grids.expression_check import nearest
from grids.expression_types import Type, type_faults
from grids.expressions import parse_expression
from grids.kinds import NEEDS
from grids.load import load_grid, load_grids
from tests.grids.museum import GRID, SOUND, WORKING

TYPES: dict[str, Type] = {
    "canal": "mot",
    "jours": "nombre",
    "faite": "oui_non",
    "reformulee": "oui_non",
    "orientation": "liste",
    "U03": "nombre",
}
SOUND_EXPRESSIONS: list[tuple[str, Type | None]] = [
    ("canal <> 'courriel'", "oui_non"),
    ("canal in ('a', 'b') and not faite", "oui_non"),
    ("jours + 1 <= 5 or (jours - 1) = 2", "oui_non"),
    ("jours", "nombre"),
    ("-jours > -3", "oui_non"),
    ("contient(orientation, 'cio') and est_renseigne(canal)", "oui_non"),
    ("contient_autre_que(orientation, canal)", "oui_non"),
    ("nombre_vrais(faite, reformulee) >= 1", "oui_non"),
    ("nombre_parmi(orientation, 'a', 'b')", "nombre"),
    ("favorable(U03) and U03 in (3, 4)", "oui_non"),
    ("canal", "mot"),
    ("orientation", None),
    ("inconnu", "oui_non"),
]
BROKEN_EXPRESSIONS: list[tuple[str, Type | None, str]] = [
    ("canal", "oui_non", "« canal » est un mot, là où il faut vrai ou faux"),
    ("jours", "oui_non", "« jours » est un nombre"),
    ("canal = 3", "oui_non", "« 3 » est un nombre, là où il faut un mot"),
    ("jours = '3'", "oui_non", "« '3' » est un mot, là où il faut un nombre"),
    ("jours in (1, '2')", "oui_non", "« '2' » est un mot"),
    ("faite = 'oui'", "oui_non", "« faite » est vrai ou faux"),
    ("orientation = 'cio'", "oui_non", "une liste de mots"),
    ("orientation", "oui_non", "« orientation » est une liste de mots"),
    ("contient(canal, 'a')", "oui_non", "« canal » est un mot, là où il faut une liste de mots"),
    ("nombre_vrais(faite, canal)", None, "« canal » est un mot, là où il faut vrai ou faux"),
    ("canal + 1 = 2", "oui_non", "« canal » est un mot, là où il faut un nombre"),
    ("not canal", "oui_non", "« canal » est un mot"),
    ("faite and jours", "oui_non", "« jours » est un nombre"),
    ("canal = jours", "oui_non", "« jours » est un nombre, là où il faut un mot"),
]


@pytest.mark.parametrize(("text", "expected"), SOUND_EXPRESSIONS)
def test_words_taken_for_what_they_are(text: str, expected: Type | None) -> None:
    assert list(type_faults(parse_expression(text).tree, TYPES.get, expected)) == []


@pytest.mark.parametrize(("text", "expected", "told"), BROKEN_EXPRESSIONS)
def test_words_taken_for_what_they_are_not(text: str, expected: Type | None, told: str) -> None:
    found = list(type_faults(parse_expression(text).tree, TYPES.get, expected))
    assert told in found[0][0]
    assert found[0][1]


@pytest.mark.parametrize(
    ("name", "register", "told"),
    [
        ("courier", ("courriel", "tchat"), "Vouliez-vous dire « courriel » ?"),
        ("zzz", ("courriel", "tchat"), "Noms connus : courriel, tchat."),
        ("zzz", [f"nom_{rank}" for rank in range(40)], "…"),
    ],
)
def test_what_looks_most_like_it_is_suggested(name: str, register: list[str], told: str) -> None:
    assert nearest(name, register).endswith(told)


@pytest.mark.parametrize(
    "grid", [*load_grids(), *load_grids(GRID, SOUND)], ids=lambda grid: f"{grid.id}-{grid.version}"
)
def test_no_fault_in_a_grid_that_loads(grid) -> None:
    assert list(faults(grid)) == []


def test_the_sound_grid_of_the_museum_holds_every_kind() -> None:
    grid = load_grid(WORKING, GRID, SOUND)
    assert {measure.kind for _, _, measure in grid.defined_measures()} == set(NEEDS)


def test_every_expression_of_a_measure_is_checked() -> None:
    for grid in load_grids():
        for _, _, measure in grid.defined_measures():
            assert sorted(text for _, text in measure_expressions(measure)) == sorted(measure.expressions)
