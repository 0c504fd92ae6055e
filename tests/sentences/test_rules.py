"""What holds of every sentence, whatever the figures: its form, its words, and that it tells no more than the release."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sentences.fractions import FRACTIONS, TOLERANCE_POINTS, alike, fraction, parts
from pipelines.sentences.stage import SENTENCES
from pipelines.sentences.variations import EFFECTS
from pipelines.sentences.wording import NARROW, NO_BREAK, forbidden, plain, typeset
from pipelines.statistics.verdict import INSUFFICIENT, USUAL, VERDICTS
from tests.sentences.situations import (
    ADVICE,
    ADVICE_ANSWERS,
    BEFORE,
    CASES,
    FACT,
    GAP,
    NOTED,
    POSTURE,
    POSTURE_ITEMS,
    SHARE,
    STRUCTURE,
    WAIT,
    Case,
    action,
    apart,
    line,
)
from tests.sentences.small import CELL, LAST_YEAR, UNITS, YEAR, Row, Told, empty, one, told

DIRECTED = ("amelioration", "deterioration", "habituelle", "trop_tot")
UNDIRECTED = ("hausse", "baisse", "habituelle", "trop_tot")


def check(found: Told, *, praised: bool = True) -> None:
    """Two sentences at most, then a question; French spaces; no refused word; no « amélioration » where none is sought."""
    for sentence in found[:2]:
        assert sentence.endswith(".")
        assert not re.search(r"[.!?] ", plain(sentence)), sentence
        assert "?" not in sentence
    assert found.question.endswith(f"{NARROW}?")
    for sentence in found:
        assert not list(forbidden(sentence)), sentence
        assert not re.search(r" [:;!?%»]|« |  ", sentence), sentence
        assert sentence[0] == sentence[0].upper()
        assert "None" not in sentence
        assert praised or not re.search("amélior|souhait|progrès", sentence.casefold()), sentence


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_situation_keeps_the_rules(case: Case) -> None:
    check(case.told())


@st.composite
def cells(draw: st.DrawFn, unit: str) -> Row:
    """A cell as a release may hold it: hidden, without a point, or a point within its range."""
    etat = draw(st.sampled_from(["ok", "prudence", "masque", "sans_objet"]))
    if etat in ("masque", "sans_objet"):
        return {"etat": etat}
    least, most = (0, 100) if unit == "%" else (-40, 40) if unit == "points" else (0, 60)
    low, value, high = sorted(draw(st.lists(st.integers(least, most), min_size=3, max_size=3)))
    raison = draw(st.sampled_from([None, None, None, "fourchette_trop_large", "trop_de_non_reponses"]))
    band = draw(st.sampled_from(["11-19", "20-49", "50-99", "100+"]))
    return {
        "etat": etat,
        "raison": raison,
        "valeur": None if raison else value,
        "basse": None if raison == "trop_de_non_reponses" else low,
        "haute": None if raison == "trop_de_non_reponses" else high,
        "assise": band,
    }


SOUGHT_ANSWERS = [ADVICE_ANSWERS[0], ADVICE_ANSWERS[1] | {"favorable": True}]
KINDS: dict[str, tuple[Row, list[Row], tuple[str, ...]]] = {
    "part": ({}, [], ("",)),
    "accueils": (NOTED | {"mesure_id": CELL["mesure_id"]}, [], ("",)),
    "delai": (WAIT, [], ("p50", "p90")),
    "ecart": (GAP, [], ("", "groupe", "contre")),
    "repartition": (ADVICE, ADVICE_ANSWERS, ("pas_propose", "propose")),
    "favorable": (ADVICE, SOUGHT_ANSWERS, ("pas_propose", "propose", "favorable")),
    "fait": (FACT, [], ("",)),
    "indice": (POSTURE, POSTURE_ITEMS, ("", "p01", "p02")),
    "gain": ({"genre": "gain", "unite": "points", "libelle": "Ce que l'accueil a changé"}, [], ("", "avant", "apres")),
    "canaux": (ADVICE | {"genre": "diversite", "unite": "canaux"}, [], ("", "proposes")),
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.data(), kind=st.sampled_from(list(KINDS)), at_structure=st.booleans())
def test_whatever_the_figures_the_rules_hold(data: st.DataObject, kind: str, at_structure: bool) -> None:
    measure, categories, told_categories = KINDS[kind]
    unit = measure.get("unite", "%")
    sens = data.draw(st.sampled_from(["plus", "moins", "zone", "neutre"]))
    where = STRUCTURE if at_structure else {}
    rows = [
        where | {"categorie": each, "debut": start} | data.draw(cells(unit if each in ("", "p50", "p90") else "%"))
        for each in told_categories
        for start in (YEAR, LAST_YEAR)
    ]
    variation = data.draw(st.sampled_from(DIRECTED if sens in ("plus", "moins") else UNDIRECTED))
    found = told(rows, [measure | {"sens": sens}], categories, series=[line(variation, **where)])
    check(one(found), praised=sens in ("plus", "moins"))


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_fraction_is_near_and_two_years_never_look_alike_when_they_are_not(now: int, before: int) -> None:
    first, second = parts(now, before)
    assert (first.fraction is None) == (second.fraction is None)
    for each in (first, second):
        assert each.fraction is None or abs(each.fraction.percent - each.percent) <= TOLERANCE_POINTS
    if first.fraction is not None and first.fraction is second.fraction:
        assert alike(now, before)


def test_a_percent_near_a_fraction_is_said_by_the_nearest() -> None:
    for percent in range(101):
        near = [each for each in FRACTIONS if abs(each.percent - percent) <= 2]
        found = fraction(percent)
        assert (found is None) == (not near)
        assert found is None or abs(found.percent - percent) == min(abs(each.percent - percent) for each in near)
    assert all(first.percent < second.percent for first, second in pairwise(FRACTIONS))


def test_every_verdict_has_its_words() -> None:
    assert set(EFFECTS) == {*VERDICTS.values(), USUAL}
    assert "ne suffisent pas encore" in plain(one(told([SHARE], **action(INSUFFICIENT))).solidity)


REFUSED = [
    "Un bon élève.",
    "De mauvais élèves",
    "La performance",
    "Le taux de conformité",
    "Une équipe en retard",
    "Au 3e rang",
    "La dernière structure",
    "Le meilleur réseau",
    "Sur 412 accueils",
    "41\u202f% de 412\u00a0accueils",
    "12 nouveaux accueils",
]


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_refused_word_is_seen(sentence: str) -> None:
    assert list(forbidden(sentence))


def test_a_share_of_receptions_is_no_number_of_receptions() -> None:
    assert not list(forbidden("62 % des accueils en 2025, un accueil sur quatre, environ 40 réponses"))


def test_spaces_are_those_of_french_and_set_only_once() -> None:
    text = typeset("« Oui » : 62 % ; 3 jours ouvrés ! au 1er trimestre, au 4e trimestre ?")
    n, b = NARROW, NO_BREAK
    assert text == f"«{n}Oui{n}»{n}: 62{n}%{n}; 3{b}jours ouvrés{n}! au 1er{b}trimestre, au 4e{b}trimestre{n}?"
    assert typeset(text) == text


def test_no_structure_is_named_and_one_that_stands_apart_is_not_counted() -> None:
    rows = [{"mesure_id": NOTED["mesure_id"], **SHARE}, {"mesure_id": NOTED["mesure_id"], **STRUCTURE, **SHARE}]
    for count in (1, 2, 3, 5):
        found = told(rows, [NOTED], comparisons=apart(*(f"CIO-{rank}" for rank in range(1, count + 1))))
        texts = " ".join(found.select("fait", "solidite", "question").row(0))
        assert not any(each["nom"] in texts or each["unite_id"] in texts for each in UNITS)
        question = plain(one(found, niveau="region").question)
        assert question.startswith({3: "Trois structures", 5: "Cinq structures"}.get(count, "Au moins une structure "))


def test_one_row_for_each_line_at_its_last_period() -> None:
    rows = [SHARE, BEFORE, SHARE | STRUCTURE, BEFORE | {"pas": "trimestre"}]
    found = told(rows)
    assert found.schema == SENTENCES
    assert found.schema == empty("quality.phrases").schema
    assert sorted(found.select("niveau", "pas", "debut").rows()) == [
        ("region", "annee", YEAR),
        ("region", "trimestre", LAST_YEAR),
        ("structure", "annee", YEAR),
    ]


def test_a_shown_share_is_told_where_the_mean_is_hidden() -> None:
    rows = [BEFORE, {"etat": "masque"}, SHARE | {"agregation": "part_accueils"}]
    assert plain(one(told(rows)).fact).startswith("En 2025, quatre personnes sur cinq")


def test_a_line_says_nothing_of_a_figure_made_in_another_way() -> None:
    rows = [SHARE | {"agregation": "part_accueils"}]
    assert "variation habituelle" not in one(told(rows, series=[line("habituelle")])).solidity
    assert "variation habituelle" in one(told(rows, series=[line("habituelle", agregation="part_accueils")])).solidity


def test_order_of_rows_and_hidden_rows_before_change_nothing() -> None:
    rows = [SHARE, BEFORE, SHARE | STRUCTURE]
    hidden = {"etat": "masque", "debut": LAST_YEAR.replace(year=2023)}
    assert told(rows).equals(told(rows[::-1]))
    assert one(told([*rows, hidden]), niveau="region") == one(told(rows), niveau="region")


def test_an_old_action_is_forgotten() -> None:
    old = action("Amélioration significative")
    old["actions"][0]["debut"] = LAST_YEAR.replace(year=2023)
    assert "créneaux" not in one(told([SHARE], **old)).solidity


@pytest.mark.parametrize(
    ("percent", "sens", "asked"), [(62, "plus", True), (75, "plus", False), (26, "moins", True), (20, "moins", False)]
)
def test_a_weak_point_is_asked_about_where_there_is_room(percent: int, sens: str, asked: bool) -> None:
    weak = {"critere": "c", "niveau": "region", "unite_id": "bretagne", "pas": "annee", "debut": YEAR, "statut": "trop_tot",
        "mesure_id": "A.percue@2025.1", "point_faible": "A.percue@2025.1"}  # fmt: skip
    found = one(told([SHARE | {"valeur": percent}], [{"sens": sens}], criteria=[weak]))
    assert ("point faible" in found.question) == asked


def test_views_that_barely_differ_do_not_contradict() -> None:
    usual = {"indicateur_id": "A", "niveau": "region", "unite_id": "bretagne", "pas": "annee", "debut": YEAR,
        "regard_a": "A.rendue@2025.1", "regard_b": "A.percue@2025.1"}  # fmt: skip
    asked = {
        (gap, low, high): "qui se trompe" in one(
            told([SHARE], [{}, NOTED], views=[usual | {"ecart": gap, "basse": low, "haute": high}])
        ).question
        for gap, low, high in [(15, 1, 29), (14, 5, 23), (20, 0, 40), (-15, -29, -1), (-20, -41, 1)]
    }  # fmt: skip
    assert list(asked.values()) == [True, False, False, True, False]


def test_nothing_is_told_of_a_count() -> None:
    """Sentences read no column that counts structures, receptions or answers."""
    rows = [SHARE | {"structures": 8, "structures_attendues": 12}]
    assert told(rows).equals(told([SHARE]))
