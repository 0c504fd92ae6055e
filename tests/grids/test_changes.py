"""What changed between two versions, and which series go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grids.changes import Change, changes
from grids.continuity import check_continuity, continued_id, differences
from grids.errors import GridError
from grids.load import load_grids
from grids.model import Grid
from tests.grids.museum import GRID, SOUND

_, OLD, NEW = load_grids(GRID, SOUND)
Edit = Callable[[dict], object]


def edited(grid: Grid, edit: Edit) -> Grid:
    """`grid` with its file's words changed by `edit`."""
    said = grid.model_dump(by_alias=True, exclude_defaults=True)
    edit(said)
    return Grid.model_validate(said)


def percue(said: dict) -> dict:
    measure: dict = said["indicateurs"]["M01"]["mesures"]["percue"]
    return measure


def told(old: Grid, new: Grid, subject: str, name: str) -> Change:
    return next(each for each in changes(old, new) if (each.subject, each.id) == (subject, name))


def test_nothing_changes_between_a_version_and_itself_but_series_are_told() -> None:
    same = changes(OLD, OLD)
    assert [(each.subject, each.id) for each in same] == [("mesure", "M01.percue")]


def test_a_declared_series_goes_on_with_its_reason() -> None:
    assert told(OLD, NEW, "mesure", "M01.percue") == Change(
        "modifie",
        "mesure",
        "M01.percue",
        "M01.percue : la question et le calcul ne changent pas : la série continue.",
        comparable=True,
        reason="Même question, même échelle, mêmes personnes.",
    )


def test_a_series_that_nothing_declares_stops_though_nothing_changed() -> None:
    found = told(OLD, edited(NEW, lambda said: percue(said).pop("suite_de")), "mesure", "M01.percue")
    assert (found.comparable, found.reason) == (False, "Rien ne le déclare.")


MEANINGS: dict[str, tuple[Edit, str]] = {
    "what is counted": (lambda said: percue(said).update(compte="favorable(Q0)"), "ce qui est compté"),
    "who is counted": (lambda said: said["bases"]["personnes"].update(si="repondant = 'personne'"), "qui est compté"),
    "the kind": (lambda said: percue(said).update(unite="points"), "le genre"),
    "the wording": (lambda said: said["questions"]["Q1"].update(texte="Je vois clair."), "le texte de Q1"),
    "the answers": (
        lambda said: said["echelles"]["accord"].update(valeurs={"1": "Non", "2": "Bof", "3": "Plutôt oui", "4": "Oui"}),
        "l'échelle de Q1",
    ),
    "the favourable side": (lambda said: said["echelles"]["accord"].update(favorables=["4"]), "l'échelle de Q1"),
}


@pytest.mark.parametrize(("edit", "word"), MEANINGS.values(), ids=MEANINGS)
def test_a_break_says_which_part_changed(edit: Edit, word: str) -> None:
    new = edited(edited(NEW, edit), lambda said: percue(said).pop("suite_de"))
    found = told(OLD, new, "mesure", "M01.percue")
    assert found.comparable is False
    assert word in found.reason
    assert word in found.sentence


@pytest.mark.parametrize(("edit", "word"), MEANINGS.values(), ids=MEANINGS)
def test_a_series_declared_though_its_meaning_changed_is_warned_of(edit: Edit, word: str) -> None:
    found = told(OLD, edited(NEW, edit), "mesure", "M01.percue")
    assert found.comparable is True
    assert f"ce qui change : {word}" in found.sentence
    assert "À relire" in found.sentence


def test_the_layout_of_an_expression_means_nothing() -> None:
    new = edited(NEW, lambda said: percue(said).update(compte="favorable(   Q1 )"))
    assert (
        differences(OLD, OLD.indicators["M01"].measures["percue"], new, new.indicators["M01"].measures["percue"]) == ()
    )


def test_a_gap_changes_with_the_delay_it_is_taken_of() -> None:
    new = edited(NEW, lambda said: said["indicateurs"]["M02"]["mesures"]["rendue"].update(quantiles=[0.5]))
    before, after = (each.indicators["M02"].measures["ecart"] for each in (NEW, new))
    assert differences(NEW, before, new, after) == ("la mesure dont on prend l'écart",)


def test_a_measure_may_continue_one_of_another_name() -> None:
    def rename(said: dict) -> None:
        said["indicateurs"]["M01"]["mesures"]["clair"] = said["indicateurs"]["M01"]["mesures"].pop("percue")

    new = edited(NEW, rename)
    found = told(OLD, new, "mesure", "M01.clair")
    assert found.comparable is True
    assert "M01.clair, suite de M01.percue" in found.sentence
    assert not any(each.kind == "retire" for each in changes(OLD, new))


SENTENCES: dict[str, tuple[Edit, str]] = {
    "a new question": (
        lambda said: said["questions"].update(U1={**said["questions"]["Q1"], "texte": "On m'a écouté(e)."}),
        "Nouvelle question U1 : « On m'a écouté(e). »",
    ),
    "a new wording": (
        lambda said: said["questions"]["Q1"].update(texte="Je vois clair."),
        "Question Q1, le texte : « Je vois clair. » (avant : « J'y vois clair. »).",
    ),
    "a criterion renamed": (
        lambda said: said["criteres"]["clarte"].update(libelle="Clarification"),
        "Critère clarte, le libellé : « Clarification » (avant : « Clarté »).",
    ),
    "a field renamed": (
        lambda said: said["champs"].update(effets="Effets du service"),
        "Champ effets, le libellé : « Effets du service » (avant : « Effets »).",
    ),
    "an indicator of the core": (
        lambda said: said["indicateurs"]["M01"].update(noyau=True),
        "Indicateur M01, dans le noyau : oui (avant : non).",
    ),
    "a base elsewhere": (
        lambda said: said["bases"]["personnes"].update(niveaux=["region"]),
        "Base personnes, les niveaux montrés : region (avant : structure, reseau, departement, region).",
    ),
    "a questionnaire": (
        lambda said: said.update(
            questionnaires={
                "p": {"titre": "Avis", "chapeau": "…", "repondant": "personne", "vague": "a_chaud", "minutes": 2}
            }
        ),
        "Nouveau questionnaire p : « Avis ».",
    ),
    "a profile": (
        lambda said: said.update(profil={"S1": {"texte": "Combien ?", "colonnes": ["accueillants"]}}),
        "Nouvelle question S1 : « Combien ? »",
    ),
    "an outside answer": (
        lambda said: said["echelles"]["accord"].update(hors_echelle={"nsp": "Ne sait pas"}),
        "Échelle accord, les réponses hors échelle : « Ne sait pas » (avant : rien).",
    ),
}


@pytest.mark.parametrize(("edit", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_a_change_is_told_in_a_sentence(edit: Edit, sentence: str) -> None:
    assert sentence in [each.sentence for each in changes(OLD, edited(OLD, edit))]


def test_what_is_taken_away_is_told() -> None:
    gone = changes(NEW, edited(NEW, lambda said: said["indicateurs"].pop("M03")))
    assert [each.sentence for each in gone if each.kind == "retire"] == [
        "Indicateur retiré : M03, « Moyens de l'équipe ».",
        "Mesure retirée : M03.formes, « Professionnels formés en deux ans » ; ses chiffres publiés restent lisibles.",
        "Mesure retirée : M03.canaux, « Canaux utilisés » ; ses chiffres publiés restent lisibles.",
        "Mesure retirée : M03.offres, « Professionnels qui connaissent l'offre des autres réseaux » ; "
        "ses chiffres publiés restent lisibles.",
    ]


def test_changes_follow_the_order_of_the_grid() -> None:
    subjects = [each.subject for each in changes(OLD, NEW)]
    frame = [each for each in dict.fromkeys(subjects) if each not in ("indicateur", "mesure")]
    assert frame == ["champ", "critere", "echelle", "questionnaire", "question", "base"]
    ids = [each.id for each in changes(OLD, NEW) if each.subject in ("indicateur", "mesure")]
    assert ids.index("M02") < ids.index("M02.rendue") < ids.index("M03") < ids.index("M03.formes")


@pytest.mark.parametrize("named", ["M01.percue", "M01.percue@2030.1"])
def test_a_continued_measure_is_named_with_or_without_its_version(named: str) -> None:
    new = edited(NEW, lambda said: percue(said)["suite_de"].update(mesure=named))
    assert continued_id(new.indicators["M01"].measures["percue"], (OLD,)) == "M01.percue@2030.1"


def test_the_latest_of_the_earlier_versions_is_continued() -> None:
    older, old, new = load_grids(GRID, SOUND)
    assert continued_id(new.indicators["M01"].measures["percue"], (older, old)) == "M01.percue@2030.1"


def test_the_first_version_continues_nothing() -> None:
    with pytest.raises(GridError, match="aucune version antérieure") as refusal:
        check_continuity((NEW,), SOUND)
    assert "2031.1.yaml, ligne " in refusal.value.place


def test_the_grids_of_the_product_tell_their_changes() -> None:
    first, second = load_grids()
    found = changes(first, second)
    assert all(each.sentence.endswith((".", "»")) for each in found)
    named = {f"{name}.{each}" for name, indicator in first.indicators.items() for each in indicator.measures}
    stayed = {each.id for each in found if each.subject == "mesure" and each.comparable}
    assert stayed & named, "no series of the working grid goes on"
