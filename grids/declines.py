"""Indicators that a network declines, with its reason: it is not counted for them, and everyone can read why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import Field

from grids.definitions import ROOT, Definition, place_in, read_definition, read_tree
from grids.errors import GridError
from grids.load import load_grids
from grids.model import Grid
from grids.register import network_codes
from grids.wording import is_placeholder

FILE = ROOT / "refus.yaml"
Fault = tuple[tuple[str | int, ...], str, str]
"""The words of the file that lead to the place, what is wrong, what to do."""


class Decline(Definition):
    """A network that wants no figure of its own for an indicator, why, and since when."""

    network: str = Field(alias="reseau")
    indicator: str = Field(alias="indicateur")
    reason: str = Field(alias="raison", min_length=20)
    since: date = Field(alias="depuis")


class _Declines(Definition):
    declines: tuple[Decline, ...] = Field(alias="refus")


def load_declines(grid: Grid, path: Path = FILE) -> tuple[Decline, ...]:
    """What networks decline, in the file's order; an indicator may be of another version than `grid`.

    Raises GridError, with file and line, if a network or an indicator does not exist, or if one is declined twice.
    """
    declines = read_definition(_Declines, path).declines
    for trail, sentence, remedy in _faults(declines, _known_indicators(grid, declines)):
        raise GridError(sentence, place=place_in(path, read_tree(path), trail), remedy=remedy)
    return declines


def declined_indicators(declines: Sequence[Decline]) -> Mapping[str, frozenset[str]]:
    """By network, the indicators that it declines."""
    networks = {each.network for each in declines}
    return {network: frozenset(each.indicator for each in declines if each.network == network) for network in networks}


def _known_indicators(grid: Grid, declines: Sequence[Decline]) -> frozenset[str]:
    """Those of `grid`; those of every version too, once one is not found there."""
    present = frozenset(grid.indicators)
    if {each.indicator for each in declines} <= present:
        return present
    return present.union(*(each.indicators for each in load_grids(grid.id)))


def _faults(declines: Sequence[Decline], indicators: frozenset[str]) -> Iterator[Fault]:
    pairs = Counter((each.network, each.indicator) for each in declines)
    for rank, each in enumerate(declines):
        trail = ("refus", rank)
        if each.network not in network_codes():
            told = f"« {each.network} » n'est pas un réseau du registre."
            yield (*trail, "reseau"), told, f"Réseaux connus : {', '.join(network_codes())}."
        if each.indicator not in indicators:
            told = f"« {each.indicator} » n'est pas un indicateur de la grille."
            yield (*trail, "indicateur"), told, "Écrivez son identifiant, par exemple « PD12 »."
        if pairs[each.network, each.indicator] > 1:
            yield trail, "Ce réseau refuse deux fois cet indicateur.", "Gardez une seule ligne, et la première date."
        if is_placeholder(each.reason):
            yield (*trail, "raison"), f"« {each.reason} » ne dit encore rien.", "Écrivez pourquoi le réseau refuse."
