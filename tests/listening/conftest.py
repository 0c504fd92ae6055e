"""A really started door on a data folder of its own, and someone who speaks HTTP to it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
SECRET = secrets.token_urlsafe(32)
PROFILES = (
    "structure_id;nom;commune_insee;mode_collecte;partage_nominatif;canaux_proposes;actif_du;actif_au\n"
    "A-1;Lieu FICTIF;35238;outil;oui;presentiel;2020-01-01;\n"
)


@dataclass(frozen=True)
class Answer:
    """What the door answered: a status, and its JSON."""

    status: int
    said: dict[str, Any]


@dataclass(frozen=True)
class Door:
    """A running door: its data folder, its own folder for temporary files, how to speak to it."""

    home: Path
    temporary: Path
    port: int
    process: subprocess.Popen[bytes]

    def send(self, content: bytes, *, network: str = "cibc", name: str = "envoi.csv", **more: str) -> Answer:
        """Send a file, as the dashboard does."""
        return self.ask("POST", {"reseau": network, "fichier": name, **more}, content)

    def ask(
        self,
        method: str,
        query: dict[str, str],
        body: bytes | None = None,
        *,
        path: str = "/livraisons",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = self.connection()
        try:
            sent = {"X-Spro-Cle": SECRET} if headers is None else headers
            connection.request(method, f"{path}?{urlencode(query)}", body, sent)
            response = connection.getresponse()
            return Answer(response.status, json.loads(response.read()))
        finally:
            connection.close()

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def opened(folder: Path, **environment: str) -> Iterator[Door]:
    """A door as `spro serve` starts it, with `folder`/home and `folder`/tmp."""
    home, temporary = folder / "home", folder / "tmp"
    home.mkdir(exist_ok=True)
    temporary.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, number = listening.getsockname()[1], listening.fileno()
        told = {"SPRO_HOME": str(home), "SPRO_DOOR_SECRET": SECRET, "SPRO_DOOR_FD": str(number), **environment}
        process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.listening"],
            cwd=ROOT,
            env={**os.environ, **told, "TMPDIR": str(temporary)},
            pass_fds=[number],
        )
    try:
        yield Door(home, temporary, port, process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A door that takes at most one megabyte, where the CIBC have described its structure."""
    with opened(tmp_path_factory.mktemp("porte"), SPRO_DOOR_MOST_MB="1") as running:
        assert running.send(PROFILES.encode(), name="structures.csv").status == 200
        yield running


@pytest.fixture(scope="session")
def records() -> Callable[[str], bytes]:
    """Records of that structure whose references begin with a word: no two files alike."""
    return _records


def _records(word: str, rows: int = 4) -> bytes:
    lines = (f"FICTIF-{word}-{i};A-1;2025-02-03;tchat\n" for i in range(rows))
    return ("accueil_ref;structure_id;mois;canal\n" + "".join(lines)).encode()


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something comes true within some seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return holds()
