"""A small release as the pipelines would publish one: a region, four départements, four networks, three years, two versions
of the grid, each kind of measure, each state of a cell."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from grids.model import Base, Measure

from . import fixture_analyses, fixture_reference
from .fixture_reference import NEW, OLD

SCHEMA = Path(__file__).resolve().parents[2] / "pipelines" / "release" / "schema"
RELEASE_ID = "2026-03-01-a1b2c3"
DATA_AS_OF = date(2026, 3, 1)
YEARS = (2023, 2024, 2025)
NETWORKS = {
    "mission-locale": "Missions locales",
    "cap-emploi": "Cap emploi",
    "info-jeunes": "Info Jeunes",
    "cio": "CIO",
}
DEPARTMENTS = {"22": "Côtes-d'Armor", "29": "Finistère", "35": "Ille-et-Vilaine", "56": "Morbihan"}
UNITS = [("region", "bretagne"), *(("reseau", code) for code in NETWORKS)]
TERRITORIES = [("departement", code) for code in DEPARTMENTS]
CHANNELS = ("presentiel", "telephone", "visioconference", "tchat", "courriel")
AGGREGATIONS = ("moyenne_structures", "part_accueils")

CENTRES = {"PD02.percue": 81, "PD02.rendue": 92, "OR01.rendue": 44, "PD12.rendue": 38, "PD06.declaree": 70}
CENTRES |= {"OR18.declaree": 55, "OR16.declaree": 48}
PARTNERS = ("cap-emploi", "cio", "info-jeunes", "mission-locale")
MASKED = {("PD02.percue", "cio", "annee", 2025), ("EF05.percue", "cap-emploi", "annee", 2025)}
RATES = {"trimestre": 0.12, "mois": 0.3}
RARE = ("tchat", "visioconference", "apprenti")
CAUTIOUS = {("PD02.percue", "info-jeunes", "annee", 2025), ("EF03.percue", "cio", "annee", 2025)}


def build_release(home: Path) -> Path:
    """Write a release and its pointer under `home`/releases; the path of the release's file."""
    releases = home / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    path = releases / f"{RELEASE_ID}.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name in ("reference", "quality", "analyses", "attendance"):
            connection.execute((SCHEMA / f"{name}.sql").read_text(encoding="utf-8"))
        _fill_reference(connection)
        _fill_quality(connection)
        fixture_analyses.fill(connection)
        _fill_attendance(connection)
    publish(home, path, RELEASE_ID, DATA_AS_OF)
    return path


def publish(home: Path, path: Path, release_id: str, data_as_of: date) -> None:
    """Point the published release of `home` to a file."""
    pointer = {
        "release_id": release_id,
        "fichier": path.name,
        "empreinte": hashlib.sha256(path.read_bytes()).hexdigest(),
        "donnees_du": data_as_of.isoformat(),
    }
    (home / "releases" / "published.json").write_text(json.dumps(pointer), encoding="utf-8")


def periods() -> Iterator[tuple[str, date, date]]:
    """pas, first day, last day of each closed year and quarter."""
    for year in YEARS:
        yield "annee", date(year, 1, 1), date(year, 12, 31)
        for quarter in range(4):
            yield "trimestre", date(year, 3 * quarter + 1, 1), date(year, 3 * quarter + 3, 28)


def months() -> Iterator[tuple[str, date, date]]:
    """The same of each closed month of the last two years."""
    for year in YEARS[1:]:
        for month in range(1, 13):
            yield "mois", date(year, month, 1), date(year, month, 28)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    frame = pl.DataFrame(rows, orient="row", infer_schema_length=None)
    connection.register("rows_to_insert", frame.to_arrow())
    connection.execute(f"INSERT INTO {table} SELECT * FROM rows_to_insert")
    connection.unregister("rows_to_insert")


def _insert_named(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict]) -> None:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    connection.register("rows_to_insert", frame.to_arrow())
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows_to_insert")
    connection.unregister("rows_to_insert")


def _fill_reference(connection: duckdb.DuckDBPyConnection) -> None:
    edition = {
        "release_id": RELEASE_ID,
        "donnees_du": DATA_AS_OF.isoformat(),
        "grille": "api-bretagne",
        "version": "2025.1",
        "etat_grille": "travail",
        "etat_edition": "finale",
        "synthetique": "oui",
    }
    _insert(connection, "reference.edition", list(edition.items()))
    units = [("region", "bretagne", "Bretagne", None, None, None, None, None)]
    units += [("reseau", code, name, code, None, None, None, None) for code, name in NETWORKS.items()]
    units += [("departement", code, name, None, code, None, None, None) for code, name in DEPARTMENTS.items()]
    units += [("structure", "S-001", "Mission locale du Pays secret", "mission-locale", "35", None, None, True)]
    _insert(connection, "reference.unites", units)
    _insert(connection, "reference.periodes", _period_rows())
    _insert(connection, "reference.modalites", fixture_reference.modality_rows())
    _insert_named(connection, "reference.grilles", fixture_reference.grid_rows())
    _insert_named(connection, "reference.mesures", fixture_reference.measure_rows())
    _insert(connection, "reference.categories", fixture_reference.category_rows())
    _insert(connection, "reference.clauses", fixture_reference.clause_rows())
    _insert(connection, "reference.refus", fixture_reference.declined_rows())


def _period_rows() -> list[tuple]:
    return [
        (pas, start, end, date(end.year + 1, 2, 14), date(end.year + 1, 3, 1), "finale", RELEASE_ID)
        for pas, start, end in (*periods(), *months())
    ]


def _fill_quality(connection: duckdb.DuckDBPyConnection) -> None:
    years = [period for period in periods() if period[0] == "annee"]
    rows = [
        *_value_rows(UNITS, list(periods()), random.Random(7)),
        *_value_rows(UNITS, list(months()), random.Random(8)),
        *_value_rows(TERRITORIES, years, random.Random(9)),
    ]
    rows.append(
        # A value that no page may show: structures are never named to the committee.
        (
            *("PD02.percue@2025.1", "structure", "S-001", "annee", date(2025, 1, 1), "", "structure", "ok", None),
            *(13, 5, 25, "20-49", "90-100", None, None, "mesure"),
        )
    )
    _insert(connection, "quality.valeurs", rows)
    _insert(connection, "quality.ventilations", _breakdown_rows(years))
    _insert(connection, "quality.donnees", _data_quality_rows())
    _insert(
        connection,
        "quality.controles",
        [
            (
                "cap-emploi",
                "accueils",
                "orientation_documentee",
                "documentee_si_orientee",
                "On ne note ce avec quoi la personne est repartie que si elle a été orientée.",
                "Laissez cette case vide si la personne n'a été orientée vers personne.",
                97,
            ),
            (
                "mission-locale",
                "accueils",
                "canal",
                "valeurs",
                "Le canal est un des cinq canaux du contrat.",
                "Corrigez la correspondance des canaux dans le fichier du réseau.",
                99,
            ),
        ],
    )


def _value_rows(
    units: list[tuple[str, str]], told: list[tuple[str, date, date]], dice: random.Random
) -> Iterator[tuple]:
    for measure_id, measure in fixture_reference.measures():
        for level, unit in units:
            for pas, start, _end in told:
                if not _is_measured(measure_id, measure, level, unit, pas, start):
                    continue
                for aggregation in AGGREGATIONS if not _base(measure_id, measure).is_fact else AGGREGATIONS[:1]:
                    for category, cell in _cells(measure_id.partition("@")[0], measure, unit, pas, start, dice):
                        yield _without_mean((measure_id, level, unit, pas, start, category, aggregation, *cell))


def _breakdown_rows(years: list[tuple[str, date, date]]) -> list[tuple]:
    """As `_value_rows`, modality by modality: rare ones are hidden for networks, and all of them for CIO."""
    rows = []
    for breakdown, modality, tables in fixture_reference.modalities():
        dice = random.Random(f"{breakdown} {modality}")
        told = {
            measure_id for measure_id, each in fixture_reference.measures() if _base(measure_id, each).table in tables
        }
        for row in _value_rows(UNITS, years, dice):
            measure_id, level, unit = row[:3]
            if measure_id not in told or _base_of(measure_id).is_fact:
                continue
            hidden = unit == "cio" or (level == "reseau" and modality in RARE)
            cell = ("masque", *[None] * 9) if hidden else row[7:]
            rows.append((*row[:5], breakdown, modality, *row[5:7], *cell))
    return rows


def _without_mean(row: tuple) -> tuple:
    """Cap emploi has too few structures for a mean of its delays: only the share of receptions is shown."""
    measure, _, unit, _, _, _, aggregation = row[:7]
    if (measure.partition("@")[0], unit, aggregation) == ("OR02.rendue", "cap-emploi", "moyenne_structures"):
        return (*row[:7], "masque", *[None] * 9)
    return row


def _base(measure_id: str, measure: Measure) -> Base:
    grid = OLD if measure_id.endswith(OLD.version) else NEW
    return grid.bases[measure.base]


def _base_of(measure_id: str) -> Base:
    return _base(measure_id, dict(fixture_reference.measures())[measure_id])


def _is_measured(measure_id: str, measure: Measure, level: str, unit: str, pas: str, start: date) -> bool:
    """Whether the pipelines would publish such a row: under the version in force, at a level and by a step of its base."""
    grid = OLD if measure_id.endswith(OLD.version) else NEW
    in_force = (start.year < 2025) == (grid is OLD)
    declined = (unit, measure_id.partition(".")[0]) == ("cap-emploi", "PD12")
    return in_force and not declined and level in grid.levels_of(measure) and pas in _base(measure_id, measure).steps


def _cells(
    name: str, measure: Measure, unit: str, pas: str, start: date, dice: random.Random
) -> Iterator[tuple[str, tuple]]:
    """category, (etat, raison, valeur, basse, haute, assise, taux_reponse_classe, structures, structures_attendues,
    provenance)"""
    key = (name, unit, pas, start.year)
    fact = measure.base in ("structures", "accueillants")
    hidden = key in MASKED or (unit, pas) == ("cio", "mois")
    hidden = hidden or (pas in RATES and unit != "bretagne" and not fact and dice.random() < RATES[pas])
    state = "masque" if hidden else "prudence" if key in CAUTIOUS else "ok"
    for category, centre in _centres(name, measure, dice):
        if hidden:
            yield category, ("masque",) + (None,) * 9
        else:
            yield category, (*_figure(name, measure, category, centre, state, unit, pas), _provenance(name, unit))


def _provenance(name: str, unit: str) -> str:
    return "proche" if (name, unit) == ("OR02.rendue", "mission-locale") else "mesure"


def _figure(name: str, measure: Measure, category: str, centre: int, state: str, unit: str, pas: str) -> tuple:
    """etat … structures_attendues of a shown cell."""
    if measure.kind in ("quantiles", "ecart"):
        return _delay(category, centre, state, unit)
    if measure.base in ("structures", "accueillants"):
        return ("ok", None, centre, None, None, None, None, 12, 14)
    if measure.kind == "diversite":
        return (state, None, centre, None, None, "100+", "90-100", 12, 14)
    if measure.kind == "gain" and category == "":
        return (state, None, centre, centre - 5, centre + 5, "50-99", "75-89", 12, 14)
    return _share(centre, state, unit, pas, name)


def _centres(name: str, measure: Measure, dice: random.Random) -> list[tuple[str, int]]:
    """The figures of a measure: category and value."""
    shift = dice.randint(-5, 5)
    if name == "EF05.percue":
        return list(zip(measure.categories, (45 + shift, 18, 6, 20 - shift, 11), strict=True))
    if name == "OR16.declaree":
        parts = [(partner, 48 + 9 * (order - 1) + shift) for order, partner in enumerate(PARTNERS)]
        return [("", CENTRES[name] + shift), *parts]
    by_kind: dict[str, list[tuple[str, int]]] = {
        "repartition": [
            ("favorable", 65 + shift),
            *zip("01234", (6, 10, 19 - shift, 30, 35 + shift), strict=True),
        ],
        "quantiles": [("p50", 6 + shift // 3), ("p90", 15 + shift)],
        "ecart": [("", shift), ("groupe", 8 + shift), ("contre", 8)],
        "gain": [("", 12 + shift), ("avant", 41), ("apres", 53 + shift)],
        "diversite": [("", 3), ("proposes", 2)],
        "indice": [("", 62), ("P01", 84), ("P02", 30 + shift), ("P03", 72)],
    }
    return by_kind.get(measure.kind) or [("", CENTRES[name] + shift)]


def _share(centre: int, state: str, unit: str, pas: str, measure: str) -> tuple:
    half = 3 if unit == "bretagne" else 7 if pas == "annee" else 10
    solid = "20-49" if state == "prudence" else "100+" if unit == "bretagne" else "50-99"
    if measure == "PD02.rendue" and unit == "info-jeunes" and pas == "annee":
        return (state, None, None, 95, 100, solid, "90-100", 12, 14)
    if measure == "OR01.rendue" and unit == "cio" and pas == "annee":
        return (state, "fourchette_trop_large", None, 20, 64, solid, "50-74", 5, 9)
    if measure == "EF03.percue" and unit == "info-jeunes" and pas == "annee":
        return (state, "trop_de_non_reponses", None, None, None, solid, "0-49", 12, 14)
    return (state, None, centre, max(centre - half, 0), min(centre + half, 100), solid, "75-89", 12, 14)


def _delay(category: str, days: int, state: str, unit: str) -> tuple:
    if category == "p90" and unit == "cio":
        return (state, None, None, days, None, "20-49", "90-100", 6, 9)
    return (state, None, days, days - 1, days + 2, "50-99", "90-100", 12, 14)


def _data_quality_rows() -> list[tuple]:
    rates = {"exactitude": (99, "solide"), "completude": (84, "a_surveiller"), "coherence": (97, "solide")}
    rows = []
    for code in NETWORKS:
        for dimension, (value, word) in rates.items():
            hidden = code == "cio" and dimension == "coherence"
            cell = ("masque", None, None) if hidden else ("ok", value, word)
            rows.append((code, "annee", date(2025, 1, 1), dimension, *cell))
        rows.append((code, "annee", date(2025, 1, 1), "delai", "ok", 21, "a_reprendre"))
    return rows


def _fill_attendance(connection: duckdb.DuckDBPyConnection) -> None:
    dice = random.Random(11)
    rows = []
    for level, unit in UNITS:
        size = 9000 if level == "region" else 2200
        for pas, start, _end in periods():
            count = (size if pas == "trimestre" else size * 4) + dice.randint(-300, 300)
            hidden = unit == "cio" and pas == "trimestre" and start == date(2024, 7, 1)
            rows.append((level, unit, pas, start, "", "masque" if hidden else "ok", None if hidden else count))
            if pas == "annee":
                parts = zip(CHANNELS, (55, 25, 8, 4, 8), strict=True)
                rows += [(level, unit, pas, start, channel, "ok", count * part // 100) for channel, part in parts]
    _insert(connection, "attendance.frequentation", rows)


if __name__ == "__main__":
    import sys

    build_release(Path(sys.argv[1]))
