"""`spro report`: the documents of the published edition, written by the dashboard's own process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grids.errors import SproError
from pipelines.command_line.french import Commands
from pipelines.command_line.options import NOTHING, HomeOption, console

reports = Commands(help="Les documents à lire et à imprimer : la note du comité, la fiche d'une structure.")

OutOption = Annotated[Path, typer.Option("--out", metavar="FICHIER", help="Le fichier à écrire (.pdf).")]
PeriodOption = Annotated[
    str, typer.Option("--periode", metavar="PÉRIODE", help="Par exemple 2025 ou 2025-T4 ; sans elle, la dernière.")
]


class As(StrEnum):
    """Who reads a structure's sheet."""

    TEAM = "equipe"
    HEAD_OF_NETWORK = "reseau"


@reports.command()
def committee(
    out: OutOption,
    home: HomeOption = Path("var"),
    territory: Annotated[
        str, typer.Option("--territoire", metavar="CODE", help="Un territoire ou un réseau, par exemple cio.")
    ] = "",
    period: PeriodOption = "",
) -> None:
    """Écrire la note du comité de pilotage : quatre pages, lisibles aussi avec un lecteur d'écran."""
    _write(out, home, period, ["committee", f"--territoire={territory}"], {"SPRO_ROLE": "comite"})


@reports.command()
def structure(
    identifier: Annotated[str, typer.Argument(metavar="STRUCTURE", help="Son identifiant, par exemple CIO-0006.")],
    out: OutOption,
    home: HomeOption = Path("var"),
    period: PeriodOption = "",
    reader: Annotated[
        As, typer.Option("--pour", metavar="QUI", help="Qui la lit : equipe, ou reseau (si la structure l'a accepté).")
    ] = As.TEAM,
    network: Annotated[
        str, typer.Option("--reseau", metavar="RÉSEAU", help="Avec « --pour reseau » : le réseau de qui la lit.")
    ] = "",
) -> None:
    """Écrire la fiche d'une structure : deux pages, à lire avec son équipe."""
    _write(out, home, period, ["structure", identifier], _reader(reader, identifier, network))


def _reader(reader: As, identifier: str, network: str) -> dict[str, str]:
    if reader is As.TEAM:
        return {"SPRO_ROLE": "structure", "SPRO_STRUCTURE": identifier, "SPRO_RESEAU": ""}
    if not network:
        raise SproError("Il manque le réseau de qui lit la fiche.", remedy="Ajoutez par exemple --reseau cio.")
    return {"SPRO_ROLE": "reseau", "SPRO_RESEAU": network, "SPRO_STRUCTURE": ""}


def _write(out: Path, home: Path, period: str, asked: Sequence[str], reader: dict[str, str]) -> None:
    """Start the dashboard's process, which says by itself in a sentence what is wrong."""
    if out.suffix.lower() != ".pdf":
        raise SproError("Ce document est un PDF.", place=str(out), remedy="Donnez un nom qui finit par .pdf.")
    places = [f"--home={home}", f"--out={out}", f"--periode={period}"]
    command = [sys.executable, "-m", "dashboard.report", *places, *asked]
    if subprocess.run(command, env={**os.environ, **reader}, check=False).returncode:
        raise typer.Exit(NOTHING)
    console.print(str(out), markup=False, soft_wrap=True)
