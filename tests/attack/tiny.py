"""Tables of a few cells, to attack directly: a network's structures by month and quarter, with their counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from pipelines.attack.knowledge import Known
from pipelines.attack.sums import Sums, sums_of

UNITS_SCHEMA = ["niveau", "unite_id", "reseau", "departement"]


def cells_of(rows: list[tuple[str, str, str, date, float, bool]]) -> pl.DataFrame:
    """CELL, n, montree from niveau, unite_id, pas, debut, n, montree."""
    frame = pl.DataFrame(rows, schema=["niveau", "unite_id", "pas", "debut", "n", "montree"], orient="row")
    return frame.with_columns(ventilation=pl.lit(""), modalite=pl.lit(""), n=pl.col("n").cast(pl.Float64))


def tiny(rows: list[tuple[str, str, str, date, float, bool]], units: list[tuple]) -> tuple[Sums, Known]:
    """The sums of such cells, and their counts granted."""
    cells = cells_of(rows)
    sums = sums_of(cells, pl.DataFrame(units, schema=UNITS_SCHEMA, orient="row"))
    real = sums.cells.join(cells, on=["niveau", "unite_id", "pas", "debut"], how="left", maintain_order="left")["n"]
    values = real.to_numpy().copy()
    return sums, Known(values, values.copy(), values.copy())


def quarter(months: tuple[float, float, float], hidden: tuple[int, ...]) -> tuple[Sums, Known]:
    """One structure's quarter, shown, and its three months, those at the places `hidden` masked."""
    rows = [
        ("structure", "s1", "mois", date(2025, place + 1, 1), size, place not in hidden)
        for place, size in enumerate(months)
    ]
    rows.append(("structure", "s1", "trimestre", date(2025, 1, 1), sum(months), True))
    return tiny(rows, [("structure", "s1", "r1", None), ("region", "bretagne", None, None)])


def crossed(counts: np.ndarray, shown: np.ndarray, network_shown: np.ndarray) -> tuple[Sums, Known]:
    """A network's quarter: structures × months (`counts`, `shown`), its own months, and every quarter shown."""
    start = date(2025, 1, 1)
    units = [("structure", f"s{row}", "r1", None) for row in range(len(counts))] + [("region", "bretagne", None, None)]
    rows = []
    for row, months in enumerate(counts):
        rows += [
            ("structure", f"s{row}", "mois", date(2025, place + 1, 1), float(size), bool(shown[row, place]))
            for place, size in enumerate(months)
        ]
        rows.append(("structure", f"s{row}", "trimestre", start, float(months.sum()), True))
    for place, size in enumerate(counts.sum(axis=0)):
        rows.append(("reseau", "r1", "mois", date(2025, place + 1, 1), float(size), bool(network_shown[place])))
    rows.append(("reseau", "r1", "trimestre", start, float(counts.sum()), True))
    return tiny(rows, units)
