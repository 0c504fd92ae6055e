"""A measure modality by modality: one breakdown at a time, kept in the address, by year, with its silences."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.selection import Period, Selection, Unit
from dashboard.views import breakdown
from dashboard.views.breakdown import Breakdowns, read_breakdowns
from dashboard.views.values import Value

from .test_dashboard_pages import run, text_of
from .test_dashboard_views import DEPARTMENT, MONTH, NETWORK, NEUTRAL, NOW, REGION, SHARE, YEAR, values

MODALITIES = pl.DataFrame(
    [
        ("tranche_age", "l'âge", "moins_18", "moins de 18 ans"),
        ("tranche_age", "l'âge", "45_plus", "45 ans et plus"),
        ("canal", "le canal", "presentiel", "en présentiel"),
        ("canal", "le canal", "tchat", "par tchat"),
    ],
    schema=["ventilation", "ventilation_libelle", "modalite", "libelle"],
    orient="row",
)
MASKED = Value("masque")


def row(ventilation: str, modality: str, value: Value, category: str = "", measure_id: str = SHARE.id) -> dict:
    told = {name: getattr(value, name) for name in Value.__dataclass_fields__ if name != "flag"}
    key = {"mesure_id": measure_id, "niveau": "region", "unite_id": "bretagne", "debut": YEAR.debut}
    return {"ventilation": ventilation, "modalite": modality, **key, "categorie": category, **told} | {
        "agregation": "moyenne_structures"
    }


def told(*rows: dict) -> Breakdowns:
    return read_breakdowns(pl.DataFrame(rows, infer_schema_length=None), MODALITIES)


HALF = told(row("canal", "presentiel", NOW), row("canal", "tchat", MASKED), row("canal", "inconnue", MASKED))


def test_only_the_breakdowns_that_tell_a_measure_are_offered() -> None:
    assert [each.code for each in HALF.of(SHARE)] == ["canal"]
    assert HALF.of(NEUTRAL) == []
    assert breakdown.title(list(HALF.every)) == "Selon le canal et l'âge"


def test_modalities_keep_their_order_under_everybody_together() -> None:
    (canal,) = HALF.of(SHARE)
    together = values((SHARE, REGION, YEAR, "", Value("ok", None, 74, 70, 78)))
    model = breakdown.by_modality(SHARE, together, HALF, canal, REGION, YEAR)
    assert [(each[0], each[1]) for each in model.table.rows] == [
        ("Ensemble", "74 %"),
        ("en présentiel", "81 %"),
        ("par tchat", "non diffusé"),
    ]
    assert model.table.header[0] == "Modalité"
    assert model.table.caption.endswith(", selon le canal, Bretagne, année 2025")
    assert "par tchat : non diffusé" in model.alt


def test_those_who_do_not_say_have_no_row() -> None:
    (canal,) = HALF.of(SHARE)
    assert "inconnue" not in canal.modalities
    assert len(breakdown.by_modality(SHARE, values(), HALF, canal, REGION, YEAR).rows) == 3


def test_answers_are_spread_by_modality() -> None:
    cells = [("a", Value("ok", None, 45)), ("b", Value("ok", None, 55))]
    found = told(*(row("canal", "presentiel", cell, category, NEUTRAL.id) for category, cell in cells))
    (canal,) = found.of(NEUTRAL)
    spread = breakdown.spread_by_modality(NEUTRAL, values(), found, canal, REGION, YEAR)
    assert [(each.label, each.drawable) for each in spread.rows] == [
        ("Ensemble", False),
        ("en présentiel", True),
        ("par tchat", False),
    ]


@pytest.mark.parametrize(("states", "silent"), [((MASKED, MASKED), True), ((MASKED, NOW), False)])
def test_a_breakdown_wholly_hidden_is_known(states: tuple[Value, ...], silent: bool) -> None:
    codes = zip(("presentiel", "tchat"), states, strict=True)
    found = told(*(row("canal", code, state) for code, state in codes))
    (canal,) = found.of(SHARE)
    assert breakdown.none_told(SHARE, found, canal, REGION, YEAR) is silent


@pytest.mark.parametrize(
    ("unit", "period", "said"),
    [(REGION, YEAR, ""), (NETWORK, MONTH, breakdown.BY_YEAR), (DEPARTMENT, YEAR, breakdown.NOT_HERE)],
)
def test_where_a_breakdown_is_never_told(unit: Unit, period: Period, said: str) -> None:
    assert breakdown.why_no_breakdown(Selection(unit, period)) == said


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))


def captions(test: AppTest) -> list[str]:
    bodies = "".join(element.proto.body for element in test.get("html"))
    return [caption for caption in re.findall(r"<caption>(.*?)</caption>", bodies) if ", selon " in caption]


@pytest.mark.usefixtures("served")
def test_nothing_is_detailed_until_asked_for() -> None:
    test = run("field", "organisation", critere="delais")
    assert captions(test) == []
    assert "Selon le canal, la situation de la personne, l'âge et l'aisance à distance" in [
        each.label for each in test.expander
    ]


@pytest.mark.usefixtures("served")
def test_one_breakdown_is_told_at_a_time_and_kept_in_the_address() -> None:
    test = run("field", "effects", critere="decision", selon="tranche_age")
    assert not test.exception
    (caption,) = captions(test)
    assert ", selon l&#x27;âge, Bretagne" in caption
    test.selectbox(key="selon-quoi-EF05.percue@2025.1").select("canal").run()
    assert test.query_params["selon"] == "canal"
    (caption,) = captions(test)
    assert ", selon le canal, Bretagne" in caption


@pytest.mark.usefixtures("served")
def test_a_breakdown_that_the_edition_does_not_tell_falls_back_with_a_sentence() -> None:
    text = text_of(run("field", "effects", critere="decision", selon="autonomie_distance"))
    assert "Cette mesure n'est pas détaillée selon « aisance à distance » : voici selon le canal." in text


@pytest.mark.usefixtures("served")
def test_a_network_too_small_for_any_modality_says_so_kindly() -> None:
    text = text_of(run("field", "principles", critere="comprehension", territoire="cio", selon="canal"))
    assert "Aucune modalité n'est diffusée ici" in text
    assert "Cela ne dit rien de bon ni de mauvais sur l'accueil." in text


@pytest.mark.parametrize("query", [{"periode": "2025-T4"}, {"periode": "2025-03"}, {"territoire": "29"}])
@pytest.mark.usefixtures("served")
def test_where_no_breakdown_is_told_one_sentence_says_it(query: dict[str, str]) -> None:
    test = run("field", "organisation", critere="delais", selon="canal", **query)
    assert captions(test) == []
    assert text_of(test).count("Le détail selon le canal, la situation ou l'âge se lit") == 1
