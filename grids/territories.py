"""The territories of Brittany: communes with their EPCI, département, zone d'emploi (sources and licence: SOURCES.md)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from grids.definitions import ROOT

FOLDER = ROOT / "territories"
DEPARTEMENTS = {"22": "Côtes-d'Armor", "29": "Finistère", "35": "Ille-et-Vilaine", "56": "Morbihan"}
"""Their names by their code, in the order of the codes."""


@dataclass(frozen=True)
class Commune:
    """A commune as of 2026. `epci` is empty for the three islands that belong to none."""

    insee: str
    name: str
    departement: str
    epci: str
    zone_emploi: str
    population: int


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


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
