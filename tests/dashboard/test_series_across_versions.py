"""A series through two versions of the grid: continuous where it is declared, broken elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.charts.timeline import draw
from dashboard.selection import Period
from dashboard.text import dates
from dashboard.views.changes import change_sentence, short_change
from dashboard.views.distribution import spread_over_time
from dashboard.views.history import History
from dashboard.views.measures import Category, Measure
from dashboard.views.timeline import Timeline, through_time
from dashboard.views.values import Value, Values
from dashboard.views.versions import Version

from .test_dashboard_views import REGION, measure, values

OLD_VERSION = Version("2023.1", "retiree", date(2023, 1, 1), date(2024, 12, 31))
NEW_VERSION = Version("2025.1", "travail", date(2025, 1, 1))
QUARTERS = [Period(dates.QUARTER, date(year, month, 1)) for year in (2024, 2025) for month in (1, 4, 7, 10)]
YEAR = Period(dates.YEAR, date(2025, 1, 1))
OLD = measure("PD02.percue@2023.1", version="2023.1")
JOINED = measure(
    "PD02.percue@2025.1",
    version="2025.1",
    precedente=OLD.id,
    suite_de=OLD.id,
    suite_raison="La question ne change pas.",
)
BROKEN = replace(JOINED, suite_de=None, suite_raison=None)
NEW = replace(BROKEN, precedente=None)


def told(new: Measure, old: Measure = OLD) -> History:
    return History({each.id: each for each in (old, new)}, (OLD_VERSION, NEW_VERSION))


def figures_of(new: Measure, old: Measure = OLD) -> Values:
    shown = Value("ok", None, 80, 76, 84)
    return values(*((old if each.debut.year < 2025 else new, REGION, each, "", shown) for each in QUARTERS))


def line_of(new: Measure, old: Measure = OLD) -> Timeline:
    return through_time(new, figures_of(new, old), REGION, QUARTERS, told(new, old).stages(new))


def lines_drawn(line: Timeline) -> int:
    return sum(trace.mode == "lines+markers" for trace in draw(line).data)


def test_a_declared_series_goes_on_with_a_thin_mark() -> None:
    line = line_of(JOINED)
    assert [moment.version for moment in line.moments] == ["2023.1"] * 4 + ["2025.1"] * 4
    (seam,) = line.seams
    assert (seam.index, seam.joined, seam.words) == (4, True, "grille 2025.1")
    assert seam.note == "À partir du T1 2025 (grille 2025.1), la série continue. La question ne change pas."
    assert lines_drawn(line) == 1
    assert line.table.header[-1] == "Grille"


def test_elsewhere_the_break_is_seen_and_told() -> None:
    line = line_of(BROKEN)
    (seam,) = line.seams
    assert not seam.joined
    assert lines_drawn(line) == 2
    assert "définition changée : ne se compare pas" in line.alt
    assert len(draw(line).layout.shapes) == 1


def test_what_did_not_exist_has_no_past() -> None:
    line = line_of(NEW)
    assert [moment.label for moment in line.moments] == ["T1 2025", "T2 2025", "T3 2025", "T4 2025"]
    assert line.seams == ()


def test_a_past_in_another_unit_is_not_drawn() -> None:
    line = line_of(BROKEN, replace(OLD, unite="jours ouvrés"))
    assert {moment.version for moment in line.moments} == {"2025.1"}


@pytest.mark.parametrize(
    ("new", "said", "short"),
    [
        (
            JOINED,
            "80 % en 2024 ; les fourchettes se recouvrent : rien ne permet de dire que cela a changé.",
            "80 % en 2024, les fourchettes se recouvrent",
        ),
        (BROKEN, "La définition a changé avec la grille 2025.1 : rien à comparer en 2024.", ""),
        (NEW, "Cette mesure n'existait pas en 2024 : rien à comparer.", ""),
    ],
)
def test_a_year_before_compares_only_what_is_declared(new: Measure, said: str, short: str) -> None:
    shown = Value("ok", None, 80, 76, 84)
    found = values((OLD, REGION, YEAR.year_before, "", shown), (new, REGION, YEAR, "", shown))
    assert change_sentence(new, found, REGION, YEAR, told(new)) == said
    assert short_change(new, found, REGION, YEAR, told(new)) == short


def test_a_file_whose_versions_turn_in_circles_is_read_to_an_end() -> None:
    circular = replace(OLD, suite_de=JOINED.id)
    assert [stage.measure.version for stage in told(JOINED, circular).stages(JOINED)] == ["2023.1", "2025.1"]


ANSWERS = (Category("a", "a continué"), Category("b", "attend"))


@pytest.mark.parametrize(
    ("new", "answers", "rows"),
    [(JOINED, ANSWERS, 8), (JOINED, ANSWERS[:1], 4), (BROKEN, ANSWERS, 4)],
)
def test_answers_through_time_go_back_as_far_as_they_are_the_same(
    new: Measure, answers: tuple[Category, ...], rows: int
) -> None:
    asked = {"genre": "repartition", "sens": "neutre"}
    now, before = replace(new, categories=ANSWERS, **asked), replace(OLD, categories=answers, **asked)
    found = spread_over_time(now, Values({}), REGION, QUARTERS, told(now, before).stages(now))
    assert len(found.rows) == rows
