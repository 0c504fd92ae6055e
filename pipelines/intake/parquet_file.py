"""Reading a Parquet file as one page: its column names, then its rows, every value as text."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow
from pyarrow import parquet

from grids.errors import DeliveryRefused
from pipelines.intake.pages import Page, number_text, page
from pipelines.intake.recognition import told

MOST_CELLS = 50_000_000
"""What is read as text at once: two and a half million rows of twenty columns."""

_LOCAL_TIME = "Europe/Paris"


def open_pages(path: Path) -> list[Page]:
    """The one page of the file: row 1 its column names, then its rows.

    Dates are AAAA-MM-JJ, or AAAA-MM-JJ hh:mm:ss when there is a time; an instant with a time zone is told in French
    time; booleans are VRAI or FAUX; whole numbers have no decimals.
    Raises DeliveryRefused if the file is damaged, too large, or has a column that no cell can hold.
    """
    try:
        return [page(path.stem, _columns(path))]
    except DeliveryRefused:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # A damaged file may ask for more memory than there is, and polars, written in Rust, raises panics.
        raise DeliveryRefused(
            "Ce fichier Parquet est abîmé ou incomplet.",
            place=path.name,
            remedy="Exportez-le de nouveau, ou exportez les données en CSV, puis redéposez-le.",
        ) from None


def _columns(path: Path) -> list[pl.Series]:
    """Read by pyarrow: on a damaged file, polars' own reader ends the process."""
    with parquet.ParquetFile(path, memory_map=False) as file:
        _check_size(path, file.metadata.num_rows * file.metadata.num_columns)
        _check_shape(path, file.schema_arrow)
        rows = file.read(use_threads=False)
    rows.validate(full=True)
    # A name may stand twice: columns are taken by their place.
    columns = [pl.Series(name, column) for name, column in zip(rows.column_names, rows.itercolumns(), strict=True)]
    return [
        pl.concat([pl.Series([column.name], dtype=pl.String), _text(path, column, place)])
        for place, column in enumerate(columns, start=1)
    ]


def _check_shape(path: Path, schema: pyarrow.Schema) -> None:
    for place, field in enumerate(schema, start=1):
        if pyarrow.types.is_nested(field.type):
            raise _no_cell(path, field.name, place)


def _text(path: Path, column: pl.Series, place: int) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.String | pl.Categorical | pl.Enum | pl.Null) or kind.is_integer():
        return column.cast(pl.String)
    if isinstance(kind, pl.Boolean):
        return column.replace_strict({True: "VRAI", False: "FAUX"}, return_dtype=pl.String)
    if kind.is_numeric():
        return _numbers(column)
    if isinstance(kind, pl.Date | pl.Datetime | pl.Time):
        return _moments(column, kind)
    raise _no_cell(path, column.name, place)


def _no_cell(path: Path, name: str, place: int) -> DeliveryRefused:
    return DeliveryRefused(
        f"La colonne {told(name, place)} ne contient ni textes, ni nombres, ni dates : listes, objets, durées ou octets.",
        place=path.name,
        remedy="Écrivez-la en texte (les choix d'une liste séparés par « | »), ou retirez-la de l'export.",
    )


def _numbers(column: pl.Series) -> pl.Series:
    if isinstance(column.dtype, pl.Decimal):
        return column.cast(pl.String).str.replace(r"(\.\d*?)0+$", "${1}").str.strip_suffix(".")
    finite = pl.select(pl.when(column.is_finite()).then(column.cast(pl.Float64))).to_series()
    return finite.map_elements(number_text, return_dtype=pl.String)


def _moments(column: pl.Series, kind: pl.DataType) -> pl.Series:
    if isinstance(kind, pl.Date):
        return column.dt.strftime("%Y-%m-%d")
    if isinstance(kind, pl.Time):
        return column.dt.strftime("%H:%M:%S")
    local = column.dt.convert_time_zone(_LOCAL_TIME) if isinstance(kind, pl.Datetime) and kind.time_zone else column
    return local.dt.strftime("%Y-%m-%d %H:%M:%S").str.strip_suffix(" 00:00:00")


def _check_size(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        raise DeliveryRefused(
            "Ce fichier Parquet est trop grand pour être lu d'un bloc.",
            place=path.name,
            remedy="Exportez les données en CSV, ou en plusieurs fichiers, puis redéposez-les.",
        )
