"""A file is known by its headings, never by its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grids.errors import DeliveryRefused
from grids.network import Mapping, load_mapping
from grids.register import network_codes
from pipelines.intake.door import Passed

Door = Callable[..., Passed]
HEADING = "Numéro;Lieu;Reçu le;Canal – accueil"
ROW = "FICTIF-1;A-1;03/02/2025;Téléphone"


@pytest.mark.parametrize(
    "heading",
    [
        HEADING,
        "numero;lieu;recu le;canal – accueil",
        "NUMÉRO;LIEU;REÇU LE;CANAL – ACCUEIL",
        "Numéro ; Lieu;  Reçu   le;Canal\u00a0–\u202faccueil",
        "Nume\u0301ro;Lieu;Rec\u0327u le;Canal – accueil",
        "Canal – accueil;Reçu le;Numéro;Lieu",
    ],
    ids=["as mapped", "bare", "capitals", "spaces", "combining accents", "another order"],
)
def test_accents_case_spaces_and_order_are_forgiven(door: Door, heading: str) -> None:
    spaced = [each.strip() for each in heading.split(";")]
    by_heading = dict(zip(HEADING.split(";"), ROW.split(";"), strict=True))
    row = ";".join(by_heading.get(each, cell) for each, cell in zip(spaced, ROW.split(";"), strict=True))
    passed = door(f"{heading}\r\n{row}\r\n")
    assert passed.connection.execute("SELECT structure_id, mois, canal FROM staged").fetchall() == [
        ("A-1", "2025-02-01", "telephone")
    ]


def test_straight_and_curly_apostrophes_are_the_same(door: Door) -> None:
    passed = door("Numéro;Reçu le;Canal – accueil\r\nFICTIF-1;03/02/2025;à l'accueil\r\n")
    assert passed.connection.execute("SELECT canal FROM staged").fetchall() == [("presentiel",)]


def test_a_file_in_the_words_of_the_contract_needs_no_mapping(door: Door) -> None:
    content = "accueil_ref;structure_id;mois;canal;orientation\r\nFICTIF-1;A-1;2025-02-03;tchat;cio|apec\r\n"
    passed = door(content, load_mapping("apec"))
    assert passed.delivery.table == "accueils"
    row = passed.connection.execute("SELECT mois, canal, orientation FROM staged").fetchall()
    assert row == [("2025-02-01", "tchat", "apec|cio")]


def test_the_columns_that_a_file_fills_are_told(door: Door) -> None:
    assert door(f"{HEADING}\r\n{ROW}\r\n").columns == ("accueil_ref", "structure_id", "mois", "canal")


@pytest.mark.parametrize("twice", ["Lieu", "LIEU", "Lieu\u00a0"])
def test_a_heading_that_stands_twice_is_refused(door: Door, twice: str) -> None:
    with pytest.raises(DeliveryRefused, match="« lieu » figure deux fois"):
        door(f"{HEADING};{twice}\r\n{ROW};A-2\r\n")


def test_an_unknown_file_is_refused_with_the_headings_expected(door: Door) -> None:
    with pytest.raises(DeliveryRefused, match="aucune livraison connue de « Réseau d'essai »") as refused:
        door("fruit;prix\r\nFICTIF-pomme;3\r\n")
    assert "« Numéro » + « Reçu le »" in refused.value.remedy
    assert "« U03 »" in refused.value.remedy


def test_a_heading_that_the_mapping_does_not_name_is_refused(door: Door) -> None:
    with pytest.raises(DeliveryRefused, match="« Couleur » n'est pas connue"):
        door(f"{HEADING};Couleur\r\n{ROW};bleu\r\n")


@pytest.mark.parametrize("network", network_codes())
def test_no_two_deliveries_of_a_network_are_recognised_by_the_same_headings(network: str) -> None:
    mapping: Mapping = load_mapping(network)
    for delivery in mapping.deliveries:
        # A file may bear the signs of two: the delivery that says most of it is taken, and it must be its own.
        named = {*delivery.kept_headings, *delivery.removed, *delivery.ignored}
        others = [each for each in mapping.deliveries if each != delivery and set(each.recognised_by) <= named]
        assert all(len(each.recognised_by) < len(delivery.recognised_by) for each in others), delivery.id
    for each in mapping.deliveries:
        assert set(each.recognised_by) <= set(each.kept_headings)
