"""The versions of a grid: where each stands, since when, and what must never change any more."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from grids.definitions import ROOT, Definition, content_of, place_in, read_definition, read_tree, short
from grids.errors import GridError
from grids.refusals import ValueRefused

DEFAULT_GRID = "api-bretagne"
State = Literal["travail", "proposee", "essai", "adoptee", "retiree"]
STATES: tuple[State, ...] = ("travail", "proposee", "essai", "adoptee", "retiree")
FROZEN: tuple[State, ...] = ("adoptee", "retiree")
"""States in which a version's file may not change: figures were, or are, read under it."""


class VersionRecord(Definition):
    """Where a version stands, since when, and why. `fingerprint`: what its file must still say once it is adopted."""

    version: str
    state: State = Field(alias="etat")
    in_force_from: date = Field(alias="en_vigueur_du")
    next_review: date = Field(alias="prochaine_revue")
    dates: dict[State, date] = {}
    reason: str = Field(default="", alias="motif")
    fingerprint: str = Field(default="", alias="empreinte")

    @field_validator("in_force_from")
    @classmethod
    def _a_first_of_january(cls, day: date) -> date:
        # governance.md: the grid is the calendar year's, so that no period is ever measured under two versions.
        if (day.month, day.day) != (1, 1):
            raise ValueRefused(
                "Une version entre en vigueur un 1er janvier : la grille est celle de l'année civile.",
                remedy=f'Écrivez en_vigueur_du: "{day.year + 1}-01-01", ou le 1er janvier qui convient.',
            )
        return day


class _Versions(Definition):
    versions: tuple[VersionRecord, ...] = Field(min_length=1)


def load_versions(grid: str = DEFAULT_GRID, root: Path = ROOT) -> tuple[VersionRecord, ...]:
    """The versions of a grid, oldest first.

    Raises GridError if two have the same name or the same first day, or if an adopted one has no fingerprint.
    """
    path = root / grid / "versions.yaml"
    records = read_definition(_Versions, path).versions
    for values, name in (
        ([each.version for each in records], "version"),
        ([each.in_force_from for each in records], "en_vigueur_du"),
    ):
        if len(set(values)) < len(values):
            raise GridError(
                f"Deux versions ont le même « {name} ».", place=short(path), remedy="Donnez à chacune le sien."
            )
    _check_fingerprints(records, path)
    return tuple(sorted(records, key=lambda record: record.in_force_from))


def record_of(version: str, grid: str = DEFAULT_GRID, root: Path = ROOT) -> VersionRecord:
    """The record of a version; raises GridError if there is none."""
    records = {each.version: each for each in load_versions(grid, root)}
    if version not in records:
        raise GridError(
            f"La version « {version} » de la grille « {grid} » n'est pas connue.",
            place=short(root / grid / "versions.yaml"),
            remedy=f"Versions : {', '.join(records)}.",
        )
    return records[version]


def version_in_force(on: date, grid: str = DEFAULT_GRID, root: Path = ROOT) -> VersionRecord:
    """The latest version of a grid in force on a day; raises GridError if none is."""
    started = [record for record in load_versions(grid, root) if record.in_force_from <= on]
    if not started:
        raise GridError(f"Aucune version de la grille « {grid} » n'est en vigueur au {on:%d/%m/%Y}.")
    return started[-1]


def in_force_until(record: VersionRecord, grid: str = DEFAULT_GRID, root: Path = ROOT) -> date | None:
    """The last day on which a version is in force; None while no later one is known."""
    later = [each.in_force_from for each in load_versions(grid, root) if each.in_force_from > record.in_force_from]
    return min(later) - timedelta(days=1) if later else None


def file_fingerprint(path: Path) -> str:
    """A hash of what a version's file says, whatever its layout or comments, and whatever the program that reads it."""
    return _fingerprint(path, content_of(path))


@lru_cache(maxsize=16)
def _fingerprint(path: Path, _content: bytes | None) -> str:
    said = json.dumps(_plain(read_tree(path)), ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def check_unchanged(path: Path, record: VersionRecord) -> None:
    """Raise GridError if an adopted version's file no longer says what was adopted."""
    if record.fingerprint and file_fingerprint(path) != record.fingerprint:
        raise GridError(
            f"La version {record.version} est « {record.state} » et son fichier a changé depuis.",
            place=short(path),
            remedy="Reprenez le fichier d'origine, et écrivez le changement dans une nouvelle version.",
        )


def _check_fingerprints(records: tuple[VersionRecord, ...], path: Path) -> None:
    for rank, record in enumerate(records):
        if record.state in FROZEN and not record.fingerprint:
            said = file_fingerprint(path.parent / f"{record.version}.yaml")
            raise GridError(
                f"La version {record.version} est « {record.state} » : il manque son « empreinte ».",
                place=place_in(path, read_tree(path), ("versions", rank)),
                remedy=f'Si son fichier dit bien ce qui a été adopté, ajoutez empreinte: "{said}".',
            )


def _plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value) for value in tree]
    return tree if tree is None or isinstance(tree, bool | int | float) else str(tree)
