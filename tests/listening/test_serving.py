"""`spro serve`: the dashboard and the door start together and leave together; no process outlives another."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.listening.conftest import ROOT, eventually

pytestmark = pytest.mark.long


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`spro serve` on an empty data folder, as soon as the dashboard answers, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [shutil.which("spro", path=Path(sys.executable).parent) or "spro", "serve"]
    process = subprocess.Popen(
        [*command, "--home", str(tmp_path), "--port", str(port)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert eventually(lambda: answers(port), 60)
        yield process, port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children(parent: int) -> dict[str, int]:
    """The processes that a process started, by the module that they run."""
    numbers = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return {module(int(number)): int(number) for number in numbers}


def module(number: int) -> str:
    return Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")[2].decode()


def alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_nobody_outlives_spro_serve(serving: tuple[subprocess.Popen[str], int], stop: signal.Signals) -> None:
    process, _ = serving
    started = children(process.pid)
    assert set(started) == {"dashboard", "pipelines.listening"}
    process.send_signal(stop)
    code = process.wait(30)
    assert code == (0 if stop is signal.SIGINT else -stop)
    assert eventually(lambda: not any(alive(number) for number in started.values()))


@pytest.mark.parametrize("lost", ["dashboard", "pipelines.listening"])
def test_one_does_not_stay_without_the_other(serving: tuple[subprocess.Popen[str], int], lost: str) -> None:
    process, port = serving
    started = children(process.pid)
    os.kill(started[lost], signal.SIGKILL)
    assert process.wait(30) == 1
    assert not any(alive(number) for number in started.values())
    assert not answers(port)


def test_the_secret_is_on_no_command_line(serving: tuple[subprocess.Popen[str], int]) -> None:
    process, _ = serving
    for number in children(process.pid).values():
        environment = dict(
            each.split(b"=", 1) for each in Path(f"/proc/{number}/environ").read_bytes().split(b"\0") if b"=" in each
        )
        secret = environment[b"SPRO_DOOR_SECRET"]
        assert len(secret) >= 32
        assert secret not in Path(f"/proc/{number}/cmdline").read_bytes()
