"""The territories of Brittany: communes with their EPCI, département, zone d'emploi, and the shapes of these.

Sources and licence: territories/SOURCES.md.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from grids.definitions import ROOT

FOLDER = ROOT / "territories"
DEPARTEMENTS = {"22": "Côtes-d'Armor", "29": "Finistère", "35": "Ille-et-Vilaine", "56": "Morbihan"}
"""Their names by their code, in the order of the codes."""


Layer = Literal["departements", "epci", "zones_emploi"]
Ring = tuple[tuple[float, float], ...]
"""A closed line of (longitude, latitude) in degrees."""
_FILES = {
    "departements": "bretagne-departements.geojson",
    "epci": "bretagne-epci.geojson",
    "zones_emploi": "bretagne-zones-emploi-2020.geojson",
}


@dataclass(frozen=True)
class Commune:
    """A commune as of 2026. `epci` is empty for the three islands that belong to none."""

    insee: str
    name: str
    departement: str
    epci: str
    zone_emploi: str
    population: int


@dataclass(frozen=True)
class Shape:
    """The outline of a territory, as one ring or several. `partial`: the part of it that is in Brittany is drawn alone."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    partial: bool


@cache
def communes() -> dict[str, Commune]:
    """Every commune of Brittany by its INSEE code."""
    zones = {row["code_insee"]: row["code_ze2020"] for row in _rows("zones-emploi-2020-bretagne.csv")}
    return {
        row["code_insee"]: Commune(
            insee=row["code_insee"],
            name=row["nom"],
            departement=row["code_departement"],
            epci=row["code_epci"],
            zone_emploi=zones[row["code_insee"]],
            population=int(row["population_municipale"] or 0),
        )
        for row in _rows("communes-bretagne.csv")
    }


@cache
def merged_communes() -> dict[str, str]:
    """The INSEE code of each former commune, and that of the commune it became."""
    return {row["code_ancien"]: row["code_actuel"] for row in _rows("communes-anciennes-vers-actuelles.csv")}


@cache
def shapes(layer: Layer) -> tuple[Shape, ...]:
    """The territories of a layer, in the order of their codes; that of the communes without EPCI is named 'hors-epci'."""
    with (FOLDER / _FILES[layer]).open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    return tuple(sorted((_shape(each) for each in features), key=lambda shape: shape.code))


def _shape(feature: dict[str, Any]) -> Shape:
    told = feature["properties"]
    return Shape(told["code"], told["nom"], tuple(_rings(feature["geometry"])), bool(told.get("partiel")))


def _rings(geometry: dict[str, Any]) -> Iterator[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield tuple((float(x), float(y)) for x, y in ring)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
