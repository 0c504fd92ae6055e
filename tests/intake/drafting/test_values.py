"""From words of cells to codes: known words, close ones, ranks and initials; never half a guess."""

from __future__ import annotations

import pytest

from grids.contract import allowed_values, load_contract
from grids.model import Grid
from grids.register import network_codes
from pipelines.intake.drafting.values import ValueTable, value_table
from pipelines.intake.drafting.vocabulary import column_words, scale_words


def table_of(name: str, cells: list[str], table: str = "accueils") -> ValueTable:
    column = load_contract(table).column(name)
    assert column is not None
    codes = allowed_values(column, network_codes())
    return value_table(cells, column_words(column), codes, many=column.type == "ensemble")


def read(found: ValueTable) -> dict[str, str]:
    return {each.word: each.code for each in found.readings}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("demande_reformulee", {"OUI": "oui", "NON": "non"}),
        ("demande_reformulee", {"X": "oui"}),
        ("demande_reformulee", {"1": "oui", "0": "non"}),
        ("demande_reformulee", {"Vrai": "oui", "Faux": "non"}),
        ("demande_reformulee", {"Y": "oui", "N": "non"}),
        ("date_choisie_par_la_personne", {"premier créneau": "non", "choisie par la personne": "oui"}),
        ("canal", {"Sur place": "presentiel", "Tél.": "telephone", "Mél": "courriel"}),
        (
            "tranche_age",
            {"< 18 ans": "moins_18", "De 18 à 25 ans": "18_25", "26/44": "26_44", "45 ans et +": "45_plus"},
        ),
        ("urgence", {"Non": "aucune", "Non évaluée": "non_evaluee", "Echéances proches": "echeance"}),
        ("conseil", {"Souhaitée, sans offre": "souhaite_sans_offre", "Pas proposée": "pas_propose"}),
        ("modalite", {"F": "flux", "D": "differe"}),
        ("urgence", {"A1": "aucune", "A2": "echeance", "A5": "non_evaluee"}),
    ],
)
def test_words_are_read(column: str, expected: dict[str, str]) -> None:
    found = table_of(column, [word for word in expected for _ in range(6)])
    assert read(found) == expected
    assert (found.undecided, found.untold) == ((), 0)


def test_initials_that_could_be_two_codes_are_all_left() -> None:
    # T is both telephone and tchat; M is nothing.
    assert not table_of("canal", ["P", "T"] * 6).readings
    assert not table_of("canal", ["P", "T", "C", "M"] * 6).readings
    assert set(table_of("canal", ["P", "T", "C", "M"] * 6).undecided) == {"P", "T", "C", "M"}


@pytest.mark.parametrize(
    ("column", "word"),
    [("modalite", "Aucun rendez-vous"), ("mediation", "Non faite à deux"), ("situation", "Hors emploi")],
)
def test_a_word_that_denies_is_not_read_as_what_it_denies(column: str, word: str) -> None:
    positive = {"modalite": "differe", "mediation": "faite", "situation": "en_emploi"}[column]
    assert positive not in read(table_of(column, [word] * 6)).values()


def test_ranks_beyond_the_codes_are_all_left() -> None:
    assert not table_of("type_echange", ["A1", "A2", "A3"] * 6).readings


@pytest.mark.parametrize("separator", [",", ";", "|", " ; "])
def test_the_separator_of_a_set_is_found(separator: str) -> None:
    found = table_of("orientation", [separator.join(("CIO", "Apec")), "Mission locale", "Cap emploi", "Aucune"])
    assert found.separator == separator.strip()
    assert read(found) == {
        "CIO": "cio", "Apec": "apec", "Mission locale": "mission-locale", "Cap emploi": "cap-emploi", "Aucune": "aucune"
    }  # fmt: skip


def test_a_set_without_any_separator_has_none() -> None:
    assert table_of("orientation", ["CIO", "Apec"]).separator == ""


def test_one_word_of_several_spellings_stands_once() -> None:
    assert read(table_of("demande_reformulee", ["Oui", "OUI", "oui", "Oui", "Non"])) == {"Oui": "oui", "Non": "non"}


def test_answers_of_a_scale_are_read_by_text_and_by_rank(grid: Grid) -> None:
    scale = grid.scale_of("U03")
    codes = (*scale.values, *scale.outside)
    by_text = value_table(
        ["Plutôt oui", "Oui, tout à fait", "Je ne sais pas / pas concerné(e)"], scale_words(scale), codes
    )
    assert read(by_text) == {
        "Plutôt oui": "3",
        "Oui, tout à fait": "4",
        "Je ne sais pas / pas concerné(e)": "pas_concerne",
    }
    by_rank = value_table(["A1", "A4", "A5"], scale_words(scale), codes)
    assert read(by_rank) == {"A1": "1", "A4": "4", "A5": "pas_concerne"}


def test_how_sure_is_told() -> None:
    found = {
        each.word: each.confidence
        for each in table_of("type_echange", ["Information", "Analyses de situation"] * 5).readings
    }
    assert found["Information"] == 1.0
    assert 0.5 <= found["Analyses de situation"] <= 1.0
    assert all(each.confidence < 0.65 for each in table_of("modalite", ["F", "D"]).readings)


@pytest.mark.parametrize("cells", [[], ["FICTIF-1"] * 6, [f"FICTIF {rank}" for rank in range(500)]])
def test_words_that_mean_nothing_are_not_read(cells: list[str]) -> None:
    assert table_of("situation", cells).readings == ()
    assert table_of("situation", cells).undecided == ()
