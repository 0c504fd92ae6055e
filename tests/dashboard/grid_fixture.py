"""A release that holds the real versions of the grid, with the reference tables that the product itself makes of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from grids.burden import Asked, asked_of_networks, burdens
from grids.common_sheet import load_common_sheet
from grids.equivalences import load_equivalences
from grids.load import load_grids
from grids.model import Grid, Measure
from grids.network import load_mapping
from grids.redundancy import redundancies
from grids.register import network_codes, networks
from pipelines.measurement.process import ProcessFacts, process_indicators
from pipelines.release import process_reference, reference
from pipelines.versions import load_measured_versions

from .release_fixture import DATA_AS_OF, SCHEMA, publish

RELEASE_ID = "2026-03-01-d4e5f6"
GRIDS = load_grids()
LATEST = GRIDS[-1]
SHOWN = ("region", "cap-emploi", "cio", "mission-locale")
YEAR, QUARTER = "annee", "trimestre"
HIDDEN = "cio"
"""The network of which no figure is shown."""
DECLINED = ("cap-emploi", "PD12", "chaque orientation y est décidée avec un partenaire.", date(2025, 1, 1))


def build_grid_release(home: Path, *, empty: bool = False) -> Path:
    """Write and publish a release under `home`/releases. `empty`: networks are asked, and tell, nothing yet."""
    path = home / "releases" / f"{RELEASE_ID}.duckdb"
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = _tables(empty=empty)
    with duckdb.connect(str(path)) as connection:
        for name in ("reference", "quality", "analyses", "attendance"):
            connection.execute((SCHEMA / f"{name}.sql").read_text(encoding="utf-8"))
        for name, rows in tables.items():
            connection.register("rows_to_insert", rows.to_arrow())
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM rows_to_insert")
            connection.unregister("rows_to_insert")
    publish(home, path, RELEASE_ID, DATA_AS_OF)
    return path


def _tables(*, empty: bool) -> dict[str, pl.DataFrame]:
    versions = load_measured_versions(DATA_AS_OF)
    queries = {measure_id: "SELECT 1" for grid in GRIDS for measure_id, *_ in grid.measures()}
    quality = {"quality.valeurs": pl.DataFrame(list(_values())), "quality.donnees": _data_quality()}
    return {
        "reference.edition": pl.DataFrame({"cle": ["synthetique"], "valeur": ["oui"]}),
        "reference.unites": _units(),
        "reference.periodes": pl.DataFrame(list(_periods())),
        "reference.grilles": reference.grids(versions),
        "reference.mesures": reference.measures(versions, queries),
        "reference.categories": reference.categories(versions),
        "reference.clauses": reference.clauses(versions),
        "reference.registre_clauses": reference.clause_register(versions),
        **quality,
        **_networks_tables(quality, empty=empty),
    }


def _networks_tables(quality: dict[str, pl.DataFrame], *, empty: bool) -> dict[str, pl.DataFrame]:
    sheet, catalogues = load_common_sheet(), [] if empty else load_equivalences(LATEST)
    asked = () if empty else _asked()
    redundant, burden = redundancies(LATEST, asked, catalogues, sheet), burdens(LATEST, asked, sheet)
    facts = ProcessFacts(
        LATEST, quality["quality.valeurs"], quality["quality.donnees"], asked, redundant, burden, sheet
    )
    return {
        "reference.equivalences": process_reference.equivalences(catalogues),
        "reference.redondances": process_reference.redundancy_rows(() if empty else redundant),
        "reference.charges": process_reference.burden_rows(burden),
        "reference.refus": pl.DataFrame(
            [DECLINED], schema=["reseau", "indicateur_id", "raison", "depuis"], orient="row"
        ),
        "quality.processus": process_indicators(facts),
    }


def _asked() -> tuple[Asked, ...]:
    return asked_of_networks(LATEST, [load_mapping(code) for code in network_codes()], {"cap-emploi", "cio"})


def _units() -> pl.DataFrame:
    named = [("reseau", each.code, each.name) for each in networks() if each.code in SHOWN]
    return pl.DataFrame(
        [("region", "bretagne", "Bretagne"), *named], schema=["niveau", "unite_id", "nom"], orient="row"
    )


def _periods() -> Iterator[dict]:
    for year in (2024, 2025):
        closed = {"close_le": date(year + 1, 2, 14), "finale_le": date(year + 1, 3, 1)}
        closed |= {"etat": "finale", "edition": RELEASE_ID}
        yield {"pas": YEAR, "debut": date(year, 1, 1), "fin": date(year, 12, 31), **closed}
        yield {"pas": QUARTER, "debut": date(year, 10, 1), "fin": date(year, 12, 31), **closed}


def _values() -> Iterator[dict]:
    dice = random.Random(5)
    for grid in GRIDS:
        for measure_id, _, measure in grid.measures():
            for level, unit in (("region", "bretagne"), *(("reseau", code) for code in SHOWN[1:])):
                yield from _cells(grid, measure_id, measure, level, unit, dice)


def _cells(grid: Grid, measure_id: str, measure: Measure, level: str, unit: str, dice: random.Random) -> Iterator[dict]:
    declined = DECLINED[:2] == (unit, measure_id.partition(".")[0])
    if declined or level not in grid.levels_of(measure):
        return
    year = 2025 if grid is LATEST else 2024
    starts = {YEAR: date(year, 1, 1), QUARTER: date(year, 10, 1)}
    for pas in (each for each in grid.bases[measure.base].steps if each in starts):
        for category in _categories(measure):
            key = {"mesure_id": measure_id, "niveau": level, "unite_id": unit, "pas": pas, "debut": starts[pas]}
            yield {**key, "categorie": category, "agregation": "moyenne_structures", **_figure(measure, unit, dice)}


def _categories(measure: Measure) -> tuple[str, ...]:
    if measure.kind == "quantiles":
        return ("p50", "p90")
    if measure.kind == "repartition":
        return (*measure.categories, *(["favorable"] if measure.favorable else []))
    return ("",)


def _figure(measure: Measure, unit: str, dice: random.Random) -> dict:
    if unit == HIDDEN:
        return {"etat": "masque", "valeur": None, "basse": None, "haute": None, "assise": None}
    centre = dice.randint(40, 90) if measure.unit == "%" else dice.randint(2, 9)
    return {"etat": "ok", "valeur": centre, "basse": centre - 2, "haute": centre + 3, "assise": "50-99"}


def _data_quality() -> pl.DataFrame:
    row = {"pas": YEAR, "debut": date(2025, 1, 1), "etat": "ok"}
    judged = [("cap-emploi", "exactitude", 99, "solide"), ("cap-emploi", "completude", 84, "a_surveiller")]
    judged.append(("cio", "exactitude", 97, "solide"))
    names = ("reseau", "dimension", "valeur", "mot")
    return pl.DataFrame([row | dict(zip(names, each, strict=True)) for each in judged])


if __name__ == "__main__":
    import sys

    build_grid_release(Path(sys.argv[1]), empty="vide" in sys.argv)
