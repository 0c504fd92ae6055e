"""A coroutine run to its end in a thread of its own: Playwright keeps a loop running where a browser was opened."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns; what it raises is raised."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()
