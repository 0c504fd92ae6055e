"""`python -m pipelines.listening`: the door as `spro serve` starts it, on a socket that is already open."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from grids.errors import SproError
from pipelines.home import Home
from pipelines.lifeline import follow_parent
from pipelines.listening.process import listen
from pipelines.listening.terms import terms_of

SOCKET_VARIABLE = "SPRO_DOOR_FD"


def main() -> None:
    """Serve the data folder SPRO_HOME on the inherited socket SPRO_DOOR_FD, for as long as the parent lives."""
    follow_parent()
    try:
        listening = socket.socket(fileno=int(os.environ[SOCKET_VARIABLE]))
        listen(Home(Path(os.environ["SPRO_HOME"])), listening, terms_of())
    except SproError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
