"""The indicators of the improvement itself: what they are worked out from, and rows that the release's own schema admits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl
import pytest

from grids.burden import Asked, burdens
from grids.clauses import coverage
from grids.common_sheet import load_common_sheet
from grids.declines import load_declines
from grids.equivalences import load_equivalences
from grids.load import load_grid
from grids.model import PROCESS, Grid
from grids.redundancy import Redundancy, redundancies
from pipelines.measurement.process import COLUMNS, ProcessFacts, process_indicators
from pipelines.release import process_reference as reference

GRID, SHEET = load_grid("2025.1"), load_common_sheet()
YEAR = date(2025, 1, 1)
SHOWN = {
    "mesure_id": "PD02.percue@2025.1", "niveau": "region", "unite_id": "bretagne", "pas": "annee", "debut": YEAR,
    "categorie": "", "agregation": "moyenne_structures", "etat": "ok",
}  # fmt: skip
JUDGED = {"reseau": "cio", "pas": "annee", "debut": YEAR, "dimension": "exactitude", "etat": "ok", "mot": "solide"}
VALUES, QUALITY = pl.DataFrame([SHOWN]), pl.DataFrame([JUDGED])
ASKED = (
    Asked("cio", frozenset({"U03", "U04"}), frozenset(), sheet=False),
    Asked("cidff", frozenset(), frozenset(), sheet=True),
    Asked("apec", frozenset(), frozenset(), sheet=False),
)
TWICE = Redundancy("cio", "U03", "question", "On a bien compris.", "Déjà mesuré.", "Cessez.", 15)
UNREAD = Redundancy("", "synthese", "colonne", "Synthèse", "Personne ne la lit.", "Retirez-la.", 4, already_told=False)
FACTS = ProcessFacts(GRID, VALUES, QUALITY, ASKED, (TWICE, UNREAD), burdens(GRID, ASKED, SHEET), SHEET)


def computed(name: str, grid: Grid = GRID) -> str:
    """The indicator that says it is worked out so."""
    return next(code for code, indicator in grid.indicators.items() if indicator.computed == name)


def rows(facts: ProcessFacts, indicator_id: str) -> dict[str, dict[str, Any]]:
    found = process_indicators(facts).filter(indicateur_id=indicator_id).iter_rows(named=True)
    return {row["unite_id"]: row for row in found}


def timed() -> Grid:
    """The grid, with an indicator of the process that says it is the estimated burden."""
    code = next(name for name in GRID.indicators if GRID.indicators[name].computed is None and name in _process())
    changed = GRID.indicators[code].model_copy(update={"computed": "charge", "pending": ""})
    return GRID.model_copy(update={"indicators": GRID.indicators | {code: changed}})


def _process() -> list[str]:
    return [code for code, each in GRID.indicators.items() if GRID.criteria[each.criterion].field == PROCESS]


def clauses_of(*indicators: str) -> int:
    return sum(
        not {*indicators}.isdisjoint(each.evidencing) for each in coverage(GRID) if each.standing != "sans_mesure"
    )


def told_by_itself() -> list[str]:
    return [code for code in _process() if GRID.indicators[code].computed]


def test_clauses_are_carried_by_what_the_region_is_shown() -> None:
    row = rows(FACTS, computed("couverture_des_clauses"))["bretagne"]
    measurable = sum(each.standing != "sans_mesure" for each in coverage(GRID))
    assert (row["etat"], row["valeur"], row["sur"]) == ("ok", clauses_of("PD02", *told_by_itself()), measurable)
    assert row["phrase"].startswith(f"{row['valeur']} clauses sur {measurable} ")
    assert row["phrase"].endswith("en 2025.")


@pytest.mark.parametrize(
    "hidden",
    [
        {"etat": "masque"},
        {"etat": "sans_objet"},
        {"niveau": "reseau", "unite_id": "cio"},
        {"debut": date(2024, 1, 1)},
        {"pas": "trimestre"},
        {"mesure_id": "PD02.percue@2023.1"},
    ],
    ids=str,
)
def test_what_the_region_is_not_shown_carries_nothing(hidden: dict[str, Any]) -> None:
    last_year = SHOWN | {"mesure_id": "OR01.rendue@2025.1", "etat": "masque"}
    facts = replace(FACTS, values=pl.DataFrame([last_year, SHOWN | hidden]))
    assert rows(facts, computed("couverture_des_clauses"))["bretagne"]["valeur"] == clauses_of(*told_by_itself())


def test_a_careful_figure_carries_too() -> None:
    facts = replace(FACTS, values=pl.DataFrame([SHOWN | {"etat": "prudence"}]))
    assert rows(facts, computed("couverture_des_clauses")) == rows(FACTS, computed("couverture_des_clauses"))


def test_without_a_closed_year_nothing_is_said_of_clauses() -> None:
    facts = replace(FACTS, values=pl.DataFrame([SHOWN | {"mesure_id": "PD02.percue@2023.1"}]))
    row = rows(facts, computed("couverture_des_clauses"))["bretagne"]
    assert (row["etat"], row["valeur"], row["sur"]) == ("pas_encore", None, None)


def test_questions_told_by_a_tool_are_counted_among_those_asked() -> None:
    found = rows(FACTS, computed("redondance"))
    columns = sum(bool(each.column) for each in SHEET.asked)
    assert {unit: (row["valeur"], row["sur"]) for unit, row in found.items()} == {
        "bretagne": (1, 2 + columns),
        "cio": (1, 2),
        "cidff": (0, columns),
    }
    assert found["cio"]["phrase"] == "CIO : sur 2 questions posées, 1 a déjà sa réponse dans l'outil du réseau."
    assert found["cidff"]["phrase"].startswith("CIDFF : aucune des")


def test_where_nothing_is_asked_nothing_is_said() -> None:
    found = rows(replace(FACTS, asked=(), redundant=()), computed("redondance"))
    assert [(unit, row["etat"]) for unit, row in found.items()] == [("bretagne", "pas_encore")]


def test_the_estimated_time_of_each_network() -> None:
    grid = timed()
    found = rows(replace(FACTS, grid=grid), computed("charge", grid))
    assert {unit: (row["valeur"], row["sur"], row["unite"]) for unit, row in found.items()} == {
        "cio": (30, None, "secondes"),
        "cidff": (73, None, "secondes"),
    }
    assert "Votre avis sur cet accueil (30 secondes)" in found["cio"]["phrase"]


def test_reliability_is_how_many_judgements_are_solid() -> None:
    judged = [
        JUDGED,
        JUDGED | {"dimension": "completude", "mot": "a_surveiller"},
        JUDGED | {"dimension": "coherence", "etat": "masque", "mot": None},
        JUDGED | {"reseau": "apec"},
        JUDGED | {"debut": date(2024, 1, 1), "mot": "a_reprendre"},
    ]
    found = rows(replace(FACTS, quality=pl.DataFrame(judged)), computed("fiabilite"))
    assert {unit: (row["valeur"], row["sur"]) for unit, row in found.items()} == {
        "bretagne": (2, 3),
        "cio": (1, 2),
        "apec": (1, 1),
    }
    assert found["cio"]["phrase"].endswith("à regarder : la complétude.")
    assert "regarder" not in found["apec"]["phrase"]


def test_reliability_waits_for_a_delivery_that_was_judged() -> None:
    facts = replace(
        FACTS, quality=pl.DataFrame([JUDGED | {"etat": "masque", "mot": None}], schema_overrides={"mot": pl.String})
    )
    assert rows(facts, computed("fiabilite"))["bretagne"]["etat"] == "pas_encore"


def test_what_waits_says_what_for() -> None:
    waiting = {code: GRID.indicators[code].pending for code in _process() if GRID.indicators[code].pending}
    assert waiting
    for code, reason in waiting.items():
        assert [(row["etat"], row["valeur"], row["phrase"]) for row in rows(FACTS, code).values()] == [
            ("pas_encore", None, reason)
        ]


def test_indicators_of_the_service_have_no_row_here() -> None:
    assert set(process_indicators(FACTS)["indicateur_id"]) <= set(_process())


def test_the_release_admits_every_row() -> None:
    catalogues = load_equivalences(GRID)
    redundant = (*redundancies(GRID, ASKED, catalogues, SHEET), TWICE, UNREAD)
    tables = {
        "quality.processus": process_indicators(replace(FACTS, grid=timed())),
        "reference.equivalences": reference.equivalences(catalogues),
        "reference.refus": reference.refusals(load_declines(GRID)),
        "reference.redondances": reference.redundancy_rows(redundant),
        "reference.charges": reference.burden_rows(FACTS.burdens),
    }
    with duckdb.connect() as connection:
        for schema in ("reference", "quality"):
            text = files("pipelines.release").joinpath("schema", f"{schema}.sql").read_text(encoding="utf-8")
            connection.execute(text)
        for table, frame in tables.items():
            assert not frame.is_empty()
            connection.register("lignes", frame.to_arrow())
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM lignes")
    assert dict(tables["quality.processus"].schema) == COLUMNS


def test_frames_without_rows_keep_their_columns() -> None:
    for frame in (
        reference.equivalences(()),
        reference.refusals(()),
        reference.redundancy_rows(()),
        reference.burden_rows(()),
    ):
        assert frame.is_empty()
        assert frame.columns


def test_what_was_delivered_says_who_uses_the_sheet_and_what_was_asked() -> None:
    with duckdb.connect() as warehouse:
        warehouse.execute(
            f"""CREATE TABLE livraisons AS SELECT * FROM (VALUES ('cidff', '{SHEET.id}'), ('cidff', '{SHEET.id}'),
              ('cio', 'fiches')) AS livrees(reseau, livraison);
            CREATE TABLE reponses AS SELECT * FROM (VALUES ('cio', 'api-bretagne', '2025.1', 'U03'),
              ('cio', 'api-bretagne', '2025.1', 'U03'), ('cio', 'api-bretagne', '2023.1', 'U04'))
              AS dites(reseau, grille, version, question)"""
        )
        assert reference.sheet_users(warehouse, SHEET) == {"cidff"}
        assert reference.answered_questions(warehouse, GRID) == {"cio": {"U03"}}
