"""Starting the other rooms as processes: the dashboard, the sample generator. Neither is imported."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

from grids.errors import SproError

HOST = "127.0.0.1"
_PATIENCE_SECONDS = 60


def make_sample(out: Path, seed: int) -> None:
    """Write the synthetic region's deliveries under `out`/inbox. Raises SproError if the generator fails."""
    done = subprocess.run([sys.executable, "-m", "sample_data", "--out", str(out), "--seed", str(seed)], check=False)
    if done.returncode:
        raise SproError("La région d'exemple n'a pas pu être écrite.", place=str(out), remedy="Vérifiez le dossier.")


def serve(home: Path, port: int, *, browser: bool) -> int:
    """Serve the dashboard on loopback until it is stopped; returns its exit code.

    Raises SproError if the port is taken.
    """
    _check_free(port)
    command = [sys.executable, "-m", "dashboard", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command)
    try:
        if browser and _answers(port, process):
            webbrowser.open(f"http://{HOST}:{port}/")
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()
        process.wait()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise SproError(
                f"Le port {port} est déjà pris.",
                remedy=f"Choisissez-en un autre : --port {port + 1} (ou PORT={port + 1}).",
            )


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.2)
    return False
