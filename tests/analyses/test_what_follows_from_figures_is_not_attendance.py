"""The hold of "quality is not attendance" on all that a release tells: figures and every table of the analyses (methods 8.1).

As in `test_quality_is_not_attendance` for figures alone, over the registry of measures. `held` lists what is out of scope.
Small: a few measures of every table; whole: all of the working grid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple, get_args

import pytest

from grids.model import Kind
from grids.territories import communes
from pipelines.command_line.analyses import Tables
from pipelines.comparison.peers import MEAN_OF_PEERS, peers
from tests.analyses.changed import named_back, one_repeated, permuted, renamed, repeated, with_unanswered
from tests.analyses.figured import figured, measures
from tests.analyses.held import TOO_FEW, fallen, held, lost, unsure
from tests.analyses.region import Region, masked_region
from tests.analyses.side_by_side import AFTER
from tests.scale.rolling_up import grid_in_force

FEWEST = {
    "small": {
        "figures": 4000, "breakdowns": 2000, "charts": 400, "points": 2500, "limits": 2200, "verdicts": 400, "views": 50,
        "agreements": 0, "criteria": 1300, "decompositions": 40, "comparisons": 800, "peers": 200, "references": 50,
        "weighted": 8, "effects": 8, "facts": 1200,
    },
    "whole": {
        "figures": 40000, "breakdowns": 8000, "charts": 2500, "points": 14000, "limits": 12000, "verdicts": 2500,
        "views": 250, "agreements": 1, "criteria": 9000, "decompositions": 150, "comparisons": 6000, "peers": 4000,
        "references": 50, "weighted": 50, "effects": 15, "facts": 7000,
    },
}  # fmt: skip
"""How many rows must at least be compared, by subject."""
SMALL = frozenset({"accueils_analyse", "accueils_differes", "personnes_a_chaud"})
EVERY_YEAR = "pipelines.synthesis.decompositions.tell_different_stories"


class Before(NamedTuple):
    """A region of some bases of the working grid (None: of all), all that is told of it, how many rows must be compared."""

    bases: Set[str] | None
    region: Region
    tables: Tables
    fewest: Mapping[str, int]


@pytest.fixture(scope="module", autouse=True)
def every_year_is_decomposed() -> Iterator[None]:
    """Those too in which both ways to count tell the same story: there is more to compare."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EVERY_YEAR, lambda mean, pooled: True)
        yield


@pytest.fixture(scope="module", params=["small", pytest.param("whole", marks=pytest.mark.long)])
def before(request: pytest.FixtureRequest) -> Before:
    bases = SMALL if request.param == "small" else None
    region = masked_region(32, 3, bases) if bases else masked_region(80, 5)
    return Before(bases, region, figured(region), FEWEST[request.param])


@pytest.mark.parametrize("times", [7, *(pytest.param(each, marks=pytest.mark.long) for each in (2, 3))])
def test_repeating_every_record_moves_nothing(before: Before, times: int) -> None:
    after = figured(repeated(before.region, times))
    assert_held(before, after)
    assert fallen(before.tables, after).is_empty()
    assert unsure(before.tables, after).is_empty()
    # Where one answer has come to be told as a bound alone, another one is blurred beside it.
    assert set(lost(before.tables, after)["mesure_id"]) <= _distributions_of_opinions()


def test_repeating_one_structure_moves_nothing_but_shares_of_receptions(before: Before) -> None:
    after = figured(one_repeated(before.region, before.region.largest, 7))
    assert_held(before, after, pooled=False)
    assert fallen(before.tables, after).is_empty()
    assert lost(before.tables, after).filter(agregation="moyenne_structures").is_empty()
    moved = held(before.tables, after)["figures"].moved
    assert set(moved["agregation"]) == {"part_accueils"}


def test_records_that_do_not_say_move_nothing(before: Before) -> None:
    after = figured(with_unanswered(before.region))
    assert_held(before, after)
    assert (lost(before.tables, after)[f"raison{AFTER}"] == TOO_FEW).all()


def test_the_order_of_rows_moves_nothing(before: Before) -> None:
    after = figured(permuted(before.region, seed=5))
    assert_same(before.tables, after)


def test_other_names_in_the_same_order_move_nothing(before: Before) -> None:
    names = {name: f"lieu-{rank:04d}" for rank, name in enumerate(before.region.structures)}
    after = named_back(figured(renamed(before.region, names)), names)
    assert_same(before.tables, after)


def test_other_names_in_another_order_move_nothing_but_who_stands_among_equals(before: Before) -> None:
    """Of structures as much alike as each other those named first are peers, and one may have a figure that another has not."""
    names = {name: f"lieu-{9999 - rank:04d}" for rank, name in enumerate(before.region.structures)}
    other = renamed(before.region, names)
    assert_same(_without_peers(before.tables), _without_peers(named_back(figured(other), names)))
    assert _how_many_alike(other) == {names[each]: alike for each, alike in _how_many_alike(before.region).items()}


def test_the_registry_is_compared(before: Before) -> None:
    """Every measure of the bases drawn, but what networks' own indicators alone can tell: there are none here."""
    grid, _ = grid_in_force()
    asked = {
        measure_id: measure.kind
        for measure_id, _, measure in grid.measures()
        if not measure.by_equivalence and (before.bases is None or measure.base in before.bases)
    }
    compared = set(held(before.tables, before.tables)["figures"].rows["mesure_id"])
    assert compared == set(asked)
    if before.bases is None:
        assert set(asked.values()) == set(get_args(Kind))


def assert_held(before: Before, after: Tables, *, pooled: bool = True) -> None:
    for name, each in held(before.tables, after, pooled=pooled).items():
        assert each.rows.height >= before.fewest[name], name
        assert each.moved.is_empty(), (name, each.moved.head(3).to_dicts())


def assert_same(before: Tables, after: Tables) -> None:
    assert before.keys() == after.keys()
    for name, rows in before.items():
        assert rows.sort(rows.columns).equals(after[name].sort(rows.columns)), name


def _without_peers(tables: Tables) -> Tables:
    return tables | {"quality.comparaisons": tables["quality.comparaisons"].drop(MEAN_OF_PEERS)}


def _how_many_alike(region: Region) -> dict[str, int]:
    """How many structures each is compared with as alike."""
    inhabitants = {code: commune.population for code, commune in communes().items()}
    return dict(peers(region.profiles, inhabitants).group_by("structure_id").len().iter_rows())


def _distributions_of_opinions() -> set[str]:
    return set(measures().filter("opinion", genre="repartition")["mesure_id"])
