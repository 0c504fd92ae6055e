"""The definition of the common sheet fits the contract, and a filled sheet comes back through the door without a mapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grids.common_sheet import SHEET_FILE, CommonSheet, common_sheet_delivery, load_common_sheet, telling_headings
from grids.errors import GridError
from pipelines.intake.door import Passed
from pipelines.intake.identities import announces

Row = dict[str, str]
Through = Callable[[Sequence[Row]], Passed]

SHEET = load_common_sheet()
HEADING = {question.number: question.chosen_heading for question in SHEET.asked}


def line(**answers: str) -> Row:
    """A line as the sheet writes it: defaults, the answers given (by number, after a "q"), structure and month."""
    row = {"Ligne": "1"} | dict.fromkeys(h for question in SHEET.asked for h in question.headings)
    row |= dict.fromkeys(HEADING.values()) | {HEADING["9"]: "non précisé", HEADING["10"]: "non précisé"}
    row |= {HEADING[number.removeprefix("q")]: words for number, words in answers.items()}
    return {name: words or "" for name, words in row.items()} | {"Structure": "FICTIF-01", "Mois": "2026-01-01"}


def staged(passed: Through, columns: str, *rows: Row) -> list[tuple[str | None, ...]]:
    return passed(rows).connection.execute(f"SELECT {columns} FROM staged ORDER BY ligne").fetchall()


def test_a_filled_line_comes_back_in_the_words_of_the_contract(passed: Through) -> None:
    row = line(
        q1="Téléphone", q2="Sur rendez-vous ou plus tard", q2a="3", q2b="choisie par la personne", q3="Échéance proche",
        q3a="pas possible", q4="Analyse de la situation", q6="Pas pu (temps, affluence)", q7="Mon réseau (CIO)|Apec",
        q7a="En partie", q7b="Demandé et pris", q8="Souhaité, pas d'offre accessible", q8a="Remis", q9="18–25", q10="apprenti",
    )  # fmt: skip
    columns = (
        "structure_id, mois, canal, modalite, attente_jours_ouvres, date_choisie_par_la_personne, urgence, accueil_jour_meme, "
        "type_echange, mediation, orientation, orientation_documentee, rendez_vous_organisme, conseil, synthese, "
        "tranche_age, situation"
    )
    assert staged(passed, columns, row) == [
        ("FICTIF-01", "2026-01-01", "telephone", "differe", "3", "oui", "echeance", "pas_possible", "analyse", "pas_pu",
         "apec|cio", "en_partie", "pris", "souhaite_sans_offre", "remise", "18_25", "apprenti")
    ]  # fmt: skip


@pytest.mark.parametrize("question", [each for each in SHEET.asked if each.column], ids=lambda each: each.number)
def test_every_word_displayed_comes_back_as_its_code(passed: Through, question: object) -> None:
    # A line where only questions with a default are filled in is a prepared one, and blank.
    rows = [line(**({"q3": "Aucune"} | {f"q{question.number}": words})) for words in question.codes()]  # type: ignore[attr-defined]
    if rows:
        found = staged(passed, question.column, *rows)  # type: ignore[attr-defined]
        assert [code for (code,) in found] == list(question.codes().values())  # type: ignore[attr-defined]


def test_an_unfinished_line_is_accepted(passed: Through) -> None:
    assert staged(passed, "canal, urgence, type_echange", line(q1="Tchat", q2a="3")) == [("tchat", None, None)]


def test_a_filled_line_keeps_every_rule_of_the_contract(
    breaches: Callable[..., tuple[object, ...]], passed: Through
) -> None:
    rows = []
    for example in SHEET.examples:
        rows.append(line(**{f"q{number}": words for number, words in example.answers.items()}))
    through = passed(rows)
    assert through.read == len(SHEET.examples)
    names = [name for name in through.columns if name != "accueil_ref"]
    found = through.connection.execute(f"SELECT {', '.join(names)} FROM staged").fetchall()
    contract_rows = [{name: cell or "" for name, cell in zip(names, each, strict=True)} for each in found]
    assert not breaches("accueils", contract_rows)


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [({"q5a": "x"}, ("oui", "non", "non")), ({"q5z": "x"}, ("non", "non", "non"))],
    ids=["one box", "none of them"],
)
def test_one_box_ticked_answers_for_the_whole_block(passed: Through, ticked: Row, expected: tuple[str, ...]) -> None:
    columns = "situation_personnelle, demande_reformulee, point_de_situation"
    assert staged(passed, columns, line(q1="Tchat", q4="Analyse de la situation", **ticked)) == [expected]


def test_no_box_ticked_says_nothing(passed: Through) -> None:
    row = line(q1="Tchat", q4="Analyse de la situation")
    assert staged(passed, "situation_personnelle, point_de_situation", row) == [(None, None)]


def test_a_prepared_line_that_nobody_touched_is_blank(passed: Through) -> None:
    untouched = line(q1="Sur place") | {"Structure": "", "Mois": ""}
    through = passed([untouched, line(q1="Sur place", q4="Information"), untouched])
    assert through.set_aside == {"vides": 2}


def test_a_line_is_told_by_the_questions_without_a_default() -> None:
    told = {number for number, heading in HEADING.items() if heading in telling_headings()}
    assert set(HEADING) - told == {"1", "2b", "9", "10"}


def test_only_the_questions_that_may_have_a_default_have_one() -> None:
    assert {each.number for each in SHEET.questions if each.has_default} == {"1", "2b", "9", "10", "11"}


def test_nine_questions_are_always_asked_and_the_optional_one_is_off() -> None:
    assert [each.number for each in SHEET.asked if not each.condition] == ["1", "2", "3", "4", "6", "7", "8", "9", "10"]
    assert [each.number for each in SHEET.questions if not each.active] == ["11"]


def test_no_heading_of_the_sheet_announces_an_identity() -> None:
    delivery = common_sheet_delivery()
    assert not [each for each in (*delivery.kept_headings, *delivery.ignored) if announces(each)]


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('colonne: "canal"', 'colonne: "canale"', "« canale » n'est pas une colonne du contrat"),
        ('"Sur place": "presentiel"', '"Sur place": "present"', "« present » n'est pas un code de « canal »"),
        ('table: "accueils"', 'table: "accueil"', "n'est pas une table du contrat"),
        ('defaut: "premier créneau"', 'defaut: "premier"', "n'est pas une réponse de la question 2b"),
        ("si: \"modalite = 'differe'\"", "si: \"synthese = 'remise'\"", "qu'aucune question plus haut ne remplit"),
        ("si: \"modalite = 'differe'\"", 'si: "modalite = ="', "ne se lit pas"),
        ('colonne: "synthese"', 'colonne: "conseil"', "« conseil » est déjà remplie"),
        ('    bloc: "5"', '    bloc: "6"', "le bloc « 6 » n'est pas décrit"),
        ('      "8a": "Remis"', '      "8a": "Donné"', "« Donné » n'est pas une réponse de la question 8a"),
        ('    numero: "1"', '    numéro: "1"', "« numero » manque"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused_with_its_place(
    tmp_path: Path, written: str, instead: str, told: str
) -> None:
    text = SHEET_FILE.read_text(encoding="utf-8").replace('  - numero: "1"', '  -\n    numero: "1"')
    assert written in text
    path = tmp_path / "fiche.yaml"
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(GridError, match="fiche") as refused:
        load_common_sheet(path)
    assert told in str(refused.value)
    assert "ligne" in refused.value.place


def test_the_sheet_is_one_frozen_definition() -> None:
    assert isinstance(SHEET, CommonSheet)
    assert load_common_sheet() is SHEET
