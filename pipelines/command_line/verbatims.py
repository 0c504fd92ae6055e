"""`spro verbatims`: the comments that wait for a person's reading, out to a workbook and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.command_line.french import Commands
from pipelines.command_line.options import HomeOption, console
from pipelines.home import Home
from pipelines.receipts.words import number

commands = Commands(help="Les commentaires libres, à relire avant d'être montrés.")


@commands.command(name="export")
def export_comments(
    out: Annotated[Path, typer.Option("--out", help="Le classeur à écrire, par exemple relecture.xlsx.")],
    home: HomeOption = Path("var"),
) -> None:
    """Écrire le classeur des commentaires que personne n'a encore lus."""
    from pipelines.verbatims.reading import export

    count = export(Home(home), out)
    console.print(f"Commentaires à relire : {number(count)}. Classeur : {out}", markup=False, soft_wrap=True)


@commands.command(name="import")
def import_comments(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le classeur relu.", exists=True, dir_okay=False)],
    home: HomeOption = Path("var"),
) -> None:
    """Enregistrer les décisions du classeur relu : ce qui est à écarter est effacé aussitôt."""
    from pipelines.verbatims.decisions import DISCARDED, PUBLISHABLE
    from pipelines.verbatims.reading import import_decisions

    count = import_decisions(Home(home), file, date.today())
    told = f"Publiables : {number(count[PUBLISHABLE])}. Écartés et effacés : {number(count[DISCARDED])}."
    console.print(f"{told} Effacez le classeur, puis relancez « spro build ».", markup=False)
