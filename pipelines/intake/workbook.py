"""Reading the sheets of a workbook (.xlsx, .ods): every cell as the text that the spreadsheet shows, dates as ISO 8601.

Everything is read as text, so that codes keep their zeros; a second reading tells true dates and true booleans from
texts that look like them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fastexcel
import polars as pl

from grids.errors import DeliveryRefused
from pipelines.intake.pages import Page, page
from pipelines.intake.sheet_size import check_sheets
from pipelines.intake.zip_package import check_package, damaged, mimetype

_ISO_MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}"
_FIRST_YEAR = 1901
"""A date of a spreadsheet before this year is a time of the day, or a duration."""
_LONGEST = 366 * 86_400
"""The longest duration told, in seconds."""


def open_pages(path: Path) -> list[Page]:
    """The visible sheets of the workbook, in order; an empty one has no row.

    Row numbers are the spreadsheet's own; empty columns on the left are left out. A merged cell has its value in its
    first cell; a formula never computed is empty. Dates become AAAA-MM-JJ, or AAAA-MM-JJ hh:mm:ss when there is a time;
    times and durations hh:mm:ss; booleans VRAI or FAUX; numbers lose « ,0 ».
    Raises DeliveryRefused if the workbook is damaged, protected, or has no visible sheet.
    """
    check_package(path)
    check_sheets(path)
    try:
        return _pages(path)
    except DeliveryRefused:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:
        # The library is written in Rust: where it stumbles, it raises a panic, which is no Exception.
        raise damaged(path) from None


def _pages(path: Path) -> list[Page]:
    reader = fastexcel.read_excel(str(path))
    sheets = [_read(reader, position, "string") for position in range(len(reader.sheet_names))]
    visible = [position for position, sheet in enumerate(sheets) if sheet.visible == "visible"]
    if not visible:
        raise DeliveryRefused(
            "Ce classeur n'a aucune feuille visible.",
            place=path.name,
            remedy="Affichez la feuille à livrer (clic droit sur les onglets, Afficher), enregistrez, redéposez.",
        )
    # OpenDocument writes its moments as texts (2025-03-12T14:30:05), which nothing else tells from a text.
    iso = bool(mimetype(path))
    return [page(reader.sheet_names[each], _columns(reader, each, sheets[each], iso)) for each in visible]


def _read(reader: fastexcel.ExcelReader, position: int, dtype: Any) -> fastexcel.ExcelSheet:
    return reader.load_sheet(position, header_row=None, skip_rows=0, dtypes=dtype)


def _columns(reader: fastexcel.ExcelReader, position: int, sheet: fastexcel.ExcelSheet, iso: bool) -> list[pl.Series]:
    if not (sheet.height and sheet.width):
        return []
    # Only a true date or duration can be read as a duration, and no text can be read as a boolean.
    moments = _read(reader, position, "duration").to_polars()
    truths = _read(reader, position, "boolean").to_polars()
    return [_column(*each, iso) for each in zip(sheet.to_polars(), moments, truths, strict=True)]


def _column(text: pl.Series, moment: pl.Series, truth: pl.Series, iso: bool) -> pl.Series:
    cells = pl.DataFrame(
        {
            "text": text.cast(pl.String),
            "moment": moment.cast(pl.Duration("ms")).dt.total_milliseconds(),
            "truth": truth.cast(pl.Boolean),
        }
    )
    shown = (
        pl.when(pl.col("moment").is_not_null() | (pl.lit(iso) & pl.col("text").str.contains(_ISO_MOMENT)))
        .then(_moment_text())
        .when(pl.col("truth").is_not_null() & pl.col("text").is_in(["true", "false"]))
        .then(pl.when("truth").then(pl.lit("VRAI")).otherwise(pl.lit("FAUX")))
        .otherwise("text")
    )
    return cells.select(shown.alias("text")).to_series()


def _moment_text() -> pl.Expr:
    """A true date, to the second: spreadsheets hold times as fractions of a day, which fall a little beside."""
    when = pl.col("text").str.replace("T", " ").str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="ms", strict=False)
    second = (when + pl.duration(milliseconds=500)).dt.truncate("1s")
    text = second.dt.strftime("%Y-%m-%d %H:%M:%S").str.strip_suffix(" 00:00:00")
    return pl.when(second.dt.year() >= _FIRST_YEAR).then(text).otherwise(pl.coalesce(_time_text(), "text"))


def _time_text() -> pl.Expr:
    """A time or a duration, as hours (more than 24 at times), minutes and seconds."""
    seconds = (pl.col("moment") + 500) // 1000
    parts = [seconds // 3600, seconds // 60 % 60, seconds % 60]
    clock = pl.concat_str([part.cast(pl.String).str.zfill(2) for part in parts], separator=":")
    return pl.when((seconds >= 0) & (seconds < _LONGEST)).then(clock)
