"""What each kind of measure becomes in words, and what is never compared or coloured."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.charts.comparison import draw as draw_comparison
from dashboard.selection import Period, Selection, Unit
from dashboard.theme import mark_colour
from dashboard.views import availability, figures, sentences
from dashboard.views.catalogue import Criterion, Declined, Field, Indicator, Waiting
from dashboard.views.comparison import compare, parts_of
from dashboard.views.edition import Edition
from dashboard.views.explanation import origin
from dashboard.views.measures import Category, Measure
from dashboard.views.unsaid import opening, unsaid
from dashboard.views.values import ABSENT, Value, Values
from dashboard.views.versions import Version

from .test_dashboard_views import DEPARTMENT, MONTH, NETWORK, QUARTER, REGION, YEAR, measure, values

GAP = measure("G@1", genre="ecart", unite="jours ouvrés", sens="moins", libelle="Écart d'attente")
GAIN = measure("A@1", genre="gain", unite="points", libelle="Gain de clarté")
DIVERSITY = measure("V@1", genre="diversite", unite="canaux", sens="zone", libelle="Canaux utilisés")
ITEMS = (Category("P01", "Nous écoutons."), Category("P02", "Nous reformulons."))
INDEX = measure("I@1", genre="indice", libelle="Posture", nature="declaree", comparaison="aucune", parts=ITEMS)
RATIO = measure("R@1", genre="rapport_de_sommes", libelle="Formés en deux ans", nature="declaree")
FACT = measure(
    "F@1", fait_d_organisation=True, nature="declaree", libelle="Droit affiché", niveaux=("reseau", "region")
)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (Value("ok", None, 3, 1, 5), GAP.shown_unit, "3 jours ouvrés de plus (de 1 à 5 jours ouvrés de plus)"),
        (Value("ok", None, -1, -3, 1), GAP.shown_unit,
         "1 jour ouvré de moins (entre 3 jours ouvrés de moins et 1 jour ouvré de plus)"),
        (Value("ok", None, -4, -6, -2), GAP.shown_unit, "4 jours ouvrés de moins (de 2 à 6 jours ouvrés de moins)"),
        (Value("ok", None, 0, -2, None), GAP.shown_unit,
         "aucun écart (à partir de 2 jours ouvrés de moins, sans limite haute connue)"),
        (Value("ok", None, 2, None, 4), GAP.shown_unit,
         "2 jours ouvrés de plus (jusqu'à 4 jours ouvrés de plus, sans limite basse connue)"),
        (Value("ok", None, 12, 7, 17), "points", "+12 points (entre +7 points et +17 points)"),
        (Value("ok", None, -1, -6, 4), "points", "−1 point (entre −6 points et +4 points)"),
        (Value("ok", None, 3), "canaux", "3 canaux"),
        (Value("ok", None, 1), "canaux", "1 canal"),
        (Value("ok", None, 4, 3, 5), "minutes", "4 minutes (de 3 à 5 minutes)"),
        (Value("ok", None, 81, 76, 86, provenance="proche"), "%",
         "81 % (entre 76 et 86 %), comprend l'indicateur d'un réseau, définition proche"),
        (Value("ok", None, 81, 76, 86, provenance="mesure"), "%", "81 % (entre 76 et 86 %)"),
    ],
)  # fmt: skip
def test_a_figure_says_which_way_it_goes_and_where_it_comes_from(value: Value, unit: str, said: str) -> None:
    assert figures.figure(value, unit) == said


@pytest.mark.parametrize(
    ("told", "cells", "said"),
    [
        (GAP, {"": Value("ok", None, 3, 1, 5), "groupe": Value("ok", None, 9), "contre": Value("ok", None, 6)},
         "Écart d'attente : 3 jours ouvrés de plus (9 jours ouvrés contre 6 jours ouvrés) ; zéro ou moins est attendu."),
        (GAP, {"": Value("ok", None, 0, -1, 2)}, "Écart d'attente : aucun écart ; zéro ou moins est attendu."),
        (GAIN, {"": Value("ok", None, 12, 7, 17), "avant": Value("ok", None, 41), "apres": Value("ok", None, 53)},
         "Gain de clarté : +12 points, de 41 % avant à 53 % après."),
        (DIVERSITY, {"": Value("ok", None, 3), "proposes": Value("ok", None, 1)},
         "Canaux utilisés : 3 canaux en usage ; un autre est proposé et peu utilisé."),
        (DIVERSITY, {"": Value("ok", None, 3), "proposes": Value("ok", None, 0)},
         "Canaux utilisés : 3 canaux en usage ; aucun autre n'est proposé."),
        (INDEX, {"": Value("ok", None, 62, 58, 66), "P01": Value("ok", None, 84), "P02": Value("ok", None, 30)},
         "Posture : 62 % en moyenne ; point faible : « Nous reformulons », 30 %."),
        (RATIO, {"": Value("ok", None, 55, 50, 60)}, "Formés en deux ans : 55 %."),
        (FACT, {"": Value("ok", None, 70)}, "Droit affiché : 70 % des structures."),
    ],
)  # fmt: skip
def test_each_kind_has_its_sentence(told: Measure, cells: dict[str, Value], said: str) -> None:
    found = values(*((told, REGION, YEAR, category, value) for category, value in cells.items()))
    assert sentences.measure_sentence(told, found, REGION, YEAR) == said


def test_the_items_of_an_index_keep_the_order_of_the_grid() -> None:
    found = values(
        (INDEX, REGION, YEAR, "P02", Value("ok", None, 90)), (INDEX, REGION, YEAR, "P01", Value("ok", None, 10))
    )
    model = parts_of(INDEX, found, REGION, YEAR)
    assert [row.label for row in model.rows] == ["Nous écoutons.", "Nous reformulons."]
    assert "par item" in model.alt
    assert len(draw_comparison(model).data) == 2


def test_partners_that_nobody_may_read_leave_no_row() -> None:
    assert parts_of(INDEX, Values({}), REGION, YEAR).rows == ()


def test_a_fact_has_no_range_and_says_so() -> None:
    compared = compare(FACT, values((FACT, REGION, YEAR, "", Value("ok", None, 70))), [REGION, NETWORK], YEAR, REGION)
    assert "Fourchette" not in compared.table.header
    assert compared.table.header[1] == "Part des structures"
    assert "fait constaté, sans fourchette" in compared.alt


def test_a_network_that_declines_is_not_one_without_data() -> None:
    compared = compare(GAIN, Values({}), [REGION, NETWORK], YEAR, REGION, declining=["cio"])
    assert [row[1] for row in compared.table.rows] == ["pas de donnée", "décliné"]


def test_units_where_a_measure_is_never_shown_have_no_row() -> None:
    compared = compare(measure(niveaux=("reseau",)), Values({}), [REGION, NETWORK], YEAR, NETWORK)
    assert [row.label for row in compared.rows] == ["CIO"]


@pytest.mark.parametrize(
    ("changed", "unit", "said"),
    [
        ({}, REGION, ""),
        ({"niveaux": ("reseau", "region")}, REGION, ""),
        ({"niveaux": ("structure",)}, REGION, "Montré à l'équipe de chaque structure seulement."),
        (
            {"niveaux": ("structure", "reseau")},
            REGION,
            "Montré structure par structure et réseau par réseau seulement.",
        ),
    ],
)
def test_a_measure_says_where_it_is_shown(changed: dict, unit: Unit, said: str) -> None:
    assert availability.not_at_level(measure(**changed), unit) == said


@pytest.mark.parametrize(
    ("steps", "period", "said"),
    [
        (("annee",), QUARTER, "Ce chiffre se mesure par année."),
        (("annee",), YEAR, ""),
        (("trimestre", "annee"), QUARTER, ""),
        (("trimestre", "annee"), MONTH, "Ce chiffre se mesure par trimestre et par année seulement."),
        (("mois", "trimestre", "annee"), MONTH, ""),
    ],
)
def test_a_measure_says_by_which_step_it_is_told(steps: tuple[str, ...], period: Period, said: str) -> None:
    assert availability.not_by_step(measure(pas=steps), period) == said


@pytest.mark.parametrize(
    ("period", "steps", "found"),
    [
        (MONTH, ("trimestre", "annee"), [QUARTER, YEAR]),
        (MONTH, ("annee",), [YEAR]),
        (QUARTER, ("trimestre", "annee"), [YEAR]),
        (YEAR, ("trimestre", "annee"), []),
        (Period("mois", date(2026, 1, 1)), ("trimestre", "annee"), []),
    ],
)
def test_the_longer_periods_offered_are_those_of_the_edition(
    period: Period, steps: tuple[str, ...], found: list[Period]
) -> None:
    assert availability.longer(period, [YEAR, QUARTER, MONTH], measure(pas=steps)) == found


@pytest.mark.parametrize(
    ("unit", "period", "told"), [(DEPARTMENT, YEAR, True), (DEPARTMENT, QUARTER, False), (REGION, MONTH, True)]
)
def test_a_departement_is_told_by_year_only(unit: Unit, period: Period, told: bool) -> None:
    assert (availability.by_year_only(unit, period) == "") is told
    assert availability.units_told([unit], period) == [unit] * told


@pytest.mark.parametrize("sens", ["zone", "neutre"])
def test_a_measure_without_a_good_side_is_grey(sens: str) -> None:
    assert mark_colour(sens) not in (mark_colour("plus"), mark_colour("moins"))


def test_a_gap_is_drawn_on_both_sides_of_zero() -> None:
    found = values(
        (GAP, REGION, YEAR, "", Value("ok", None, -3, -5, -1)), (GAP, NETWORK, YEAR, "", Value("ok", None, 2, 0, 4))
    )
    low, high = draw_comparison(compare(GAP, found, [REGION, NETWORK], YEAR, REGION)).layout.xaxis.range
    assert low < -5
    assert high > 4


def test_what_waits_is_counted_and_grouped_by_reason() -> None:
    indicators = (
        Indicator("OR04", "Réponse aux courriels", pending="aucun outil ne le dit."),
        Indicator("PD14", "Posture", measures=(measure(niveaux=("structure",)),)),
        Indicator(
            "PD12", "Hors réseau", measures=(SHOWN,), declined=(Declined("cio", "CIO", "sans objet.", YEAR.debut),)
        ),
        Indicator("EF06", "Orientation aboutie", measures=(SHOWN,), waiting=(Waiting("Code de liaison", "à venir."),)),
    )
    field = Field("effets", "Effets", (Criterion("c", "C", "?", indicators),))
    found = values((SHOWN, REGION, YEAR, "", Value("ok", None, 50)), (SHOWN, NETWORK, YEAR, "", Value("masque")))
    assert opening([field]) == "Un indicateur sur 4 n'est pas encore mesuré."
    assert [
        (each.reason, each.lines) for each in unsaid([field], found, [REGION, NETWORK], Selection(REGION, YEAR))
    ] == [
        (
            "Pas encore mesuré",
            ("Réponse aux courriels : aucun outil ne le dit.", "Orientation aboutie, Code de liaison : à venir."),
        ),
        ("Décliné par un réseau", ("Hors réseau, par CIO : sans objet.",)),
        ("Montré à l'équipe de chaque structure seulement", ("Posture",)),
        ("Non diffusé, pour qu'on ne puisse reconnaître personne", ("CIO : Orientation aboutie",)),
    ]


SHOWN = measure("W@1")


def test_the_origin_of_a_figure_tells_target_limit_and_references() -> None:
    told = measure(
        seuil=80, seuil_raison="Choisi par les réseaux.", seuil_date=date(2024, 11, 20), limite="Les seuls répondants."
    )
    indicator = Indicator("PD02", "Demande", references=("ELGPN, 3.2 : Satisfaction",))
    edition = Edition("r1", date(2026, 3, 1), (Version("2024.1", "travail", date(2024, 1, 1)),), synthetic=True)
    rows = dict(origin(told, indicator, ABSENT, edition))
    assert rows["Seuil choisi par les réseaux"] == "80 %, depuis le 20 novembre 2024 : Choisi par les réseaux."
    assert rows["Ce que ce chiffre ne dit pas"] == "Les seuls répondants."
    assert rows["Autre cadre"] == "ELGPN, 3.2 : Satisfaction."
    assert "Série" not in rows
