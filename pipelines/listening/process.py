"""The door as a process: where it listens, and what it never leaves behind."""

from __future__ import annotations

import ipaddress
import resource
import socket

import uvicorn

from grids.errors import SproError
from pipelines.home import Home
from pipelines.listening.app import create_door
from pipelines.listening.memory_file import check_memory_files
from pipelines.listening.terms import Terms

LOOPBACK = "127.0.0.1"
_LEAVING_SECONDS = 3


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens on this machine only; port 0 lets the system choose one.

    Raises SproError if the host is not this machine's own loopback, or the port is taken.
    """
    if not _is_loopback(host):
        raise SproError(
            "La porte des livraisons n'écoute que cette machine.",
            place=f"--host {host}",
            remedy=f"Gardez {LOOPBACK} : c'est le tableau de bord qui reçoit les fichiers et les lui passe.",
        )
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError:
        raise SproError(
            f"Le port {port} est déjà pris.", remedy=f"Choisissez-en un autre : --port {port + 1}."
        ) from None


def listen(home: Home, listening: socket.socket, terms: Terms) -> None:
    """Answer on the socket until told to stop. Raises SproError where files in memory do not exist."""
    check_memory_files()
    # A core dump would write to a disk what a delivery holds.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    config = uvicorn.Config(
        create_door(home, terms),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_LEAVING_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
