"""The situations that a person has read: what they say must not move without being read again."""

from tests.sentences.situations import CASES, GOLDEN, document


def test_every_situation_says_what_was_read() -> None:
    assert document() == GOLDEN.read_text(encoding="utf-8")


def test_no_two_situations_have_the_same_name() -> None:
    assert len({case.title for case in CASES}) == len(CASES) >= 20
