"""What anyone can read in a release: its tables, and which cells of each base show a figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl

from grids.breakdowns import UNKNOWN, load_breakdowns
from grids.contract import column_types
from grids.errors import ReleaseError
from pipelines.frames import query_frame

CELL = ["niveau", "unite_id", "pas", "debut", "ventilation", "modalite"]
"""The key of a cell of a base."""
FIGURE = ["mesure_id", *CELL, "categorie", "agregation"]
SHOWN = ("ok", "prudence")


@dataclass(frozen=True)
class ReleaseFile:
    """A release, read.

    values: rows of quality.valeurs and quality.ventilations together [FIGURE], those of quality.valeurs with ventilation and
    modalite ''; the other frames: the tables of the same name; edition: cle → valeur.
    """

    path: Path
    edition: dict[str, str]
    units: pl.DataFrame
    periods: pl.DataFrame
    measures: pl.DataFrame
    values: pl.DataFrame
    attendance: pl.DataFrame

    @property
    def id(self) -> str:
        """The release's identifier, or its file's name."""
        return self.edition.get("release_id", self.path.stem)

    @cached_property
    def cells(self) -> pl.DataFrame:
        """base_id, CELL, montree of the cells where something is counted; `montree`: any figure of the base is shown there.

        [base × cell]. A cell where every figure is 'sans_objet' is one where nobody can be counted: left out. Those whose
        records do not say a modality are a cell too, which no release shows, unless every record says it.
        """
        based = self.values.join(self.measures.select("mesure_id", "base_id"), on="mesure_id")
        told = (
            based.group_by("base_id", *CELL)
            .agg(
                montree=pl.col("etat").is_in(SHOWN).any(),
                vide=(pl.col("etat") == "sans_objet").all(),
            )
            .filter(~pl.col("vide"))
            .drop("vide")
        )
        silent = told.filter(pl.col("ventilation") != "").with_columns(modalite=pl.lit(UNKNOWN), montree=False)
        silent = silent.join(self._always_said, on=["base_id", "ventilation"], how="anti")
        return pl.concat([told, silent]).unique(["base_id", *CELL], keep="first", maintain_order=True)

    @cached_property
    def _always_said(self) -> pl.DataFrame:
        """base_id, ventilation where no row of the base's table can do without its modality: the contract is public."""
        tables = self.measures.select("base_id", "base_table").unique()
        said = [
            (table, name)
            for table in ("accueils", "reponses")
            for name, breakdown in load_breakdowns().active(table).items()
            if column_types(table)[name].required and not breakdown.condition
        ]
        columns = pl.DataFrame(said, schema={"base_table": pl.String, "ventilation": pl.String}, orient="row")
        return tables.join(columns, on="base_table").select("base_id", "ventilation")


def read_release(path: Path) -> ReleaseFile:
    """Read the release at `path`; raises ReleaseError if it is not a release that can be read."""
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            return _read(connection, path)
    except duckdb.Error as error:
        raise ReleaseError(
            "Le fichier de l'édition est illisible.", place=str(path), remedy="Relancez « spro build »."
        ) from error


def _read(connection: duckdb.DuckDBPyConnection, path: Path) -> ReleaseFile:
    def table(name: str) -> pl.DataFrame:
        return query_frame(connection, f"FROM {name}")

    whole = table("quality.valeurs").with_columns(ventilation=pl.lit(""), modalite=pl.lit(""))
    return ReleaseFile(
        path=path,
        edition=dict(table("reference.edition").select("cle", "valeur").iter_rows()),
        units=table("reference.unites"),
        periods=table("reference.periodes"),
        measures=table("reference.mesures"),
        values=pl.concat([whole, table("quality.ventilations")], how="diagonal_relaxed"),
        attendance=table("attendance.frequentation"),
    )
