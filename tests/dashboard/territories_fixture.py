"""An edition that tells zones d'emploi and what places offer: two zones apart, one EPCI of each tone, islands."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb

from .release_fixture import build_release, publish

YEAR = date(2025, 1, 1)
SAID = "PD02.percue@2025.1"
BREST, RENNES, LORIENT = "5302", "5315", "5309"
ZONES = [(BREST, 84, 80, 88, 12), (RENNES, 71, 67, 75, 14), (LORIENT, 78, 70, 86, 6)]
BREST_METROPOLE, RENNES_METROPOLE, VITRE, OUTSIDE = "242900314", "243500139", "200039022", "hors-epci"
FACTS = {
    "canaux_proposes.visioconference": "Reçoit en visioconférence",
    "soir_ou_samedi": "Ouvert un soir ou le samedi",
}
PLACES = [(BREST_METROPOLE, 4, 3), (RENNES_METROPOLE, 8, 2), (VITRE, 1, 1), (OUTSIDE, 2, 0)]


def build_territories(home: Path) -> Path:
    """Write and publish such an edition under `home`/releases; the path of its file."""
    built = build_release(home)
    path = built.with_name("territoires.duckdb")
    shutil.move(built, path)
    with duckdb.connect(str(path)) as connection:
        connection.executemany(
            "INSERT INTO quality.territoires VALUES (?, ?, 'annee', ?, '', ?, ?, ?, ?)",
            [(SAID, zone, YEAR, *figures) for zone, *figures in ZONES],
        )
        connection.executemany(
            "INSERT INTO reference.offre VALUES (?, ?, ?, ?, ?, ?)",
            [
                (epci, fact, label, places, having if order == 1 else 0, order)
                for order, (fact, label) in enumerate(FACTS.items(), start=1)
                for epci, places, having in PLACES
            ],
        )
    publish(home, path, "territoires", date(2026, 3, 1))
    return path
