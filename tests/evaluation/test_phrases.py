"""Sentences: how numbers are said, and what is never said."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

import pytest

from pipelines.evaluation.wording import amount, gap, month, quoted, since, spread
from tests.evaluation.released import Released
from tests.evaluation.test_effects import BEFORE, around, neighbours, waits

NEVER = re.compile(
    r"pas d'effet|grâce à|à cause de|a permis|performance|conformité|en retard|mauvais|accueils\b|\bn = |élève",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (since("mois", date(2025, 4, 1)), "Depuis avril 2025"),
        (since("trimestre", date(2025, 1, 1)), "Depuis le 1er trimestre 2025"),
        (since("trimestre", date(2025, 10, 1)), "Depuis le 4e trimestre 2025"),
        (since("annee", date(2025, 1, 1)), "Depuis 2025"),
        (month(date(2026, 8, 1)), "août 2026"),
        (amount(62, "%"), "62 %"),
        (amount(1, "jours ouvrés"), "1 jour ouvré"),
        (amount(9, "jours ouvrés"), "9 jours ouvrés"),
        (amount(0, "minutes"), "0 minute"),
        (amount(-3, "points"), "−3 points"),
        (gap(20, "%"), "+20 points"),
        (gap(-1, "%"), "−1 point"),
        (gap(0, "%"), "0 point"),
        (gap(-4, "jours ouvrés"), "−4 jours ouvrés"),
        (spread(5, 33), "fourchette +5 à +33"),
        (spread(-5, 0), "fourchette −5 à 0"),
        (spread(5, None), "au moins +5"),
        (spread(None, -2), "au plus −2"),
        (spread(None, None), None),
        (quoted("Dire « oui »"), "« Dire “oui” »"),
    ],
)
def test_words(said: str | None, words: str | None) -> None:
    assert said == words


def phrases() -> list[str]:
    """Sentences of many situations: sides, senses, levels, sizes, hidden months, opinions, waits, controls."""
    found = [waits().effect()["phrase"], neighbours(20).effect()["phrase"]]
    for rate, hoped, opinion in product((0.4, 0.55, 0.62, 0.66, 0.8, 1.0), ("plus", "moins", "neutre"), (False, True)):
        for hidden, size in product((None, 14), (12, 40)):
            rates = [None if rank == hidden else each for rank, each in enumerate([*BEFORE, *around(rate)])]
            clipped = [None if each is None else min(each, 1.0) for each in rates]
            released = Released().measure(opinion=opinion).shares(clipped, size=size)
            found.append(released.action(sens=hoped, revue_le=date(2026, 10, 1)).effect()["phrase"])
    return found


PHRASES = phrases()


def test_never_a_cause_never_no_effect_never_a_size() -> None:
    assert not [phrase for phrase in PHRASES if NEVER.search(phrase)]


def test_a_clear_change_never_goes_without_its_caution() -> None:
    beyond = [phrase for phrase in PHRASES if "dépasse la variation habituelle" in phrase]
    assert beyond
    assert all(phrase.endswith("sans prouver qu'elle en est la cause.") for phrase in beyond)


def test_two_sentences_at_most() -> None:
    assert max(len(re.findall(r"[.?!](?= |$)", phrase)) for phrase in PHRASES) == 2


def test_every_kind_of_sentence_was_met() -> None:
    told = "\n".join(PHRASES)
    for words in (
        "Cette hausse",
        "Cette baisse",
        "contraire à ce qui était espéré",
        "rien n'a changé",
        "Un seul de nos deux",
    ):
        assert words in told


def test_no_change_is_no_proof_and_comes_back() -> None:
    released = Released().measure().shares([*BEFORE, *BEFORE]).action(revue_le=date(2026, 10, 15))
    assert released.effect()["phrase"] == (
        "Depuis février 2025, la mesure « Point de situation fait » est restée à 60 % (écart 0 point, fourchette −7 à +7) : "
        "rien n'a changé au-delà de ce qui varie d'un mois à l'autre. Ce n'est pas la preuve que l'action « Reformuler » soit "
        "sans effet : revenons-y en octobre 2026."
    )


def test_a_review_that_is_past_is_not_announced() -> None:
    released = Released().measure().shares([*BEFORE, *BEFORE]).action(revue_le=date(2025, 6, 1))
    assert released.effect()["phrase"].endswith("soit sans effet : la question reste ouverte.")


def test_checks_that_contradict_each_other_say_so() -> None:
    """One small month falls beyond the limits, one large month within them rises: the chart and the difference disagree."""
    sizes = [400] * 12 + [40] * 12
    rates = [*[0.60, 0.62, 0.58] * 4, *[0.60] * 5, 0.45, *[0.60] * 5, 0.64]
    sizes[-1] = 4000
    counts = [round(rate * size) for rate, size in zip(rates, sizes, strict=True)]
    found = Released().measure().counted(counts, sizes).action().effect()
    assert (found["signal"], found["basse"] > 0) == ("defavorable", True)
    assert found["verdict"] == "Évolution favorable à confirmer"
    assert "Nos deux contrôles ne disent pas la même chose" in found["phrase"]
