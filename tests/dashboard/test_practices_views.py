"""One's own structures beside those alike, through time, and what those far from the others do: facts and questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.charts.own_structures import draw as draw_own
from dashboard.charts.small_multiples import draw as draw_panel
from dashboard.selection import Period
from dashboard.views.facts_of_structures import facts_table
from dashboard.views.far_above import Practice, profile_of, why_none
from dashboard.views.measures import Category, Measure
from dashboard.views.own_structures import BY_NAME, BY_PLACE, OwnStructures, ordered, own_structures
from dashboard.views.practices import unnamed_sentence
from dashboard.views.small_multiples import SmallMultiples, small_multiples
from dashboard.views.structures import Structure
from dashboard.views.values import OF_ONE_STRUCTURE, Value, Values

from .test_dashboard_views import NETWORK, SHARE, YEAR, measure, values

BREST = Structure("a", "CIO de Brest", "cio", "29", None, None)
AURAY = Structure("b", "CIO d'Auray", "cio", "56", None, None)
CARHAIX = Structure("c", "CIO de Carhaix", "cio", "29", None, None)
ALL = (BREST, AURAY, CARHAIX)
PLACES = {"29": "Finistère", "56": "Morbihan"}
YEARS = [Period("annee", date(year, 1, 1)) for year in (2023, 2024, 2025)]
QUARTERS = [Period("trimestre", date(2025, month, 1)) for month in (1, 4, 7, 10)]
HIDDEN = Value("masque")


def share(percent: int, reach: int = 5) -> Value:
    return Value("ok", None, percent, percent - reach, percent + reach, "20-49")


def of_structures(told: Measure, cells: dict[tuple[Structure, Period], Value], category: str = "") -> Values:
    return Values(
        {
            (told.id, "structure", each.id, period.debut, category, OF_ONE_STRUCTURE): value
            for (each, period), value in cells.items()
        }
    )


def rows(**alike: int | None) -> pl.DataFrame:
    """Rows of quality.comparaisons: the mean of nine structures alike of each id, from five points below to five above."""
    return pl.DataFrame(
        [
            (SHARE.id, each, 60, 55, 65, *((9, mean, mean - 5, mean + 5) if mean is not None else (None,) * 4))
            for each, mean in alike.items()
        ],
        schema=[
            *("mesure_id", "structure_id", "stabilisee", "stabilisee_basse", "stabilisee_haute"),
            *("pairs", "pairs_valeur", "pairs_basse", "pairs_haute"),
        ],
        orient="row",
    )


def beside(*, stabilised: bool = False, **alike: int | None) -> OwnStructures:
    cells = {(BREST, YEAR): share(50), (AURAY, YEAR): share(70), (CARHAIX, YEAR): HIDDEN}
    return own_structures(SHARE, ALL, of_structures(SHARE, cells), rows(**alike), YEAR, PLACES, stabilised=stabilised)


@pytest.mark.parametrize(
    ("alike", "said"),
    [
        ({"a": 52, "b": 72}, "Les fourchettes des deux structures comparées recouvrent toutes une partie de celle des "
         "structures semblables : rien ne permet de dire que les pratiques diffèrent."),
        ({"a": 80, "b": 72}, "Une structure sur 2 se distingue de structures semblables : CIO de Brest. "
         "Qu'a-t-elle fait, ou connu, de différent ?"),
        ({"a": 80, "b": 30}, "Deux structures sur 2 se distinguent de structures semblables : CIO de Brest et CIO d'Auray. "
         "Qu'ont-elles fait, ou connu, de différent ?"),
        ({"a": None}, "Aucune comparaison à montrer ici : il faut au moins 8 structures semblables."),
    ],
)  # fmt: skip
def test_a_range_beside_another_is_a_question(alike: dict[str, int | None], said: str) -> None:
    assert beside(**alike).sentence == said


def test_the_table_says_all_that_the_chart_draws() -> None:
    found = beside(a=80, b=None)
    assert found.table.rows == (
        (
            "CIO de Brest",
            "Finistère",
            "50 %",
            "entre 45 et 55 %",
            "Assise : 20 à 49 réponses",
            "80 %",
            "entre 75 et 85 %",
            "9",
        ),
        ("CIO d'Auray", "Morbihan", "70 %", "entre 65 et 75 %", "Assise : 20 à 49 réponses", "–", "–", "–"),
        ("CIO de Carhaix", "Finistère", "non diffusé", "–", "–", "–", "–", "–"),
    )
    assert "CIO de Carhaix : non diffusé" in found.alt
    assert [note.text for note in draw_own(found).layout.annotations][-1] == "non diffusé"


def test_a_stabilised_value_is_beside_the_value_and_never_for_a_hidden_one() -> None:
    found = beside(stabilised=True, a=80, c=70)
    assert "Valeur stabilisée" in found.table.header
    assert [found.drawn(row).valeur for row in found.rows] == [60, None, None]
    assert found.sentence.startswith("D'après les valeurs mesurées, une structure sur")
    assert "stabilisée" not in " ".join(beside(a=80).table.header)


@pytest.mark.parametrize(("order", "names"), [(BY_NAME, [AURAY, BREST, CARHAIX]), (BY_PLACE, [BREST, CARHAIX, AURAY])])
def test_structures_are_ordered_by_name_or_by_place(order: str, names: list[Structure]) -> None:
    assert ordered(ALL, PLACES, order) == sorted(names, key=names.index)


def drawn(*cells: dict[tuple[Structure, Period], Value]) -> SmallMultiples | None:
    """By quarter, then by year, from the cells of each."""
    behind = values(*((SHARE, NETWORK, period, "", share(65)) for period in (*QUARTERS, *YEARS)))
    by_step = {
        pas: (of_structures(SHARE, each), behind) for pas, each in zip(("trimestre", "annee"), cells, strict=True)
    }
    return small_multiples(SHARE, ALL, NETWORK, by_step, {"trimestre": QUARTERS, "annee": YEARS})


def test_panels_share_their_axes_and_say_who_has_none() -> None:
    quarters = {(BREST, QUARTERS[0]): share(50), (BREST, QUARTERS[2]): share(90), (AURAY, QUARTERS[0]): share(20)}
    found = drawn(quarters, {})
    assert found is not None
    assert [panel.name for panel in found.panels] == ["CIO de Brest"]
    assert found.silence == "Trop peu de périodes montrées pour tracer une ligne : CIO d'Auray et CIO de Carhaix."
    assert found.panels[0].extent == (45, 95)
    assert found.table.header == ("Trimestre", "CIO de Brest", "CIO, moyenne")
    assert found.table.rows[1][1] == "pas de donnée"
    assert "moyenne des structures" not in found.panels[0].alt
    lines = draw_panel(found.panels[0]).data
    assert [list(each.x) for each in lines] == [[0, 1, 2, 3], [0], [2]], "a missing quarter is a gap"


def test_the_step_is_the_one_in_which_more_structures_have_a_line() -> None:
    years = {(each, year): share(50) for each in (BREST, AURAY) for year in YEARS}
    found = drawn({(BREST, quarter): share(50) for quarter in QUARTERS}, years)
    assert found is not None
    assert (found.step, len(found.panels)) == ("année", 2)
    assert drawn({}, {(BREST, YEARS[0]): share(50)}) is None


@pytest.mark.parametrize(
    ("practice", "said"),
    [
        (Practice("Un espace confidentiel", 4, 100, 30, 60),
         "« Un espace confidentiel » : 4 sur 4, contre six sur dix ailleurs. Est-ce une piste ?"),
        (Practice("Une règle écrite", 3, 67, 20, 3),
         "« Une règle écrite » : 2 sur 3, contre moins d'une sur dix ailleurs. Est-ce une piste ?"),
    ],
)  # fmt: skip
def test_a_practice_is_a_question(practice: Practice, said: str) -> None:
    assert practice.sentence == said


PROFILES = pl.DataFrame(
    {
        "mesure_id": [SHARE.id] * 2,
        "perimetre": ["region"] * 2,
        "libelle": ["Une règle écrite", "Un espace à part"],
        "structures": [4, 4],
        "part": [75, 25],
        "autres": [30, 30],
        "part_autres": [40, 50],
    }
)


def test_only_what_is_done_more_often_is_a_lead_and_the_table_says_the_rest() -> None:
    found = profile_of(SHARE, PROFILES, "region", "année 2025")
    assert found is not None
    assert found.opening.startswith("Quatre structures au-dessus des limites à 95 % acceptent")
    assert len(found.sentences) == 1
    assert found.table.rows[1] == ("Un espace à part", "25 % de 4 structures", "50 % de 30 structures")
    assert profile_of(SHARE, PROFILES, "cio", "année 2025") is None


@pytest.mark.parametrize(
    ("sens", "said"),
    [("plus", "au-dessus des limites"), ("moins", "au-dessous des limites"), ("zone", "ne fixe pas de bon niveau")],
)
def test_a_silence_says_why(sens: str, said: str) -> None:
    assert said in why_none(measure(sens=sens))


def test_facts_are_words_with_a_mark() -> None:
    answers = (
        Category("toujours", "toujours", True),
        Category("partiel", "une partie du temps"),
        Category("non", "jamais"),
    )
    space = measure("P@1", genre="repartition", fait_d_organisation=True, categories=answers, libelle="Espace à part")
    plain_words = replace(space, id="Q@1", categories=(Category("a", "avec dossier"), Category("non", "sans dossier")))
    rule = measure("R@1", fait_d_organisation=True, libelle="Structures qui ont une règle")
    told: dict = {}
    for each, kept, answer in ((BREST, "toujours", 100), (AURAY, "partiel", 0), (CARHAIX, "non", 0)):
        for category in answers:
            held = Value("ok", None, 100 if category.code == kept else 0)
            told |= of_structures(space, {(each, YEAR): held}, category.code).cells
        told |= of_structures(rule, {(each, YEAR): HIDDEN if each is CARHAIX else Value("ok", None, answer)}).cells
        told |= of_structures(plain_words, {(each, YEAR): Value("ok", None, 100)}, "non").cells
    found = facts_table([space, rule, plain_words], ALL, Values(told), YEAR)
    assert found.header == ("Structure", "Espace à part", "Ont une règle", "Espace à part")
    assert [row[1:] for row in found.rows] == [
        ("● toujours", "● oui", "sans dossier"),
        ("◐ une partie du temps", "○ non", "sans dossier"),
        ("○ jamais", "non diffusé", "sans dossier"),
    ]


@pytest.mark.parametrize(("count", "said"), [(0, ""), (1, "Une structure de votre"), (3, "Trois structures de votre")])
def test_who_refuses_is_counted_in_words(count: int, said: str) -> None:
    assert unnamed_sentence(count).startswith(said)
