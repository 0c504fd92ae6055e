"""The pages on methods: every link leads somewhere, every drawing is shown and described, nothing foreign runs."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.document import document
from dashboard.text.typography import plain
from dashboard.views import decomposition, explanation, methods, reading_methods
from grids.errors import SproError

CHARTS = Path(explanation.__file__).parents[1] / "charts"
CODES = [each.code for question in methods.questions() for each in question.methods]
UNWANTED = re.compile("entonnoir", re.IGNORECASE)


def drawn(code: str) -> str:
    chosen = methods.method(code)
    assert chosen is not None
    text = methods.text(chosen.file)
    return document(text, lambda link: methods.linked(chosen, link) or "", lambda link: methods.drawing(chosen, link))


def spoken(html: str) -> str:
    return plain(unescape(re.sub(r"<[^>]+>", " ", html)))


def test_every_page_of_the_folder_stands_under_one_question() -> None:
    folder = Path(methods.__file__).parents[2] / "docs" / "methodes"
    files = sorted(f"methodes/{path.name}" for path in folder.glob("*.md") if path.stem != "index")
    listed = [each.file for question in methods.questions() for each in question.methods]
    assert sorted(file for file in listed if file.startswith("methodes/")) == files
    assert len(CODES) == len(set(CODES))


@pytest.mark.parametrize("code", CODES)
def test_a_method_is_drawn_whole_and_in_order(code: str) -> None:
    html = drawn(code)
    levels = [2, *(int(level) for level in re.findall(r"<h([1-6])>", html))]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert min(levels[1:]) >= 3
    assert "<!--" not in html
    assert "&lt;!--" not in html
    assert not UNWANTED.search(spoken(html))


@pytest.mark.parametrize("code", CODES)
def test_tables_and_drawings_are_named_and_reachable(code: str) -> None:
    html = drawn(code)
    regions = re.findall(r'<(?:div|span|pre)[^>]*role="region"[^>]*>', html)
    assert html.count("<table>") + html.count("<img") + html.count("<pre") == len(regions)
    assert all('tabindex="0"' in region and re.search(r'aria-label="[^"]{5,}"', region) for region in regions)
    assert all(len(alt) > 40 for alt in re.findall(r'alt="([^"]*)"', html))
    assert html.count('<th scope="col">') == len(re.findall(r"<th\b", html))


def test_every_drawing_of_the_folder_is_shown_by_a_method() -> None:
    folder = Path(methods.__file__).parents[2] / "docs" / "methodes" / "dessins"
    assert sum(drawn(code).count("<img") for code in CODES) == len([*folder.glob("*.svg")])


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("proportions.md", "proportions"),
        ("entonnoir.md", "nuage-des-structures"),
        ("entonnoir.md#limites", "nuage-des-structures"),
        ("../protection.md", "protection"),
        ("index.md", ""),
        ("../decisions.md", None),
    ],
)
def test_a_link_leads_to_a_page_of_ours_or_nowhere(link: str, code: str | None) -> None:
    chosen = methods.method("comparer")
    assert chosen is not None
    assert methods.linked(chosen, link) == code


def test_a_link_that_leads_nowhere_leaves_its_words() -> None:
    html = document("Voir [la *règle*](ailleurs.md).", lambda _: "", lambda _: b"")
    assert html == "<p>Voir la <em>règle</em>.</p>\n"


def test_foreign_html_is_shown_and_never_run() -> None:
    html = document(
        '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick="a()">', lambda _: "/", lambda _: b""
    )
    assert "<script" not in html
    assert "<b " not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


def test_words_are_typeset_and_code_is_not() -> None:
    html = document("Quoi ? `a ? b : c`", lambda _: "", lambda _: b"")
    assert "Quoi\u202f?" in html
    assert "<code>a ? b : c</code>" in html


def test_a_missing_documentation_says_what_to_do() -> None:
    with pytest.raises(SproError) as refused:
        methods.text("absente.md")
    assert refused.value.remedy


@pytest.mark.parametrize("key", explanation.READING)
def test_a_reading_key_is_three_sentences_then_signs(key: str) -> None:
    sentences = re.split(r"(?<=[.!?]) ", explanation.READING[key].split(" Signes : ")[0])
    assert len(sentences) >= 3
    assert all(len(sentence.split()) <= 40 for sentence in sentences)
    assert not UNWANTED.search(explanation.READING[key])


@pytest.mark.parametrize(
    "chart",
    sorted(
        path.stem for path in CHARTS.glob("*.py") if path.stem not in ("__init__", "layout", "foreign_tags", "still")
    ),
)
def test_every_kind_of_chart_has_a_reading_key(chart: str) -> None:
    """Among the keys, beside its view model, or in the page that shows it."""
    beside = CHARTS.parent / "views" / f"{chart}.py"
    shown = [path.read_text(encoding="utf-8") for path in (CHARTS.parent / "pages").glob("*.py")]
    # Counts of receptions are told apart, and their key under no other name.
    key = "counts" if chart == "attendance" else chart
    assert (
        key in explanation.READING
        or (beside.exists() and re.search(r"^[A-Z_]*READING", beside.read_text(encoding="utf-8"), re.MULTILINE))
        or any(f"import {chart} " in page and re.search(r"^READING", page, re.MULTILINE) for page in shown)
    )


def test_a_reading_key_leads_to_a_method_that_exists() -> None:
    assert {reading_methods.method_behind(text) for text in reading_methods.METHODS} <= {*CODES}
    assert reading_methods.method_behind(decomposition.READING) == "decomposition"
    assert reading_methods.method_behind(explanation.READING["fact"]) == ""


def run(**query: str) -> AppTest:
    test = AppTest.from_string("from dashboard.pages import methods\nmethods.page()", default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def body(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


@pytest.mark.usefixtures("served")
def test_the_page_lists_methods_by_question_and_keeps_the_selection() -> None:
    html = body(run(territoire="cio", periode="2025-T4"))
    assert "Partez de votre question" in spoken(html)
    assert html.count("<h1") == 1
    assert re.search(r'href="/methodes\?[^"]*territoire=cio[^"]*methode=proportions"', html)
    assert len(re.findall(r"methode=([a-z-]+)\"", html)) == len(CODES)


@pytest.mark.usefixtures("served")
def test_a_method_is_chosen_by_the_address() -> None:
    test = run(methode="nuage-des-structures")
    html = body(test)
    assert not test.exception
    assert "Le nuage des structures" in spoken(html)
    assert "data:image/svg+xml;base64," in html
    assert "Sur la même question" in spoken(html)
    assert re.search(r'href="/methodes\?[^"]*methode=surdispersion"', html)


@pytest.mark.usefixtures("served")
def test_an_unknown_method_falls_back_with_a_sentence() -> None:
    assert "Aucune méthode ne s'appelle « vitesse » : les voici toutes." in spoken(body(run(methode="vitesse")))
