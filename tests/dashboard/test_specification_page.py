"""Cahier des charges vivant: each of the clauses of the real register, with what says so, or why nothing can."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from dashboard.selection import Unit
from dashboard.text.typography import plain
from dashboard.views import specification as view
from dashboard.views.process import process_lines
from grids.clauses import coverage, load_clauses

from .grid_fixture import LATEST
from .test_dashboard_pages import run, text_of

REGION, CIO, CAP = Unit("region", "bretagne", "Bretagne"), Unit("reseau", "cio", "CIO"), Unit("reseau", "cap", "Cap")
STANDINGS = [each.standing for each in coverage(LATEST)]


@pytest.fixture(autouse=True)
def _served(grid_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(grid_home))


def page(**query: str) -> str:
    test = run("specification", "page", **query)
    assert not test.exception
    return text_of(test)


def markup(**query: str) -> str:
    return "".join(element.proto.body for element in run("specification", "page", **query).get("html"))


def articles(html: str) -> list[str]:
    """The clauses drawn, without the indicators of the process."""
    return re.findall(r'<article class="clause">.*?</article>', html)


def clause(html: str, clause_id: str) -> str:
    return next(each for each in articles(html) if f">{clause_id}</span>" in each)


def test_every_clause_is_there_once_in_the_register_s_order() -> None:
    drawn = [re.search(r'class="code">([^<]+)<', each) for each in articles(markup())]
    assert [each.group(1) for each in drawn if each] == list(load_clauses())


def test_the_page_is_a_sentence_that_counts() -> None:
    carried, approached, without = (STANDINGS.count(each) for each in ("portee", "approchee", "sans_mesure"))
    text = page()
    assert f"Sur les {len(STANDINGS)} clauses du cahier des charges, {carried} sont portées" in text
    assert f"{approached} sont seulement approchées et {without} n'ont pas de chiffre" in text
    assert "« l'utilisateur »" in text


def test_the_parts_of_the_specification_come_as_headings() -> None:
    titles = re.findall(r"<h2>([^<]+)</h2>", markup().replace("&#x27;", "'"))
    assert titles == [*view.PARTS.values(), "La démarche elle-même"]


def test_a_carried_clause_shows_its_figures_with_a_way_to_their_criterion() -> None:
    drawn = clause(markup(territoire="cap-emploi"), "I-4")
    assert 'href="/principes?territoire=cap-emploi&amp;periode=2025&amp;critere=comprehension"' in drawn
    assert re.search(r"\d+\u00a0% \(entre \d+ et \d+\u00a0%\)", drawn)
    assert "badge" not in drawn


def test_an_approached_clause_says_why_it_is_only_that() -> None:
    drawn = clause(markup(), "PRE-6")
    assert ">approchée</span>" in drawn
    assert "on ne le fait pas" in drawn
    assert "EF06" in drawn


def test_a_clause_without_a_figure_says_why_and_which_indicator_waits() -> None:
    drawn = clause(markup(), "IV-1")
    assert ">sans chiffre</span>" in drawn
    assert "attend le journal des actions" in drawn
    assert 'href="#AM05"' in drawn


def test_a_hidden_figure_is_said_to_be_so() -> None:
    text = page(territoire="cio")
    assert "non diffusé" in text
    assert "entre" not in clause(markup(territoire="cio"), "I-5")


def test_a_network_that_declines_is_told_with_its_reason() -> None:
    assert "Cap emploi décline cet indicateur : chaque orientation" in page(territoire="cap-emploi")


def test_a_measure_of_teams_gives_way_to_one_that_is_shown() -> None:
    drawn = clause(markup(), "II-2")
    assert "Posture de co-construction" in drawn
    assert "montré à l" not in drawn


def test_in_a_quarter_yearly_facts_say_so() -> None:
    assert "ce chiffre se mesure par année" in page(periode="2025-T4")


@pytest.mark.parametrize("standing", ["portee", "approchee", "sans_mesure"])
def test_the_clauses_of_one_standing_are_kept_by_the_address(standing: str) -> None:
    html = markup(clauses=standing)
    assert len(articles(html)) == STANDINGS.count(standing)
    assert f'clauses={standing}" aria-current="true"' in html


def test_an_unknown_standing_shows_everything() -> None:
    assert len(articles(markup(clauses="autre"))) == len(STANDINGS)


def test_an_earlier_version_says_what_it_did_not_hold_yet() -> None:
    text = page(periode="2024")
    assert "ne sont pas encore dans la grille" in text
    assert "La grille de cette période ne mesure encore rien de la démarche." in text


def test_the_file_holds_what_is_read() -> None:
    buttons = run("specification", "page", clauses="approchee").get("download_button")
    assert [plain(each.proto.label) for each in buttons] == ["le tableau (CSV)", "le tableau (XLSX)"]


def test_the_improvement_speaks_of_the_region_then_of_each_network() -> None:
    html = markup()
    assert "assez solide pour être montré à la région" in html
    assert re.search(r'id="AM03">.*?<details><summary>Réseau par réseau', html)
    assert "Pas encore mesuré\u00a0: attend le journal" in html


def _process(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["niveau", "unite_id", "etat", "phrase"], orient="row").with_columns(
        indicateur_id=pl.lit("AM01")
    )


@pytest.mark.parametrize(
    ("chosen", "sentence", "others"),
    [
        (REGION, "Ensemble, 3.", ("CIO : 1 sur 2.", "Cap : deux minutes.")),
        (CIO, "CIO : 1 sur 2.", ("Cap : deux minutes.",)),
        (Unit("reseau", "apec", "Apec"), "Ensemble, 3.", ("CIO : 1 sur 2.", "Cap : deux minutes.")),
    ],
)
def test_a_process_indicator_speaks_of_the_unit_chosen_first(
    chosen: Unit, sentence: str, others: tuple[str, ...]
) -> None:
    frame = _process(
        ("region", "bretagne", "ok", "Ensemble, 3."),
        ("reseau", "cio", "ok", "CIO : 1 sur 2."),
        ("reseau", "cap", "ok", "Deux minutes."),
    )
    (line,) = process_lines(frame, {"AM01": "Couverture", "AM02": "Rien"}, [REGION, CIO, CAP], chosen)
    assert (line.sentence, line.others, line.pending) == (sentence, others, False)


def test_a_process_indicator_told_by_network_alone_says_so() -> None:
    (line,) = process_lines(_process(("reseau", "cio", "ok", "Une.")), {"AM01": "Charge"}, [REGION, CIO], REGION)
    assert (line.sentence, line.others) == ("Cela se dit réseau par réseau.", ("CIO : une.",))


def test_one_clause_of_a_standing_is_counted_in_the_singular() -> None:
    standings = (view.CARRIED, view.CARRIED, view.APPROACHED)
    lines = [view.ClauseLine("I-1", "Une clause", standing, (), "") for standing in standings]
    told = "2 sont portées par un indicateur et 1 est seulement approchée"
    assert view.opening(lines) == f"Sur les 3 clauses du cahier des charges, {told}."
