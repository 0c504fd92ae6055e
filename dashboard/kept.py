"""What is made once and given to every session that asks for it again: the latest results, by key, in this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import ClassVar, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The `most` results asked for last. They are shared between sessions, never copied: nobody changes one.

    Streamlit's own caches hash every argument and copy every frame at each call, which costs more than a whole empty page.
    """

    made: ClassVar[int] = 0
    """How many results all together have been made in this process, about: it changes when one more has."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[Hashable, T] = OrderedDict()
        self._being_made: dict[Hashable, threading.RLock] = {}
        self._one_at_a_time = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result under `key`; made by `make` the first time, once even if several sessions ask together.

        What `make` raises is raised, and nothing is kept.
        """
        with self._one_at_a_time:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            turn = self._being_made.setdefault(key, threading.RLock())
        with turn:
            with self._one_at_a_time:
                if key in self._results:
                    return self._results[key]
            try:
                return self._keep(key, make())
            finally:
                with self._one_at_a_time:
                    self._being_made.pop(key, None)

    def _keep(self, key: Hashable, result: T) -> T:
        with self._one_at_a_time:
            Kept.made += 1
            self._results[key] = result
            if len(self._results) > self._most:
                self._results.popitem(last=False)
        return result
