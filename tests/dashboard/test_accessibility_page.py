"""The statement of accessibility: what the law asks to be said is said, and nothing is invented."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import ways
from dashboard.text.typography import plain
from dashboard.views import accessibility

MUST_SAY = (
    "non conforme",
    "RGAA, version 4.1",
    "aucun audit",
    "Ce qui a été essayé, et comment",
    "Contenus non accessibles",
    "Ce que nous savons ne pas aller",
    "Streamlit",
    "Établissement de cette déclaration",
    "29 novembre 2026",
    "Signaler une difficulté",
    "la personne qui tient l'outil",
    "Défenseur des droits",
)


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.delenv(accessibility.CONTACT_VARIABLE, raising=False)


def html() -> str:
    test = AppTest.from_string(
        "from dashboard.pages import accessibility\naccessibility.page()", default_timeout=20
    ).run()
    assert not test.exception
    return "".join(element.proto.body for element in test.get("html"))


def spoken(body: str) -> str:
    return re.sub(r"\s+", " ", plain(unescape(re.sub(r"<[^>]+>", " ", body))))


@pytest.mark.usefixtures("served")
def test_the_statement_says_what_it_must() -> None:
    body = html()
    text = spoken(body)
    assert [said for said in MUST_SAY if said not in text] == []
    assert body.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", body)]
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.usefixtures("served")
def test_nobody_is_invented_and_a_contact_is_shown_once_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "@" not in spoken(html())
    monkeypatch.setenv(accessibility.CONTACT_VARIABLE, "<b>outil@exemple.fr</b>")
    body = html()
    assert "Dites-le à la personne qui tient l&#x27;outil\u00a0: &lt;b&gt;outil@exemple.fr&lt;/b&gt;." in body
    assert "<b>outil" not in body


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        ("", "Dites-le à la personne qui tient l'outil, ou à votre réseau, qui le lui dira."),
        ("accueil@exemple.fr", "Dites-le à la personne qui tient l'outil : accueil@exemple.fr."),
    ],
)
def test_whom_to_tell(reached: str, said: str) -> None:
    assert accessibility.telling(reached) == said


def test_the_way_to_the_statement_stands_without_a_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    assert 'href="/accessibilite' in ways.to_accessibility()
