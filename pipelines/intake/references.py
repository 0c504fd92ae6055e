"""Pseudonymous references: a tool's own reference becomes a keyed hash of 128 bits, one key for each calendar year.

While a year's key exists the records are pseudonymised; once it is destroyed (at the year's closing) nobody can link a
reference back. The hash is sha256(key ‖ reference) cut to its first half: what is cut off is what extending it would need.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Container, Iterable
from datetime import date
from pathlib import Path

import duckdb

from grids.contract import TABLES, Contract, load_contract
from grids.errors import DeliveryRefused, SproError
from pipelines.home import Home, erase, write_json, write_private
from pipelines.receipt import read_receipts
from pipelines.staging import staged_rows_sql

FIRST_YEAR, LAST_YEAR = 2000, 2099
_KEY_BYTES = 32
KEY_JOURNAL = "journal-des-cles.json"
"""In the data folder: which year's key was renewed or destroyed, and when; never a key."""

Keys = dict[int, str]
"""The key of each year from FIRST_YEAR to LAST_YEAR, in hexadecimal."""


def draft_keys(folder: Path) -> Keys:
    """The stored key of each year, and a new one, not stored yet, where there is none."""
    return {year: _stored(folder, year) or secrets.token_hex(_KEY_BYTES) for year in range(FIRST_YEAR, LAST_YEAR + 1)}


def passing_keys() -> Keys:
    """Keys that are never stored: for a file that is only checked."""
    return {year: secrets.token_hex(_KEY_BYTES) for year in range(FIRST_YEAR, LAST_YEAR + 1)}


def keep_keys(folder: Path, keys: Keys, years: Iterable[int]) -> None:
    """Store the keys of `years`, readable by their owner alone; one that is stored already never changes."""
    for year in years:
        if _stored(folder, year) is None:
            write_private(_path(folder, year), keys[year])


def stored_years(folder: Path) -> frozenset[int]:
    """The years that have a key in `folder`."""
    return frozenset(int(path.stem) for path in folder.glob("[0-9][0-9][0-9][0-9].key"))


def referenced_contracts() -> tuple[Contract, ...]:
    """The contracts whose records bear a reference: those that a year's closing anonymises."""
    contracts = (load_contract(table) for table in TABLES)
    return tuple(each for each in contracts if any(column.type == "reference" for column in each.columns))


def years_with_references(home: Home, besides: Container[str] = ()) -> frozenset[int]:
    """The years of which staged rows hold a reference, but for the deliveries (ids) of `besides`. Scans two columns."""
    counting = [each for each in read_receipts(home.receipts) if each.counts and each.livraison_id not in besides]
    found: set[int] = set()
    with duckdb.connect(":memory:") as connection:
        for contract in referenced_contracts():
            reference = next(column.name for column in contract.columns if column.type == "reference")
            places = (home.staged / contract.table / f"{each.livraison_id}.parquet" for each in counting)
            rows = staged_rows_sql(contract, [path for path in places if path.is_file()])
            found.update(
                year
                for (year,) in connection.execute(
                    f"""SELECT DISTINCT year(TRY_CAST(mois AS DATE)) AS annee FROM ({rows})
                    WHERE {reference} IS NOT NULL AND annee IS NOT NULL"""
                ).fetchall()
            )
    return frozenset(found)


def refuse_lost_keys(home: Home, reread: Container[str] = ()) -> None:
    """Raise SproError if staged rows of an open year hold references whose key is gone.

    A new key would be invented otherwise, under which a record delivered again counts twice. `reread`: the ids of the
    deliveries about to pass the door again, whose references are made anew anyway.
    """
    lost = sorted(years_with_references(home, reread) - home.closed_years() - stored_years(home.keys))
    if lost:
        told = ", ".join(str(year) for year in lost)
        raise SproError(
            f"La clé des références de {told} a disparu, alors que l'année n'est pas close.",
            place=str(home.keys),
            remedy="Remettez le fichier de la clé s'il est sauvegardé. Sinon une fiche déjà livrée ne sera plus reconnue "
            f"et compterait deux fois si elle l'était de nouveau : « spro year renew-key {lost[0]} » commence une "
            "nouvelle clé en connaissance de cause.",
        )


def renew_key(home: Home, year: int, on: date) -> None:
    """Start a new key for `year`, whether it still has one or not; written in the journal of the keys.

    The records of the year delivered so far are not recognised any more when they are delivered again.
    Raises SproError if the year is closed or out of range.
    """
    if year in home.closed_years():
        raise SproError(
            f"L'année {year} est close : ses références sont effacées.",
            place=str(home.years / f"{year}.json"),
            remedy="Il n'y a plus de clé à renouveler.",
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SproError(f"L'année va de {FIRST_YEAR} à {LAST_YEAR}.", place=str(year))
    _tell(home, year, "renouvelee", on)
    erase(_path(home.keys, year))
    write_private(_path(home.keys, year), secrets.token_hex(_KEY_BYTES))


def destroy_key(home: Home, year: int, on: date) -> None:
    """Overwrite and remove the key of `year`, for good; written in the journal of the keys. Safe to call again."""
    if _path(home.keys, year).is_file():
        _tell(home, year, "detruite", on)
        erase(_path(home.keys, year))


def closed_year_refusal(years: Iterable[int], file_name: str) -> DeliveryRefused:
    """The refusal of a file that brings records of closed `years`."""
    told = ", ".join(str(year) for year in sorted(years))
    return DeliveryRefused(
        f"Ce fichier contient des lignes d'une année close ({told}).",
        place=file_name,
        remedy="La clé de cette année est détruite : une fiche déjà livrée ne serait pas reconnue et compterait deux fois. "
        "Livrez un export qui ne contient que les années ouvertes.",
    )


def reference_sql(cell: str, key: str, survey: str) -> str:
    """SQL for the pseudonymous reference (UUID) of `cell`; NULL where the cell or the key is.

    `survey` keeps the references of two tools apart.
    """
    message = f"{key} || '/{survey}/' || nullif({cell}, '')"
    return f"CAST(left(sha256({message}), 32) AS UUID)"


def _tell(home: Home, year: int, fact: str, on: date) -> None:
    """Add one line to the journal of the keys."""
    path = home.root / KEY_JOURNAL
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    write_json(path, [*told, {"annee": year, "fait": fact, "le": on.isoformat()}])


def _path(folder: Path, year: int) -> Path:
    return folder / f"{year}.key"


def _stored(folder: Path, year: int) -> str | None:
    path = _path(folder, year)
    return path.read_text(encoding="ascii") if path.is_file() else None
