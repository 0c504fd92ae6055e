"""The deliveries of a whole region: every file, its bytes, and the day it reached the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl

from sample_data.definitions import Network, region
from sample_data.exports import export_lines, heading, tool, total_lines
from sample_data.planted import damage, defects
from sample_data.records import records
from sample_data.surveys import survey_frame, survey_text

NOTICE = (
    "Toutes les données de ce dossier sont synthétiques : les structures, les accueils, les réponses et les personnes "
    "sont inventés. Aucun chiffre ne décrit un service réel.\n"
)
_DELIVERED_AFTER = timedelta(days=20, hours=12)


@dataclass(frozen=True)
class Delivery:
    """A file of the inbox: its path there, its bytes, when it was delivered."""

    path: str
    content: bytes
    delivered: datetime


def deliveries(seed: int) -> Iterator[Delivery]:
    """Every file of the inbox for a seed, the notice that tells it is synthetic included."""
    first = int(region()["first_month"][:4])
    yield Delivery("SYNTHETIQUE.txt", NOTICE.encode(), datetime(first, 1, 1, 12, tzinfo=UTC))
    for made in records(seed):
        yield from _profiles(made.structures, made.network)
        yield from _tool_exports(made.receptions, made.network)
        yield from _surveys(made.answers, made.network, "avis", "1q", seed)
        yield from _surveys(made.month_later, made.network, "avis_un_mois", "6mo", seed)
        yield from _counts(made.attendance, made.network)


def _tool_exports(received: pl.DataFrame, network: Network) -> Iterator[Delivery]:
    earlier: dict[str, list[str]] = {}
    for start, part in _periods(received, "jour", "1q"):
        name = f"fiches_{_label(start, '1q')}.csv"
        lines = export_lines(part, network.code, _spoken(start))
        earlier[name] = damage(lines, heading(network.code), defects(network.code, name), earlier)
        written = [*earlier[name], *total_lines(earlier[name], network.code)]
        yield _delivery(network, name, _office_text(written), "cp1252", _end_of(start, "1q"))
        yield from _nominative(name, lines, network, _end_of(start, "1q"))


def _nominative(name: str, lines: list[str], network: Network, end: datetime) -> Iterator[Delivery]:
    """The second extraction that someone made with identities in it, where planted.yaml wants one."""
    extraction = name.replace(".csv", "_extraction.csv")
    for defect in defects(network.code, extraction):
        named = [f"{line};{defect['value_prefix']}{rank:04d}" for rank, line in enumerate(lines)]
        named[0] = f"{lines[0]};{defect['column']}"
        yield _delivery(network, extraction, _office_text(named), "cp1252", end + timedelta(days=3))


def _surveys(frame: pl.DataFrame, network: Network, name: str, step: str, seed: int) -> Iterator[Delivery]:
    export = survey_frame(frame, network.code, seed).with_columns(frame["debut"])
    for start, part in _periods(export, "debut", step):
        file = f"{name}_{_label(start, step)}.csv"
        yield _delivery(network, file, survey_text(part.drop("debut")), "utf-8", _end_of(start, step))


def _profiles(own: pl.DataFrame, network: Network) -> Iterator[Delivery]:
    first = int(region()["first_month"][:4])
    columns = ["structure_id", "nom", "commune_insee", "mode_collecte", "partage_nominatif", "canaux_proposes"]
    for year in range(first, first + region()["months"] // 12):
        # A January's file tells the closings already decided for that year, not later ones.
        closing = pl.when(pl.col("actif_au").dt.year() <= year).then(pl.col("actif_au")).alias("actif_au")
        known = own.filter(pl.col("actif_du").dt.year() <= year).select(*columns, "actif_du", closing)
        encoding = tool(network.code)["encoding_of_profiles"]
        started = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=10)
        yield _delivery(network, f"structures_{year}.csv", _contract_text(known), encoding, started)


def _counts(counted: pl.DataFrame, network: Network) -> Iterator[Delivery]:
    for start, part in _periods(counted, "debut", "1y"):
        text = _contract_text(part)
        yield _delivery(network, f"frequentation_{start.year}.csv", text, "utf-8", _end_of(start, "1y"))


def _delivery(network: Network, name: str, text: str, encoding: str, end: datetime) -> Delivery:
    return Delivery(f"{network.code}/{name}", text.encode(encoding), end + _DELIVERED_AFTER)


def _office_text(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _contract_text(frame: pl.DataFrame) -> str:
    return frame.write_csv(separator=";", line_terminator="\r\n", quote_style="never")


def _periods(frame: pl.DataFrame, day: str, step: str) -> Iterator[tuple[datetime, pl.DataFrame]]:
    starts = frame.with_columns(pl.col(day).cast(pl.Datetime("us")).dt.truncate(step).alias("debut_periode"))
    for (start,), part in starts.group_by("debut_periode", maintain_order=True):
        assert isinstance(start, datetime)
        yield start.replace(tzinfo=UTC), part.drop("debut_periode")


def _end_of(start: datetime, step: str) -> datetime:
    return _months_after(start, {"1q": 3, "6mo": 6, "1y": 12}[step]) - timedelta(days=1)


def _months_after(start: datetime, count: int) -> datetime:
    years, month = divmod(start.month - 1 + count, 12)
    return start.replace(year=start.year + years, month=month + 1)


def _label(start: datetime, step: str) -> str:
    return f"{start.year}-T{(start.month + 2) // 3}" if step == "1q" else f"{start.year}-S{(start.month + 5) // 6}"


def _spoken(start: datetime) -> str:
    quarter = (start.month + 2) // 3
    return f"{quarter}{'er' if quarter == 1 else 'e'} trimestre {start.year}"
