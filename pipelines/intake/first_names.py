"""Whether a free comment names a person: a title before a name, or a first name that its place in the sentence gives away.

What is known to be a place, a school, a network or a street (see name_lists) is taken out first. It is a safety net, not a
proof: a person reads every comment that passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.intake.name_lists import (
    first_names,
    namesakes,
    place_phrases,
    town_names,
    town_phrases,
    unaccented,
    word_lists,
)

_SHORTEST = 3
_LONGEST_ACRONYM = 5

_TOWARDS = {"a", "au", "de", "d", "du", "sur", "vers", "depuis", "pour", "entre", "pres", "en", "via"}
_TOWN_WORDS = {"commune", "communaute", "agglomeration", "pays", "gare", "bus", "car", "train"}
_ACTS_ON_US = {"m", "nous", "vous", "t"}
_ACTS = {"a", "est", "etait", "avait", "sera", "ont", "sont", "s", "se", "ne", "n", "qui", "et", "prend"}

_SPACE = "[ \u00a0\u202f]"
_TITLE = r"(?:(?:M\.|M|Mr\.?|Mme\.?|Mlle\.?|Mrs|Dr\.?|Docteur)|(?i:monsieur|madame|mademoiselle|mme|mlle))"
_TITLED = re.compile(
    rf"(?<![\w'])(?:{_TITLE}){_SPACE}+(?:(?:[LDd]e|La|Du|Des|du|des|de la){_SPACE}|[LDld]')*([A-Z][\w-]+)"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:;•*\n«»\"“”()/–—\[\]]|(?:^|\s)-")
_CAPITALS_THROUGHOUT = 0.7


@dataclass(frozen=True)
class _Word:
    """A word of a comment without its accents; `opens`: it begins a sentence, a quotation, a bracket."""

    text: str
    opens: bool
    follows_space: bool

    @property
    def bare(self) -> str:
        return self.text.lower()

    @property
    def capitalised(self) -> bool:
        return self.text[0].isupper()


def names_a_person(text: str) -> bool:
    """Whether `text`, a free comment in French, seems to name a person."""
    plain = namesakes().sub("x", _even(unaccented(text)))
    without_places = town_phrases().sub("x", place_phrases().sub("x", plain))
    words = _words(without_places)
    return _titled(plain) or any(_is_person(words, position) for position in range(len(words)))


def _titled(text: str) -> bool:
    return any(match[1].lower() not in word_lists().functions for match in _TITLED.finditer(text))


def _is_person(words: list[_Word], position: int) -> bool:
    word = words[position]
    if not _is_first_name(word.bare):
        return False
    before = _leading_to(words, position)
    after = words[position + 1] if position + 1 < len(words) else None
    if before in word_lists().roles and (word.capitalised or word.bare not in word_lists().words):
        return True
    if not word.capitalised or (word.text.isupper() and word.bare in word_lists().words):
        return before in word_lists().beside and _unambiguous(word)
    if _has_surname(word, after) or _acts_on_us(word, after):
        return True
    if word.bare in word_lists().never_alone or _is_acronym(word) or _is_town(word, before):
        return False
    return _opens_as_person(word, before, after) if word.opens else True


def _leading_to(words: list[_Word], position: int) -> str:
    """The word before; for « merci à », « grâce à », the one that tells."""
    earlier = [word.bare for word in words[max(position - 2, 0) : position]]
    if earlier[-1:] == ["a"] and earlier[0] in word_lists().beside:
        return earlier[0]
    return earlier[-1] if earlier else ""


def _has_surname(word: _Word, after: _Word | None) -> bool:
    """Followed by a capitalised word, as a surname is."""
    if after is None or after.opens or not after.follows_space or not after.capitalised:
        return False
    return word.bare not in word_lists().never_alone and len(after.text) > 1


def _acts_on_us(word: _Word, after: _Word | None) -> bool:
    """« Rose m'a reçue »: a person, whatever else the word may mean."""
    acts = after is not None and not after.opens and after.bare in _ACTS_ON_US
    return acts and word.bare not in word_lists().never_alone and word.bare not in town_names()


def _opens_as_person(word: _Word, before: str, after: _Word | None) -> bool:
    """A sentence's first word has a capital anyway: what stands around it tells."""
    if not _unambiguous(word):
        return False
    alone = after is None or after.opens
    return alone or before in word_lists().beside or (after is not None and after.bare in _ACTS)


def _unambiguous(word: _Word) -> bool:
    return word.bare not in word_lists().words | word_lists().never_alone | town_names()


def _is_acronym(word: _Word) -> bool:
    return word.text.isupper() and len(word.text) <= _LONGEST_ACRONYM


def _is_town(word: _Word, before: str) -> bool:
    return word.bare in town_names() and (before in _TOWARDS or before in _TOWN_WORDS or before == "" or word.opens)


def _is_first_name(bare: str) -> bool:
    known = first_names()
    first, _, second = bare.partition("-")
    return len(bare) >= _SHORTEST and (bare in known or (bool(second) and first in known and second in known))


def _words(text: str) -> list[_Word]:
    found, end = [], 0
    for match in _WORD.finditer(text):
        gap = text[end : match.start()]
        opens = end == 0 or bool(_SENTENCE_END.search(gap))
        found.append(_Word(match[0], opens, gap.isspace()))
        end = match.end()
    return found


def _even(text: str) -> str:
    """Capitals throughout tell no more than small letters."""
    letters = [sign for sign in text if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    return text.lower() if letters and capitals / len(letters) > _CAPITALS_THROUGHOUT else text
