"""The deliveries of a whole region: every file, its bytes, and the day it reached the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import polars as pl

from sample_data.actions import told_actions, told_events
from sample_data.definitions import DEFAULT_STRUCTURES, Network
from sample_data.delivery import Delivery, Export, contract_table, delivered, office_text, semicolon_text
from sample_data.exports import export_lines, heading, tool, total_lines
from sample_data.mishaps import mishap_bytes
from sample_data.own_exports import own_exports
from sample_data.periods import end_of, label, periods, spoken, years
from sample_data.planted import damage, damaged, defects, mishaps
from sample_data.profiles import profiles
from sample_data.records import Records, records
from sample_data.survey_deliveries import survey_deliveries

NOTICE = (
    "Toutes les données de ce dossier sont synthétiques : les structures, les accueils, les réponses et les personnes "
    "sont inventés. Aucun chiffre ne décrit un service réel.\n"
)
_LATER = timedelta(days=3)
_TOLD_IN = datetime(2025, 6, 30, tzinfo=UTC)
# What each network makes its files with, where it is not a tool that exports one CSV a quarter and two surveys.
_OWN_SHAPE = ("france-travail", "apec", "chambres-consulaires", "cidff", "suio", "transitions-pro")
_COUNTED_BY_STRUCTURE = ("mission-locale", "cap-emploi", "info-jeunes", "cio", "chambres-consulaires", "suio")
_COUNTED_AS_A_WHOLE = ("france-travail",)


def deliveries(seed: int, structures: int = DEFAULT_STRUCTURES) -> Iterator[Delivery]:
    """Every file of the inbox for a seed and a number of structures, the notice that tells it is synthetic included."""
    yield Delivery("SYNTHETIQUE.txt", NOTICE.encode(), datetime(years()[0], 1, 1, 12, tzinfo=UTC))
    for made in records(seed, structures):
        yield from _written(_profiles(made, seed), made.network)
        if made.network.code not in _OWN_SHAPE:
            yield from _tool_exports(made.receptions, made.network)
        yield from _written(own_exports(made, seed), made.network)
        yield from survey_deliveries(made, seed)
        yield from _counts(made)
        yield from _told(made.network)


def _written(exports: Iterator[Export], network: Network) -> Iterator[Delivery]:
    """Each export with its defects in place, and the files that went wrong beside it."""
    for export in exports:
        yield delivered(network, export.name, export.write(damaged(export, network.code)), export.end)
        for defect in mishaps(network.code, export.name):
            yield delivered(network, defect["file"], mishap_bytes(export, defect), export.end + _LATER)


def _profiles(made: Records, seed: int) -> Iterator[Export]:
    encoding = tool(made.network.code)["encoding_of_profiles"]
    for year in years():
        filled = contract_table(profiles(made.structures, made.network, year, seed))
        started = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=10)
        yield Export(
            f"structures_{year}.csv", filled, 2, started, lambda filled: semicolon_text(filled).encode(encoding)
        )


def _tool_exports(received: pl.DataFrame, network: Network) -> Iterator[Delivery]:
    earlier: dict[str, list[str]] = {}
    for start, part in periods(received, "jour", "1q"):
        name = f"fiches_{label(start, '1q')}.csv"
        lines = export_lines(part, network.code, spoken(start), start.year)
        earlier[name] = damage(lines, heading(network.code, start.year), defects(network.code, name), earlier)
        written = [*earlier[name], *total_lines(earlier[name], network.code, start.year)]
        yield delivered(network, name, office_text(written).encode("cp1252"), end_of(start, "1q"))
        yield from _nominative(name, lines, network, end_of(start, "1q"))


def _nominative(name: str, lines: list[str], network: Network, end: datetime) -> Iterator[Delivery]:
    """The second extraction that someone made with identities in it, where planted.yaml wants one."""
    extraction = name.replace(".csv", "_extraction.csv")
    for defect in defects(network.code, extraction):
        named = [f"{line};{defect['value_prefix']}{rank:04d}" for rank, line in enumerate(lines)]
        named[0] = f"{lines[0]};{defect['column']}"
        yield delivered(network, extraction, office_text(named).encode("cp1252"), end + _LATER)


def _counts(made: Records) -> Iterator[Delivery]:
    code = made.network.code
    if code not in (*_COUNTED_BY_STRUCTURE, *_COUNTED_AS_A_WHOLE):
        return
    counted = made.attendance if code in _COUNTED_BY_STRUCTURE else _as_a_whole(made.attendance, code)
    for start, part in periods(counted, "debut", "1y"):
        text = part.write_csv(separator=";", line_terminator="\r\n", quote_style="never")
        yield delivered(
            made.network, f"frequentation_{label(start, '1y')}.csv", text.encode("utf-8"), end_of(start, "1y")
        )


def _told(network: Network) -> Iterator[Delivery]:
    """What a network tells of its actions and of what happened, in the summer that follows."""
    encoding = tool(network.code)["encoding_of_profiles"]
    for name, rows in (("actions", told_actions(network.code)), ("evenements", told_events(network.code))):
        if len(rows):
            text = semicolon_text(contract_table(rows))
            yield delivered(network, f"{name}_{_TOLD_IN.year}.csv", text.encode(encoding), _TOLD_IN)


def _as_a_whole(counted: pl.DataFrame, network: str) -> pl.DataFrame:
    """The counts of the network, its structures put together."""
    summed = counted.group_by("pas", "debut", "canal", maintain_order=True).agg(pl.col("accueils").sum())
    whole = summed.with_columns(niveau=pl.lit("reseau"), unite_id=pl.lit(network))
    return whole.select(counted.columns).sort("debut", "canal")
