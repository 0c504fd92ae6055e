"""What one run of a page looks up once, however often it is asked: no page mixes two editions, two readers or two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ClassVar, TypeVar, cast

T = TypeVar("T")


class Runs:
    """The runs of this process."""

    ended: ClassVar[int] = 0
    """How many have ended, about."""


_found: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("found", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """Within it, and in its thread alone, what `once_a_run` looks up is looked up once."""
    before = _found.set({})
    try:
        yield
    finally:
        _found.reset(before)
        Runs.ended += 1


def once_a_run(look: Callable[[], T]) -> Callable[[], T]:
    """`look`, done once in a run, and each time outside of any; what it raises is raised, and nothing is kept."""

    @wraps(look)
    def looked() -> T:
        found = _found.get()
        if found is None:
            return look()
        if look not in found:
            found[look] = look()
        return cast(T, found[look])

    return looked
