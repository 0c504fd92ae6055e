"""The pages in another language: what is translated is, what is not says that it is French, and French does not move."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components import other_language
from dashboard.locales import extract
from dashboard.selection import Period, Selection, Unit, read
from dashboard.server.document import document_in, french_document, script_hashes
from dashboard.text import language
from dashboard.text.dates import first_day
from dashboard.views.edition import DRAFT, FINAL, USE

from .test_dashboard_pages import run, text_of

OTHERS = [code for code in language.NAMES if code != language.FRENCH]
BLANK = re.compile(r"\{[^}]*\}|%[sd(]")


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def gathered() -> set[str]:
    return set(extract.gathered())


@pytest.mark.parametrize(
    "path", [extract.TEMPLATE, *map(language.catalogue_path, OTHERS)], ids=lambda path: path.parts[-3]
)
def test_a_catalogue_holds_what_the_pages_say_and_nothing_else(path: Path, gathered: set[str]) -> None:
    held = {each.id for each in catalog(path) if each.id}
    assert gathered - held == set(), "run `make messages`, then translate what is new (docs/traduire.md)"
    assert held - gathered == set(), "run `make messages`: these are said no more"


def test_english_is_complete_and_loses_no_blank() -> None:
    messages = [each for each in catalog(language.catalogue_path(language.ENGLISH)) if each.id]
    assert [each.id for each in messages if not each.string] == []
    assert [each.id for each in messages if sorted(BLANK.findall(each.id)) != sorted(BLANK.findall(each.string))] == []
    assert [each.id for each in messages if each.id[-1] in ".?!:" and each.string[-1] != each.id[-1]] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_left_uncertain(code: str) -> None:
    assert [each.id for each in catalog(language.catalogue_path(code)) if each.fuzzy and each.id] == []


def test_english_has_english_spacing() -> None:
    french_spacing = re.compile(r"[«»]| [;:?!]|\d %")
    assert [said for said in language.catalogue(language.ENGLISH).values() if french_spacing.search(said)] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"""Un module."""\nTITLE = "Synthèse"\n"""Un commentaire."""', ["Synthèse"]),
        ('tag("p", "non mesuré", "badge")', ["non mesuré"]),
        ('f"Voir {name}"', []),
        ("f\"<p>{words('Voir le détail')}</p>\"", ["Voir le détail"]),
        ('HEADINGS = {"La démarche": 1, "Accueil": 2}', ["La démarche"]),
        ('if code == "Accueil": pass', []),
        ('X = ("SPRO_ROLE", "clé", "<p>Un</p>", "Un {nom}", "PD02.percue", " Suite")', []),
    ],
)
def test_what_is_a_text_to_translate(source: str, expected: list[str]) -> None:
    assert list(extract.texts(source)) == expected


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Synthèse", "Overview"),
        ("solide", "solid"),
        ("Solide", "Solid"),
        (f"{DRAFT} {FINAL} {USE}", None),
        ("Cinq structures sur six", None),
        (f"Cinq structures sur six. {USE}", None),
    ],
)
def test_a_text_is_translated_whole_or_not_at_all(text: str, english: str | None) -> None:
    if text.startswith(DRAFT):
        english = " ".join(language.catalogue(language.ENGLISH)[each] for each in (DRAFT, FINAL, USE))
    assert language.translated(text, language.ENGLISH) == english


def test_breton_falls_back() -> None:
    assert language.translated("Langue", language.BRETON) == "Yezh"
    assert language.translated(USE, language.BRETON) is None


@pytest.mark.parametrize(
    ("text", "read_aloud"),
    [
        ("84 %", False),
        ("2025", False),
        ("EPCI", False),
        ("▲", False),
        ("mars", True),
        ("Brest", True),
        ("± 3 points", True),
    ],
)
def test_a_figure_or_an_acronym_needs_no_language(text: str, *, read_aloud: bool) -> None:
    assert language.has_words(text) is read_aloud


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<p>{}</p>", '<p lang="fr">mot</p>'),
        ('<p class="a">{}</p>', '<p class="a" lang="fr">mot</p>'),
        ("<p>{} <b>x</b></p>", '<p><span lang="fr">mot</span> <b>x</b></p>'),
        ('<a lang="br">{}</a>', '<a lang="br"><span lang="fr">mot</span></a>'),
        ('<nav aria-label="{}"></nav>', '<nav aria-label="mot"></nav>'),
        ("<td>{}</td><td>{}</td>", '<td lang="fr">mot</td><td lang="fr">mot</td>'),
    ],
)
def test_french_words_are_said_to_be_french(fragment: str, expected: str) -> None:
    assert other_language.said_so(fragment.replace("{}", other_language.french("mot"))) == expected


@given(st.lists(st.text("aé &;", max_size=6), max_size=5))
def test_marks_never_reach_the_page_and_change_no_word(texts: list[str]) -> None:
    marked = "".join(f"<li><b>{other_language.french(text)}</b> {other_language.french(text)}</li>" for text in texts)
    said = other_language.said_so(marked)
    assert re.sub(r"<[^>]+>", "", said) == "".join(f"{text} {text}" for text in texts)


@pytest.mark.parametrize(("asked", "kept"), [("en", "en"), ("br", "br"), ("fr", ""), ("de", ""), ("", "")])
def test_a_selection_carries_the_language(asked: str, kept: str) -> None:
    period = Period("annee", first_day("annee", date(2025, 5, 1)))
    chosen = read({"langue": asked} if asked else {}, [Unit("region", "53", "Bretagne")], [period])
    assert chosen.language == kept
    assert chosen.query.get("langue", "") == kept
    assert list(Selection(chosen.unit, period).query) == ["territoire", "periode"]


def test_the_document_says_its_language_and_keeps_its_scripts() -> None:
    french = french_document()
    english = document_in(french, language.ENGLISH)
    assert document_in(french, language.FRENCH) == french
    assert '<html lang="en">' in english
    assert "<title>Quality of reception – SPRO Brittany</title>" in english
    assert "These pages need JavaScript." in english
    assert script_hashes(english) == script_hashes(french)


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


@pytest.mark.usefixtures("served")
def test_an_english_page_is_english_where_it_can_be() -> None:
    test = run("summary", "page", langue="en")
    bodies = " ".join(element.proto.body for element in test.get("html"))
    assert not test.exception
    assert "<h1>Overview</h1>" in bodies
    assert "These results serve neither to fund, nor to rank, nor to assess people." in text_of(test)
    assert "langue=en" in bodies
    assert '<p class="selection" lang="fr">Bretagne, année 2025' in bodies
    assert not re.search("[\ue000\ue001]", bodies)
    assert {each.label for each in test.selectbox} >= {"Area", "Period"}


@pytest.mark.usefixtures("served")
def test_a_breton_page_is_french_where_breton_is_silent() -> None:
    bodies = " ".join(element.proto.body for element in run("summary", "page", langue="br").get("html"))
    assert "<h1>Diverradenn</h1>" in bodies
    assert '<h2 lang="fr">Les actions en cours</h2>' in bodies


@pytest.mark.usefixtures("served")
def test_a_french_page_says_nothing_of_languages() -> None:
    bodies = " ".join(element.proto.body for element in run("summary", "page").get("html"))
    assert "lang=" not in bodies
    assert "langue=" not in bodies
