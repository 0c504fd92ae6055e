"""Questionnaire exports in every language and mode: one set of names for the mappings."""

from __future__ import annotations

import pytest

from pipelines.intake.survey_headings import (
    identities,
    is_unfinished_column,
    other_names,
    plain_code,
    plain_headings,
    technical,
)

OWN = ("id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl")
FRENCH = (
    "ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", "Tête de série", "Code d’accès",
    "Date de lancement", "Date de la dernière action", "Adresse IP", "URL référente",
)  # fmt: skip
ENGLISH = (
    "Response ID", "Date submitted", "Last page", "Start language", "Seed", "Access code", "Date started",
    "Date last action", "IP address", "Referrer URL",
)  # fmt: skip


@pytest.mark.parametrize("headings", [OWN, FRENCH, ENGLISH, ("Answer ID", *ENGLISH[1:]), ("\ufeffid", *OWN[1:])])
def test_the_tools_own_columns_bear_one_name_in_every_language(headings: tuple[str, ...]) -> None:
    assert plain_headings(((*headings, "Q1"), ("1",))) == ((*OWN, "Q1"), 1)


def test_code_headings_are_the_same_with_brackets_and_underscores() -> None:
    row = ("id", "submitdate", "lastpage", "Q1", "Q2_SQ001", "Q2[SQ002]", "Q2_other", "Q3[SQ001][1]", "attribute_1")
    named, _ = plain_headings((row,)) or ((), 0)
    assert named[3:] == ("Q1", "Q2[SQ001]", "Q2[SQ002]", "Q2[other]", "Q3[SQ001][1]", "attribute_1")
    assert plain_code("Q2_SQ001comment") == "Q2[SQ001comment]"


def test_question_texts_lose_what_the_tool_left_in_them() -> None:
    row = (*FRENCH[:3], "Êtes-vous satisfait\u00a0: accueil &amp; écoute  [ Délai ]", "Motifs [Autre]")
    named, _ = plain_headings((row,)) or ((), 0)
    assert named[3:] == ("Êtes-vous satisfait : accueil & écoute [Délai]", "Motifs [Autre]")


def test_codes_before_texts_are_the_names() -> None:
    row = (
        "id. Response ID",
        "submitdate. Date submitted",
        "lastpage. Last page",
        "Q1. Votre avis",
        "Q2[SQ001]. Motifs [Emploi]",
    )
    assert plain_headings((row,)) == (("id", "submitdate", "lastpage", "Q1", "Q2[SQ001]"), 1)


def test_a_full_export_without_last_page_is_known_by_its_sub_questions() -> None:
    assert plain_headings((("Answer ID", "Motifs [Emploi]", "Motifs [Formation]"),)) == (
        ("id", "Motifs [Emploi]", "Motifs [Formation]"), 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((),),
        (("id", "Lieu", "Canal"), ("1", "A", "x")),
        (("Lieu", "lastpage", "id"),),
        (("id", "Motifs [Emploi]", "Motifs [Formation]"),),
        (("Horodateur", "Votre avis"),),
        (("SID", "Nom"),),
    ],
)
def test_other_files_are_no_questionnaire(rows: tuple[tuple[str, ...], ...]) -> None:
    assert plain_headings(rows) is None


def test_two_questions_of_one_text_are_told_apart() -> None:
    named, _ = plain_headings(((*ENGLISH[:3], "Autre", "autre"),)) or ((), 0)
    assert named[3:] == ("Autre", "autre (2)")


def test_timings_and_own_columns_are_technical_and_identities_are_not() -> None:
    row = (*OWN, "Q1", "waitTime", "Q2_SQ001", "interviewtime", "groupTime721", "Q1Time", "Q2Time", "waitTimeTime")
    named, _ = plain_headings((row,)) or ((), 0)
    assert technical(named) == (
        "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp",
        "interviewtime", "groupTime721", "Q1Time", "Q2Time", "waitTimeTime",
    )  # fmt: skip
    assert identities(named) == ("token", "ipaddr", "refurl")
    assert is_unfinished_column(named) == "submitdate"
    assert technical(("id", "submitdate", "lastpage", "wait", "waitTime")) == ("id", "submitdate", "lastpage")


WEBFORM = (
    "Serial",
    "SID",
    "Submitted Time",
    "Completed Time",
    "Modified Time",
    "Draft",
    "IP Address",
    "UID",
    "Username",
)
DRUPAL_7 = (
    ("Satisfaction", *("",) * 14),
    ("Submission Details", *("",) * 9, "Votre avis", "", "", "Motifs de venue", ""),
    (*WEBFORM, "Structure", "Accueil", "Délai", "Information", "Formation", "Emploi"),
    (
        "1",
        "901",
        "2025-03-12 14:30:05",
        "2025-03-12 14:31:00",
        "",
        "",
        "192.0.2.1",
        "0",
        "",
        "L",
        "T",
        "S",
        "4",
        "X",
        "",
    ),
)


def test_a_drupal_7_export_names_options_under_their_question() -> None:
    named, row = plain_headings(DRUPAL_7) or ((), 0)
    assert row == 3
    assert named == (
        *WEBFORM, "Structure", "Votre avis [Accueil]", "Votre avis [Délai]", "Votre avis [Information]",
        "Motifs de venue [Formation]", "Motifs de venue [Emploi]",
    )  # fmt: skip
    assert is_unfinished_column(named) == "Completed Time"
    assert identities(named) == ("IP Address", "UID", "Username")
    assert technical(named) == WEBFORM[:6]
    assert other_names(named)["Accueil"] == "Votre avis [Accueil]"


def test_a_short_name_that_two_columns_could_bear_is_no_name() -> None:
    groups = ("Submission Details", *("",) * 8, "Avant", "Après", "")
    named, _ = plain_headings((("T",), groups, (*WEBFORM, "Emploi", "Emploi", "Autre"))) or ((), 0)
    assert other_names(named) == {"Autre": "Après [Autre]"}


def test_names_do_not_depend_on_the_answers() -> None:
    assert plain_headings(DRUPAL_7[:3]) == plain_headings(DRUPAL_7)


@pytest.mark.parametrize(
    "row",
    [
        (
            "Serial number",
            "Submission ID",
            "Submission URI",
            "Created",
            "Completed",
            "Remote IP address",
            "Submitted by: ID",
        ),
        (
            "Numéro de série",
            "ID de soumission",
            "URI de soumission",
            "Créé",
            "Terminé",
            "Adresse IP distante",
            "Soumis par : ID",
        ),
        ("serial", "sid", "uri", "created", "completed", "remote_addr", "uid"),
    ],
)
def test_a_later_webform_export_bears_one_name_in_every_language(row: tuple[str, ...]) -> None:
    named, place = plain_headings(((*row, "Votre avis"),)) or ((), 0)
    assert place == 1
    assert named == (
        "Serial number", "Submission ID", "Submission URI", "Created", "Completed", "Remote IP address", "Submitted by: ID",
        "Votre avis",
    )  # fmt: skip
    assert is_unfinished_column(named) == "Completed"
    assert identities(named) == ("Submission URI", "Remote IP address", "Submitted by: ID")
    assert technical(named) == ("Serial number", "Submission ID", "Created", "Completed")
