"""Servers of pages in processes of their own, with the CPU and the memory that each has taken."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PRODUCT, EMPTY = "dashboard", "tests.bench.empty_page"
_PATIENCE_SECONDS = 60
_CPU_CLOCK = 2
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_CONFIGURATION = """
worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream pages {{ hash $remote_addr consistent; {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://pages; proxy_http_version 1.1; proxy_read_timeout 600s;
      proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
    }}
  }}
}}
"""


@dataclass(frozen=True)
class Server:
    """A server that listens at `address`, in the process `pid`."""

    address: str
    pid: int

    @property
    def cpu_seconds(self) -> float:
        """CPU that the process has taken since it began, all threads together."""
        return time.clock_gettime((~self.pid << 3) | _CPU_CLOCK)

    @property
    def megabytes(self) -> float:
        """Memory that the process holds now."""
        resident = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(resident) * _PAGE_BYTES / 1e6


@contextmanager
def served(home: Path, module: str = PRODUCT) -> Iterator[Server]:
    """The product, or the page of empty charts, over a data folder."""
    port = _free_port()
    command = [sys.executable, "-m", module, "--home", str(home), "--port", str(port)]
    with _running(command, port) as process:
        yield Server(f"127.0.0.1:{port}", process.pid)


def nginx_is_here() -> bool:
    """Whether this machine has nginx."""
    return shutil.which("nginx") is not None


@contextmanager
def balanced(servers: Sequence[Server], folder: Path) -> Iterator[str]:
    """The address at which nginx shares sessions between servers: those of one client always go to the same one."""
    port = _free_port()
    names = " ".join(f"server {each.address};" for each in servers)
    settings = folder / "nginx.conf"
    settings.write_text(_CONFIGURATION.format(folder=folder, servers=names, port=port), encoding="utf-8")
    with _running(["nginx", "-p", str(folder), "-c", str(settings), "-g", "daemon off;"], port):
        yield f"127.0.0.1:{port}"


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(process, port)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing answers at port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
