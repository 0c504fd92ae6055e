"""The headings of an ordinary table, under whatever offices write above them."""

from __future__ import annotations

import pytest

from pipelines.intake.drafting.heading_row import find_heading_row

HEADINGS = ("Référence", "Structure", "Reçu le", "Canal")
DATA = (("F-1", "A-1", "03/02/2025", "Téléphone"), ("F-2", "A-2", "04/02/2025", "Visio"))


@pytest.mark.parametrize(
    "above",
    [
        pytest.param([], id="nothing"),
        pytest.param([("Export FICTIF",)], id="a title alone"),
        pytest.param([("Export FICTIF", "", "", ""), ("", "", "", "")], id="a title and an empty row"),
        pytest.param([("Accueil", "", "Suites", "")], id="a merged group line"),
        pytest.param([("Export", "12/03/2026", "", ""), ("Lignes", "2", "", "")], id="facts with a date and a number"),
        pytest.param([("Période :", "janvier", "", "")], id="a fact with its label"),
        pytest.param([("Tous", "Tous", "Tous", "Tous")], id="one text in every column"),
        pytest.param([("", "", "", "")] * 9, id="nine empty rows"),
    ],
)
def test_the_headings_stand_under_what_is_no_heading(above: list[tuple[str, ...]]) -> None:
    assert find_heading_row([*above, HEADINGS, *DATA]) == len(above)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no row"),
        pytest.param([("Notice",), ("Comment lire ce classeur",)], id="a single column of notes"),
        pytest.param([("", "", "")] * 9 + [("", "", "")] + [HEADINGS, *DATA], id="the eleventh row"),
        pytest.param(DATA, id="rows with dates and no heading"),
        pytest.param([("2024", "2025", "2026"), ("1", "2", "3")], id="years for headings"),
        pytest.param([("Canal", "canal", "CANAL"), ("a", "b", "c")], id="one heading three times"),
        pytest.param([("fictif@example.org", "A-1", "Visio")] * 2, id="an address among them"),
        pytest.param(
            [("FICTIF-A", "Rennes", "Visio"), ("FICTIF-B", "Rennes", "Visio"), ("FICTIF-C", "Brest", "Visio")],
            id="texts that stand again below",
        ),
        pytest.param([("FICTIF-A", "Rennes", "3"), ("FICTIF-B", "Nantes", "Visio")], id="texts under a row of data"),
        pytest.param(
            [("Canal", "canal", "Motif"), ("FICTIF-A", "Rennes", "Visio")], id="texts under a doubled heading"
        ),
    ],
)
def test_what_is_no_heading_is_not_taken_for_one(rows: list[tuple[str, ...]]) -> None:
    assert find_heading_row(rows) is None


def test_an_unnamed_column_leaves_the_others_their_headings() -> None:
    rows = [("", "Réf", "Lieu", "Reçu le", "Canal", "Motif"), ("1", "F-1", "A-1", "03/02/2025", "Visio", "x")]
    assert find_heading_row(rows) == 0


def test_a_heading_repeated_on_each_page_is_still_the_heading() -> None:
    assert find_heading_row([HEADINGS, DATA[0], HEADINGS, DATA[1]]) == 0


def test_headings_without_a_row_below_are_headings() -> None:
    assert find_heading_row([("Export FICTIF", "", "", ""), HEADINGS]) == 1
