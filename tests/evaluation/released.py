"""A small release made by hand: a line of values, the counts behind it, and what each table says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import polars as pl

from pipelines.evaluation.effects import effects

MEASURE = "PD08.rendue"
WAIT = "OR02.rendue"
MONTHS = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]
QUARTERS = MONTHS[::3]
YEAR_BEFORE = [date(2023, month, 1) for month in range(1, 13)]
LENGTHS = {"mois": 1, "trimestre": 3, "annee": 12}
Row = dict[str, Any]

_MEASURE: Row = {
    "genre": "part", "opinion": False, "fait_d_organisation": False, "pas": ["mois", "trimestre", "annee"],
    "sens": "plus", "unite": "%", "libelle": "Point de situation fait", "suite_de": None,
}  # fmt: skip
_VALUE = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "categorie": pl.String, "agregation": pl.String, "etat": pl.String, "raison": pl.String, "valeur": pl.Int32,
    "basse": pl.Int32, "haute": pl.Int32, "assise": pl.String,
}  # fmt: skip
_COUNT = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "groupe": pl.String, "categorie": pl.String, "y": pl.Int64, "n": pl.Int64,
}  # fmt: skip
_MEASURES = {
    "mesure_id": pl.String, "genre": pl.String, "opinion": pl.Boolean, "fait_d_organisation": pl.Boolean,
    "pas": pl.List(pl.String), "sens": pl.String, "unite": pl.String, "libelle": pl.String, "suite_de": pl.String,
}  # fmt: skip
_ACTION = {
    "action_id": pl.String, "libelle": pl.String, "niveau": pl.String, "unite_id": pl.String, "mesure": pl.String,
    "sens": pl.String, "debut": pl.Date, "latence_mois": pl.Int32, "revue_le": pl.Date,
}  # fmt: skip


@dataclass
class Released:
    """The frames that `effects` reads, filled line by line."""

    values: list[Row] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)
    categories: list[Row] = field(default_factory=list)
    actions: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)

    def measure(self, measure_id: str = f"{MEASURE}@2025.1", **said: Any) -> Released:
        self.measures.append(_MEASURE | {"mesure_id": measure_id} | said)
        return self

    def action(self, **said: Any) -> Released:
        usual = {
            "action_id": "A1", "libelle": "Reformuler", "niveau": "structure", "unite_id": "ML-0001", "mesure": MEASURE,
            "sens": "plus", "debut": date(2025, 1, 1), "latence_mois": 1, "revue_le": None,
        }  # fmt: skip
        self.actions.append(usual | said)
        return self

    def offer(
        self, structure: str, channels: Sequence[str] | None = ("presentiel", "telephone"), network: str = "ML"
    ) -> Released:
        self.offers.append(
            {"structure_id": structure, "reseau": network, "canaux_proposes": channels and list(channels)}
        )
        return self

    def shares(self, rates: Sequence[float | None], size: int = 40, unit: str = "ML-0001", **said: Any) -> Released:
        """A line of shares of `size` receptions each; as for `counted`."""
        counts = [None if rate is None else round(rate * size) for rate in rates]
        return self.counted(counts, [size] * len(rates), unit, **said)

    def counted(
        self, counts: Sequence[int | None], sizes: Sequence[int], unit: str = "ML-0001", **said: Any
    ) -> Released:
        """A line of shares from January 2024 (or `starts`) on; None is a hidden period."""
        starts = said.pop("starts", MONTHS)
        for start, count, size in zip(starts, counts, sizes, strict=False):
            place = _place(unit, start, said)
            if count is None:
                self.values.append(place | {"etat": "masque"})
                continue
            rate = count / size
            half = 196 * math.sqrt(rate * (1 - rate) / size)
            bounds = {"basse": math.floor(100 * rate - half), "haute": math.ceil(100 * rate + half)}
            self.values.append(
                place | bounds | {"etat": "ok", "valeur": round(100 * count / size), "assise": _band(size)}
            )
            self.counts.append(place | {"groupe": "", "y": count, "n": size})
        return self

    def waits(self, months: Sequence[Sequence[int]], unit: str = "ML-0001", **said: Any) -> Released:
        """A line of median waits: for each month the days that each person waited."""
        said = {"mesure_id": f"{WAIT}@2025.1", "categorie": "p50"} | said
        for start, days in zip(MONTHS, months, strict=False):
            place = _place(unit, start, said)
            median = sorted(days)[math.ceil(len(days) / 2) - 1]
            self.values.append(
                place | {"etat": "ok", "valeur": median, "basse": median - 1, "haute": median + 1, "assise": "20-49"}
            )
            known = range(max(days) + 1)
            for day, upto in zip(known, accumulate(days.count(day) for day in known), strict=True):
                self.counts.append(place | {"groupe": "", "categorie": str(day), "y": upto, "n": len(days)})
        return self

    def frames(self) -> dict[str, pl.DataFrame]:
        """Every frame, by the name of the argument that it fills."""
        categories = {"mesure_id": pl.String, "categorie": pl.String, "favorable": pl.Boolean}
        return {
            "actions": pl.DataFrame(self.actions, schema=_ACTION),
            "values": pl.DataFrame(self.values, schema=_VALUE),
            "measures": pl.DataFrame(self.measures, schema=_MEASURES),
            "categories": pl.DataFrame(self.categories, schema=categories),
            "periods": periods(),
            "counts": pl.DataFrame(self.counts, schema=_COUNT),
            "offers": pl.DataFrame(
                self.offers,
                schema={"structure_id": pl.String, "reseau": pl.String, "canaux_proposes": pl.List(pl.String)},
            ),
        }

    def effects(self, until: date = MONTHS[-1]) -> pl.DataFrame:
        """What `effects` gives, with the periods that begin on the day `until` or before."""
        frames = self.frames()
        return effects(**frames | {"periods": frames["periods"].filter(pl.col("debut") <= until)})

    def effect(self) -> Row:
        """The one row of the one action."""
        return self.effects().row(0, named=True)


def periods() -> pl.DataFrame:
    """The closed periods of 2023, of which most lines tell nothing, 2024 and 2025."""
    rows = [
        {"pas": step, "debut": first, "fin": _months_after(first, length) - timedelta(1)}
        for step, length in LENGTHS.items()
        for first in [*YEAR_BEFORE, *MONTHS][::length]
    ]
    return pl.DataFrame(rows, schema={"pas": pl.String, "debut": pl.Date, "fin": pl.Date})


def _months_after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _place(unit: str, start: date, said: Mapping[str, Any]) -> Row:
    usual = {
        "mesure_id": f"{MEASURE}@2025.1", "niveau": "structure", "pas": "mois", "categorie": "", "agregation": "structure"
    }  # fmt: skip
    return {"unite_id": unit, "debut": start} | {name: said.get(name, value) for name, value in usual.items()}


def _band(size: int) -> str:
    return next(band for least, band in ((100, "100+"), (50, "50-99"), (20, "20-49"), (0, "11-19")) if size >= least)
