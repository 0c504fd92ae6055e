"""`spro door`: the door of a data folder, by itself; `spro serve` starts one beside the dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.home import Home

DEFAULT_PORT = 8502


def door(
    home: Annotated[Path, typer.Option("--home", envvar="SPRO_HOME", help="Dossier des données.")] = Path("var"),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port local ; 0 en choisit un.")] = DEFAULT_PORT,
    host: Annotated[str, typer.Option("--host", help="Adresse de cette machine.")] = "127.0.0.1",
) -> None:
    """Ouvrir la porte des livraisons à cette machine seulement (secret : SPRO_DOOR_SECRET ; arrêter : Ctrl+C)."""
    # Imported here: Windows has no resource limits, and needs none to run the other commands.
    from pipelines.listening.memory_file import check_memory_files

    check_memory_files()
    from pipelines.listening.process import bound, listen
    from pipelines.listening.terms import terms_of

    terms, listening = terms_of(), bound(host, port)
    address, taken = listening.getsockname()[:2]
    Console(highlight=False).print(f"Porte des livraisons : http://{address}:{taken}/ (arrêter : Ctrl+C)", markup=False)
    listen(Home(home), listening, terms)
