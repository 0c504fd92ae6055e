"""The reader's own structures in a cloud: by name, without a rank, and so that no other is known by elimination."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import polars as pl
import pytest

from dashboard.charts.cloud import draw
from dashboard.selection import Unit
from dashboard.views.cloud import Cloud
from dashboard.views.cloud_names import with_names
from dashboard.views.clouds import Clouds, cloud_of

from .test_conclusions import BESIDE, clouds
from .test_dashboard_views import NETWORK, REGION, SHARE, YEAR

NAMES = {"a": "CIO de la Pointe", "b": "Apec de Brest", "c": "CIO des Deux Rives"}
WITHIN = replace(SHARE, comparaison="meme_reseau")


def own(*places: int, perimeter: str = "region") -> pl.DataFrame:
    """Rows of quality.comparaisons of the structures that stand at some places of BESIDE, under the ids a, b, c…"""
    rows = [
        (SHARE.id, identifier, perimeter, *BESIDE[place]) for identifier, place in zip("abcdefg", places, strict=False)
    ]
    columns = dict.fromkeys(("mesure_id", "structure_id", "perimetre", "assise"), pl.String)
    return pl.DataFrame(rows, schema=columns | {"valeur": pl.Int64, "a_examiner": pl.String}, orient="row")


def named(*places: int) -> Cloud:
    found = cloud_of(SHARE, with_names(clouds((SHARE, "region")), own(*places), NAMES), REGION, YEAR)
    assert found is not None
    return found


def within(*places: int, names: dict[str, str]) -> Cloud:
    told = with_names(clouds((WITHIN, NETWORK.id)), own(*places, perimeter=NETWORK.id), names)
    found = cloud_of(WITHIN, told, NETWORK, YEAR)
    assert found is not None
    return found


def test_letters_follow_names_whatever_the_values() -> None:
    found = named(2, 3, 1)
    assert [(each.letter, each.name, each.value) for each in found.named] == [
        ("A", "Apec de Brest", 30),
        ("B", "CIO de la Pointe", 88),
        ("C", "CIO des Deux Rives", 80),
    ]
    assert [key.words for key in found.legend[-3:]] == [
        "Apec de Brest : 30 %, à examiner ensemble, au-dessous",
        "CIO de la Pointe : 88 %",
        "CIO des Deux Rives : 80 %",
    ]


def test_names_are_in_the_description_and_in_the_table() -> None:
    found = named(2, 3)
    assert "Les vôtres : Apec de Brest : 30 %, à examiner ensemble, au-dessous ; CIO de la Pointe : 88 %." in found.alt
    assert found.table.header[-1] == "Les vôtres"
    assert [row[-1] for row in found.table.rows] == [
        "CIO de la Pointe : 88 %",
        "Apec de Brest : 30 %, à examiner ensemble, au-dessous",
        "–",
        "–",
    ]


def test_an_unnamed_cloud_is_what_it_was() -> None:
    found = cloud_of(SHARE, clouds((SHARE, "region")), REGION, YEAR)
    assert found is not None
    assert found.named == ()
    assert "Les vôtres" not in found.table.header
    assert cloud_of(SHARE, with_names(clouds((SHARE, "region")), own(), {}), REGION, YEAR) == found


def test_marks_of_ones_own_have_another_shape_and_a_letter() -> None:
    lettered = [trace for trace in draw(named(2, 3)).data if trace.mode == "markers+text"]
    assert [(list(trace.marker.symbol), list(trace.text)) for trace in lettered] == [
        (["diamond"], ["B"]),
        (["triangle-down"], ["A"]),
    ]
    assert lettered[0].customdata[0].startswith("CIO de la Pointe")


@pytest.mark.parametrize("places", [chosen for size in range(3) for chosen in combinations(range(len(BESIDE)), size)])
def test_naming_moves_no_point_and_adds_none(places: tuple[int, ...]) -> None:
    found, bare = named(*places), named()
    assert [[(each.value, each.apart) for each in band.structures] for band in found.bands] == [
        [(each.value, each.apart) for each in band.structures] for band in bare.bands
    ]
    assert sorted(each.name for each in found.named) == sorted(list(NAMES.values())[: len(places)])


@pytest.mark.parametrize(
    ("count", "withheld", "told"),
    [(0, False, 7), (3, False, 7), (4, False, 7), (5, True, 5), (6, True, 6), (7, False, 7)],
)
def test_in_a_network_one_or_two_without_a_name_are_left_out(count: int, withheld: bool, told: int) -> None:
    """Its head knows the others' names: whoever is left would be known."""
    names = {identifier: f"CIO {identifier}" for identifier in "abcdefg"[:count]}
    found = within(*range(count), names=names)
    assert (found.withheld, len(found.structures)) == (withheld, told)
    assert any("on les reconnaîtrait" in note for note in found.notes) == withheld


def test_names_stay_in_the_perimeter_in_which_they_are_compared() -> None:
    told: Clouds = with_names(clouds((SHARE, "region"), (SHARE, "cio")), own(0, perimeter="cio"), NAMES)
    found = cloud_of(SHARE, told, Unit("region", "bretagne", "Bretagne"), YEAR)
    assert found is not None
    assert found.named == ()
