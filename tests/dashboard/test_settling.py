"""What all sessions share is set aside; what nobody holds any more goes all the same."""

from __future__ import annotations

import gc
import weakref
from asyncio import CancelledError
from collections.abc import Iterator

import pytest

from dashboard import settling
from dashboard.kept import Kept
from dashboard.run import Runs


class Ring:
    """Something that only a collection can free: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def nothing_set_aside() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_left_is_set_aside_and_what_leaves_afterwards_is_freed_by_the_next() -> None:
    held = Ring()
    seen = weakref.ref(held)
    settling.settle()
    assert gc.get_freeze_count() > 0
    del held
    gc.collect()
    assert seen() is not None
    settling.settle()
    assert seen() is None


@pytest.mark.parametrize(
    ("rounds", "made", "ended", "settled"),
    [(3, 0, 0, 0), (3, 1, 0, 1), (3, 0, settling.MANY_RUNS - 1, 0), (3, 0, settling.MANY_RUNS, 1), (20, 0, 0, 1)],
)
def test_it_settles_soon_after_something_is_made_or_many_have_looked_and_now_and_then(
    rounds: int, made: int, ended: int, settled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[None] = []
    left, first = iter(range(rounds)), iter([True])

    async def sleep(_seconds: float) -> None:
        if next(left, None) is None:
            raise CancelledError
        if next(first, False):
            monkeypatch.setattr(Kept, "made", Kept.made + made)
            monkeypatch.setattr(Runs, "ended", Runs.ended + ended)

    monkeypatch.setattr(settling, "settle", lambda: times.append(None))
    monkeypatch.setattr(settling, "sleep", sleep)
    # Nothing in it waits any more: it runs to its end at once, without a loop of events.
    with pytest.raises(StopIteration):
        settling.settle_now_and_then().send(None)
    assert len(times) == settled
