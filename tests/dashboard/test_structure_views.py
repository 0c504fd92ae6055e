"""The rules of a structure's sheet: its period, what stands out, its practices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.access import Reader
from dashboard.charts.practice_profile import draw
from dashboard.selection import Period, Unit
from dashboard.views.behaviour import BAD, GOOD, Behaviour
from dashboard.views.criteria import CriterionLine, Standing
from dashboard.views.measures import Category, Measure
from dashboard.views.practice_profile import HAS, NOT, PARTLY, UNTOLD, profile_of
from dashboard.views.structure_access import opened
from dashboard.views.structure_lines import SheetLine
from dashboard.views.structure_periods import latest_by_step, looked_at, own_period, step_sentence
from dashboard.views.structure_points import Point, first_things, side, strong_points
from dashboard.views.structures import Structure
from dashboard.views.values import ABSENT, Value, Values

from .test_dashboard_views import measure

STRUCTURE, NETWORK = Unit("structure", "S-1", "CIO d'ici"), Unit("reseau", "cio", "CIO")
REGION = Unit("region", "bretagne", "Bretagne")
YEAR, BEFORE = Period("annee", date(2025, 1, 1)), Period("annee", date(2024, 1, 1))
QUARTER, MONTH, LATER = (
    Period("trimestre", date(2025, 10, 1)),
    Period("mois", date(2025, 11, 1)),
    Period("mois", date(2026, 1, 1)),
)
PERIODS = [YEAR, BEFORE, QUARTER, LATER, MONTH]
NEAR = Value("ok", None, 70, 65, 75)


def line(value: Value, *, sens: str = "plus", code: str = "ecoute", other: Value = NEAR, **more: object) -> SheetLine:
    told = CriterionLine(
        code, code.capitalize(), "?", "Une personne sur deux.", "50 %", value=value, is_share=True, sens=sens
    )
    return SheetLine(told, network=other, region=ABSENT, beside=("Réseau CIO : 70 %",), **more)  # type: ignore[arg-type]


def varying(variation: str) -> Behaviour:
    signal = "tendance" if variation == "amelioration" else None
    return Behaviour({}, "xmr", "structure", variation, signal, None, provisional=False)


def test_a_period_is_looked_at_with_the_longer_ones_that_hold_it() -> None:
    assert looked_at(MONTH, PERIODS) == [MONTH, QUARTER, YEAR]
    assert looked_at(YEAR, PERIODS) == [YEAR]


def test_a_longer_period_that_is_not_closed_gives_way_to_the_last_one() -> None:
    assert looked_at(LATER, PERIODS) == [LATER, QUARTER, YEAR]
    assert looked_at(BEFORE, PERIODS) == [BEFORE]


def test_the_finest_step_that_has_a_figure_is_the_structure_s_own() -> None:
    assert own_period([MONTH, QUARTER, YEAR], PERIODS) == MONTH
    assert own_period([], PERIODS) == YEAR
    assert latest_by_step([QUARTER, YEAR, BEFORE]) == {"trimestre": QUARTER, "annee": YEAR}
    assert "par trimestre" in step_sentence([QUARTER, YEAR])


@pytest.mark.parametrize(
    ("value", "sens", "expected"),
    [
        (Value("ok", None, 85, 80, 90), "plus", GOOD),
        (Value("ok", None, 85, 80, 90), "moins", BAD),
        (Value("ok", None, 40, 30, 50), "plus", BAD),
        (Value("ok", None, 40, 30, 50), "moins", GOOD),
        (Value("ok", None, 80, 75, 85), "plus", ""),
        (Value("ok", None, 85, 80, 90), "zone", ""),
        (Value("ok", None, 85, 80, 90), "neutre", ""),
        (Value("ok", None, 85), "plus", ""),
        (Value("masque"), "plus", ""),
    ],
)
def test_only_a_range_that_lies_wholly_apart_has_a_side(value: Value, sens: str, expected: str) -> None:
    assert side(line(value, sens=sens)) == expected


def test_the_region_stands_in_for_a_network_that_may_not_be_shown() -> None:
    hidden = line(Value("ok", None, 95, 90, 98), other=Value("masque"))
    assert side(hidden) == ""
    assert side(replace(hidden, region=NEAR)) == GOOD


def test_strong_points_are_three_at_most_and_one_for_each_criterion() -> None:
    high = Value("ok", None, 90, 85, 95)
    lines = [line(high, code=code) for code in "abcde"]
    improved = Point("b", "B", "Un fait.", "Solide.", "Pourquoi ?")
    assert [each.code for each in strong_points(lines, [improved])] == ["b", "a", "c"]
    assert strong_points([line(NEAR)], []) == ()


def test_what_progresses_is_a_strong_point() -> None:
    assert strong_points([line(NEAR, variation=varying("amelioration"))], [])
    assert strong_points([line(NEAR, standing=Standing("En progrès", None, "en_progres"))], [])
    assert strong_points([line(NEAR, variation=varying("habituelle"))], []) == ()


def test_first_things_go_from_what_changed_to_what_is_apart_to_views_that_part() -> None:
    low, lower = Value("ok", None, 60, 55, 66), Value("ok", None, 30, 20, 40)
    looked = Standing("À regarder ensemble", None, "a_regarder")
    lines = [line(lower, code="a"), line(NEAR, code="b", standing=looked), line(low, code="c", standing=looked)]
    parted = Point("d", "D", "Un fait.", "Solide.", "Pourquoi ?")
    assert [each.code for each in first_things(lines, [parted])] == ["c", "b"]
    assert [each.code for each in first_things(lines[:1], [parted])] == ["a", "d"]
    assert first_things([line(NEAR)], []) == ()


PLACES = Category("0", "nulle part"), Category("1", "à un endroit", True), Category("2", "partout", True)
SPACE = Category("toujours", "toujours", True), Category("partiel", "une partie du temps"), Category("non", "non")
FREE = Category("sans_dossier", "sans dossier"), Category("limites", "avec des limites"), Category("non", "non")


def fact(*categories: Category, sens: str = "plus") -> Measure:
    genre = "repartition" if categories else "part"
    return measure("F@1", genre=genre, categories=categories, fait_d_organisation=True, libelle="Un fait", sens=sens)


def cells(asked: Measure, **shares: int) -> Values:
    told = {category.code: Value("ok", None, shares.get(f"c_{category.code}", 0)) for category in asked.categories}
    told |= {"favorable": Value("ok", None, 100)} if asked.categories else {}
    told |= {"": Value("ok", None, shares["share"])} if "share" in shares else {}
    return Values({(asked.id, "structure", "S-1", YEAR.debut, code, "structure"): cell for code, cell in told.items()})


@pytest.mark.parametrize(
    ("asked", "shares", "answer", "state"),
    [
        (fact(), {"share": 100}, "oui", HAS),
        (fact(), {"share": 0}, "non", NOT),
        (fact(*SPACE), {"c_toujours": 100}, "toujours", HAS),
        (fact(*SPACE), {"c_partiel": 100}, "une partie du temps", PARTLY),
        (fact(*SPACE), {"c_non": 100}, "non", NOT),
        (fact(*PLACES), {"c_2": 100}, "partout", HAS),
        (fact(*PLACES), {"c_0": 100}, "nulle part", NOT),
        (fact(*FREE, sens="neutre"), {"c_limites": 100}, "avec des limites", PARTLY),
    ],
)
def test_a_fact_is_had_partly_had_or_not(asked: Measure, shares: dict, answer: str, state: str) -> None:
    (practice,) = profile_of([asked], cells(asked, **shares), YEAR, STRUCTURE, NETWORK, REGION).practices
    assert (practice.answer, practice.state) == (answer, state)


def test_a_hidden_fact_is_drawn_as_such_and_one_that_nobody_told_is_not_drawn() -> None:
    hidden = Values({("F@1", "structure", "S-1", YEAR.debut, "", "structure"): Value("masque")})
    profile = profile_of([fact()], hidden, YEAR, STRUCTURE, NETWORK, REGION)
    assert [(each.answer, each.state) for each in profile.practices] == [("non diffusé", UNTOLD)]
    assert "non diffusé" in str(draw(profile).layout.annotations[0].text)
    assert profile_of([fact()], Values({}), YEAR, STRUCTURE, NETWORK, REGION).practices == ()


def test_the_chart_shows_what_its_table_says() -> None:
    others = {
        ("F@1", unit.niveau, unit.id, YEAR.debut, "", "moyenne_structures"): Value("ok", None, share)
        for unit, share in ((NETWORK, 40), (REGION, 60))
    }
    values = Values(cells(fact(), share=100).cells | others)
    profile = profile_of([fact()], values, YEAR, STRUCTURE, NETWORK, REGION)
    assert profile.table.rows == (("Un fait", "oui", "40 %", "60 %", "Oui"),)
    assert [trace.x for trace in draw(profile).data if trace.mode == "markers"] == [(40,), (60,)]
    assert "Un fait : oui (CIO 40 %, Bretagne 60 %)" in profile.alt


NAMED = [Structure("S-1", "CIO d'ici", "cio", "35", None, None), Structure("S-2", "CIO de là", "cio", "22", None, None)]


@pytest.mark.parametrize(
    ("reader", "named", "asked", "found"),
    [
        (Reader("comite"), NAMED, "S-1", None),
        (Reader("animateur"), NAMED, "", None),
        (Reader("inconnu"), NAMED, "S-1", None),
        (Reader("reseau", network="cio"), NAMED, "", "S-1"),
        (Reader("reseau", network="cio"), NAMED, "S-2", "S-2"),
        (Reader("reseau", network="cio"), NAMED, "S-9", None),
        (Reader("reseau", network="cio"), [], "", None),
        (Reader("structure", structure="S-1"), NAMED[:1], "S-2", None),
        (Reader("structure", structure="S-1"), NAMED[:1], "", "S-1"),
    ],
)
def test_who_opens_which_sheet(reader: Reader, named: list[Structure], asked: str, found: str | None) -> None:
    answer = opened(reader, named, asked)
    assert (answer.structure.id if answer.structure else None) == found
    assert bool(answer.refusal) == (found is None)
