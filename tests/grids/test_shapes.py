"""The outlines of territories: each that communes name has one, and rings are closed lines in Brittany."""

from __future__ import annotations

import pytest

from grids.territories import DEPARTEMENTS, Layer, communes, shapes

NAMED: dict[Layer, set[str]] = {
    "departements": {each.departement for each in communes().values()},
    "epci": {each.epci or "hors-epci" for each in communes().values()},
    "zones_emploi": {each.zone_emploi for each in communes().values()},
}


@pytest.mark.parametrize(("layer", "size"), [("departements", 4), ("epci", 62), ("zones_emploi", 20)])
def test_each_territory_has_one_outline_and_a_name(layer: Layer, size: int) -> None:
    codes = [each.code for each in shapes(layer)]
    assert len(codes) == size
    assert codes == sorted(NAMED[layer])
    assert all(each.name for each in shapes(layer))


@pytest.mark.parametrize("layer", NAMED)
def test_rings_are_closed_and_in_brittany(layer: Layer) -> None:
    rings = [ring for each in shapes(layer) for ring in each.rings]
    assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)
    assert all(-5.3 < x < -0.9 and 47.2 < y < 49.0 for ring in rings for x, y in ring)


def test_what_crosses_the_border_is_told_as_partial() -> None:
    partial = {each.code for layer in NAMED for each in shapes(layer) if each.partial}
    assert partial == {"243500741", "244400610", "0062"}


def test_departements_have_the_names_that_pages_use() -> None:
    assert {each.code: each.name for each in shapes("departements")} == DEPARTEMENTS
