"""What is known of words: first names as given in France, towns, schools, streets, and lists that anyone may complete.

First names are those that France gave most since 1901 (INSEE, through the package `prenoms`); the lists are in
`first_names.yaml`. Everything is compared without accents, in small letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from pydantic import Field

from grids.definitions import Definition, read_definition
from grids.territories import communes

_DATA = "prenoms/data/dist.prenoms.{}.all.txt"
_LINK = (
    "de la|de l'|de|du|des|d'|la|le|les|l'|public|publique|prive|privee|professionnel|agricole|technologique|general|"
    "maritime"
)


class WordLists(Definition):
    """The lists of `first_names.yaml`, as its own comments tell them."""

    words: frozenset[str] = Field(alias="mots")
    never_alone: frozenset[str] = Field(alias="jamais_seuls")
    towns: frozenset[str] = Field(alias="villes")
    roles: frozenset[str]
    beside: frozenset[str] = Field(alias="avec")
    functions: frozenset[str] = Field(alias="fonctions")
    places: tuple[str, ...] = Field(alias="lieux")
    namesakes: tuple[str, ...] = Field(alias="homonymes")


def unaccented(text: str) -> str:
    """`text` with its case and without its accents, typographic apostrophes made plain."""
    decomposed = unicodedata.normalize("NFD", text.replace("’", "'").replace("œ", "oe"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@cache
def first_names() -> frozenset[str]:
    """First names given often enough, without accents, in small letters."""
    return frozenset(name for sex in "fm" for name in _given(sex))


def _given(sex: str) -> list[str]:
    # Read where they lie: importing the package would load eleven megabytes of surnames.
    path = distribution("prenoms").locate_file(_DATA.format(sex))
    with Path(str(path)).open(encoding="utf-8") as file:
        _common, uncommon, *_rarer = (int(bound) for bound in file.readline().split())
        names = file.readline().strip().split(",")
    return [unaccented(name).lower() for name in names[:uncommon]]


@cache
def word_lists() -> WordLists:
    """The lists of `first_names.yaml`. Raises GridError, with file and line, if it says something that cannot be."""
    return read_definition(WordLists, Path(__file__).with_name("first_names.yaml"))


@cache
def place_phrases() -> re.Pattern[str]:
    """A school, a street, a saint: the word that says what it is, and the capitalised words that name it."""
    kind = "|".join(map(re.escape, word_lists().places))
    named = rf"(?:[ \u00a0-]?(?:[dl]')?(?:(?:{_LINK})[ '])?[A-Z][\w'-]*)+"
    return re.compile(rf"(?<![\w-])(?i:{kind})\b(?:[ \u00a0-](?i:{_LINK}))*{named}")


@cache
def namesakes() -> re.Pattern[str]:
    """Schools, companies, networks that bear a person's name."""
    return re.compile(rf"\b(?i:{'|'.join(name.replace(' ', '[ -]') for name in word_lists().namesakes)})\b")


@cache
def town_names() -> frozenset[str]:
    """Communes of Brittany, and the cities of the lists."""
    return word_lists().towns | {unaccented(commune.name).lower() for commune in communes().values()}


@cache
def town_phrases() -> re.Pattern[str]:
    """Towns of several words of which one is a first name too (La Roche-Bernard), with or without their hyphens."""
    split = [re.split("[- ]", name) for name in sorted(town_names(), key=len, reverse=True)]
    phrases = ["[- ]".join(map(re.escape, parts)) for parts in split if len(parts) > 1 and first_names() & set(parts)]
    return re.compile(rf"\b(?i:{'|'.join(phrases)})\b")
