"""Small frames in the columns that the synthesis reads: what a test does not say stands at something ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

YEAR_BEFORE, YEAR = date(2024, 1, 1), date(2025, 1, 1)
REGION = {"niveau": "region", "unite_id": "bretagne"}
Row = Mapping[str, Any]

_MEASURES: dict[str, Any] = {
    "mesure_id": pl.String, "indicateur_id": pl.String, "version": pl.String, "critere": pl.String, "genre": pl.String,
    "nature": pl.String, "base_table": pl.String, "fait_d_organisation": pl.Boolean, "opinion": pl.Boolean,
    "niveaux": pl.List(pl.String), "pas": pl.List(pl.String), "sens": pl.String, "unite": pl.String,
    "comparaison": pl.String, "suite_de": pl.String, "ordre": pl.Int32,
}  # fmt: skip
_VALUES: dict[str, Any] = {
    "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String, "debut": pl.Date,
    "categorie": pl.String, "agregation": pl.String, "etat": pl.String, "raison": pl.String, "valeur": pl.Int32,
    "basse": pl.Int32, "haute": pl.Int32, "assise": pl.String, "taux_reponse_classe": pl.String,
    "structures": pl.Int32, "structures_attendues": pl.Int32, "provenance": pl.String,
}  # fmt: skip
_COUNTS: dict[str, Any] = {
    "mesure_id": pl.String, "base_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String,
    "debut": pl.Date, "groupe": pl.String, "categorie": pl.String, "y": pl.Int64, "n": pl.Int64,
    "structures": pl.Int32, "moyenne": pl.Float64, "ecart_type": pl.Float64, "n_effectif": pl.Float64,
    "provenance": pl.String,
}  # fmt: skip
_SERIES: dict[str, Any] = {
    "serie_id": pl.String, "mesure_id": pl.String, "niveau": pl.String, "unite_id": pl.String, "pas": pl.String,
    "categorie": pl.String, "agregation": pl.String, "carte": pl.String, "variation": pl.String, "signal": pl.String,
    "assurance": pl.String, "provisoire": pl.Boolean,
}  # fmt: skip


def measures(*rows: Row) -> pl.DataFrame:
    """reference.mesures: shares of receptions, meant to rise, in the order given; ids as "PD02.rendue@2025.1"."""
    return pl.DataFrame([_measure(order, row) for order, row in enumerate(rows)], schema=_MEASURES)


def _measure(order: int, row: Row) -> Row:
    indicator, _, rest = row["mesure_id"].partition(".")
    ordinary = {
        "indicateur_id": indicator, "version": rest.partition("@")[2], "critere": "ecoute", "genre": "part",
        "nature": "rendue", "base_table": "accueils", "fait_d_organisation": False, "opinion": False,
        "niveaux": ["structure", "reseau", "region"], "pas": ["trimestre", "annee"], "sens": "plus", "unite": "%",
        "comparaison": "tous", "ordre": order,
    }  # fmt: skip
    return ordinary | dict(row)


def opinion(measure_id: str, **row: Any) -> Row:
    """A measure of what persons say."""
    return {"mesure_id": measure_id, "nature": "percue", "base_table": "reponses", "opinion": True, **row}


def values(*rows: Row) -> pl.DataFrame:
    """quality.valeurs: figures of the region for the year, means of structures, shown and sure to five points."""
    return pl.DataFrame([_value(row) for row in rows], schema=_VALUES)


def broken_down(*rows: Row) -> pl.DataFrame:
    """quality.ventilations: the same by channel, shares of answers."""
    schema = _VALUES | {"ventilation": pl.String, "modalite": pl.String}
    ordinary = {"ventilation": "canal", "agregation": "part_accueils"}
    return pl.DataFrame([_value(ordinary | dict(row)) for row in rows], schema=schema)


def _value(row: Row) -> Row:
    of_structure = row.get("niveau") == "structure"
    ordinary = REGION | {
        "pas": "annee", "debut": YEAR, "categorie": "", "etat": "ok", "assise": "100+", "provenance": "mesure",
        "agregation": "structure" if of_structure else "moyenne_structures",
    }  # fmt: skip
    value = row.get("valeur")
    around = {} if value is None else {"basse": value - 5, "haute": value + 5}
    return ordinary | around | dict(row)


def counts(rows: Iterable[Row]) -> pl.DataFrame:
    """Counts of visible cells: of structures, for the year."""
    ordinary = {"niveau": "structure", "pas": "annee", "debut": YEAR, "groupe": "", "categorie": "", "base_id": "b"}
    return pl.DataFrame([ordinary | {"n_effectif": row["n"]} | dict(row) for row in rows], schema=_COUNTS)


def series(*rows: Row) -> pl.DataFrame:
    """quality.series: lines of the region, by quarter."""
    ordinary = REGION | {"pas": "trimestre", "carte": "xmr"}
    return pl.DataFrame([ordinary | dict(row) for row in rows], schema=_SERIES)


def units(networks: Mapping[str, Iterable[str]]) -> pl.DataFrame:
    """reference.unites: the region, networks, and their structures."""
    structures = [("structure", name, network) for network, names in networks.items() for name in names]
    larger = [("region", "bretagne", None), *(("reseau", network, network) for network in networks)]
    return pl.DataFrame([*larger, *structures], schema=["niveau", "unite_id", "reseau"], orient="row")
