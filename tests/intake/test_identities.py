"""No identity passes: headings that announce one, values that look like one, columns declared to be dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grids.errors import DeliveryRefused
from grids.network import Mapping
from pipelines.intake.door import Passed
from pipelines.intake.identities import announces

Door = Callable[..., Passed]

PERSONS = [
    "Nom", "NOM", "Nom de famille", "Nom d’usage", "nom_usage", "Prénom", "Prénoms", "Nom et prénom", "Nom du bénéficiaire",
    "Nom de l’usager", "Bénéficiaire", "Date de naissance", "Né(e) le", "Née le", "Année de naissance",
    "N° de sécurité sociale", "NIR", "Adresse", "Adresse postale", "Courriel", "Adresse électronique", "E-mail", "Email",
    "Mail", "Téléphone", "Tél.", "Portable", "Adresse IP", "token", "ipaddr",
]  # fmt: skip
PROFESSIONALS = [
    "Conseiller", "Conseillère référente", "Agent", "Agente d’accueil", "Référent", "Référente de parcours", "Accueillant",
    "Animatrice", "Saisi par", "Saisie par", "Créé par", "Nom du conseiller de la structure", "Auteur de la fiche",
]  # fmt: skip
HEALTH = ["Santé", "Problème de santé", "RQTH", "Handicap", "Situation de handicap", "Maladie", "AAH", "BOETH"]
ORDINARY = [
    "Nom de la structure", "Nom du réseau", "Nom de la commune", "Nom de la formation", "Nom du dispositif", "Commune", "Canal",
    "Réseau", "Formation", "Mois", "Structure", "Libellé de la structure", "Code agence", "Mode de contact", "Territoire",
    "N° accueil", "Date de l’accueil", "Autonomie", "Situation à l’entrée", "Tranche d’âge", "Durée", "Orientation",
]  # fmt: skip
MISSED = {
    "Créée par": "the feminine is not known",
    "Animateurs": "the plural is not known",
    "Nom du bénéficiaire (structure)": "the word « structure » clears a person's name",
    "Nom de l’usager suivi par la structure": "the word « structure » clears a person's name",
    "Mél": "the French word for e-mail",
    "Patronyme": "not known",
    "Accueilli par": "not known",
    "Suivi par": "not known",
}


@pytest.mark.parametrize("heading", PERSONS)
def test_a_heading_announces_a_person(heading: str) -> None:
    assert announces(heading) == "l'identité d'une personne"


@pytest.mark.parametrize("heading", PROFESSIONALS)
def test_a_heading_announces_a_professional(heading: str) -> None:
    assert announces(heading) == "l'identité d'un professionnel"


@pytest.mark.parametrize("heading", HEALTH)
def test_a_heading_announces_health(heading: str) -> None:
    assert announces(heading) == "une donnée de santé"


@pytest.mark.parametrize("heading", ORDINARY)
def test_an_ordinary_heading_passes(heading: str) -> None:
    assert announces(heading) == ""


@pytest.mark.parametrize("heading", MISSED)
def test_a_heading_that_is_less_usual_announces_an_identity(heading: str) -> None:
    assert announces(heading)


@pytest.mark.parametrize("heading", ["Prénom", "Agent", "RQTH"])
def test_a_heading_that_announces_an_identity_refuses_the_file_even_where_the_mapping_ignores_it(
    door: Door, tool: Mapping, heading: str
) -> None:
    named = tool.deliveries[0].model_copy(update={"ignored": (heading,)})
    mapping = tool.model_copy(update={"deliveries": (named,)})
    with pytest.raises(DeliveryRefused, match=f"« {heading} » annonce .* refusé en entier"):
        door(f"Numéro;Reçu le;{heading}\r\nFICTIF-1;03/02/2025;FICTIF-valeur\r\n", mapping)


def test_columns_declared_to_be_dropped_are_read_past_and_told(door: Door, tmp_path: Path) -> None:
    content = (
        "Numéro;Nom du bénéficiaire;Reçu le;Conseiller\r\nFICTIF-1;FICTIF-BENEF-1;03/02/2025;fictif@exemple.invalid\r\n"
    )
    passed = door(content, into=tmp_path)
    assert passed.removed == ("Conseiller", "Nom du bénéficiaire")
    stored = tmp_path / "accueils" / "livraison.parquet"
    told = str(passed.connection.execute(f"SELECT * FROM read_parquet('{stored}')").fetchall())
    assert "FICTIF" not in told
    assert b"BENEF" not in stored.read_bytes()


VALUES: list[tuple[str, str]] = [
    *[("une adresse électronique", each) for each in (
        "fictif@exemple.invalid", "FICTIF.A+b@exemple.invalid", "voir fictif@exemple.invalid", "fictif [at] exemple.invalid",
        "fictif(at)exemple.invalid", "fictif[AT]exemple.invalid",
    )],
    *[("un numéro de téléphone", each) for each in (
        "0199001234", "01 99 00 12 34", "01.99.00.12.34", "01-99-00-12-34", "+33199001234", "+33 1 99 00 12 34",
        "0033 1 99 00 12 34", "tél 0199001234.",
    )],
    *[("un numéro de sécurité sociale", each) for each in (
        "199995699999999", "1 99 99 56 999 999 99", "2 99 12 2A 999 999", "1991256999999",
    )],
    *[("un IBAN", each) for each in ("FR7699999999999999999999999", "FR76 9999 9999 9999 9999 9999 999")],
]  # fmt: skip


@pytest.mark.parametrize(("what", "value"), VALUES)
def test_a_value_that_looks_like_an_identity_refuses_the_file(door: Door, what: str, value: str) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        door(f"Numéro;Lieu;Reçu le\r\nFICTIF-1;A-1;03/02/2025\r\nFICTIF-2;{value};03/02/2025\r\n")
    assert refused.value.sentence.startswith(f"La colonne « Lieu » contient ce qui ressemble à {what} (1 ligne(s) : 3)")


MISSED_VALUES = {
    "01\u00a099\u00a000\u00a012\u00a034": "no-break spaces, as offices write them",
    "01\u202f99\u202f00\u202f12\u202f34": "narrow no-break spaces",
    "1\u00a099\u00a012\u00a056\u00a0999\u00a0999\u00a099": "no-break spaces in a NIR",
    "FR76\u00a09999\u00a09999\u00a09999\u00a09999\u00a09999\u00a0999": "no-break spaces in an IBAN",
    "fictif\u00a0[at]\u00a0\u00a0exemple.invalid": "no-break spaces around [at]",
    "+33 (0)1 99 00 12 34": "the usual international shape",
    "01/99/00/12/34": "slashes",
}


@pytest.mark.parametrize(
    "value",
    MISSED_VALUES,
)
def test_a_value_written_another_way_refuses_the_file_too(door: Door, value: str) -> None:
    with pytest.raises(DeliveryRefused):
        door(f"Numéro;Lieu;Reçu le\r\nFICTIF-1;{value};03/02/2025\r\n")


PASSING = [
    "A-1", "2025-02-03", "29019", "35238", "12345678901234", "123456789", "Greta", "Cap emploi", "France Travail", "18_25",
    "structure-f12c3", "0", "2024", "0350001A", "ML-0012", "FICTIF.lieu:3",
]  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        *PASSING,
        "a7-0123456789ab",  # ten digits inside a UUID
    ],
)
def test_codes_dates_and_names_of_networks_pass(door: Door, value: str) -> None:
    assert door(f"Numéro;Lieu;Reçu le\r\nFICTIF-1;{value};03/02/2025\r\n").read == 1


def test_dates_pass_wherever_they_stand(door: Door) -> None:
    content = "Numéro;Lieu;Reçu le;Demandé le;Proposé le\r\nFICTIF-1;A-1;03/02/2025;31/01/2025;10/02/2025\r\n"
    assert door(content).read == 1


def test_a_refusal_tells_column_count_and_lines_and_never_the_value(door: Door) -> None:
    rows = "".join(f"FICTIF-{i};fictif{i}@exemple.invalid;03/02/2025\r\n" for i in range(8))
    with pytest.raises(DeliveryRefused) as refused:
        door(f"Numéro;Lieu;Reçu le\r\nFICTIF-x;A-1;03/02/2025\r\n{rows}")
    told = str(refused.value)
    assert "« Lieu »" in told
    assert "8 ligne(s) : 3, 4, 5, 6, 7…" in told
    assert "exemple.invalid" not in told
    assert refused.value.__cause__ is None


def test_an_answer_that_looks_like_an_identity_refuses_the_survey(door: Door) -> None:
    heading = '"id";"submitdate";"STRUCT";"U03";"U10[SQ001]"\r\n'
    content = heading + '"1";"2025-02-03 10:00:00";"A-1";"fictif@exemple.invalid";"Y"\r\n'
    with pytest.raises(DeliveryRefused, match="« U03 » contient ce qui ressemble à une adresse électronique"):
        door(content)


def test_an_unreadable_row_is_told_without_its_content(door: Door) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        door("Numéro;Lieu;Reçu le\r\nFICTIF-1;A-1;03/02/2025;FICTIF-SECRET\r\n")
    chain: list[Any] = [refused.value, refused.value.__cause__]
    assert "SECRET" not in "".join(str(each) for each in chain)
