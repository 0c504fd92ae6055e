"""What a run looks up once: one answer within it, fresh ones outside, nothing shared with another thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from dashboard import cache, navigation
from dashboard.run import once_a_run, one_run


def counted() -> Callable[[], int]:
    numbers = count()
    return once_a_run(lambda: next(numbers))


def test_one_answer_within_a_run_and_another_in_the_next() -> None:
    look = counted()
    assert (look(), look()) == (0, 1)
    with one_run():
        assert (look(), look()) == (2, 2)
    with one_run():
        assert (look(), look()) == (3, 3)
    assert look() == 4


def test_two_lookups_are_not_taken_one_for_the_other() -> None:
    first, second = counted(), counted()
    first()
    with one_run():
        assert (first(), second()) == (1, 0)


def test_another_thread_is_another_run() -> None:
    look = counted()
    with one_run(), ThreadPoolExecutor(1) as other:
        assert look() == 0
        assert other.submit(look).result() == 1
        assert look() == 0


def test_what_fails_is_asked_again() -> None:
    answers = iter([1, 0])
    look = once_a_run(lambda: 10 // (1 - next(answers)))
    with one_run():
        with pytest.raises(ZeroDivisionError):
            look()
        assert look() == 10


def test_a_run_that_fails_leaves_nothing_behind() -> None:
    look = counted()

    def fail() -> None:
        with one_run():
            look()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (look(), look()) == (1, 2)


def test_a_page_reads_one_edition_even_where_another_is_published_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    published = count()
    monkeypatch.setattr(cache, "_told_by", lambda _pointer, _read: next(published))
    seen: list[object] = []
    monkeypatch.setattr(navigation, "_run", lambda: seen.extend([cache.current_release(), cache.current_release()]))
    navigation.show()
    navigation.show()
    assert seen == [0, 0, 1, 1]
