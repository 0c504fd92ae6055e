"""What each state of a cell becomes in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import duckdb
import pytest

from dashboard.access import Reader, scope_of
from dashboard.charts.distribution import draw as draw_distribution
from dashboard.charts.timeline import draw as draw_timeline
from dashboard.queries import reference
from dashboard.selection import Period, Selection, Unit, read
from dashboard.text.typography import plain
from dashboard.views import figures, sentences
from dashboard.views.catalogue import Criterion, Field, Indicator
from dashboard.views.changes import two_values_sentence
from dashboard.views.comparison import compare
from dashboard.views.distribution import spread_over_units
from dashboard.views.edition import Edition, selection_sentence
from dashboard.views.findings import Findings
from dashboard.views.history import History
from dashboard.views.matter import Matter
from dashboard.views.measures import Category, Measure, read_measures
from dashboard.views.summary import columns
from dashboard.views.tables import Table, csv_file
from dashboard.views.timeline import through_time
from dashboard.views.two_views import two_views
from dashboard.views.unsaid import Silence, unsaid
from dashboard.views.values import ABSENT, Value, Values, overlap
from dashboard.views.versions import Version

REGION = Unit("region", "bretagne", "Bretagne")
NETWORK = Unit("reseau", "cio", "CIO")
YEAR = Period("annee", date(2025, 1, 1))
QUARTER = Period("trimestre", date(2025, 10, 1))
MONTH = Period("mois", date(2025, 11, 1))
DEPARTMENT = Unit("departement", "29", "Finistère")


def measure(identifier: str = "M@1", **changed: object) -> Measure:
    defaults: dict = {
        "id": identifier,
        "indicateur": "Demande bien comprise",
        "champ": "principes",
        "champ_libelle": "Principes de délivrance",
        "critere": "comprehension",
        "critere_libelle": "Compréhension",
        "critere_question": "Comprise ?",
        "genre": "part",
        "nature": "percue",
        "base_libelle": "personnes",
        "sens": "plus",
        "unite": "%",
        "libelle": "Personnes qui disent que leur demande a été bien comprise",
        "definition": "Part.",
        "detournement": None,
        "calcul": "SELECT 1",
        "version": "2024.1",
    }
    return Measure(**(defaults | changed))


OLD = Version("2023.1", "retiree", date(2023, 1, 1), date(2023, 12, 31))
GRID = Version("2024.1", "travail", date(2024, 1, 1))


def history(*measures: Measure) -> History:
    return History({each.id: each for each in measures}, (OLD, GRID))


def field_of(*measures: Measure) -> Field:
    """A field with one criterion, its measures under one indicator."""
    indicator = Indicator("PD02", "Demande bien comprise", measures=measures)
    return Field(
        "principes", "Principes de délivrance", (Criterion("comprehension", "Compréhension", "?", (indicator,)),)
    )


def values(*cells: tuple[Measure, Unit, Period, str, Value]) -> Values:
    return Values(
        {
            (m.id, unit.niveau, unit.id, period.debut, category, "moyenne_structures"): value
            for m, unit, period, category, value in cells
        }
    )


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (Value("ok", None, 81, 76, 86), "%", "81 % (entre 76 et 86 %)"),
        (Value("prudence", None, 81, 60, 95), "%", "81 % (entre 60 et 95 %), effectif faible"),
        (Value("ok", None, 81), "%", "81 %"),
        (Value("ok", None, None, 0, 15), "%", "moins de 15 %"),
        (Value("ok", None, None, 85, 100), "%", "plus de 85 %"),
        (
            Value("ok", "fourchette_trop_large", None, 20, 64),
            "%",
            "entre 20 et 64 %, fourchette trop large pour donner un chiffre",
        ),
        (Value("ok", "trop_de_non_reponses", None, 0, 60), "%", "entre 0 et 60 %, trop de non-réponses"),
        (Value("ok", None, 5, 4, 7), "jours ouvrés", "5 jours ouvrés (de 4 à 7 jours ouvrés)"),
        (Value("ok", None, 1, 1, 1), "jours ouvrés", "1 jour ouvré (fourchette resserrée)"),
        (Value("ok", None, None, 20, None), "jours ouvrés", "au moins 20 jours ouvrés"),
        (Value("ok", "trop_de_non_reponses"), "%", "trop de non-réponses"),
        (Value("masque"), "%", "non diffusé"),
        (Value("sans_objet"), "%", "sans objet"),
        (ABSENT, "%", "pas de donnée"),
        (Value("ok", None, 5, 5, 5), "jours ouvrés", "5 jours ouvrés (fourchette resserrée)"),
    ],
)
def test_a_figure_in_words(value: Value, unit: str, said: str) -> None:
    assert figures.figure(value, unit) == said


@pytest.mark.parametrize(
    ("answers", "said"),
    [(True, "Assise : 50 à 99 réponses ; 12 structures sur 14"), (False, "Assise solide ; 12 structures sur 14")],
)
def test_solidity_never_counts_receptions(answers: bool, said: str) -> None:
    value = Value("ok", None, 81, 76, 86, "50-99", None, 12, 14)
    assert figures.solidity(value, answers=answers) == said


SHARE = measure()
NOTED = measure("N@1", nature="rendue", libelle="Demandes reformulées")
DELAY = measure("D@1", genre="quantiles", unite="jours ouvrés", sens="moins", libelle="Attente")
ANSWERS = (Category("2", "deux", False), Category("3", "trois", True), Category("4", "quatre", True))
SPREAD = measure("S@1", genre="repartition", libelle="Ce que la personne sait", categories=ANSWERS)
NEUTRAL = measure(
    "E@1",
    genre="repartition",
    sens="neutre",
    libelle="Où en est la personne",
    categories=(Category("a", "a continué", False), Category("b", "attend", False)),
)


@pytest.mark.parametrize(
    ("told", "cells", "said"),
    [
        (
            SHARE,
            {"": Value("ok", None, 81, 76, 86)},
            "Environ quatre personnes sur cinq disent que leur demande a été bien comprise.",
        ),
        (NOTED, {"": Value("ok", None, 90, 85, 95)}, "Demandes reformulées : neuf sur dix."),
        (
            DELAY,
            {"p50": Value("ok", None, 5, 4, 6), "p90": Value("ok", None, 12, 9, 20)},
            "Attente : 5 jours ouvrés ou moins une fois sur deux, 12 jours ouvrés ou moins neuf fois sur dix.",
        ),
        (
            DELAY,
            {"p50": Value("ok", None, 5, 4, 6), "p90": Value("ok", None, None, 20, None)},
            "Attente : 5 jours ouvrés ou moins une fois sur deux ; pour une fois sur dix, au moins 20 jours ouvrés.",
        ),
        (
            SPREAD,
            {"favorable": Value("ok", None, 66, 60, 70)},
            "Ce que la personne sait : « trois » ou « quatre », pour environ deux réponses sur trois.",
        ),
        (
            NEUTRAL,
            {"a": Value("ok", None, 45, 40, 50), "b": Value("ok", None, 55, 50, 60)},
            "Où en est la personne : le plus souvent « attend » (55 %), puis « a continué » (45 %).",
        ),
        (
            NEUTRAL,
            {"a": Value("ok", "fourchette_trop_large", None, 30, 80), "b": Value("ok", None, 40, 30, 50)},
            "Où en est la personne : une des réponses n'a pas de chiffre ; le tableau donne les autres.",
        ),
        (SHARE, {"": Value("masque")}, sentences.HIDDEN),
        (SHARE, {"": Value("ok", "trop_de_non_reponses")}, "Pas de chiffre : trop de non-réponses."),
        (SHARE, {}, "Aucune donnée dans cette édition pour ce territoire et cette période."),
    ],
)
def test_a_measure_in_a_sentence(told: Measure, cells: dict[str, Value], said: str) -> None:
    found = values(*((told, REGION, YEAR, category, value) for category, value in cells.items()))
    assert sentences.measure_sentence(told, found, REGION, YEAR) == said


NOW = Value("ok", None, 81, 76, 86)


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (
            Value("ok", None, 74, 70, 78),
            "74 % en 2024 ; les fourchettes se recouvrent : rien ne permet de dire que cela a changé.",
        ),
        (Value("ok", None, 60, 55, 65), "60 % en 2024 ; les fourchettes ne se recouvrent pas."),
        (Value("ok", None, 60), "60 % en 2024 ; sans fourchette, rien ne permet de comparer."),
        (Value("masque"), "Pas de valeur en 2024 : rien à comparer."),
    ],
)
def test_a_change_is_two_values_and_never_a_verdict(before: Value, said: str) -> None:
    told = two_values_sentence(NOW, before, YEAR, "%")
    assert told == said
    assert "amélioration" not in told.lower()


def test_a_range_without_upper_end_is_open() -> None:
    assert overlap(Value("ok", None, None, 20, None), Value("ok", None, 30, 25, 35)) is True


def test_two_views_end_with_a_question() -> None:
    told = sentences.two_views_sentence("Demande bien comprise", "Demandes reformulées", NOW, Value("ok", None, 92))
    assert told == (
        "Ce que les équipes notent : demandes reformulées, 92 %. "
        "11 points d'écart avec ce que disent les personnes : que mettons-nous derrière « demande bien comprise » ?"
    )


def test_the_lead_of_a_criterion_is_what_people_say() -> None:
    (criterion,) = field_of(NOTED, SHARE).criteria
    assert criterion.lead("region") == SHARE


@pytest.mark.parametrize(
    ("changed", "lead"),
    [({"niveaux": ("structure",)}, "N@1"), ({"comparaison": "aucune"}, "N@1"), ({}, "M@1")],
)
def test_a_lead_is_shown_and_compared_at_the_level(changed: dict, lead: str) -> None:
    (criterion,) = field_of(NOTED, replace(SHARE, **changed)).criteria
    found = criterion.lead("region")
    assert found is not None
    assert found.id == lead


def test_the_summary_says_where_things_stand_and_what_cannot_be_said() -> None:
    field = field_of(SHARE, NOTED)
    found = values(
        (SHARE, REGION, YEAR, "", NOW),
        (SHARE, REGION, YEAR.year_before, "", Value("ok", None, 74, 70, 78)),
        (SHARE, NETWORK, YEAR, "", Value("masque")),
        (NOTED, REGION, YEAR, "", Value("ok", None, 92, 90, 94)),
        (NOTED, NETWORK, YEAR, "", Value("ok", None, 92, 90, 94)),
    )
    selection, told = Selection(REGION, YEAR), history(SHARE, NOTED)
    assert unsaid([field], found, [REGION, NETWORK], selection) == [
        Silence("Non diffusé, pour qu'on ne puisse reconnaître personne", ("CIO : Demande bien comprise",))
    ]
    (column,) = columns(Matter(selection, [field], found, told, Findings(), {}))
    assert column.lines[0].change == "74 % en 2024, les fourchettes se recouvrent"
    assert two_views(field.criteria[0].indicators[0], found, REGION, YEAR).endswith("?")


def test_territories_keep_their_order_whatever_their_score() -> None:
    units = [REGION, NETWORK, Unit("reseau", "z", "Zèbre")]
    found = values(
        *((SHARE, unit, YEAR, "", Value("ok", None, score)) for unit, score in zip(units, (50, 10, 90), strict=True))
    )
    compared = compare(SHARE, found, units, YEAR, NETWORK)
    assert [row.label for row in compared.rows] == ["Bretagne", "CIO", "Zèbre"]
    assert [row[0] for row in compared.table.rows] == ["Bretagne", "CIO", "Zèbre"]
    assert [row.selected for row in compared.rows] == [False, True, False]


def test_a_hidden_quarter_stays_in_the_timeline() -> None:
    before = Period("trimestre", date(2025, 7, 1))
    found = values((SHARE, REGION, QUARTER, "", NOW), (SHARE, REGION, before, "", Value("masque")))
    line = through_time(SHARE, found, REGION, [QUARTER, before])
    assert [(moment.label, moment.value.shown) for moment in line.moments] == [("T3 2025", False), ("T4 2025", True)]
    assert "T3 2025 : non diffusé" in line.alt


def test_months_hidden_in_a_row_are_said_once() -> None:
    months = [Period("mois", date(2025, month, 1)) for month in range(1, 7)]
    states = (NOW, Value("masque"), Value("masque"), Value("masque"), NOW, Value("masque"))
    found = values(*((NOTED, REGION, month, "", state) for month, state in zip(months, states, strict=True)))
    drawn = draw_timeline(through_time(NOTED, found, REGION, months))
    assert [(each.x, plain(each.text)) for each in drawn.layout.annotations] == [(2, "non diffusé"), (5, "non diffusé")]
    assert drawn.layout.xaxis.ticktext == ("janv.<br>2025", "", "", "", "", "")


def test_a_hidden_distribution_is_written_in_words() -> None:
    found = values(*((SPREAD, REGION, YEAR, category.code, Value("masque")) for category in ANSWERS))
    (row,) = spread_over_units(SPREAD, found, [REGION], YEAR).rows
    assert row.note == "non diffusé"


def test_a_distribution_that_lacks_a_piece_is_not_drawn() -> None:
    parts = (Value("ok", None, 40), Value("ok", "fourchette_trop_large", None, 10, 60), Value("ok", None, 30))
    cells = zip(ANSWERS, parts, strict=True)
    found = values(*((SPREAD, REGION, YEAR, category.code, part) for category, part in cells))
    (row,) = spread_over_units(SPREAD, found, [REGION], YEAR).rows
    assert not row.drawable
    assert row.note == "incomplet : voir le tableau"
    drawn = draw_distribution(spread_over_units(SPREAD, found, [REGION], YEAR))
    assert all(bar.x == (None,) for bar in drawn.data)


def test_a_distribution_without_a_sliver_is_drawn() -> None:
    parts = (Value("ok", None, None, 0, 15), Value("ok", None, 60), Value("ok", None, 37))
    cells = zip(ANSWERS, parts, strict=True)
    found = values(*((SPREAD, REGION, YEAR, category.code, part) for category, part in cells))
    (row,) = spread_over_units(SPREAD, found, [REGION], YEAR).rows
    assert row.drawable


def test_the_favourable_total_is_not_an_answer(connection: duckdb.DuckDBPyConnection) -> None:
    scope = scope_of(Reader("comite"))
    measures = read_measures(
        *(query(connection, scope) for query in (reference.measures, reference.categories, reference.clauses))
    )
    (spread,) = (found for found in measures if found.id == "EF03.percue@2025.1")
    assert [category.code for category in spread.categories] == ["0", "1", "2", "3", "4"]
    assert spread.headline == "favorable"


def test_the_selection_in_one_sentence() -> None:
    edition = Edition("r1", date(2026, 3, 1), (OLD, GRID), synthetic=True)
    assert selection_sentence(Selection(REGION, YEAR), edition) == (
        "Bretagne, année 2025, grille de travail 2024.1, version des données du 1er mars 2026"
    )
    assert edition.notice(YEAR).startswith("Grille de travail, non adoptée.")


@pytest.mark.parametrize(
    ("state", "adopted_on", "draft"),
    [
        ("travail", None, True),
        ("proposee", None, True),
        ("essai", None, True),
        ("adoptee", date(2023, 12, 1), False),
        ("retiree", date(2023, 12, 1), False),
        ("retiree", None, True),
    ],
)
def test_a_grid_that_was_never_adopted_says_so(state: str, adopted_on: date | None, draft: bool) -> None:
    version = Version("2024.1", state, date(2024, 1, 1), adopted_on=adopted_on)
    notice = Edition("r1", date(2026, 3, 1), (version,), synthetic=False).notice(YEAR)
    assert notice.startswith("Grille de travail, non adoptée.") is draft
    assert "ne servent ni à financer" in notice


def test_the_version_told_is_the_one_in_force_in_the_period() -> None:
    edition = Edition("r1", date(2026, 3, 1), (OLD, GRID), synthetic=True)
    before = Selection(REGION, Period("annee", date(2023, 1, 1)))
    assert "grille 2023.1, retirée depuis" in selection_sentence(before, edition)


@pytest.mark.parametrize(
    ("params", "unit", "period", "refusals"),
    [
        ({}, REGION, YEAR, 0),
        ({"territoire": "cio", "periode": "2025-T4"}, NETWORK, QUARTER, 0),
        ({"territoire": "29", "periode": "2025-11"}, DEPARTMENT, MONTH, 0),
        ({"periode": "2025-02"}, REGION, YEAR, 1),
        ({"territoire": "mars", "periode": "1789"}, REGION, YEAR, 2),
        ({"territoire": "S-001"}, REGION, YEAR, 1),
        ({"introuvable": "oui"}, REGION, YEAR, 1),
    ],
)
def test_a_url_is_read_politely(params: dict[str, str], unit: Unit, period: Period, refusals: int) -> None:
    selection = read(params, [REGION, DEPARTMENT, NETWORK], [YEAR, QUARTER, MONTH])
    assert (selection.unit, selection.period, len(selection.refusals)) == (unit, period, refusals)


@pytest.mark.parametrize("period", [YEAR, QUARTER, MONTH])
def test_a_selection_comes_back_from_its_own_url(period: Period) -> None:
    chosen = Selection(NETWORK, period)
    assert read(chosen.query, [REGION, NETWORK], [YEAR, QUARTER, MONTH]) == chosen


@pytest.mark.parametrize(
    ("chosen", "pas", "found"),
    [
        (YEAR, "trimestre", QUARTER),
        (YEAR, "mois", Period("mois", date(2025, 12, 1))),
        (QUARTER, "mois", Period("mois", date(2025, 12, 1))),
        (QUARTER, "annee", YEAR),
        (MONTH, "trimestre", QUARTER),
        (MONTH, "annee", YEAR),
        (Period("annee", date(2024, 1, 1)), "mois", None),
    ],
)
def test_another_step_leads_to_a_period_that_shares_days(chosen: Period, pas: str, found: Period | None) -> None:
    periods = [YEAR, QUARTER, Period("trimestre", date(2025, 7, 1)), MONTH, Period("mois", date(2025, 12, 1))]
    assert chosen.last_of_step(pas, periods) == found


def test_a_file_opens_in_a_french_spreadsheet_and_runs_nothing() -> None:
    written = csv_file(Table("Titre", ("Territoire", "Valeur"), (("CIO", "=1+1"),)), ("Bretagne, année 2025",))
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").split("\r\n")[:5] == [
        "Bretagne, année 2025",
        "Titre",
        "",
        "Territoire;Valeur",
        "CIO;'=1+1",
    ]


def test_a_network_without_a_mean_shows_its_share_of_receptions_and_says_so() -> None:
    key = (SHARE.id, NETWORK.niveau, NETWORK.id, YEAR.debut, "")
    found = Values({(*key, "moyenne_structures"): Value("masque"), (*key, "part_accueils"): NOW})
    assert found.headline(SHARE, NETWORK, YEAR) == NOW
    (row,) = compare(SHARE, found, [NETWORK], YEAR, NETWORK).rows
    assert (row.name, row.drawn) == ("CIO ¹", NOW)
    matter = Matter(Selection(NETWORK, YEAR), [field_of(SHARE)], found, history(SHARE), Findings(), {})
    (column,) = columns(matter)
    assert column.lines[0].note == "entre 76 et 86 %, part des réponses"
    assert through_time(SHARE, found, NETWORK, [YEAR]).axis == "part des réponses"
    cells = {(SPREAD.id, NETWORK.niveau, NETWORK.id, YEAR.debut, "favorable", "part_accueils"): NOW}
    (spread,) = spread_over_units(SPREAD, Values(cells), [NETWORK], YEAR).rows
    assert spread.label == "CIO ¹"
