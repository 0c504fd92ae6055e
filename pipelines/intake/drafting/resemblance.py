"""How much two short texts resemble one another, word by word: a word is the same but for a letter or an ending."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipelines.intake.drafting.vocabulary import words_of

_SAME_WORD = 85
_SAYS_MORE, _SAYS_LESS = 0.84, 0.7


def resemblance(text: str, known: str) -> float:
    """How much `text` resembles a `known` one, from 0 to 1: the share of words in common (Dice 1945).

    A text that says all of the known one and more is worth `_SAYS_MORE` at least; one that says less, `_SAYS_LESS`.
    """
    one, other = words_of(text).split(), words_of(known).split()
    if one == other:
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    common = sum(any(_same(word, each) for each in longer) for word in shorter)
    if not common:
        return 0.0
    within = (_SAYS_MORE if shorter is other else _SAYS_LESS) if common == len(shorter) else 0.0
    return max(2 * common / (len(one) + len(other)), within)


def _same(word: str, other: str) -> bool:
    return word == other or (word[0] == other[0] and fuzz.ratio(word, other) >= _SAME_WORD)
