"""What the committee reads first: five sentences at most, and three questions to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from dashboard.views import committee_decisions, committee_facts, committee_gaps, committee_silence, committee_spread
from dashboard.views.matter import Matter, Question, Statement

MOST_QUESTIONS = 3

Fact = Callable[[Matter, frozenset[str]], Statement | None]
Decision = Callable[[Matter, frozenset[str]], Iterator[Statement]]

FACTS: tuple[Fact, ...] = (
    committee_facts.where_we_stand,
    committee_facts.what_changed,
    committee_gaps.widest_gap,
    committee_spread.spread_or_equity,
    committee_silence.what_cannot_be_said,
)
DECISIONS: tuple[Decision, ...] = (
    committee_decisions.to_look_at,
    committee_decisions.to_stop_asking,
    committee_decisions.to_hear_more,
    committee_decisions.to_discuss,
    committee_decisions.to_begin_with,
)


@dataclass(frozen=True)
class CommitteeView:
    """The sentences in their fixed order, then the questions; each leads to its detail."""

    sentences: tuple[Statement, ...]
    questions: tuple[Question, ...]


def committee_view(matter: Matter) -> CommitteeView:
    """Where we stand, what changed, the widest gap of views, spread or equity, what cannot be said; then what to decide.

    A rule that finds nothing in the edition is silent: there are then fewer sentences. Two statements never speak of the
    same indicator. Nothing is told of a cause.
    """
    taken: frozenset[str] = frozenset()
    sentences: list[Statement] = []
    for fact in FACTS:
        told = fact(matter, taken)
        if told is not None:
            sentences.append(told)
            taken |= frozenset(told.indicators)
    return CommitteeView(tuple(sentences), tuple(_questions(matter, taken)))


def _questions(matter: Matter, taken: frozenset[str]) -> Iterator[Question]:
    """One decision of each kind, then a second of each, until there are three."""
    kinds = [list(decision(matter, taken)) for decision in DECISIONS]
    told = 0
    for each in chain.from_iterable(zip_longest(*kinds)):
        if each is None or told == MOST_QUESTIONS or taken & frozenset(each.indicators):
            continue
        taken |= frozenset(each.indicators)
        told += 1
        yield Question(each.text, each.title, each.path, each.query, each.indicators)
