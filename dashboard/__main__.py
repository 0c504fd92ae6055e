"""`python -m dashboard --home DIR --port P`: serve the pages to this machine only."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import uvicorn

from dashboard.app import create_app
from dashboard.cache import HOME_VARIABLE

LOOPBACK = "127.0.0.1"
_LEAVING_SECONDS = 3


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dashboard", description="Sert les pages, sur cette machine seulement.")
    parser.add_argument(
        "--home", type=Path, default=Path(os.environ.get(HOME_VARIABLE, ".")), help="dossier de données"
    )
    parser.add_argument("--port", type=int, default=8501, help="port d'écoute")
    return parser.parse_args()


def main() -> None:
    arguments = _arguments()
    uvicorn.run(
        create_app(arguments.home.resolve()),
        host=LOOPBACK,
        port=arguments.port,
        log_level="warning",
        timeout_graceful_shutdown=_LEAVING_SECONDS,  # an open tab never leaves by itself
    )


if __name__ == "__main__":
    main()
