"""A receipt says what its delivery lets one compute, and which column is missing for the rest."""

from __future__ import annotations

from grids.contract import load_contract
from grids.model import Grid
from pipelines.receipt import Measured, Receipt
from pipelines.receipts.unlocked import delivered, names_read, unlocked_sentences
from tests.receipts.conftest import Made

FLUX = "« Personnes reçues le jour même, sans rendez-vous »"
WAIT = "« Attente jusqu'au premier créneau proposé »"
ALL = tuple(column.name for column in load_contract("accueils").columns)


def _receptions(made: Made, rank: int, *columns: str, **filled: int) -> Receipt:
    measured = Measured(lignes=100, remplissage=dict.fromkeys(columns, 50) | filled)
    return made(rank, colonnes=columns, mesures=measured)


def _answers(made: Made, rank: int, *questions: str) -> Receipt:
    columns = ("reponse_ref", "structure_id", "mois", "repondant", "vague", "grille", "version")
    measured = Measured(lignes=100, remplissage=dict.fromkeys(columns, 100), questions=questions)
    return made(rank, contrat="reponses", colonnes=columns, mesures=measured)


def test_a_first_delivery_unlocks_what_its_columns_allow(made: Made, grid: Grid) -> None:
    said = unlocked_sentences(_receptions(made, 1, "canal", "modalite"), [], grid)
    assert said[0] == f"Avec cette livraison, on peut désormais calculer : {FLUX}."
    assert (
        "Il manque encore les colonnes « Attente jusqu'au premier créneau proposé, en jours ouvrés » et "
        f"« Date choisie par la personne » pour calculer {WAIT}." in said
    )


def test_what_was_possible_before_is_not_new(made: Made, grid: Grid) -> None:
    said = unlocked_sentences(_receptions(made, 2, "canal", "modalite"), [_receptions(made, 1, *ALL)], grid)
    assert said[0] == f"On peut toujours calculer : {FLUX}."
    assert not [each for each in said if "désormais" in each or "encore" in each]
    assert [each for each in said if each.startswith("Il manque cette fois") and WAIT in each]


def test_columns_of_two_deliveries_make_no_row(made: Made, grid: Grid) -> None:
    apart = [_receptions(made, 1, "canal"), _receptions(made, 2, "modalite")]
    assert "désormais" in unlocked_sentences(_receptions(made, 3, "canal", "modalite"), apart, grid)[0]


def test_a_column_whose_cells_are_all_empty_unlocks_nothing(made: Made, grid: Grid) -> None:
    empty = _receptions(made, 1, "canal", "modalite", modalite=0)
    assert "modalite" not in delivered(empty)
    assert not [each for each in unlocked_sentences(empty, [], grid) if "désormais" in each]


def test_a_whole_record_lacks_nothing(made: Made, grid: Grid) -> None:
    said = unlocked_sentences(_receptions(made, 1, *ALL), [], grid)
    assert len(said) == 1
    assert said[0].count("«") == 3


def test_a_questionnaire_answered_on_the_spot_is_not_told_of_the_one_after_a_month(made: Made, grid: Grid) -> None:
    said = unlocked_sentences(_answers(made, 1, "U03"), [], grid)
    assert "leur demande a été bien comprise" in said[0]
    assert [each for each in said if each.startswith("Il manque encore les réponses à «")]
    assert not [each for each in said if "un mois" in each]
    assert "un mois" in unlocked_sentences(_answers(made, 1, "M1"), [], grid)[0]


def test_profiles_and_counts_say_what_they_are_for(made: Made, grid: Grid) -> None:
    assert "rattacher" in unlocked_sentences(made(contrat="structures"), [], grid)[0]
    assert "jamais à la qualité" in unlocked_sentences(made(contrat="frequentation"), [], grid)[0]
    assert unlocked_sentences(made(etat="retiree"), [], grid) == ()


def test_a_measure_reads_its_base_its_condition_and_what_it_counts(grid: Grid) -> None:
    measures = {name: measure for name, _, measure in grid.measures()}
    assert names_read(measures["OR01.rendue@2023.1"], grid) == {"canal", "modalite"}
    assert "U10_AUCUN_AUTRE" in names_read(measures["EF03.percue@2023.1"], grid)
