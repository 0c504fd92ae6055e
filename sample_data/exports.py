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


def heading(network: str) -> str:
    """The line of headings of a network's export."""
    return ";".join(column["heading"] for column in tool(network)["columns"])


def named_cells(receptions: pl.DataFrame, network: str) -> pl.DataFrame:
    """A reception a row, a column for each heading of the tool, in its words; dates and numbers stay what they are."""
    return receptions.select(
        _cell(column, tool(network)).alias(column["heading"]) for column in tool(network)["columns"]
    )


def export_lines(receptions: pl.DataFrame, network: str, period: str) -> list[str]:
    """The lines of an export, heading included and total left out: cells joined by ";" (no cell holds one)."""
    cells = named_cells(receptions, network).select(cs.date().dt.strftime("%d/%m/%Y"), cs.exclude(cs.date()))
    ordered = cells.select(column["heading"] for column in tool(network)["columns"])
    body = ordered.fill_null("").select(pl.concat_str(pl.all(), separator=";")).to_series().to_list()
    title = tool(network)["title"]
    return [*([title.format(period=period)] if title else []), heading(network), *_spaced(body, network)]


def total_lines(lines: list[str], network: str) -> list[str]:
    """The last line that some tools add: how many records they think they wrote."""
    if not tool(network)["total"]:
        return []
    separators = heading(network).count(";")
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


def _spaced(body: list[str], network: str) -> list[str]:
    # A page break of the tool: every so many records, a line of separators and nothing else.
    every = tool(network)["blank_every"]
    if not every:
        return body
    blank = ";" * heading(network).count(";")
    pages = [body[start : start + every] for start in range(0, len(body), every)]
    return [line for page in pages for line in (*page, blank)]
