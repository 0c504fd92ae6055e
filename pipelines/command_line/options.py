"""What the commands share: their exit codes, the settings that several take, where they write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

DONE, PARTLY, NOTHING = 0, 1, 2
"""Exit codes: done; something was refused though the rest went through; nothing could be done."""

console = Console(highlight=False)

HomeOption = Annotated[Path, typer.Option("--home", envvar="SPRO_HOME", metavar="DOSSIER", help="Dossier des données.")]
NetworkOption = Annotated[
    str, typer.Option("--network", metavar="RÉSEAU", help="Le réseau qui livre, par exemple mission-locale.")
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="AAAA-MM-JJ", help="Faire comme au jour dit."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui serait fait, sans rien changer.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Ne pas demander de confirmation.")]
