"""Masks: by place, so that no word is kept; laid twice, they change nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.verbatims.masking import masked, places_of

TEXTS = st.text(alphabet=st.sampled_from("aÉb '-.[…]\n"), max_size=30)


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        ("Fictif", "Vu Fictif, puis FICTIF.", "Vu […], puis […]."),
        ("Le Fictif", "Le bus de Le Fictif", "Le bus de […] […]"),
        ("d'Ici", "La dame d'ici", "La dame […]'[…]"),
        ("Fictif", "Fictive", "Fictive"),
        ("", "Rien", "Rien"),
    ],
)
def test_words_are_masked_wherever_they_stand(expression: str, text: str, expected: str) -> None:
    assert masked(text, places_of(expression, text)) == expected


@settings(deadline=None, max_examples=200)
@given(TEXTS, st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
def test_masks_laid_one_after_the_other_are_masks_laid_at_once(text: str, first: set[int], second: set[int]) -> None:
    assert masked(masked(text, first), first | second) == masked(text, first | second)
