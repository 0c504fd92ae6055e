"""What is handed out to networks: the common sheet, the schemas of the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.command_line.options import console


def template(
    network: Annotated[str, typer.Option("--network", help="Le réseau dont les structures n'ont pas d'outil.")],
    out: Annotated[Path, typer.Option("--out", help="Le classeur à écrire, par exemple fiche.xlsx.")],
) -> None:
    """Écrire la fiche commune (classeur) d'un réseau : une ligne par accueil, prête à remplir et à livrer."""
    from pipelines.handouts.sheet import write_sheet

    write_sheet(out, network)
    console.print(str(out), markup=False, soft_wrap=True)


def schema(out: Annotated[Path, typer.Option("--out", help="Dossier où écrire un schéma par table.")]) -> None:
    """Écrire les schémas de données (Table Schema) tirés du contrat, pour vérifier un fichier avant de l'envoyer."""
    from pipelines.handouts.table_schema import write_schemas

    for path in write_schemas(out):
        console.print(str(path), markup=False, soft_wrap=True)
