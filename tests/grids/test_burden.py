"""What each network is asked to fill in, in questions and estimated seconds."""

from __future__ import annotations

import pytest

from grids.burden import SHEET, Asked, Burden, answer_seconds, asked_of_networks, burdens
from grids.common_sheet import load_common_sheet
from grids.load import load_grid
from grids.network import Delivery, Mapping, Source
from grids.register import network_codes

GRID, SHEET_FILE = load_grid("2025.1"), load_common_sheet()
NOTHING = Asked("cio", frozenset(), frozenset(), sheet=False)


def survey(version: str, *questions: str) -> Delivery:
    return Delivery(
        id=f"avis-{version}",
        table="reponses",
        reader="csv",
        constants={"grille": "api-bretagne", "version": version},
        columns={"reponse_ref": Source(heading="id")},
        questions={name: Source(heading=name) for name in questions},
    )


def records() -> Delivery:
    return Delivery(id="fiches", table="accueils", reader="csv", columns={"canal": Source(heading="Canal")})


def test_what_is_asked_comes_from_the_mapping_of_the_version() -> None:
    deliveries = (survey("2023.1", "U03", "M1"), survey("2025.1", "U04", "P21@apec", "P21@cidff"), records())
    (asked,) = asked_of_networks(GRID, [Mapping(network="cio", name="CIO", deliveries=deliveries)])
    assert asked == Asked("cio", frozenset({"U04", "P21"}), frozenset({"canal"}), sheet=False)


def test_what_needs_no_mapping_is_told_beside() -> None:
    mapping = Mapping(network="cidff", name="CIDFF", deliveries=())
    (asked,) = asked_of_networks(GRID, [mapping], {"cidff"}, {"cidff": ["P01"], "cio": ["P02"]})
    assert asked == Asked("cidff", frozenset({"P01"}), frozenset(), sheet=True)


def test_the_sheet_takes_what_was_estimated_by_hand() -> None:
    (burden,) = burdens(GRID, [Asked("cidff", frozenset(), frozenset(), sheet=True)], SHEET_FILE)
    assert (burden.network, burden.object, burden.questions, burden.seconds) == ("cidff", SHEET, 22, 73)
    assert "9 questions à chaque accueil, 13 de plus" in burden.label
    assert "de 36 à 73 secondes" in burden.label


@pytest.mark.parametrize(
    ("questions", "questionnaire", "count", "seconds"),
    [
        (["U03"], "personnes", 1, 15),
        (["U03", "U11"], "personnes", 2, 30),
        (["U10_QUI", "U10_QUOI", "U10_COMMENT"], "personnes", 1, 15),
        (["M1"], "un-mois", 1, 15),
        (["P21"], "professionnels", len(network_codes()) - 1, 15 * (len(network_codes()) - 1)),
        (["P22", "P23"], "professionnels", 2, 30),
    ],
)
def test_a_questionnaire_counts_what_is_read(
    questions: list[str], questionnaire: str, count: int, seconds: int
) -> None:
    asked = Asked("cio", frozenset(questions), frozenset(), sheet=False)
    (burden,) = burdens(GRID, [asked], SHEET_FILE)
    assert (burden.object, burden.questions, burden.seconds) == (questionnaire, count, seconds)


def test_a_question_of_professionals_and_teams_burdens_both() -> None:
    found = burdens(GRID, [Asked("cio", frozenset({"P01"}), frozenset(), sheet=False)], SHEET_FILE)
    assert [each.object for each in found] == ["professionnels", "equipes"]


def test_nothing_asked_is_no_burden() -> None:
    assert burdens(GRID, [NOTHING], SHEET_FILE) == ()


def test_boxes_of_a_block_take_the_time_of_one_question() -> None:
    boxes = [name for name, question in GRID.questions.items() if question.block == "U10"]
    assert sum(answer_seconds(GRID, name) for name in boxes) == pytest.approx(15)


@pytest.mark.parametrize(("seconds", "minutes"), [(15, 1), (60, 1), (61, 2), (195, 4)])
def test_minutes_are_rounded_up(seconds: float, minutes: int) -> None:
    assert Burden("cio", "personnes", "Avis", 1, seconds).minutes == minutes
