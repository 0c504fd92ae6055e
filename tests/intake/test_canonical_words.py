"""Each type of the contract: what a cell becomes, or the mark that says why it became nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grids.network import Mapping, contract_delivery, load_mapping
from pipelines.staging import UNKNOWN, UNREADABLE

Staged = Callable[..., list[tuple[Any, ...]]]
EMPTY = ["", " ", "\u00a0", '""']


def _count(accueils: str) -> str:
    return f"niveau;unite_id;pas;debut;canal;accueils\r\nstructure;A-1;mois;2025-03-01;tchat;{accueils}\r\n"


@pytest.fixture
def word(staged: Staged) -> Callable[[str, str], str | None]:
    """What a cell of a profile becomes, in a file of that column alone."""

    def read(column: str, cell: str) -> str | None:
        profile = contract_delivery("structures")
        columns = {name: source for name, source in profile.columns.items() if name in ("structure_id", column)}
        alone = profile.model_copy(update={"recognised_by": ("structure_id",), "columns": columns})
        mapping = Mapping(network="apec", name="Apec", deliveries=(alone,))
        row = {"structure_id": "A-1", column: cell}
        found: str | None = staged(";".join(row) + "\r\n" + ";".join(row.values()) + "\r\n", column, mapping=mapping)[
            0
        ][0]
        return found

    return read


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("outil", "outil"), ("OUTIL", "outil"), ("Semaine_témoin", "semaine_temoin"), ("  continu ", "continu"),
        ("papier", UNKNOWN), ("outil, continu", UNKNOWN), ("#inconnu", UNKNOWN),
    ],
)  # fmt: skip
def test_a_code(word: Callable[[str, str], str | None], cell: str, expected: str) -> None:
    assert word("mode_collecte", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("00000000000018", "00000000000018"), ("000 000 000 00018", "00000000000018"),
        ("000\u00a0000\u202f000 00018", "00000000000018"),
        ("00000000000019", UNREADABLE), ("0000000000001", UNREADABLE), ("000000000000180", UNREADABLE), ("SIRET", UNREADABLE),
        ("35600000000048", "35600000000048"), ("35600000012345", UNREADABLE), ("35600000012341", "35600000012341"),
    ],
)  # fmt: skip
def test_a_siret_by_its_key(word: Callable[[str, str], str | None], cell: str, expected: str) -> None:
    assert word("siret", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", "12.0"), ("0,125", "0.125"), ("0.125", "0.125"), ("12,5 %", "0.125"), ("12,5\u202f%", "0.125"), ("-3,5", "-3.5"),
        ("1 234,5", "1234.5"), ("1.204,5", UNREADABLE), ("1,204.5", UNREADABLE), ("3,5/5", UNREADABLE), ("douze", UNREADABLE),
    ],
)  # fmt: skip
def test_a_number(staged: Staged, cell: str, expected: str) -> None:
    row = {"niveau": "structure", "unite_id": "A-1", "pas": "annee", "debut": "2025-01-01", "indicateur_reseau": "X",
           "valeur": cell, "definition_version": "1"}  # fmt: skip
    text = ";".join(row) + "\r\n" + ";".join(row.values()) + "\r\n"
    assert staged(text, "valeur")[0][0] == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("oui", "oui"), ("Oui", "oui"), ("NON", "non"), ("peut-être", UNKNOWN), ("2", UNKNOWN)]
)
def test_a_boolean(word: Callable[[str, str], str | None], cell: str, expected: str) -> None:
    assert word("partage_nominatif", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", "12"), ("0", "0"), ("007", "7"), ("-5", "-5"), ("1 234", "1234"), ("1\u00a0234", "1234"), ("1\u202f234", "1234"),
        ("12,5", UNREADABLE), ("1.204", UNREADABLE), ("1.204,5", UNREADABLE), ("1e3", UNREADABLE), ("douze", UNREADABLE),
        ("12 %", UNREADABLE), ("9999999999", UNREADABLE), ("0x10", UNREADABLE), ("３", UNREADABLE),
    ],
)  # fmt: skip
def test_an_integer(staged: Staged, cell: str, expected: str) -> None:
    assert staged(_count(cell), "accueils", mapping=load_mapping("apec")) == [(expected,)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-02-29", "2024-02-29"), ("2025-02-29", UNREADABLE), ("2025-02-30", UNREADABLE), ("2025-13-01", UNREADABLE),
        ("01/02/2025", UNREADABLE), ("2025-02", UNREADABLE), ("1899-12-31", UNREADABLE), ("2100-01-01", UNREADABLE),
        ("hier", UNREADABLE),
    ],
)  # fmt: skip
def test_a_date_in_the_shape_of_the_contract(word: Callable[[str, str], str | None], cell: str, expected: str) -> None:
    assert word("actif_du", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("03/02/2025", "2025-02-01"), ("28/02/2025", "2025-02-01"), ("29/02/2024", "2024-02-01"), ("1/2/2025", "2025-02-01"),
        ("31/02/2025", UNREADABLE), ("29/02/2025", UNREADABLE), ("02/13/2025", UNREADABLE), ("03/02/25", UNREADABLE),
        ("2025-02-03", "2025-02-01"), ("03/02/0025", UNREADABLE), ("00/02/2025", UNREADABLE),
    ],
)  # fmt: skip
def test_a_month_keeps_nothing_of_the_day_and_is_never_month_first(staged: Staged, cell: str, expected: str) -> None:
    assert staged(f"Numéro;Reçu le\r\nFICTIF-1;{cell}\r\n", "mois") == [(expected,)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("35238", "35238", id="Rennes"),
        pytest.param("22016", "22016", id="an island of no EPCI"),
        pytest.param("22007", "22055", id="Binic, merged"),
        pytest.param("22123", "22050", id="Léhon, merged"),
        pytest.param("75056", UNKNOWN, id="out of the region"),
        pytest.param("35999", UNKNOWN, id="a pattern alone is no commune"),
        pytest.param("Rennes", UNKNOWN, id="a name"),
        pytest.param("35", UNKNOWN, id="a département"),
    ],
)
def test_a_commune_is_known_to_the_register(word: Callable[[str, str], str | None], cell: str, expected: str) -> None:
    assert word("commune_insee", cell) == expected


@pytest.mark.parametrize("cell", ["352380", "35238X", "35238 ou 35000", "3523835238"])
def test_more_than_a_commune_is_no_commune(word: Callable[[str, str], str | None], cell: str) -> None:
    assert word("commune_insee", cell) == UNKNOWN


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("telephone|presentiel", "presentiel|telephone"),
        ("presentiel|telephone|presentiel", "presentiel|telephone"),
        ("Téléphone | PRÉSENTIEL", "presentiel|telephone"),
        ("tchat", "tchat"),
        ("presentiel|fax", f"{UNKNOWN}|presentiel"),
        ("fax|télex", UNKNOWN),
        ("presentiel,telephone", UNKNOWN),
    ],
)
def test_a_set_is_sorted_and_holds_each_code_once(
    word: Callable[[str, str], str | None], cell: str, expected: str
) -> None:
    assert word("canaux_proposes", cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Le CIO", "cio"), ("Le CIO,L'Apec", "apec|cio"), ("L’Apec, Le CIO", "apec|cio"), ("Personne", "aucune"),
        ("Le CIO,\u00a0cap EMPLOI", "cap-emploi|cio"), ("Le CIO,La poste", f"{UNKNOWN}|cio"),
    ],
)  # fmt: skip
def test_a_set_is_read_through_the_words_of_the_tool(staged: Staged, cell: str, expected: str) -> None:
    content = f'Numéro;Reçu le;Vers\r\nFICTIF-1;03/02/2025;"{cell}"\r\n'
    assert staged(content, "orientation") == [(expected,)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A-1", "A-1"), ("12345678901234", "12345678901234"), ("0350001A", "0350001A"), ("a_b.c:d-e", "a_b.c:d-e"),
        ("A 1", UNREADABLE), ("un lieu", UNREADABLE), ("#1", UNREADABLE), ("A" * 65, UNREADABLE), ("é1", UNREADABLE),
    ],
)  # fmt: skip
def test_an_identifier_is_no_free_text(word: Callable[[str, str], str | None], cell: str, expected: str) -> None:
    assert word("structure_id", cell) == expected


@pytest.mark.parametrize("cell", ["Lieu FICTIF", "Greta – Œuvre d’Armor", "Cap emploi, Lorient"])
def test_the_name_of_a_structure_is_kept_as_written(word: Callable[[str, str], str | None], cell: str) -> None:
    assert word("nom", cell) == cell


@pytest.mark.parametrize("cell", EMPTY)
@pytest.mark.parametrize(
    "column", ["mode_collecte", "partage_nominatif", "canaux_proposes", "actif_au", "commune_insee"]
)
def test_an_empty_cell_is_not_recorded_and_never_no(
    word: Callable[[str, str], str | None], column: str, cell: str
) -> None:
    assert word(column, cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", None),
        (" ", None),
        ("\u00a0", None),
        (" Lieu FICTIF\u00a0", "Lieu FICTIF"),
    ],
)
def test_a_name_is_kept_without_its_outer_spaces(
    word: Callable[[str, str], str | None], cell: str, expected: str | None
) -> None:
    assert word("nom", cell) == expected


@pytest.mark.parametrize("cell", ["vrai ", "VRAI", "Vrai"])
def test_a_mapped_word_is_recognised_whatever_its_case(staged: Staged, cell: str) -> None:
    content = f"Numéro;Reçu le;Reformulée\r\nFICTIF-1;03/02/2025;{cell}\r\n"
    assert staged(content, "demande_reformulee") == [("oui",)]


def test_a_word_of_the_contract_is_unknown_where_the_mapping_has_its_own_words(staged: Staged) -> None:
    content = "Numéro;Reçu le;Canal – accueil\r\nFICTIF-1;03/02/2025;presentiel\r\n"
    assert staged(content, "canal") == [(UNKNOWN,)]


def test_no_unknown_value_is_ever_kept(staged: Staged) -> None:
    content = (
        "Numéro;Lieu;Reçu le;Canal – accueil;Reformulée;Vers;Demandé le;Proposé le\r\n"
        + ";".join(f"SECRET {i} !" for i in range(8))
        + "\r\n"
    )
    assert "SECRET" not in str(staged(content, "*"))
