"""Purging what has served its time (`grids/conservation.yaml`): listed first, then removed file by file, and traced."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from grids.retention import Duration, Retention
from pipelines.home import Home, remove, write_json
from pipelines.intake.comments import comments_path
from pipelines.receipt import Receipt, read_receipts
from pipelines.receipts.words import day
from pipelines.release.catalogue import editions
from pipelines.retention.comments import any_unread, comment_files, forget_unread
from pipelines.retention.years import filed_closings
from pipelines.staging import text_literal

TRACE = "purges.json"
"""In the data folder: what each purge removed and why; never the name a network gave a file, which could hold an identity."""
_BEGUN, _DONE = "commencee", "terminee"


@dataclass(frozen=True)
class Doomed:
    """What a purge removes: from which store, what it is and why, in French; its files in the order in which they go.

    `unread`: a file of comments from which only those that nobody read go.
    """

    store: str
    what: str
    reason: str
    files: tuple[Path, ...] = ()
    unread: Path | None = None


def plan_purge(home: Home, retention: Retention, today: date) -> list[Doomed]:
    """Everything that has served its time on that day; nothing is removed."""
    receipts = read_receipts(home.receipts)
    return [
        *_served_deliveries(home, receipts, retention, today),
        *_served_receipts(home, receipts, retention, today),
        *_unread_comments(home, receipts, retention, today),
        *_superseded_editions(home, retention),
        *_warehouse(home, retention, today),
    ]


def run_purge(home: Home, doomed: Sequence[Doomed], today: date) -> None:
    """Remove what `doomed` lists, each file at once; traced before it begins, so that `finish_purge` can complete it.

    To be called with the data folder held.
    """
    if doomed:
        told = [{"depot": each.store, "objet": each.what, "raison": each.reason} for each in doomed]
        files = [path.relative_to(home.root).as_posix() for each in doomed for path in each.files]
        run = {"le": today.isoformat(), "etat": _BEGUN, "effaces": told, "fichiers": files}
        write_json(home.root / TRACE, [*_traced(home), run])
        for each in doomed:
            if each.unread:
                forget_unread(each.unread)
        finish_purge(home)


def finish_purge(home: Home) -> None:
    """Complete the purge that a crash cut short, if any: its files go, and the trace says so. Safe to call again."""
    runs = _traced(home)
    if not any(run["etat"] == _BEGUN for run in runs):
        return
    for run in runs:
        for place in run["fichiers"] if run["etat"] == _BEGUN else ():
            remove(home.root / place)
    write_json(home.root / TRACE, [{**run, "etat": _DONE} for run in runs])


def _served_deliveries(home: Home, receipts: Sequence[Receipt], retention: Retention, today: date) -> Iterator[Doomed]:
    """Deliveries of which every year is closed, the last one long enough ago. The receipt goes first: rows that no receipt
    tells of are never read, while a receipt without its rows would stop a build."""
    closings = filed_closings(home)
    durations = {"accueils": retention.records, "reponses": retention.answers}
    for receipt in receipts:
        duration = durations.get(receipt.contrat)
        closed_on = [each.closed_on for each in closings if receipt.livraison_id in each.deliveries]
        if not (duration and receipt.counts and closed_on and duration.over(max(closed_on), today)):
            continue
        rows = home.staged / receipt.contrat / f"{receipt.livraison_id}.parquet"
        if _years_of(rows) <= {each.year for each in closings}:
            files = (*_receipt_files(home, receipt), rows, comments_path(home.staged, receipt.livraison_id))
            yield Doomed("fiches et réponses", _named(receipt), _since(duration, max(closed_on)), files)


def _served_receipts(home: Home, receipts: Sequence[Receipt], retention: Retention, today: date) -> Iterator[Doomed]:
    """Receipts of refused and withdrawn deliveries; not while their file is in the inbox, which would be read anew."""
    for receipt in receipts:
        refused = receipt.etat == "refusee"
        event = receipt.recue_le if refused else receipt.retiree_le
        duration = retention.refused if refused else retention.withdrawn
        in_inbox = (home.inbox / receipt.reseau / receipt.fichier).exists()
        if not receipt.counts and event and duration.over(event, today) and not in_inbox:
            store = "accusés de refus" if refused else "livraisons retirées"
            yield Doomed(store, _named(receipt), _since(duration, event), _receipt_files(home, receipt))


def _unread_comments(home: Home, receipts: Sequence[Receipt], retention: Retention, today: date) -> Iterator[Doomed]:
    received = {receipt.livraison_id: receipt for receipt in receipts}
    for path in comment_files(home):
        receipt = received.get(path.stem)
        if receipt and retention.unread_comments.over(receipt.recue_le, today) and any_unread(path):
            reason = _since(retention.unread_comments, receipt.recue_le)
            yield Doomed("commentaires non lus", _named(receipt), reason, unread=path)


def _superseded_editions(home: Home, retention: Retention) -> Iterator[Doomed]:
    """Editions older than the published one, beyond the latest so many."""
    every = editions(home.releases)
    published = next((position for position, each in enumerate(every) if each.is_published), 0)
    kept = retention.editions.number
    for each in every[: max(0, published - kept)] if kept is not None else ():
        files = sorted(home.releases.glob(f"{each.id}.*"))
        yield Doomed("éditions remplacées", f"édition {each.id}", retention.editions.reason, tuple(files))


def _warehouse(home: Home, retention: Retention, today: date) -> Iterator[Doomed]:
    if home.warehouse.is_file():
        built_on = datetime.fromtimestamp(home.warehouse.stat().st_mtime).date()
        if retention.warehouse.over(built_on, today):
            yield Doomed("entrepôt", home.warehouse.name, _since(retention.warehouse, built_on), (home.warehouse,))


def _years_of(rows: Path) -> set[int]:
    with duckdb.connect(":memory:") as connection:
        source = f"read_parquet({text_literal(str(rows))})"
        found = connection.execute(f"SELECT DISTINCT year(TRY_CAST(mois AS DATE)) FROM {source}").fetchall()
    return {year for (year,) in found if year is not None}


def _receipt_files(home: Home, receipt: Receipt) -> tuple[Path, ...]:
    folder = home.receipts / receipt.reseau
    return tuple(folder / f"{receipt.livraison_id}.{ending}" for ending in ("json", "html"))


def _named(receipt: Receipt) -> str:
    return f"livraison {receipt.livraison_id[:8]} ({receipt.reseau})"


def _since(duration: Duration, event: date) -> str:
    return f"gardé {duration.months} mois depuis {duration.since}, le {day(event)}. {duration.reason}"


def _traced(home: Home) -> list[Any]:
    path = home.root / TRACE
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else []
