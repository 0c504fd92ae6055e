"""Processes that must not outlive who started them: their standard input is a pipe that ends when their parent does."""

from __future__ import annotations

import os
import signal
import sys
import threading

LIFELINE_VARIABLE = "SPRO_LIFELINE"


def follow_parent() -> None:
    """Leave as soon as standard input ends, if this process was started so (LIFELINE_VARIABLE); otherwise do nothing."""
    if os.environ.get(LIFELINE_VARIABLE):
        threading.Thread(target=_wait_for_the_end, daemon=True).start()


def _wait_for_the_end() -> None:
    # Read past Python's own buffer, whose lock would be held when the interpreter leaves.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
