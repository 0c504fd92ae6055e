"""One view, three renderings: what the terminal says, the page and the data say too."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.model import Grid
from pipelines.receipt import Balance, Breach, Check, Receipt
from pipelines.receipts.page import index_page, receipt_page
from pipelines.receipts.text import breach_lines, receipt_lines
from pipelines.receipts.view import Context, receipt_data, view_of
from pipelines.receipts.words import counted, day, lines, listed, share
from tests.receipts.conftest import Made


class Words(HTMLParser):
    """The visible words of a page, and the tags that it uses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).replace("\u00a0", " ").replace("\u202f", " ").split())


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def rich(made: Made) -> Receipt:
    """A receipt with something to say in every section."""
    breaches = [Breach(ligne=line, colonne="canal", regle="code_inconnu") for line in range(20, 2, -1)]
    return made(
        retirees=("Agent",),
        ignorees=("Durée",),
        motifs_ecart={"totaux": 2, "vides": 1},
        bilan=Balance(lues=1_303, nouvelles=1_252, remplacantes=20, repetees=10, quarantaine=18, ecartees=3),
        quarantaine=(*breaches, Breach(ligne=20, colonne="mois", regle="obligatoire")),
        controles=(
            Check(colonne="canal", regle="code_inconnu", verifiees=1_300, ecarts=18),
            Check(colonne="mois", regle="obligatoire", verifiees=1_300, ecarts=1),
            Check(colonne="mois", regle="illisible", verifiees=1_300, ecarts=0),
        ),
    )


def test_every_sentence_stands_in_the_terminal_on_the_page_and_in_the_data(
    rich: Receipt, made: Made, grid: Grid
) -> None:
    context = Context([made(rank) for rank in range(1, 8)], grid)
    view = view_of(rich, context)
    sentences = [
        view.bilan,
        view.controles,
        *view.corrections,
        *view.calculs,
        *(each.phrase for each in view.comparaisons),
    ]
    sentences += [each for fault in view.fautes for each in (fault.phrase, fault.remede)]
    sentences += ["Agent", "Durée", "18 lignes : 3, 4, 5, 6, 7…", "ligne 20"]
    assert len(sentences) > 15
    terminal = _plain("\n".join(receipt_lines(rich, context)))
    page = Words(receipt_page(rich, context)).text
    assert not [each for each in sentences if _plain(each) not in terminal]
    assert not [each for each in sentences if _plain(each).lower() not in page.lower()]
    data = json.loads(json.dumps(receipt_data(rich, context)))
    assert Receipt.model_validate(data["accuse"]) == rich
    assert data["lecture"]["fautes"][0]["premieres"] == [3, 4, 5, 6, 7]


def test_the_balance_says_where_each_row_went(rich: Receipt) -> None:
    assert _plain(view_of(rich).bilan) == (
        "1 303 lignes lues : 1 252 nouvelles, 20 remplaçantes, 10 déjà connues, 18 en quarantaine, "
        "2 écartées (totaux), 1 écartée (vides)."
    )


def test_the_gate_is_counted_in_checks(rich: Receipt) -> None:
    assert view_of(rich).controles == "1 contrôle passé, 2 à regarder."


counts = st.integers(0, 50)


@settings(deadline=None)
@given(
    new=counts,
    replacing=counts,
    repeated=counts,
    broken=counts,
    totals=counts,
    state=st.sampled_from(["lue", "acceptee"]),
)
def test_the_rows_told_add_up_to_the_rows_read(
    new: int, replacing: int, repeated: int, broken: int, totals: int, state: str
) -> None:
    read = new + replacing + repeated + broken + totals
    known = {"nouvelles": new, "remplacantes": replacing, "repetees": repeated, "quarantaine": broken}
    receipt = Receipt(
        livraison_id="-", rang=1, reseau="apec", fichier="-", recue_le=date(2025, 1, 1), correspondance="-",
        etat=state, contrat="accueils", motifs_ecart={"totaux": totals},
        bilan=Balance(lues=read, ecartees=totals, **(known if state == "acceptee" else {})),
        quarantaine=tuple(Breach(ligne=line, colonne="canal", regle="code_inconnu") for line in range(broken)),
    )  # fmt: skip
    assert sum(fate.lignes for fate in view_of(receipt).destinations) == read


def test_a_refusal_says_why_and_what_to_do_and_nothing_else(made: Made, grid: Grid) -> None:
    refused = made(
        etat="refusee", contrat="", refus="La colonne « Nom » est de trop.", remede="Retirez-la.", colonnes=()
    )
    assert list(receipt_lines(refused, Context([], grid))) == [
        "Refusé : La colonne « Nom » est de trop.",
        "  Que faire : Retirez-la.",
    ]
    page = Words(receipt_page(refused, Context([], grid)))
    assert "La colonne « Nom » est de trop." in page.text
    assert "Que faire : Retirez-la." in page.text
    assert "table" not in page.tags


def test_a_withdrawn_delivery_says_since_when(made: Made) -> None:
    withdrawn = made(etat="retiree", retiree_le=date(2025, 5, 1))
    assert next(receipt_lines(withdrawn)).startswith("Retirée le 1er mai 2025")
    assert "Retirée le 1er mai 2025" in Words(receipt_page(withdrawn)).text
    assert "spro delivery withdraw" not in receipt_page(withdrawn)


def test_what_a_delivery_writes_is_escaped(made: Made) -> None:
    hostile = '<script>alert(1)</script>"&'
    receipt = made(fichier=hostile, retirees=(hostile,), ignorees=(hostile,), livraison_id=hostile)
    refused = made(etat="refusee", refus=hostile, remede=hostile)
    for page in (receipt_page(receipt), receipt_page(refused), index_page(hostile, [receipt])):
        words = Words(page)
        assert "script" not in words.tags
        assert hostile.replace('"', "") in words.text.replace('"', "")


def test_a_page_asks_nothing_of_the_outside(rich: Receipt, made: Made, grid: Grid) -> None:
    page = receipt_page(rich, Context([made(1)], grid))
    words = Words(page)
    assert words.links == []
    assert not {"script", "img", "link", "iframe", "form"} & set(words.tags)
    assert "url(" not in page
    assert "@import" not in page
    assert page.startswith('<!doctype html>\n<html lang="fr">')


def test_a_list_of_receipts_begins_with_the_latest(made: Made) -> None:
    words = Words(index_page("Apec", [made(1), made(3), made(2)]))
    assert words.links == [f"{rank:032x}.html" for rank in (3, 2, 1)]
    assert "3 livraisons, la dernière reçue en tête." in words.text


def test_a_rule_that_the_contract_no_longer_has_is_still_told(made: Made) -> None:
    assert "règle « ancienne »" in "".join(breach_lines(made(broken=1, rule="ancienne")))


def test_an_older_receipt_still_reads() -> None:
    older = (
        '{"livraison_id": "a", "rang": 1, "reseau": "apec", "fichier": "f.csv", "recue_le": "2025-01-01", '
        '"correspondance": "-", "etat": "acceptee", "contrat": "accueils", "bilan": {"lues": 2, "nouvelles": 2}}'
    )
    receipt = Receipt.model_validate_json(older)
    assert receipt.mesures is None
    assert list(receipt_lines(receipt)) == ["2 lignes lues : 2 nouvelles."]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (counted(0, "ligne lue"), "0 ligne lue"),
        (counted(2, "déjà connue"), "2 déjà connues"),
        (share(0.5), "50 %"),
        (share(0.9623), "96,2 %"),
        (share(0.99999), "plus de 99,9 %"),
        (share(0.00001), "moins de 0,1 %"),
        (share(1), "100 %"),
        (share(0), "0 %"),
        (day(date(2025, 3, 1)), "1er mars 2025"),
        (day(date(2025, 8, 21)), "21 août 2025"),
        (listed(["a"]), "« a »"),
        (listed(["a", "b", "c"]), "« a », « b » et « c »"),
        (lines([3, 4], 3), "3 lignes : 3, 4…"),
        (lines([3], 1), "ligne 3"),
    ],
)
def test_words_are_french(said: str, expected: str) -> None:
    assert _plain(said) == expected
