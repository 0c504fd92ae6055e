"""What each network's own tool writes of its receptions (tools.yaml): its headings, its words; as CSV, its layout."""

from __future__ import annotations

from typing import Any

import polars as pl
import polars.selectors as cs

from sample_data.definitions import read


def tool(network: str) -> dict[str, Any]:
    """The tool of a network."""
    found: dict[str, Any] = read("tools.yaml")[network]
    return found


def headings(network: str, year: int) -> list[str]:
    """The headings of a network's export of that year: a tool may have gained columns `since` some year."""
    return [column["heading"] for column in tool(network)["columns"] if column.get("since", year) <= year]


def heading(network: str, year: int) -> str:
    """The line of headings of a network's export of that year."""
    return ";".join(headings(network, year))


def named_cells(receptions: pl.DataFrame, network: str) -> pl.DataFrame:
    """A reception a row, a column for each heading the tool ever had, in its words; dates and numbers stay what they are."""
    return receptions.select(
        _cell(column, tool(network)).alias(column["heading"]) for column in tool(network)["columns"]
    )


def export_lines(receptions: pl.DataFrame, network: str, period: str, year: int) -> list[str]:
    """The lines of a year's export, heading included and total left out: cells joined by ";" (no cell holds one)."""
    cells = named_cells(receptions, network).select(
        cs.date().dt.strftime("%d/%m/%Y"), cs.exclude(cs.date()).cast(pl.String)
    )
    ordered = cells.select(headings(network, year))
    body = ordered.fill_null("").select(pl.concat_str(pl.all(), separator=";")).to_series().to_list()
    title = tool(network)["title"]
    return [*([title.format(period=period)] if title else []), heading(network, year), *_spaced(body, network, year)]


def total_lines(lines: list[str], network: str, year: int) -> list[str]:
    """The last line that some tools add: how many records they think they wrote."""
    if not tool(network)["total"]:
        return []
    separators = heading(network, year).count(";")
    records = sum(line.count(";") == separators for line in lines) - 1
    return [f"TOTAL;{records}" + ";" * (separators - 1)]


def _cell(column: dict[str, Any], own: dict[str, Any]) -> pl.Expr:
    cell, words = pl.col(column["of"]), column.get("words")
    if column["of"] == "accueil_ref" and own["reference"]:
        return pl.lit(own["reference"]) + cell.cast(pl.String).str.zfill(6)
    if column["of"] == "orientation":
        named = cell.str.split(",").list.eval(pl.element().replace_strict(words, return_dtype=pl.String))
        return named.list.join(own.get("several", ","))
    return cell.replace_strict(words) if words else cell


def _spaced(body: list[str], network: str, year: int) -> list[str]:
    # A page break of the tool: every so many records, a line of separators and nothing else.
    every = tool(network)["blank_every"]
    if not every:
        return body
    blank = ";" * heading(network, year).count(";")
    pages = [body[start : start + every] for start in range(0, len(body), every)]
    return [line for page in pages for line in (*page, blank)]
