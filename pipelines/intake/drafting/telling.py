"""Which words of cells a draft may repeat: none that could name anybody."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from grids.common_sheet import load_common_sheet
from grids.contract import TABLES, load_contract
from pipelines.intake.drafting.cell_shapes import looks_like_identity
from pipelines.intake.drafting.vocabulary import vocabulary, words_of

LEAST_TIMES = 5
MOST_CHARACTERS = 40
MOST_DISTINCT = 30

_LONG_NUMBER = re.compile(r"\d{5}")


def may_be_told(word: str, met: Counter[str]) -> bool:
    """Whether a word of a column's cells is one of its few repeated words, short, and no identity.

    `met`: how often each distinct word of the column is met.
    """
    return (
        met[word] >= LEAST_TIMES
        and len(met) <= MOST_DISTINCT
        and len(word) <= MOST_CHARACTERS
        and not _LONG_NUMBER.search(word)
        and not looks_like_identity(word)
    )


def safe_words(text: str) -> bool:
    """Whether a text is short and made only of words (or numbers of four digits at most) that the product itself uses."""
    words = re.sub(r"\d{1,4}\b", " ", words_of(text)).split()
    return len(text) <= MOST_CHARACTERS and not _LONG_NUMBER.search(text) and own_words().issuperset(words)


@cache
def own_words() -> frozenset[str]:
    """Every word of the contract's labels, of the common sheet and of `mots.yaml`, as compared."""
    texts = [column.label for table in TABLES for column in load_contract(table).columns]
    for question in load_common_sheet().questions:
        texts += [question.text, *question.answers]
    texts += [text for phrases in vocabulary().columns.values() for text in phrases]
    texts += [text for codes in vocabulary().values.values() for words in codes.values() for text in words]
    return frozenset(word for text in texts for word in words_of(text).split())
