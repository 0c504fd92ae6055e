"""From the words of a column's cells to codes: a value table with a confidence for each, and what it leaves undecided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.intake.drafting.resemblance import resemblance
from pipelines.intake.drafting.telling import may_be_told, safe_words
from pipelines.intake.drafting.vocabulary import habits, is_negative, words_of
from pipelines.intake.office_text import normalised

SEPARATORS = ("|", ";", ",", " / ")
SURE, BY_RANK, BY_INITIAL = 1.0, 0.6, 0.5

_MOST_DISTINCT = 60
_MOST_SPELLINGS = 4 * _MOST_DISTINCT
_HALF = 0.5
_CLOSE_ENOUGH = 0.8
_SAME_NUMBERS = 0.9
_NUMBERS = re.compile(r"\d+")
_RANKED = re.compile(r"(?:A|AO|R)0*([1-9]\d?)")
_SHORT = 3


@dataclass(frozen=True)
class Reading:
    """A word of the cells, the code it means, and how sure that is (0 to 1).

    `ours`: whether the word says nothing that the product does not say itself, hence can name nobody.
    """

    word: str
    code: str
    confidence: float
    ours: bool = True


@dataclass(frozen=True)
class ValueTable:
    """How the cells of a column may be read.

    `share`: of the words met, how many are read; `telling`: by a word that is no mere yes, no or number. `undecided`: words
    that mean no known code and may be told; `untold`: how many distinct words are neither read nor told. `weight`: the
    share, each word for its confidence; `distinct`: how many words; `short`: whether none is longer than an abbreviation.
    """

    readings: tuple[Reading, ...] = ()
    separator: str = ""
    undecided: tuple[str, ...] = ()
    untold: int = 0
    share: float = 0.0
    telling: float = 0.0
    weight: float = 0.0
    distinct: int = 0
    short: bool = False


def value_table(cells: Sequence[str], words: Mapping[str, str], codes: Sequence[str], many: bool = False) -> ValueTable:
    """The best reading of `cells` (not empty) by `words` (normalised word → code).

    `codes`: the codes in the order in which they are defined, for answers known by their rank (A1, A2…).
    `many`: whether a cell may hold several words, apart by one of SEPARATORS.
    """
    plain = _table(_spelt(tuple(cells)), words, codes)
    if not many:
        return plain
    separators = [each for each in SEPARATORS if any(each in cell for cell in cells)]
    tables = [_table(_spelt(tuple(cells), each), words, codes, each) for each in separators]
    return max([*tables, plain], key=lambda table: (table.weight, -table.distinct))


def _table(spelt: Counter[str], words: Mapping[str, str], codes: Sequence[str], separator: str = "") -> ValueTable:
    if not 0 < len(spelt) <= _MOST_DISTINCT:
        return ValueTable(separator=separator, untold=len(spelt), distinct=len(spelt))
    found = _readings(list(spelt), words, codes)
    share = _share(found, spelt)
    short = max(map(len, spelt)) <= _SHORT and any(map(str.isalpha, spelt))
    kept = tuple(each for each in found if _may_be_written(each, spelt, share))
    left = spelt.keys() - {each.word for each in kept}
    undecided = tuple(word for word in spelt if word in left and (share >= _HALF or short) and may_be_told(word, spelt))
    return ValueTable(
        readings=kept,
        separator=separator,
        undecided=undecided,
        untold=len(left) - len(undecided),
        share=share,
        telling=_share([each for each in kept if _tells(each.word)], spelt),
        weight=sum(spelt[each.word] * each.confidence for each in found) / spelt.total(),
        distinct=len(spelt),
        short=short,
    )


def _tells(word: str) -> bool:
    """Whether a word is one of few columns: a number, a yes or a no are those of many."""
    return normalised(word) not in habits() and any(map(str.isalpha, word))


def _share(readings: Sequence[Reading], spelt: Counter[str]) -> float:
    return sum(spelt[each.word] for each in readings) / spelt.total()


@lru_cache(maxsize=64)
def _spelt(cells: tuple[str, ...], separator: str = "") -> Counter[str]:
    """How often each word is met, as the door tells words apart (not by case, nor accents), in its commonest spelling."""
    items = Counter(item for cell in cells for each in _split(cell, separator) if (item := each.strip()))
    if len(items) > _MOST_SPELLINGS:
        return items
    spellings: dict[str, str] = {}
    for word, _ in items.most_common():
        spellings.setdefault(normalised(word), word)
    totals: Counter[str] = Counter()
    for word, count in items.items():
        totals[spellings[normalised(word)]] += count
    return totals


def _split(cell: str, separator: str) -> list[str]:
    return cell.split(separator) if separator else [cell]


def _readings(spelt: Sequence[str], words: Mapping[str, str], codes: Sequence[str]) -> list[Reading]:
    exact = [Reading(word, words[normalised(word)], SURE) for word in spelt if normalised(word) in words]
    if not exact and (guessed := _by_rank(spelt, codes) or _by_initial(spelt, codes)):
        return guessed
    known = {each.word for each in exact}
    return exact + [reading for word in spelt if word not in known and (reading := _closest(word, words))]


def _closest(word: str, words: Mapping[str, str]) -> Reading | None:
    if len(words_of(word)) <= _SHORT:
        return None
    confidence, code = max((_closeness(word, each), code) for each, code in words.items())
    return Reading(word, code, confidence, safe_words(word)) if confidence >= _CLOSE_ENOUGH else None


def _closeness(word: str, known: str) -> float:
    """From 0 to 1; texts are close only if their numbers are the same, and if both deny or neither does."""
    numbers, others = _NUMBERS.findall(word), _NUMBERS.findall(known)
    if numbers or others:
        return _SAME_NUMBERS if numbers == others else 0.0
    return resemblance(word, known) if is_negative(word) == is_negative(known) else 0.0


def _by_rank(spelt: Sequence[str], codes: Sequence[str]) -> list[Reading]:
    """Answers known by their rank, as survey tools number them; all of them, or none."""
    ranks = [int(match[1]) if (match := _RANKED.fullmatch(word)) else 0 for word in spelt]
    if not all(1 <= rank <= len(codes) for rank in ranks):
        return []
    return [Reading(word, codes[rank - 1], BY_RANK) for word, rank in zip(spelt, ranks, strict=True)]


def _by_initial(spelt: Sequence[str], codes: Sequence[str]) -> list[Reading]:
    """Abbreviations that begin one code only; all of them, or none: half a guess would be wrong."""
    found = [[code for code in codes if word.isalpha() and code.startswith(normalised(word))] for word in spelt]
    if len(spelt) < 2 or {len(each) for each in found} != {1} or len({each[0] for each in found}) < len(spelt):
        return []
    return [Reading(word, each[0], BY_INITIAL) for word, each in zip(spelt, found, strict=True)]


def _may_be_written(reading: Reading, spelt: Counter[str], share: float) -> bool:
    """A word that only resembles a known one could hold a name beside it."""
    return reading.ours or (share >= _HALF and may_be_told(reading.word, spelt))
