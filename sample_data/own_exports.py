"""What the networks with a tool of their own, a common sheet or aggregates write: one list of exports a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial

import polars as pl

from sample_data.appointments import appointments
from sample_data.common_sheets import HEADING_ROW as SHEET_HEADING_ROW
from sample_data.common_sheets import sample_week, sheet_table, sheet_workbook
from sample_data.definitions import Network
from sample_data.delivery import Export, semicolon_text
from sample_data.exports import headings, named_cells, tool
from sample_data.grist_documents import GristTable, grist_document
from sample_data.own_indicators import own_indicators
from sample_data.periods import end_of, label, periods
from sample_data.quoted_text import comma_text, mean_line
from sample_data.records import Records
from sample_data.tables import Table, table
from sample_data.workbooks import HEADING_ROW, workbook

_SHEETS_FROM = pl.date(2025, 1, 1)
_WAIT = "Attente\n(jours ouvrés)"


def own_exports(made: Records, seed: int) -> Iterator[Export]:
    """The exports of a network's records in its own shape, oldest first; none for a network whose shape is another."""
    return _SHAPES.get(made.network.code, _none)(made, seed)


def _none(made: Records, seed: int) -> Iterator[Export]:
    return iter(())


def _aggregates(made: Records, seed: int) -> Iterator[Export]:
    computed = own_indicators(made.receptions, made.answers, seed)
    for start, part in periods(computed, "debut", "1y"):
        named = part.select(
            pl.col("structure_id").alias("Agence"),
            pl.col("debut").alias("Trimestre débutant le"),
            pl.col("indicateur").alias("Indicateur"),
            pl.col("valeur").alias("Résultat"),
            pl.col("base").alias("Effectif"),
            pl.col("version").alias("Version de la définition"),
        )
        name = f"indicateurs_{label(start, '1y')}.csv"
        yield Export(name, table(named), 2, end_of(start, "1y"), lambda filled: semicolon_text(filled).encode("cp1252"))


def _workbooks(made: Records, seed: int) -> Iterator[Export]:
    code = made.network.code
    for start, part in periods(_named_days(made.receptions, made.network), "jour", "1q"):
        filled = table(part.select(headings(code, start.year)))
        write = partial(_workbook, network=code)
        yield Export(f"fiches_{label(start, '1q')}.xlsx", filled, HEADING_ROW + 1, end_of(start, "1q"), write)


def _workbook(filled: Table, network: str) -> bytes:
    groups = {column["heading"]: column["group"] for column in tool(network)["columns"]}
    above = [groups.get(heading, "") for heading in filled.headings]
    return workbook([("Accueils", filled)], tool(network)["title"], above)


def _quoted(made: Records, seed: int) -> Iterator[Export]:
    towns = made.receptions.with_columns(libelle=pl.col("nom") + "\n(lieu fictif)")
    for start, part in periods(_named_days(towns, made.network), "jour", "1q"):
        name = f"fiches_{label(start, '1q')}.csv"
        yield Export(name, table(part.drop("jour")), 2, end_of(start, "1q"), _with_mean)


def _with_mean(filled: Table) -> bytes:
    return comma_text(filled, last=mean_line(filled, _WAIT)).encode("utf-8")


def _sheets(made: Records, seed: int) -> Iterator[Export]:
    recent = made.receptions.filter(pl.col("jour") >= _SHEETS_FROM)
    names = dict(made.structures.select("structure_id", "nom").iter_rows())
    for start, part in periods(recent, "jour", "1mo"):
        for (structure,), own in part.sort("structure_id").group_by("structure_id", maintain_order=True):
            yield from _sheet(own, made.network, str(structure), names[structure], start.date())


def _sheet(own: pl.DataFrame, network: Network, structure: str, name: str, month: date) -> Iterator[Export]:
    week = sample_week(month)
    sampled = own.filter(pl.col("jour").is_between(week, pl.lit(week).dt.offset_by("4d")))
    if sampled.is_empty():
        return
    write = partial(sheet_workbook, network=network.code, structure=structure, name=name, month=month)
    filled = sheet_table(sampled, network.code, structure, month)
    file = f"fiche_{structure}_{month:%Y-%m}.xlsx"
    yield Export(
        file, filled, SHEET_HEADING_ROW + 1, end_of(datetime(month.year, month.month, 1, tzinfo=UTC), "1mo"), write
    )


def _documents(made: Records, seed: int) -> Iterator[Export]:
    sites = made.structures.select(pl.col("structure_id").alias("Code"), pl.col("nom").alias("Nom du site"))
    ranks = {code: rank for rank, code in enumerate(sites["Code"], start=1)}
    placed = made.receptions.with_columns(
        rang_du_site=pl.col("structure_id").replace_strict(ranks, return_dtype=pl.Int64)
    )
    for start, part in periods(_named_days(placed, made.network), "jour", "6mo"):
        name = f"accueils_{label(start, '6mo')}.grist"
        write = partial(_document, sites=table(sites))
        yield Export(name, table(part.drop("jour")), 2, end_of(start, "6mo"), write)


def _document(filled: Table, sites: Table) -> bytes:
    types = {column["heading"]: column.get("type", "Text") for column in tool("suio")["columns"]}
    return grist_document(GristTable("Sites", sites, {}), GristTable("Accueils", filled, types))


def _appointments(made: Records, seed: int) -> Iterator[Export]:
    booked = appointments(made.receptions, made.network.code, seed)
    for start, part in periods(_named_days(booked, made.network), "jour", "6mo"):
        name = f"rdv_{label(start, '6mo')}.csv"
        yield Export(
            name,
            table(part.drop("jour")),
            2,
            end_of(start, "6mo"),
            lambda filled: semicolon_text(filled).encode("utf-8-sig"),
        )


def _named_days(receptions: pl.DataFrame, network: Network) -> pl.DataFrame:
    # Beside the cells of the tool, the day that says in which file they go.
    return named_cells(receptions, network.code).with_columns(receptions["jour"])


_SHAPES: dict[str, Callable[[Records, int], Iterator[Export]]] = {
    "france-travail": _aggregates,
    "apec": _workbooks,
    "chambres-consulaires": _quoted,
    "cidff": _sheets,
    "suio": _documents,
    "transitions-pro": _appointments,
}
