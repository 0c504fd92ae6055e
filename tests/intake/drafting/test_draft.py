"""A whole draft from small files of the shapes that offices really export; each loads as it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from grids.network import Delivery, Mapping
from pipelines.intake.door import pass_door
from pipelines.intake.drafting.writing import confidence_text, quoted_text
from pipelines.intake.references import passing_keys
from tests.intake.made_files import write_xlsx

Drafted = Callable[[str | bytes | Path], Delivery]
Text = Callable[[str | bytes | Path], str]

RDV = """Date de prise de rdv;Date de rdv;Heure;Motif;Lieu;Agents;Usager(s);Date de naissance
02/01/2026;14/01/2026;10h00;Accueil;MDS-1;FICTIF-AGENT;FICTIF-PERSONNE;01/01/2000
05/01/2026;20/01/2026;11h00;Accueil;MDS-2;FICTIF-AGENT;FICTIF-PERSONNE;01/01/2000
"""
RECORDS = """Fiches FICTIVES;;;;;;;;
Réf.;Point d'accueil;Référent;Date de réception;Moyen de contact;Date demande;Date 1er créneau;Statut de la personne;Note
R1;PA-01;FICTIF-A;13/01/2026;Tél;02/01/2026;13/01/2026;Demandeur d'emploi;Une phrase longue et libre qui dit tout, FICTIF
R2;PA-01;FICTIF-A;14/01/2026;Visio;;;Lycéen;Une autre phrase, longue et libre, qui ne sera jamais lue
TOTAL;2;;;;;;;
"""
FULL_LIMESURVEY = (
    '\ufeff"ID de la réponse";"Date de soumission";"Dernière page";"Langue de départ";"Adresse IP";"Structure";'
    '"On a bien compris ce que je cherchais.";"Pour la suite, je sais (cochez)\u00a0: [qui contacter]";'
    '"Pour la suite, je sais (cochez)\u00a0: [comment faire]"\r\n'
    '"1";"2026-01-12 10:00:00";"2";"fr";"192.0.2.1";"A-1";"Plutôt oui";"Oui";""\r\n'
    '"2";"2026-01-13 10:00:00";"2";"fr";"192.0.2.1";"A-1";"Oui, tout à fait";"";"Oui"\r\n\r\n'
)
WEBFORM = (
    '"Avis FICTIF";"";"";"";"";"";"";""\n"Détails";"";"";"";"";"";"Votre avis";""\n'
    '"Serial";"SID";"Completed Time";"IP Address";"UID";"Structure";"On a bien compris ce que je cherchais";"M1"\n'
    '"1";"901";"2025-03-12 14:30:05";"192.0.2.1";"0";"A-1";"Plutôt non";"J\'attends un peu"\n'
)


def test_two_dates_of_an_appointment_tool_give_the_delay(drafted: Drafted, drafted_text: Text) -> None:
    delivery = drafted(RDV)
    delay = delivery.columns["attente_jours_ouvres"]
    assert delay.headings == ("Date de prise de rdv", "Date de rdv")
    assert (delay.date, delivery.columns["mois"].heading) == ("JJ/MM/AAAA", "Date de rdv")
    assert set(delivery.removed) == {"Agents", "Usager(s)", "Date de naissance"}
    assert "pas toujours le premier créneau proposé" in drafted_text(RDV)


def test_records_of_an_unknown_tool(drafted: Drafted) -> None:
    delivery = drafted(RECORDS)
    assert (delivery.id, delivery.table, delivery.reader) == ("fiches", "accueils", "csv")
    assert {name: source.headings for name, source in delivery.columns.items()} == {
        "accueil_ref": ("Réf.",),
        "structure_id": ("Point d'accueil",),
        "mois": ("Date de réception",),
        "canal": ("Moyen de contact",),
        "attente_jours_ouvres": ("Date demande", "Date 1er créneau"),
        "situation": ("Statut de la personne",),
    }
    assert delivery.columns["canal"].values == {"Tél": "telephone", "Visio": "visioconference"}
    assert delivery.removed == ("Référent",)
    assert delivery.ignored == ("Note",)
    assert delivery.recognised_by == ("Réf.", "Date de réception")


def test_the_door_reads_the_file_by_its_draft(drafted: Drafted, tmp_path: Path) -> None:
    mapping = Mapping(network="cibc", name="CIBC", deliveries=(drafted(RECORDS),))
    path = tmp_path / "livraison.csv"
    path.write_text(RECORDS, encoding="utf-8")
    passed = pass_door(path, mapping, passing_keys())
    rows = passed.connection.execute(
        "SELECT canal, attente_jours_ouvres, situation FROM staged ORDER BY ligne"
    ).fetchall()
    assert rows == [("telephone", "7", "sans_emploi"), ("visioconference", None, "scolaire_etudiant")]


def test_a_survey_with_its_questions_in_full(drafted: Drafted) -> None:
    delivery = drafted(FULL_LIMESURVEY)
    assert (delivery.table, delivery.reader) == ("reponses", "limesurvey")
    assert {name: source.heading for name, source in delivery.columns.items()} == {
        "reponse_ref": "id", "structure_id": "Structure", "mois": "submitdate"
    }  # fmt: skip
    assert {name: source.block for name, source in delivery.questions.items()} == {
        "U03": "", "U10_QUI": "U10", "U10_COMMENT": "U10"
    }  # fmt: skip
    assert delivery.questions["U03"].values == {"Plutôt oui": "3", "Oui, tout à fait": "4"}
    assert delivery.removed == ("ipaddr",)
    assert delivery.constants["repondant"] == "personne"


def test_a_webform(drafted: Drafted) -> None:
    delivery = drafted(WEBFORM)
    assert delivery.reader == "webform"
    assert {name: source.heading for name, source in delivery.questions.items()} == {
        "U03": "Votre avis [On a bien compris ce que je cherchais]", "M1": "Votre avis [M1]"
    }  # fmt: skip
    assert (delivery.columns["reponse_ref"].heading, delivery.columns["mois"].heading) == ("SID", "Completed Time")
    assert set(delivery.removed) == {"IP Address", "UID"}


@pytest.mark.parametrize(
    ("content", "table", "columns"),
    [
        pytest.param(
            "Structure;Mois;Mode d'accueil;Nombre de personnes reçues\nS-1;2026-01-01;Sur place;12\nS-2;2026-01-01;Visio;3\n",
            "frequentation",
            {"unite_id", "debut", "canal", "accueils"},
            id="attendance",
        ),
        pytest.param(
            "Structure,Période,Indicateur,Résultat,Effectif,Version\nS-1,2026-01-01,TX-ACC,0.83,120,v2\n",
            "indicateurs_reseau",
            {"unite_id", "debut", "indicateur_reseau", "valeur", "base", "definition_version"},
            id="a network's indicators",
        ),
        pytest.param(
            "Code UAI;Nom de la structure;Code INSEE;Date d'ouverture\n0350001A;CIO FICTIF;35238;2004-09-01\n",
            "structures",
            {"structure_id", "nom", "commune_insee", "actif_du"},
            id="structures",
        ),
    ],
)
def test_the_other_tables_of_the_contract(drafted: Drafted, content: str, table: str, columns: set[str]) -> None:
    delivery = drafted(content)
    assert (delivery.table, set(delivery.columns)) == (table, columns)


def test_what_remains_to_be_done_stands_first(drafted_text: Text) -> None:
    text = drafted_text("Structure;Mois;Mode d'accueil;Visites\nS-1;2026-01-01;Sur place;12\n")
    head = text[: text.index("reseau:")]
    assert "« niveau » (obligatoire) n'a pas de source" in head
    assert "(mois, trimestre, annee)" in head


def test_an_ambiguous_date_is_said_and_not_read(drafted: Drafted, drafted_text: Text) -> None:
    content = "Réf.;Structure;Reçu le;Canal\nF-1;A-1;01/02/2026;Visio\nF-2;A-1;03/04/2026;Sur place\n"
    delivery = drafted(content)
    assert "mois" not in delivery.columns
    assert "Reçu le" in delivery.ignored
    assert "« Reçu le » : peut-être « mois », mais le mois pourrait y venir en premier" in drafted_text(content)


def test_two_sheets_of_data_are_two_deliveries_with_two_names(drafted_text: Text, tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for name in ("Notice", "Brest", "Rennes"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Réf.", "Structure", "Reçu le", "Canal"])
            sheet.write_row(1, 0, ["F-1", "A-1", "13/02/2026", "Visio"])

    text = drafted_text(write_xlsx(tmp_path / "a.xlsx", fill))
    assert text.count("- id:") == 2
    assert 'id: "fiches"  # feuille n° 2' in text
    assert 'id: "fiches_2"  # feuille n° 3' in text
    assert "Brest" not in text


def test_a_heading_full_of_signs_is_read_back_as_written(drafted: Drafted) -> None:
    odd = 'Canal "vu" : #1\u00a0\\ {x}, [y]\u202f!\x07\u2028é'
    delivery = drafted(f'Réf.;Structure;Reçu le;"{odd.replace(chr(34), chr(34) * 2)}"\nF-1;A-1;13/02/2026;rien\n')
    assert odd in (*delivery.ignored, *delivery.kept_headings)


def test_a_heading_of_several_lines_leaves_the_comments_whole(drafted: Drafted) -> None:
    delivery = drafted('Réf.;Structure;"Reçu le\nreseau: x";Canal\nF-1;A-1;01/02/2026;Visio\n')
    assert "Reçu le\nreseau: x" in delivery.ignored


@pytest.mark.parametrize(
    ("confidence", "told"), [(1.0, "sûr (1,00)"), (0.7, "probable (0,70)"), (0.5, "à vérifier (0,50)")]
)
def test_confidence_is_told_in_words_and_number(confidence: float, told: str) -> None:
    assert confidence_text(confidence) == told


def test_quotes_are_straight() -> None:
    assert quoted_text('Œuvré "avec"') == '"Œuvré \\"avec\\""'
