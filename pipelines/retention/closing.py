"""Closing a year: everything that will change is written aside first, then put in place file by file, the key destroyed last.

`closing/` holds the files as they will be, and once they are all there, a journal of them: from then on the closing can only go
forward, and `finish_closing` completes it after a crash at any moment. Without a journal the folder is rubbish.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.home import PRIVATE_FILE, Home, make_durable, put_in_place, remove, write_json
from pipelines.intake.references import destroy_key, referenced_contracts
from pipelines.receipt import Breach, Receipt, read_receipts
from pipelines.retention.analysis import Analysis
from pipelines.retention.anonymise import Concerned, draw_fates, summary, write_anonymised
from pipelines.retention.comments import comment_files, comments_of, find_last_comments, write_unlinked

_JOURNAL = "journal.json"
_FILES = "files"


@dataclass(frozen=True)
class Summary:
    """What a closing would change, for the operator alone."""

    deliveries: int
    rows: int
    quarantined: int
    replaced: int


def survey_closing(connection: duckdb.DuckDBPyConnection, year: int) -> Summary:
    """What the closing of `year` would change in the loaded warehouse of `connection`; nothing is written."""
    deliveries, totals = 0, [0, 0, 0]
    for contract in referenced_contracts():
        deliveries += len(draw_fates(connection, contract, year))
        totals = [total + count for total, count in zip(totals, summary(connection), strict=True)]
    return Summary(deliveries, *totals)


def prepare_closing(connection: duckdb.DuckDBPyConnection, home: Home, year: int, on: date, analysis: Analysis) -> None:
    """Write aside every file as it will be once `year` is closed, then the journal: the point of no return.

    `connection` holds the warehouse loaded from `home`, which is held; `analysis` is filed under `years/`.
    """
    shutil.rmtree(home.closing, ignore_errors=True)
    concerned: list[Concerned] = []
    for contract in referenced_contracts():
        found = draw_fates(connection, contract, year)
        for each in found:
            place = Path("staged") / each.table / f"{each.delivery_id}.parquet"
            write_anonymised(connection, contract, each.delivery_id, home.root / place, home.closing / _FILES / place)
        concerned += found
    commented = _write_comments(connection, home, year)
    _write_receipts(home, concerned)
    _write_filed(home, year, on, {*(each.delivery_id for each in concerned), *commented}, analysis)
    files = home.closing / _FILES
    built = [path for path in sorted(files.rglob("*")) if path.is_file()]
    for path in built:
        make_durable(path)
    places = [path.relative_to(files).as_posix() for path in built]
    write_json(home.closing / _JOURNAL, {"annee": year, "le": on.isoformat(), "fichiers": places})


def finish_closing(home: Home, before_each: Callable[[str], None] = lambda place: None) -> int | None:
    """Complete the closing that is under way, if any; returns its year. To be called with the data folder held.

    Every step may be done again. `before_each` is told of each file (or of "cle") before it is touched.
    """
    journal = home.closing / _JOURNAL
    if not journal.is_file():
        shutil.rmtree(home.closing, ignore_errors=True)
        return None
    content = json.loads(journal.read_text(encoding="utf-8"))
    year, filed = int(content["annee"]), [place for place in content["fichiers"] if place.startswith("years/")]
    _put_in_place(home, [place for place in content["fichiers"] if place not in filed], before_each)
    before_each("cle")
    destroy_key(home, year, date.fromisoformat(content["le"]))
    # Filed last, and the figures after the text: only then is the year said to be closed.
    _put_in_place(home, sorted(filed, key=lambda place: place.endswith(f"{year}.json")), before_each)
    remove(journal)
    shutil.rmtree(home.closing)
    return year


def _put_in_place(home: Home, places: Sequence[str], before_each: Callable[[str], None]) -> None:
    for place in places:
        before_each(place)
        built, path = home.closing / _FILES / place, home.root / place
        if built.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            put_in_place(built, path)


def _write_comments(connection: duckdb.DuckDBPyConnection, home: Home, year: int) -> list[str]:
    """The comments of the year without what links them; the deliveries that they came with."""
    files = comment_files(home)
    found = comments_of(files, year)
    if found:
        find_last_comments(connection, files)
    for path in found:
        write_unlinked(connection, path, year, home.closing / _FILES / path.relative_to(home.root))
    return [path.stem for path in found]


def _write_receipts(home: Home, concerned: Sequence[Concerned]) -> None:
    """The receipts whose lines go: each breach keeps its rule, and a number that points nowhere in place of its line."""
    gone = {each.delivery_id: each.quarantined for each in concerned if each.quarantined}
    for receipt in read_receipts(home.receipts):
        if receipt.livraison_id in gone:
            unpointed = receipt.model_copy(update={"quarantaine": _unpointed(receipt, gone[receipt.livraison_id])})
            path = home.closing / _FILES / "receipts" / receipt.reseau / f"{receipt.livraison_id}.json"
            write_json(path, unpointed.model_dump(mode="json"))
            path.chmod(PRIVATE_FILE)


def _unpointed(receipt: Receipt, lines: frozenset[int]) -> tuple[Breach, ...]:
    shuffled = sorted(lines)
    secrets.SystemRandom().shuffle(shuffled)
    first = min((breach.ligne for breach in receipt.quarantaine), default=0)
    numbers = {line: min(first, 0) - position for position, line in enumerate(shuffled, start=1)}
    breaches = (
        breach.model_copy(update={"ligne": numbers.get(breach.ligne, breach.ligne)}) for breach in receipt.quarantaine
    )
    return tuple(sorted(breaches, key=lambda breach: (breach.ligne, breach.colonne, breach.regle)))


def _write_filed(home: Home, year: int, on: date, deliveries: Collection[str], analysis: Analysis) -> None:
    folder = home.closing / _FILES / "years"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{year}.md").write_text(analysis.text, encoding="utf-8")
    filed = {
        "annee": year,
        "close_le": on.isoformat(),
        "edition": analysis.edition,
        "anonymat": analysis.anonymity.model_dump(),
        "livraisons": sorted(deliveries),
    }
    write_json(folder / f"{year}.json", filed)
