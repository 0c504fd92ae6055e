"""`spro mapping draft`: a mapping proposed from a real file, for a person to correct; no cell of the file is stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from grids.errors import SproError
from grids.load import load_grid
from grids.network import Mapping, load_mapping
from grids.versions import version_in_force
from pipelines.command_line.french import Commands
from pipelines.command_line.options import NetworkOption
from pipelines.home import aside, put_in_place
from pipelines.intake.drafting.draft import DraftedDelivery, drafted_deliveries
from pipelines.intake.drafting.writing import added_text, mapping_text

commands = Commands(help="Les correspondances des réseaux.")


@commands.callback()
def mapping() -> None:
    """Les correspondances des réseaux."""


@commands.command()
def draft(
    file: Annotated[
        Path,
        typer.Argument(metavar="FICHIER", help="Un fichier tel que l'outil l'exporte.", exists=True, dir_okay=False),
    ],
    network: NetworkOption,
    out: Annotated[Path | None, typer.Option("--out", help="Le fichier .yaml à écrire ; sans lui, on montre.")] = None,
) -> None:
    """Proposer une correspondance à partir d'un fichier ; une personne la corrige ensuite."""
    known = load_mapping(network)
    _check_free(out)
    text = _drafted_text(file, known)
    if out:
        _write(out, text)
    else:
        typer.echo(text)
    told = Console(highlight=False, stderr=out is None)
    for line in _next_steps(known, out):
        told.print(line, markup=False, soft_wrap=True)


def _drafted_text(file: Path, known: Mapping) -> str:
    grid = load_grid(version_in_force(date.today()).version)
    deliveries: list[DraftedDelivery] = drafted_deliveries(file, grid, [each.id for each in known.deliveries])
    return added_text(deliveries) if known.deliveries else mapping_text(known.network, known.name, deliveries)


def _check_free(out: Path | None) -> None:
    if out and out.exists():
        raise SproError(
            "Ce fichier existe déjà : il n'est pas remplacé.",
            place=str(out),
            remedy="Donnez un autre nom à « --out », ou déplacez-le.",
        )


def _write(out: Path, text: str) -> None:
    built = aside(out)
    built.write_text(text, encoding="utf-8")
    put_in_place(built, out)


def _next_steps(known: Mapping, out: Path | None) -> list[str]:
    target = f"grids/networks/{known.network}.yaml"
    said = [f"Proposition écrite : {out}"] if out else []
    if known.deliveries:
        said.append(f"« {known.name} » a déjà une correspondance : seule la livraison proposée est donnée.")
        said.append(f"1. Corrigez-la, puis ajoutez-la sous « livraisons: » de {target}.")
    else:
        said.append(f"1. Corrigez-la ligne par ligne, puis placez-la dans {target}.")
    return [
        *said,
        "2. Décidez de chaque colonne « à décider » : lue, ignorée ou à retirer.",
        f"3. Essayez : spro check FICHIER --network {known.network}",
    ]
