"""What the fixture's edition concludes: lines, clouds, actions, sentences; each kind of chart and of verdict once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from statistics import mean, median

import duckdb

YEAR = date(2025, 1, 1)
REGION = ("region", "bretagne")
SAID, NOTED, WAIT, AWAY = "PD02.percue@2025.1", "PD02.rendue@2025.1", "OR02.rendue@2025.1", "PD12.rendue@2025.1"
OLDER = {SAID: "PD02.percue@2023.1", NOTED: "PD02.rendue@2023.1", WAIT: WAIT}
BANDS = {"11-19": 9, "20-49": 6, "50-99": 4, "100+": 2}
SECRET = "S-001"

# measure, step, chart, variation, signal, assurance, provisional
LINES = (
    (SAID, "trimestre", "mediane", "habituelle", None, "variable", False),
    (NOTED, "trimestre", "xmr", "amelioration", "tendance", None, True),
    (NOTED, "mois", "p_prime", "deterioration", "decalage", None, False),
    (WAIT, "trimestre", "ligne", "trop_tot", None, None, True),
)

ROWS: dict[str, list[tuple]] = {
    "evenements": [
        (*REGION, "PD02.rendue", YEAR, "nouveau_repere", "Nouvelle consigne de reformulation", "Comité"),
        (*REGION, "", date(2025, 9, 1), "nouvel_outil", "Deux réseaux changent d'outil", "Comité"),
        ("structure", SECRET, "", YEAR, "fermeture", "Travaux", "Équipe"),
    ],
    "decompositions": [(SAID, *REGION, "annee", YEAR, date(2024, 1, 1), 28, 5, -14, 5, -19, True)],
    "participation": [(*REGION, "annee", YEAR, "0-29")],
    "redressements": [(SAID, *REGION, "annee", YEAR, 79, 81, 77, 86)],
    "regards": [
        ("PD02", *REGION, "annee", YEAR, "PD02.rendue@2025.1", SAID, 11, 7, 15, 0.52, "faible"),
        ("PD02", "reseau", "cio", "annee", YEAR, "PD02.rendue@2025.1", SAID, 2, -4, 8, None, None),
    ],
    "criteres": [
        ("comprehension", *REGION, "annee", YEAR, SAID, SAID, "a_regarder"),
        ("delais", *REGION, "annee", YEAR, WAIT, None, "trop_tot"),
    ],
    "actions": [
        ("A1", "Reformuler avant d'orienter", *REGION, "PD02.percue", "plus", date(2025, 4, 1), 1, date(2026, 3, 3)),
        ("A2", "Créneaux courts le matin", *REGION, "OR02.rendue", "moins", date(2025, 10, 1), 1, None),
        ("A3", "Essai dans une structure", "structure", SECRET, "PD02.percue", "plus", date(2025, 4, 1), 1, None),
    ],
    "effets": [
        (
            *("A1", SAID, "trimestre", "Amélioration significative", "favorable"),
            *(date(2023, 1, 1), date(2025, 1, 1), date(2025, 7, 1), date(2025, 10, 1), 60, 80, 20, 5, 33),
            *(8.4, 5.2, 11.6, 22, True, None),
            "Depuis avril 2025, la part est passée de 60 % à 80 %. Cette évolution dépasse la variation habituelle ; "
            "elle coïncide avec l'action « Reformuler avant d'orienter » sans prouver qu'elle en est la cause.",
        ),
        (
            *("A3", SAID, "trimestre", "Données insuffisantes", None),
            *((None,) * 14),
            40,
            "Il manque environ 40 réponses pour répondre.",
        ),
    ],
    "phrases": [
        (
            *(SAID, *REGION, "annee", YEAR),
            "En 2025, quatre personnes sur cinq disent que leur demande a été bien comprise.",
            "C'est stable depuis un an ; l'assise est très solide.",
            "Que mettons-nous derrière « bien comprise » ?",
        ),
        (SAID, "structure", SECRET, "annee", YEAR, "Phrase d'une structure.", "Assise faible.", "Pourquoi ?"),
    ],
}  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables of what follows from the figures, from the figures that are there."""
    for line in LINES:
        _fill_line(connection, *line)
    _insert(connection, "entonnoirs", [*_limits(SAID, "region", 81), *_limits(AWAY, "mission-locale", 38)])
    _insert(connection, "comparaisons", [*_structures(SAID, "region", 81), *_structures(AWAY, "mission-locale", 38)])
    for table, rows in ROWS.items():
        _insert(connection, table, rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    marks = ", ".join("?" for _ in rows[0])
    connection.executemany(f"INSERT INTO quality.{table} VALUES ({marks})", rows)


def _fill_line(
    connection: duckdb.DuckDBPyConnection,
    measure: str,
    step: str,
    chart: str,
    variation: str,
    signal: str | None,
    assurance: str | None,
    provisional: bool,
) -> None:
    line, category = f"{measure}|region|bretagne|{step}", "p50" if measure == WAIT else ""
    told = (line, measure, *REGION, step, category, "moyenne_structures", chart, variation, signal, assurance)
    _insert(connection, "series", [(*told, provisional)])
    points = connection.execute(
        "SELECT mesure_id, debut, valeur FROM quality.valeurs WHERE list_contains(?, mesure_id) AND niveau = 'region' "
        "AND pas = ? AND categorie = ? AND agregation = 'moyenne_structures' AND valeur IS NOT NULL ORDER BY debut",
        [[measure, OLDER[measure]], step, category],
    ).fetchall()
    _insert(connection, "points", list(_points(line, chart, points)))


def _points(line: str, chart: str, points: list[tuple[str, date, int]]) -> Iterator[tuple]:
    """Two phases where the line has months; labels where the chart has limits, by hand."""
    monthly = line.endswith("mois")
    for phase in (0, 1):
        kept = [each for each in points if (each[1].year == 2025 and monthly) == bool(phase)]
        values = [value for _, _, value in kept]
        for order, (measure, start, value) in enumerate(kept):
            centre = float(median(values)) if chart == "mediane" else round(mean(values), 1)
            wide = (
                (round(centre - 7.5, 1), round(min(centre + 7.5, 100), 1))
                if chart in ("xmr", "p_prime")
                else (None,) * 2
            )
            level = (None, None, None) if chart == "ligne" else (centre, *wide)
            yield line, start, measure, phase, value, *level, _label(chart, phase, order, len(kept))


def _label(chart: str, phase: int, order: int, count: int) -> str:
    if chart == "xmr":
        return {count - 1: "tendance", count - 2: "tendance", 2: "hors_limites"}.get(order, "")
    if chart == "p_prime" and phase:
        return {count - 1: "decalage", count - 2: "decalage", 1: "deux_sur_trois"}.get(order, "")
    return ""


def _limits(measure: str, perimeter: str, reference: int) -> Iterator[tuple]:
    reach = {"11-19": (23, 34), "20-49": (15, 23), "50-99": (10, 16), "100+": (7, 11)}
    for band, (narrow, wide) in reach.items():
        ends = (max(reference - narrow, 0), min(reference + narrow, 100))
        far = (max(reference - wide, 0), min(reference + wide, 100))
        yield measure, perimeter, "annee", YEAR, band, reference, *ends, *far, True, sum(BANDS.values())


def _structures(measure: str, perimeter: str, reference: int) -> Iterator[tuple]:
    dice, number = random.Random(f"{measure} {perimeter}"), 0
    for band, count in BANDS.items():
        for order in range(count):
            number += 1
            low = band == "20-49" and order == 0
            value = reference - 27 if low else min(reference + dice.randint(-8, 8), 100)
            yield (
                *(measure, f"S-{number:03d}", "annee", YEAR, perimeter, value, band, "au_dessous" if low else None),
                *((None,) * 7),
            )
