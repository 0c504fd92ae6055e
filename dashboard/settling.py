"""Streamlit forces a full collection after each run: what all sessions share is set aside, and not looked through each time.

Sessions themselves are set aside too: among a hundred of them, looking through what they hold took more than half of the time.
What is set aside is never collected. So all of it is taken up again, collected and set aside anew from time to time: what a
session that has left since leaves behind goes then.
"""

from __future__ import annotations

import gc
from asyncio import CancelledError, sleep
from contextlib import suppress

from dashboard.kept import Kept
from dashboard.run import Runs

EVERY_SECONDS = 15
_AT_LEAST_ONE_IN = 20
MANY_RUNS = 30


def settle() -> None:
    """Collect everything, then set aside all that is left."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


async def settle_now_and_then() -> None:
    """Soon after something new is kept or many runs have ended, and every few minutes at least; until it is cancelled."""
    made, ended, waited = Kept.made, Runs.ended, 0
    with suppress(CancelledError):
        while True:
            await sleep(EVERY_SECONDS)
            waited += 1
            if Kept.made != made or Runs.ended >= ended + MANY_RUNS or waited == _AT_LEAST_ONE_IN:
                made, ended, waited = Kept.made, Runs.ended, 0
                settle()
