"""What came late enters the year only if nobody can be seen in it: nobody, or enough, at every level that is shown."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.thresholds import load_thresholds
from pipelines.settled.late import admissible, admit_late
from pipelines.settled.ledger import keep
from pipelines.settled.settle import settle
from tests.settled.conftest import BASE, MEASURE, STRUCTURES, Published, Warehouse, counted

THRESHOLDS = load_thresholds()
T, FEW = THRESHOLDS.persons.value, THRESHOLDS.opinion_few.value
OTHER = "OR02.rendue@2025.1"


def late(
    differences: dict[str, tuple[int, int]], *, opinion: bool = False, other: dict[str, tuple[int, int]] | None = None
):
    """Differences (y, n) by structure, of one measure or of two."""
    rows = [
        (BASE, "accueils", opinion, "part", "2025-01-01", structure, *_places(structure), measure, "", "", *moved)
        for measure, told in ((MEASURE, differences), (OTHER, other or {}))
        for structure, moved in told.items()
    ]
    schema = [
        "base_id", "base", "opinion", "genre", "debut", "structure_id", "reseau", "departement", "region", "mesure_id",
        "groupe", "categorie", "y", "n",
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(pl.col("debut").str.to_date())


def _places(structure: str) -> tuple[str, str, str]:
    network, place = STRUCTURES[structure]
    return network, place or "", "bretagne"


def admitted(frame: pl.DataFrame) -> set[str]:
    return set(admissible(frame, THRESHOLDS)["structure_id"])


SPECIFICATION = [
    # differences (y, n) by structure → those that enter
    pytest.param({"A-1": (4, T)}, {"A-1"}, id="just enough"),
    pytest.param({"A-1": (4, T - 1)}, set(), id="one too few"),
    pytest.param({"A-1": (-4, -T)}, {"A-1"}, id="withdrawn, enough"),
    pytest.param({"A-1": (-1, -1)}, set(), id="withdrawn, one person"),
    pytest.param({"A-1": (1, 0)}, set(), id="a correction that changes one answer"),
    pytest.param({"A-1": (0, 0)}, set(), id="nothing moved"),
    pytest.param({"A-1": (0, T), "A-2": (0, T)}, {"A-1", "A-2"}, id="two of the same network"),
    pytest.param({"A-1": (0, 2 * T), "A-2": (0, -T)}, {"A-1", "A-2"}, id="the network moves by enough"),
    pytest.param(
        {"A-1": (0, 2 * T), "A-2": (0, -T - 1)}, {"A-1"}, id="the network would move by too few: the smallest waits"
    ),
    pytest.param({"A-1": (0, T), "A-2": (0, -T)}, {"A-1", "A-2"}, id="the network does not move"),
    pytest.param({"A-1": (3, T), "A-2": (0, -T)}, {"A-2"}, id="it does in what it answers: one waits"),
    pytest.param({"A-3": (0, 2 * T), "C-1": (0, -T - 1)}, {"A-3"}, id="the département would move by too few"),
    pytest.param({"A-1": (0, 2 * T), "C-2": (0, -T - 1)}, {"A-1"}, id="the region would move by too few"),
]


@pytest.mark.parametrize(("differences", "entering"), SPECIFICATION)
def test_a_difference_enters_if_it_is_of_nobody_or_of_enough(differences, entering: set[str]) -> None:
    assert admitted(late(differences)) == entering


def test_all_the_measures_of_a_base_enter_together_or_none() -> None:
    enough = {"A-1": (4, T), "A-2": (4, T)}
    assert admitted(late(enough, other={"A-1": (0, 0), "A-2": (1, 2)})) == {"A-1"}


OPINIONS = [(FEW, True), (FEW - 1, False), (0, False), (T + 9 - FEW, True), (T + 9 - FEW + 1, False), (T + 9, False)]


@pytest.mark.parametrize(("favourable", "enters"), OPINIONS)
def test_late_answers_of_one_mind_wait(favourable: int, enters: bool) -> None:
    assert (admitted(late({"A-1": (favourable, T + 9)}, opinion=True)) == {"A-1"}) is enters
    assert admitted(late({"A-1": (favourable, T + 9)})) == {"A-1"}


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(STRUCTURES)), st.tuples(st.integers(-9, 9), st.integers(-3 * T, 3 * T)), min_size=1
    )
)
def test_whatever_came_late_no_unit_moves_by_a_few(differences: dict[str, tuple[int, int]]) -> None:
    entering = admitted(late(differences))
    assert entering == admitted(late(dict(reversed(differences.items()))))
    moved: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for structure in entering:
        for unit in (structure, *_places(structure)):
            moved[f"département {unit}" if len(unit) < 3 else unit].append(differences[structure])
    for told in moved.values():
        y, n = (sum(each) for each in zip(*told, strict=True))
        assert abs(n) >= T or (n == 0 and y == 0)


def test_the_year_gets_what_came_late_and_its_months_never_do(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    first = [counted("A-1", 1, 7, 20), counted("A-1", 1, 7, 20, modality="tchat"), counted("A-2", 1, 3, 30)]
    keep(warehouse(first, new=[1]), tmp_path / "s", "e1", [2025])
    today = warehouse(
        [
            counted("A-1", 1, 12, 35, settled=True),
            counted("A-1", 1, 10, 30, settled=True, modality="tchat"),
            counted("A-1", 1, 2, 5, settled=True, modality="courriel"),
            counted("A-2", 1, 3, 31, settled=True),
            counted("A-1", 12, 1, 4),
        ],
        new=[12],
        yearly=True,
    )
    settle(today, tmp_path / "s", published({1: "e1"}))
    admit_late(today, THRESHOLDS)
    rows = today.execute(
        "SELECT structure_id, pas, month(debut), modalite, y, n, applicables FROM tardifs ORDER BY ALL"
    )
    assert rows.fetchall() == [
        ("A-1", "annee", 1, "", 5, 15, 15),
        ("A-1", "annee", 1, "courriel", 2, 5, 6),
        ("A-1", "annee", 1, "tchat", 3, 10, 10),
    ]
    months = today.execute("SELECT structure_id, y, n FROM comptes_fins WHERE pas = 'mois' ORDER BY ALL").fetchall()
    assert months == [("A-1", 1, 4), ("A-1", 7, 20), ("A-2", 3, 30)]


def test_nothing_enters_before_the_yearly_edition(tmp_path: Path, warehouse: Warehouse, published: Published) -> None:
    keep(warehouse([counted("A-1", 1, 7, 20)], new=[1]), tmp_path / "s", "e1", [2025])
    today = warehouse([counted("A-1", 1, 30, 90, settled=True)], new=[2])
    settle(today, tmp_path / "s", published({1: "e1"}))
    admit_late(today, THRESHOLDS)
    assert today.execute("SELECT count(*) FROM tardifs").fetchone() == (0,)


def test_a_size_is_counted_once_however_many_days_were_waited(
    tmp_path: Path, warehouse: Warehouse, published: Published
) -> None:
    def waits(days: dict[str, int], *, settled: bool = False) -> list[tuple[object, ...]]:
        size = sum(days.values())
        return [counted("A-1", 1, y, size, category=day, kind="quantiles", settled=settled) for day, y in days.items()]

    keep(warehouse(waits({"2": 3, "5": 4}), new=[1]), tmp_path / "s", "e1", [2025])
    today = warehouse(waits({"2": 3, "7": 15}, settled=True), new=[12], yearly=True)
    settle(today, tmp_path / "s", published({1: "e1"}))
    admit_late(today, THRESHOLDS)
    rows = today.execute("SELECT categorie, y, n FROM tardifs ORDER BY ALL").fetchall()
    assert rows == [("2", 0, 11), ("5", -4, 11), ("7", 15, 11)]
