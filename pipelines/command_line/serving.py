"""Starting the other rooms as processes: the dashboard with the door beside it, the sample generator. None is imported."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from grids.errors import SproError
from pipelines.lifeline import LIFELINE_VARIABLE
from pipelines.listening.memory_file import memory_files_exist

HOST = "127.0.0.1"
_PATIENCE_SECONDS = 60
_LEAVING_SECONDS = 5
_LOOK_EVERY_SECONDS = 0.2
_SECRET_BYTES = 32

Process = subprocess.Popen[bytes]


def make_sample(out: Path, seed: int, structures: int) -> None:
    """Write the synthetic region's deliveries under `out`/inbox. Raises SproError if the generator fails."""
    asked = ["--out", str(out), "--seed", str(seed), "--structures", str(structures)]
    done = subprocess.run([sys.executable, "-m", "sample_data", *asked], check=False)
    if done.returncode:
        raise SproError("La région d'exemple n'a pas pu être écrite.", place=str(out), remedy="Vérifiez le dossier.")


def serve(home: Path, port: int, *, browser: bool) -> int:
    """Serve the dashboard on loopback, and the door beside it, until one of them stops; returns the exit code.

    Without files in memory (elsewhere than Linux) there is no door, and the dashboard says so. Raises SproError if the port
    is taken.
    """
    _check_free(port)
    with _door(home) as (door, known), _started(_dashboard(home, port), known) as dashboard:
        try:
            if browser and _answers(port, dashboard):
                webbrowser.open(f"http://{HOST}:{port}/")
            return _first_to_leave([dashboard, *door])
        except KeyboardInterrupt:
            return 0


def _dashboard(home: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "dashboard", "--home", str(home), "--port", str(port)]


@contextmanager
def _door(home: Path) -> Iterator[tuple[list[Process], dict[str, str]]]:
    """The door's process, if there can be one, and what the dashboard must know of it."""
    if not memory_files_exist():
        yield [], {}
        return
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    # Opened here, so that whoever speaks to the door while it starts waits instead of being turned away.
    with socket.create_server((HOST, 0)) as listening:
        number, address = listening.fileno(), f"http://{HOST}:{listening.getsockname()[1]}"
        told = {"SPRO_HOME": str(home.resolve()), "SPRO_DOOR_SECRET": secret, "SPRO_DOOR_FD": str(number)}
        process = _start([sys.executable, "-m", "pipelines.listening"], told, pass_fds=[number])
    try:
        yield [process], {"SPRO_DOOR_URL": address, "SPRO_DOOR_SECRET": secret}
    finally:
        _stop(process)


@contextmanager
def _started(command: Sequence[str], told: Mapping[str, str]) -> Iterator[Process]:
    process = _start(command, told)
    try:
        yield process
    finally:
        _stop(process)


def _start(command: Sequence[str], told: Mapping[str, str], pass_fds: Sequence[int] = ()) -> Process:
    """A process that leaves when this one does, whatever ends it: it holds the other end of its standard input."""
    environment = {**os.environ, **told, LIFELINE_VARIABLE: "1"}
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, pass_fds=pass_fds)


def _first_to_leave(processes: Sequence[Process]) -> int:
    """Wait until one of the processes ends; what it ended with, 1 if a signal ended it."""
    while True:
        for process in processes:
            code = process.poll()
            if code is not None:
                return code if code >= 0 else 1
        time.sleep(_LOOK_EVERY_SECONDS)


def _stop(process: Process) -> None:
    process.terminate()
    try:
        process.wait(_LEAVING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin:
        process.stdin.close()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise SproError(
                f"Le port {port} est déjà pris.",
                remedy=f"Choisissez-en un autre : --port {port + 1} (ou PORT={port + 1}).",
            )


def _answers(port: int, process: Process) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return True
        time.sleep(0.2)
    return False
