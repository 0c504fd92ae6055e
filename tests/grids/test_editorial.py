"""The editorial check: what is refused, from which state on, and what is only advised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from grids.editorial import Remark, remarks
from grids.load import load_grid
from grids.model import Grid
from grids.quoting import Unquoted, unquoted
from grids.review import quoting_remarks, review, undeclared
from grids.versions import STATES, State, VersionRecord, load_versions
from grids.wording import advice, is_placeholder, question_advice
from tests.grids.museum import GRID, SOUND, TODAY, WORKING

SOUND_GRID = load_grid(WORKING, GRID, SOUND)
LATE = date(2032, 1, 1)


def record(state: State = "travail") -> VersionRecord:
    return VersionRecord(version=WORKING, state=state, in_force_from=date(2031, 1, 1), next_review=date(2031, 11, 30))


def edited(**texts: str) -> Grid:
    """The sound grid with words of its first indicator changed."""
    said = SOUND_GRID.model_dump(by_alias=True, exclude_defaults=True)
    said["indicateurs"]["M01"].update(texts)
    return Grid.model_validate(said)


def told(grid: Grid, state: State = "travail", today: date = TODAY) -> dict[str, str]:
    """Every remark's sentence, with its severity."""
    return {each.sentence: each.severity for each in remarks(grid, record(state), today)}


def test_nothing_is_said_of_a_sound_grid() -> None:
    assert remarks(SOUND_GRID, record(), TODAY) == ()


SAY_NOTHING = ["À compléter", "à définir", "(à préciser)", "Seuil : à valider", "TODO", "todo: voir", "XXX", "n/a", "N/A.",
    "…", "...", "-", "", "?", "lorem ipsum dolor", "TBD", "À désigner par les réseaux", "blabla", "Combien ???"]  # fmt: skip
SAY_SOMETHING = ["Aide la personne à définir son projet", "Le dossier reste à compléter par la personne.", "Accueil",
    "Taux d'accueils", "Une part (hors courriel)", "Où en êtes-vous ?", "C'est moi qui décide de la suite."]  # fmt: skip


@pytest.mark.parametrize("text", SAY_NOTHING)
def test_a_placeholder_is_seen(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", SAY_SOMETHING)
def test_a_sentence_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize("state", [state for state in STATES if state != "retiree"])
def test_a_placeholder_is_refused_whatever_the_state(state: State) -> None:
    assert told(edited(detournement="À compléter"), state)["« À compléter » ne dit encore rien."] == "refus"


SEVERITIES: list[tuple[State, str, str, str]] = [
    ("travail", "conseil", "conseil", "conseil"),
    ("proposee", "refus", "conseil", "conseil"),
    ("essai", "refus", "refus", "refus"),
    ("adoptee", "refus", "refus", "refus"),
]


@pytest.mark.parametrize(("state", "checker", "owner", "review_date"), SEVERITIES)
def test_what_is_missing_weighs_more_as_the_version_goes_on(
    state: State, checker: str, owner: str, review_date: str
) -> None:
    said = SOUND_GRID.model_dump(by_alias=True, exclude_defaults=True)
    said["gouvernance"]["verifie_par"] = "À désigner par les réseaux"
    said["indicateurs"]["M01"].pop("chef_de_file")
    found = told(Grid.model_validate(said), state, LATE)
    assert found == {
        "« À désigner par les réseaux » ne dit encore rien.": checker,
        "Un indicateur n'a pas de « chef_de_file » : M01.": owner,
        "La prochaine revue était le 30/11/2031.": review_date,
    }


def test_a_retired_version_is_left_in_peace() -> None:
    assert remarks(edited(detournement="À compléter"), record("retiree"), LATE) == ()


def test_a_review_on_its_day_is_not_past() -> None:
    assert told(SOUND_GRID, "adoptee", date(2031, 11, 30)) == {}


def test_a_clause_without_indicator_nor_reason_is_refused() -> None:
    said = SOUND_GRID.model_dump(by_alias=True, exclude_defaults=True)
    said["indicateurs"]["M04"]["clauses"] = ["IV-4"]
    (found,) = remarks(Grid.model_validate(said), record(), TODAY)
    assert found.severity == "refus"
    assert "I-3" in found.sentence
    assert "I-E3" not in found.sentence, "M01 evidences it"


def test_two_indicators_that_bear_the_same_words_are_refused() -> None:
    assert told(edited(libelle="Attente"))["« Attente » est déjà le texte de indicateurs › M01."] == "refus"


def test_two_questions_that_bear_the_same_words_are_advised_against() -> None:
    said = SOUND_GRID.model_dump(by_alias=True, exclude_defaults=True)
    said["questions"]["Q2"]["texte"] = "J'y vois clair."
    assert (
        told(Grid.model_validate(said))["« J'y vois clair. (a_chaud) » est déjà le texte de questions › Q1."]
        == "conseil"
    )


def test_what_is_asked_or_opened_for_nothing_is_advised_against() -> None:
    said = SOUND_GRID.model_dump(by_alias=True, exclude_defaults=True)
    said["questions"]["Q8"] = {**said["questions"]["Q1"], "texte": "Je suis d'accord."}
    said["questions"]["Q4_RIEN"] = {**said["questions"]["Q4_QUI"], "texte": "Rien de cela."}
    said["criteres"]["vide"] = {"champ": "effets", "libelle": "Vide", "question": "Est-ce vide ?"}
    said["indicateurs"]["M01"].pop("detournement")
    assert told(Grid.model_validate(said)) == {
        "Aucune mesure ne lit cette question.": "conseil",
        "Ce critère n'a pas d'indicateur.": "conseil",
        "Rien ne dit comment ce chiffre peut être faussé.": "conseil",
    }


PLAINER = [
    ("Le KPI du mois", "« KPI »"),
    ("Les usagers reçus", "« usagers »"),
    ("La performance du lieu", "« performance »"),
    ("Le taux de conformité", "« taux de conformité »"),
    ("Les bénéficiaires", "« bénéficiaires »"),
    ("Un process clair", "« process »"),
    ("Une structure en retard", "« en retard »"),
    (" ".join(["mot"] * 31), "31 mots"),
]


@pytest.mark.parametrize(("text", "word"), PLAINER)
def test_jargon_and_long_sentences_are_advised_against(text: str, word: str) -> None:
    assert word in " ".join(sentence for sentence, _ in advice(text))


@pytest.mark.parametrize(
    "text", ["Le processus", "Scorer n'est rien", "Services Publics+", " ".join(["mot"] * 30), "Personnes"]
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert list(advice(text)) == []


ASKED = [
    (" ".join(["mot"] * 21), "21 mots"),
    ("Je ne pense pas qu'on n'ait rien oublié.", "nie deux fois"),
    ("On vous a écouté et vous avez compris.", "peut-être deux"),
    ("Je sais qui contacter et je peux avancer.", "peut-être deux"),
]


@pytest.mark.parametrize(("text", "word"), ASKED)
def test_a_knotted_question_is_advised_against(text: str, word: str) -> None:
    assert word in " ".join(sentence for sentence, _ in question_advice(text))


@pytest.mark.parametrize(
    "text", ["Je sais quoi faire et où aller.", "On ne m'a pas jugé(e).", "J'ai dit ce que je voulais."]
)
def test_a_plain_question_is_left_alone(text: str) -> None:
    assert list(question_advice(text)) == []


def test_texts_without_quotes_are_found_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(
        "a: \"Entre guillemets\"\nb: Sans guillemets\nc: [code, été, 'dit']\nclé: 3\nd: [reseau: x]\n", encoding="utf-8"
    )
    assert unquoted(path) == (Unquoted("Sans guillemets", 2), Unquoted("été", 3), Unquoted("clé", 4))
    assert quoting_remarks(path)[0] == Remark(
        "refus",
        f"{tmp_path.name}/essai.yaml",
        "« Sans guillemets » n'est pas entre guillemets.",
        'Écrivez "Sans guillemets".',
        2,
    )


def test_a_file_that_no_version_declares_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / GRID
    folder.mkdir()
    for path in (SOUND / GRID).iterdir():
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert undeclared(GRID, tmp_path) == ()
    (folder / "2032.1.yaml").write_text("", encoding="utf-8")
    assert [each.place for each in undeclared(GRID, tmp_path)] == [f"{GRID}/2032.1.yaml"]


@pytest.mark.parametrize("version", [each.version for each in load_versions()])
def test_the_grids_of_the_product_have_nothing_refused(version: str) -> None:
    found = review(version, date(2026, 11, 24))
    assert [str(each) for each in found if each.severity == "refus"] == []
