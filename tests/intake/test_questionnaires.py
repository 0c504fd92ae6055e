"""Exports of questionnaire tools through the door: every heading mode, their own identities gone, unfinished ones apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from grids.errors import DeliveryRefused
from grids.network import Mapping
from pipelines.intake.door import Passed

Door = Callable[..., Passed]

CONSTANTS = {"grille": "api-bretagne", "version": "2023.1", "vague": "a_chaud", "repondant": "personne"}
IN_CODES = [
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "token",
    "startdate",
    "datestamp",
    "ipaddr",
    "refurl",
]
IN_FRENCH = [
    "ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", "Tête de série", "Code d’accès",
    "Date de lancement", "Date de la dernière action", "Adresse IP", "URL référente",
]  # fmt: skip
IN_ENGLISH = [
    "Response ID", "Date submitted", "Last page", "Start language", "Seed", "Access code", "Date started",
    "Date last action", "IP address", "Referrer URL",
]  # fmt: skip
CUT_SHORT = [
    "ID de la répons…", "Date de soumis…", "Dernière page", "Langue de départ", "Tête de série", "Code d’accès",
    "Date de lancem…", "Date de la der…", "Adresse IP", "URL référente",
]  # fmt: skip
TEXTS = [
    "Structure",
    "On m’a bien compris\u00a0: votre avis &amp; vous",
    "Pour la suite, je sais [Qui contacter]",
    "Pour la suite, je sais [ Pour quoi ]",
]
FINISHED = [
    "1",
    "2025-03-12 14:30:05",
    "2",
    "fr",
    "123456",
    "FICTIFTOKEN1",
    "2025-03-12 14:28:00",
    "2025-03-12 14:30:05",
    "192.0.2.7",
    "https://fictif.example/",
]
UNFINISHED = ["2", "", "1", *FINISHED[3:6], "2025-03-13 09:00:00", "2025-03-13 09:00:10", "192.0.2.8", ""]  # fmt: skip


def _mapping(reader: str, columns: dict[str, Any], questions: dict[str, Any], needed: Sequence[str]) -> Mapping:
    delivery = {"id": "avis", "contrat": "reponses", "lecteur": reader, "reconnue_a": list(needed), "constantes": CONSTANTS,
                "colonnes": columns, "questions": questions}  # fmt: skip
    return Mapping.model_validate({"reseau": "cio", "nom": "Réseau d'essai", "livraisons": [delivery]})


def _boxes(who: str, what: str, ticked: dict[str, str]) -> dict[str, Any]:
    return {
        "U10_QUI": {"colonne": who, "valeurs": ticked, "bloc": "U10"},
        "U10_QUOI": {"colonne": what, "valeurs": ticked, "bloc": "U10"},
    }


MOMENT = {"colonne": "submitdate", "date": "AAAA-MM-JJ hh:mm:ss"}
BY_CODE = _mapping(
    "limesurvey",
    {"reponse_ref": {"colonne": "id"}, "structure_id": {"colonne": "STRUCT"}, "mois": MOMENT},
    {
        "U03": {"colonne": "U03", "valeurs": {"A4": "4"}},
        **_boxes("U10[SQ001]", "U10[SQ002]", {"Y": "oui", "N": "non"}),
    },
    ["U03"],
)
BY_TEXT = _mapping(
    "limesurvey",
    {"reponse_ref": {"colonne": "id"}, "structure_id": {"colonne": "Structure"}, "mois": MOMENT},
    {
        "U03": {"colonne": "On m'a bien compris : votre avis & vous", "valeurs": {"Oui, tout à fait": "4"}},
        **_boxes(
            "Pour la suite, je sais [Qui contacter]", "Pour la suite, je sais [Pour quoi]", {"Oui": "oui", "Non": "non"}
        ),
    },
    ["Structure", "Pour la suite, je sais [Qui contacter]"],
)
EXPECTED = [("U03", "4"), ("U10_QUI", "oui"), ("U10_QUOI", "non")]


def _written(rows: Sequence[Sequence[str]], separator: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return ("\ufeff" + out.getvalue() + "\r\n").encode()


def _limesurvey(own: Sequence[str], asked: Sequence[str], cells: Sequence[str], separator: str = ";") -> bytes:
    return _written([[*own, *asked], [*FINISHED, *cells], [*UNFINISHED, *cells]], separator)


def _said(passed: Passed) -> list[tuple[Any, ...]]:
    query = "SELECT question, valeur FROM staged ORDER BY question"
    return passed.connection.execute(query).fetchall()


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize(
    "asked",
    [["STRUCT", "U03", "U10[SQ001]", "U10[SQ002]"], ["STRUCT", "U03", "U10_SQ001", "U10_SQ002"]],
    ids=["brackets", "underscores"],
)
def test_a_limesurvey_export_by_codes(door: Door, asked: list[str], separator: str) -> None:
    passed = door(_limesurvey(IN_CODES, asked, ["A-1", "A4", "Y", ""], separator), BY_CODE)
    assert _said(passed) == EXPECTED
    assert passed.set_aside == {"inachevés": 1, "vides": 1}


@pytest.mark.parametrize("own", [IN_FRENCH, IN_ENGLISH, CUT_SHORT], ids=["French", "English", "cut short"])
def test_a_limesurvey_export_by_texts(door: Door, own: list[str]) -> None:
    passed = door(_limesurvey(own, TEXTS, ["A-1", "Oui, tout\u00a0à fait", "Oui", "Non"]), BY_TEXT)
    assert _said(passed) == EXPECTED
    assert passed.set_aside == {"inachevés": 1, "vides": 1}


def test_timings_are_left_unread(door: Door) -> None:
    asked = ["STRUCT", "U03", "U10[SQ001]", "U10[SQ002]", "interviewtime", "groupTime721", "U03Time"]
    passed = door(_limesurvey(IN_CODES, asked, ["A-1", "A4", "Y", "", "75.2", "40.1", "12"]), BY_CODE)
    assert _said(passed) == EXPECTED
    assert {"interviewtime", "groupTime721", "U03Time", "seed"} <= set(passed.ignored)


@pytest.mark.parametrize("own", [IN_CODES, IN_FRENCH, IN_ENGLISH])
def test_the_tools_identities_are_dropped_though_no_mapping_names_them(door: Door, own: list[str]) -> None:
    asked, mapping = (["STRUCT", "U03"], BY_CODE) if own is IN_CODES else (TEXTS, BY_TEXT)
    cells = ["A-1", "A4"] if own is IN_CODES else ["A-1", "Oui, tout à fait", "Oui", "Non"]
    passed = door(_limesurvey(own, asked, cells), mapping)
    assert set(passed.removed) == {"token", "ipaddr", "refurl"}


def test_an_unknown_question_refuses_the_export_by_its_name(door: Door) -> None:
    with pytest.raises(DeliveryRefused, match="« Autre chose \\? » n'est pas connue"):
        door(
            _limesurvey(IN_FRENCH, [*TEXTS, "Autre chose\u00a0?"], ["A-1", "Oui, tout à fait", "Oui", "Non", "x"]),
            BY_TEXT,
        )


WEBFORM_7 = _mapping(
    "webform",
    {"reponse_ref": {"colonne": "SID"}, "structure_id": {"colonne": "Structure"},
     "mois": {"colonne": "Submitted Time", "date": "AAAA-MM-JJ hh:mm:ss"}},
    {
        "U03": {"colonne": "Accueil", "valeurs": {"Très satisfait": "4"}},
        **_boxes("Motifs de venue [Formation]", "Motifs de venue [Emploi]", {"X": "oui"}),
    },
    ["Structure", "Accueil"],
)  # fmt: skip
OWN_7 = ["Serial", "SID", "Submitted Time", "Completed Time", "Modified Time", "Draft", "IP Address", "UID", "Username"]


def test_a_webform_of_drupal_7_with_its_three_lines(door: Door) -> None:
    title = ["Satisfaction accueil", *[""] * 12]
    groups = ["Submission Details", *[""] * 8, "", "Votre avis", "Motifs de venue", ""]
    asked = ["Structure", "Accueil", "Formation", "Emploi"]
    moment = "2025-03-12 14:30:05"
    done = ["1", "901", moment, moment, moment, "", "192.0.2.1", "0", "FICTIF", "A-1", "Très satisfait", "X", ""]
    draft = ["2", "902", moment, "", moment, "1", "192.0.2.2", "0", "FICTIF", "A-1", "Très satisfait", "", ""]
    passed = door(_written([title, groups, [*OWN_7, *asked], done, draft]), WEBFORM_7)
    assert _said(passed) == EXPECTED
    assert passed.set_aside == {"inachevés": 1, "vides": 1}
    assert set(passed.removed) == {"IP Address", "UID", "Username"}


WEBFORM_8 = _mapping(
    "webform",
    {"reponse_ref": {"colonne": "Submission ID"}, "structure_id": {"colonne": "Structure"},
     "mois": {"colonne": "Created", "date": "AAAA-MM-JJ hh:mm"}},
    {"U03": {"colonne": "Accueil", "valeurs": {"Très satisfait": "4"}}},
    ["Structure", "Accueil"],
)  # fmt: skip


@pytest.mark.parametrize(
    "own",
    [
        ["Serial number", "Submission ID", "Submission URI", "Created", "Completed", "Changed", "Remote IP address"],
        ["Numéro de série", "Identifiant de la soumission", "URI de soumission", "Créé le", "Terminé le", "Modifié le",
         "Adresse IP"],
    ],
    ids=["English", "French"],
)  # fmt: skip
def test_a_webform_of_drupal_8_in_both_languages(door: Door, own: list[str]) -> None:
    done = [
        "1",
        "901",
        "https://fictif.example/1",
        "2025-03-12 14:30",
        "2025-03-12 14:31",
        "2025-03-12 14:31",
        "192.0.2.1",
    ]
    rows = [[*own, "Structure", "Accueil"], [*done, "A-1", "Très satisfait"]]
    passed = door(_written(rows), WEBFORM_8)
    assert _said(passed) == [("U03", "4")]
    assert passed.connection.execute("SELECT DISTINCT mois FROM staged").fetchall() == [("2025-03-01",)]
    assert set(passed.removed) == {"Submission URI", "Remote IP address"}
