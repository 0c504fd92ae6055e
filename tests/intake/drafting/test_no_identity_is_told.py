"""No cell of a file is ever in a draft, but words mapped to a code and the few repeated words of a coded column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grids.model import Grid
from grids.network import Delivery
from pipelines.intake.drafting.draft import drafted_deliveries
from pipelines.intake.drafting.telling import may_be_told, own_words, safe_words
from pipelines.intake.drafting.writing import added_text

Drafted = Callable[[str | bytes | Path], Delivery]
Text = Callable[[str | bytes | Path], str]

HEADINGS = [
    "Canal",
    "Statut",
    "Structure",
    "Reçu le",
    "Urgence",
    "Orientation",
    "Élève",
    "Remarque",
    "Réf.",
    "Objet",
    "Âge",
]
NAMES = st.builds("FICTIF-{}{}".format, st.sampled_from("ABCDEFGH"), st.integers(0, 9999))
CELLS = st.one_of(
    NAMES,
    st.builds("{} <fictif{}@example.org>".format, NAMES, st.integers(0, 9)),
    st.builds("06 12 34 56 {:02d}".format, st.integers(0, 99)),
    st.builds("Autre ({})".format, NAMES),
    st.builds("Téléphone, {}".format, NAMES),
    st.sampled_from(["", "Téléphone", "Autre", "CIO", "13/02/2026"]),
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(data=st.data(), headings=st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=5, unique=True))
def test_no_rare_cell_reaches_a_draft(data: st.DataObject, headings: list[str], tmp_path: Path, grid: Grid) -> None:
    row = st.tuples(*[CELLS for _ in headings])
    rows = data.draw(st.lists(row, min_size=1, max_size=8))
    path = tmp_path / "export.csv"
    path.write_text("\n".join(["\t".join(headings), *("\t".join(each) for each in rows)]), encoding="utf-8")
    text = added_text(drafted_deliveries(path, grid))
    met = Counter(cell for each in rows for cell in each if "FICTIF" in cell)
    assert not [cell for cell, times in met.items() if times < 5 and cell in text]
    assert "example.org" not in text
    assert "06 12" not in text


def test_columns_that_hold_or_announce_an_identity_are_to_be_removed(drafted: Drafted) -> None:
    delivery = drafted(
        "Réf.;Structure;Reçu le;Canal;Nom;Saisi par;Divers;Handicap;Contact\n"
        + "F-1;A-1;13/02/2026;Visio;FICTIF-A;FICTIF-B;rien;non;rappeler au 06 12 34 56 78\n"
        + "F-2;A-1;14/02/2026;Visio;FICTIF-A;FICTIF-B;écrire à fictif@example.org;non;\n"
    )
    assert set(delivery.removed) == {"Nom", "Saisi par", "Divers", "Handicap", "Contact"}


def test_names_repeated_in_a_coded_column_are_not_quoted(drafted_text: Text) -> None:
    lines = ["Réf.;Structure;Reçu le;Canal", *[f"F-{rank};A-1;13/02/2026;FICTIF-MARTIN" for rank in range(20)]]
    assert "MARTIN" not in drafted_text("\n".join(lines))


def test_a_name_beside_a_known_word_is_not_quoted(drafted_text: Text) -> None:
    cells = ["Autre (FICTIF-MARTIN)", *["Salarié", "Autre", "Lycéen"] * 6]
    lines = ["Réf.;Structure;Reçu le;Statut", *[f"F-{rank};A-1;13/02/2026;{cell}" for rank, cell in enumerate(cells)]]
    text = drafted_text("\n".join(lines))
    assert "MARTIN" not in text
    assert '"Salarié": "en_emploi"' in text


def test_a_file_without_headings_gives_no_cell(grid: Grid, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("".join(f"FICTIF-{rank};Rennes;Visio\n" for rank in "ABCDEF"), encoding="utf-8")
    with pytest.raises(Exception, match="Aucun tableau") as refused:
        drafted_deliveries(path, grid)
    assert "FICTIF" not in str(refused.value)


@pytest.mark.parametrize(
    ("word", "times", "distinct"),
    [
        pytest.param("Sur site", 4, 3, id="met four times"),
        pytest.param("Sur site", 9, 31, id="among too many"),
        pytest.param("x" * 41, 9, 3, id="too long"),
        pytest.param("dossier 12345", 9, 3, id="a long number"),
        pytest.param("fictif@example.org", 9, 3, id="an address"),
    ],
)
def test_what_may_not_be_told(word: str, times: int, distinct: int) -> None:
    met = Counter({word: times} | {f"mot {rank}": 9 for rank in range(distinct - 1)})
    assert not may_be_told(word, met)


def test_a_short_repeated_word_may_be_told() -> None:
    assert may_be_told("Sur site", Counter({"Sur site": 5, "Ailleurs": 1}))


@pytest.mark.parametrize(
    ("text", "safe"), [("Entretien téléphone", True), ("Autre (FICTIF)", False), ("Visio 12345", False)]
)
def test_words_of_our_own_are_safe(text: str, safe: bool) -> None:
    assert safe_words(text) is safe


def test_our_own_words_are_words() -> None:
    assert all(re.fullmatch(r"\w+", word) for word in own_words())
