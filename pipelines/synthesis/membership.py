"""Which wider units a structure is part of."""

from __future__ import annotations

import polars as pl


def members(units: pl.DataFrame) -> pl.DataFrame:
    """structure, niveau, unite_id: each structure of reference.unites in its network and in the region."""
    structures = units.filter(niveau="structure")
    in_networks = structures.select(structure="unite_id", niveau=pl.lit("reseau"), unite_id="reseau").drop_nulls()
    region = units.filter(niveau="region").select("niveau", "unite_id")
    return pl.concat([in_networks, structures.select(structure="unite_id").join(region, how="cross")])
