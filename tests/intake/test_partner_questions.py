"""A question asked once for each partner network: « P21[FT] » is P21 about France Travail, one answer a partner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grids.errors import GridError
from grids.load import load_grid
from grids.mapping_check import check_mapping
from grids.network import Mapping, load_mapping
from grids.partner_questions import ABOUT, partner_code, question_and_partner
from grids.register import network_codes
from pipelines.intake.door import Passed
from pipelines.intake.drafting.draft import drafted_deliveries
from pipelines.intake.drafting.writing import mapping_text

Door = Callable[..., Passed]

SCALE = {"A1": "1", "A2": "2", "A3": "3", "A4": "4", "A5": "pas_concerne"}
HEADING = "id;submitdate;lastpage;token;STRUCT;P20;P21[FT];P21[CIO];P21[ML]"
SENT = "2025-05-12 10:00:00"


def _survey(questions: dict[str, Any], **other: Any) -> Mapping:
    delivery = {
        "id": "pratiques",
        "contrat": "reponses",
        "lecteur": "limesurvey",
        "reconnue_a": ["P20", "P21[FT]"],
        "constantes": {"grille": "api-bretagne", "version": "2025.1", "vague": "a_chaud", "repondant": "professionnel"},
        "colonnes": {
            "reponse_ref": {"colonne": "id"},
            "structure_id": {"colonne": "STRUCT"},
            "mois": {"colonne": "submitdate", "date": "AAAA-MM-JJ hh:mm:ss"},
            **other,
        },
        "questions": questions,
        "a_retirer": ["token"],
        "ignorer": ["lastpage"],
    }
    return Mapping.model_validate({"reseau": "apec", "nom": "Réseau d'essai", "livraisons": [delivery]})


def _asked(heading: str) -> dict[str, Any]:
    return {"colonne": heading, "valeurs": SCALE}


PROFESSIONALS = _survey(
    {
        "P20": _asked("P20"),
        "P21@france-travail": _asked("P21[FT]"),
        "P21@cio": _asked("P21[CIO]"),
        "P21@mission-locale": _asked("P21[ML]"),
    }
)


def _export(*rows: str, heading: str = HEADING) -> str:
    quoted = ["".join(f'"{cell}";' for cell in line.split(";"))[:-1] for line in (heading, *rows)]
    return "\ufeff" + "\r\n".join(quoted) + "\r\n\r\n"


def _row(number: int, answers: str) -> str:
    return f"{number};{SENT};2;FICTIFTOKEN{number};A-1;{answers}"


def _staged(passed: Passed) -> list[tuple[Any, ...]]:
    return passed.connection.execute(
        "SELECT ligne, question, partenaire, valeur FROM staged ORDER BY ALL NULLS FIRST"
    ).fetchall()


def test_each_column_becomes_an_answer_about_its_partner(door: Door) -> None:
    passed = door(_export(_row(1, "A2;A4;A1;A5")), mapping=PROFESSIONALS)
    assert _staged(passed) == [
        (2, "P20", None, "2"),
        (2, "P21", "cio", "1"),
        (2, "P21", "france-travail", "4"),
        (2, "P21", "mission-locale", "pas_concerne"),
    ]
    [(references,)] = passed.connection.execute("SELECT count(DISTINCT reponse_ref) FROM staged").fetchall()
    assert references == 1


def test_a_partner_left_empty_has_no_answer_and_an_unknown_word_is_marked(door: Door) -> None:
    passed = door(_export(_row(1, "A2;;A9;"), _row(2, ";;;A3")), mapping=PROFESSIONALS)
    assert _staged(passed) == [
        (2, "P20", None, "2"),
        (2, "P21", "cio", "#inconnu"),
        (3, "P21", "mission-locale", "3"),
    ]


def test_a_network_that_the_survey_leaves_out_is_not_missed(door: Door) -> None:
    passed = door(
        _export(f"1;{SENT};2;FICTIFTOKEN1;A-1;A1;A2", heading=HEADING.rsplit(";", 2)[0]), mapping=PROFESSIONALS
    )
    assert _staged(passed) == [(2, "P20", None, "1"), (2, "P21", "france-travail", "2")]


def test_a_file_may_name_the_partner_in_a_column_of_its_own(door: Door) -> None:
    mapping = _survey(
        {"P21": _asked("P21[FT]"), "P20": _asked("P20")},
        partenaire={"colonne": "RESEAU", "valeurs": {"R1": "cio", "R2": "apec"}},
    )
    heading = "id;submitdate;lastpage;token;STRUCT;P20;P21[FT];RESEAU"
    rows = [f"{number};{SENT};2;FICTIFTOKEN{number};A-1;;A{number};R{number}" for number in (1, 2)]
    assert _staged(door(_export(*rows, heading=heading), mapping=mapping)) == [
        (2, "P21", "cio", "1"),
        (3, "P21", "apec", "2"),
    ]
    check_mapping(mapping, network_codes(), Path("apec.yaml"))


def test_nothing_of_who_answered_passes(door: Door) -> None:
    passed = door(_export(_row(1, "A2;A4;A1;A5")), mapping=PROFESSIONALS)
    assert passed.removed == ("token",)
    assert "FICTIF" not in str(passed.connection.execute("SELECT * FROM staged").fetchall())


def test_a_sound_mapping_of_partners_passes_the_check() -> None:
    check_mapping(PROFESSIONALS, network_codes(), Path("apec.yaml"))


@pytest.mark.parametrize(
    ("key", "sentence", "remedy"),
    [
        ("P21", "« P21 » se pose une fois pour chaque réseau partenaire", "« P21@mission-locale »"),
        ("P21@", "« P21 » se pose une fois pour chaque réseau partenaire", "« P21@mission-locale »"),
        ("P21@cioo", "« cioo » n'est pas un réseau du registre", "Réseaux connus : mission-locale"),
        ("P20@cio", "« P20 » ne se pose pas pour chaque réseau partenaire", "Écrivez « P20 » tout court"),
        ("P99@cio", "« P99 » n'est pas une question de la grille", "Questions : U01"),
    ],
)
def test_a_partner_that_cannot_be_is_refused_with_its_place(key: str, sentence: str, remedy: str) -> None:
    with pytest.raises(GridError) as refusal:
        check_mapping(_survey({key: _asked("P21[FT]")}), network_codes(), Path("apec.yaml"))
    assert sentence in refusal.value.sentence
    assert remedy in refusal.value.remedy
    assert refusal.value.place == f"apec.yaml (livraisons › pratiques › questions › {key})"


def test_a_draft_knows_each_partner_by_its_short_code(tmp_path: Path) -> None:
    answers = [";".join(f"A{1 + (rank + shift) % 4}" for shift in range(4)) for rank in range(40)]
    path = tmp_path / "pratiques.csv"
    path.write_text(_export(*(_row(rank, each) for rank, each in enumerate(answers))), encoding="utf-8")
    [delivery] = drafted_deliveries(path, load_grid("2025.1"))
    assert {each.name: each.headings for each in delivery.questions} == {
        "P20": ("P20",),
        "P21@france-travail": ("P21[FT]",),
        "P21@cio": ("P21[CIO]",),
        "P21@mission-locale": ("P21[ML]",),
    }
    assert delivery.constants["repondant"] == "professionnel"
    draft = tmp_path / "apec.yaml"
    draft.write_text(mapping_text("apec", "Apec", [delivery]), encoding="utf-8")
    assert load_mapping("apec", tmp_path).deliveries[0].questions["P21@cio"].heading == "P21[CIO]"


def test_every_network_has_a_short_code_of_its_own() -> None:
    codes = {network: partner_code(network) for network in network_codes()}
    assert len(set(codes.values())) == len(codes)
    assert all(len(code) <= 5 and code.isalnum() for code in codes.values())


@given(st.text(alphabet="PU0123456789_", min_size=1), st.text(alphabet="abc-", min_size=1))
def test_a_key_tells_its_question_and_its_partner(question: str, partner: str) -> None:
    assert question_and_partner(f"{question}{ABOUT}{partner}") == (question, partner)
    assert question_and_partner(question) == (question, "")
