"""`spro grid`: check what is written in the grids, read a version, compare two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from grids.changes import Change, changes
from grids.definitions import ROOT
from grids.errors import GridError
from grids.load import load_grid
from grids.versions import record_of, version_in_force
from pipelines.command_line.french import Commands
from pipelines.command_line.grid_check import Checked, check_files
from pipelines.command_line.grid_reading import read_grid, read_indicator
from pipelines.command_line.options import PARTLY, AsOfOption, console

commands = Commands(help="La grille : la vérifier, la lire, en comparer deux versions.")

VersionArgument = Annotated[
    str | None, typer.Argument(metavar="VERSION", help="Par exemple 2025.1 ; sans elle, celle en vigueur aujourd'hui.")
]
FolderOption = Annotated[
    Path, typer.Option("--folder", metavar="DOSSIER", help="Le dossier des grilles, s'il n'est pas celui du produit.")
]


@commands.callback()
def grid() -> None:
    """La grille : la vérifier, la lire, en comparer deux versions."""


@commands.command()
def check(
    version: Annotated[
        str | None, typer.Argument(metavar="VERSION", help="Par exemple 2025.1 ; sans elle, toutes les versions.")
    ] = None,
    folder: FolderOption = ROOT,
    as_of: AsOfOption = None,
) -> None:
    """Vérifier la grille, les correspondances et les équivalences : ce qui est refusé, et ce qui se lirait mieux."""
    found = check_files(version, folder, as_of.date() if as_of else date.today())
    for each in found:
        _tell(each)
    refused = sum(len(each.refused) for each in found)
    advised = sum(len(each.advised) for each in found)
    console.print(f"{len(found)} fichiers vérifiés : {_count(refused, 'refus')}, {_count(advised, 'conseil')}.")
    if refused:
        raise typer.Exit(PARTLY)


@commands.command()
def show(
    version: VersionArgument = None,
    indicator: Annotated[
        str | None, typer.Argument(metavar="INDICATEUR", help="Par exemple PD02 : tout ce que la grille en dit.")
    ] = None,
    folder: FolderOption = ROOT,
) -> None:
    """Lire une version : champs, critères, indicateurs, état et empreinte ; ou un seul indicateur."""
    named = version or version_in_force(date.today(), root=folder).version
    loaded = load_grid(named, root=folder)
    if indicator is None:
        lines = read_grid(loaded, record_of(named, root=folder), folder / loaded.id / f"{named}.yaml")
    elif indicator in loaded.indicators:
        lines = read_indicator(loaded, indicator)
    else:
        raise GridError(
            f"« {indicator} » n'est pas un indicateur de la version {named}.",
            remedy=f"Indicateurs : {', '.join(loaded.indicators)}.",
        )
    _say(lines)


@commands.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="ANCIENNE", help="La version de départ, par exemple 2023.1.")],
    new: Annotated[str, typer.Argument(metavar="NOUVELLE", help="La version d'arrivée, par exemple 2025.1.")],
    folder: FolderOption = ROOT,
) -> None:
    """Dire ce qui change d'une version à l'autre, et quelles séries continuent."""
    found = changes(load_grid(old, root=folder), load_grid(new, root=folder))
    if not found:
        console.print(f"Rien ne change de {old} à {new}.")
        return
    series = [each for each in found if each.comparable is not None]
    others = [each for each in found if each.comparable is None]
    _say_changes(f"Ce qui change de {old} à {new}", others)
    _say_changes("Les séries qui continuent", [each for each in series if each.comparable])
    _say_changes("Les séries qui s'arrêtent", [each for each in series if not each.comparable])


def _tell(checked: Checked) -> None:
    state = "refusé" if checked.refused else "rien à refuser"
    _say([f"{checked.name} : {state}"])
    _say([f"  ✗ {line}" for line in checked.refused])
    _say([f"  · conseil : {line}" for line in checked.advised])


def _say_changes(title: str, found: Sequence[Change]) -> None:
    if found:
        _say([title, *(f"  {_MARKS[each.kind]} {each.sentence}{_why(each)}" for each in found), ""])


_MARKS = {"ajoute": "+", "retire": "−", "modifie": "~"}


def _why(change: Change) -> str:
    """The reason of a series that goes on; that of a break is in its sentence."""
    return f" {change.reason}" if change.comparable and change.reason else ""


def _count(number: int, noun: str) -> str:
    plural = "" if noun.endswith("s") or number < 2 else "s"
    return f"{number} {noun}{plural}"


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)


def _register_export() -> None:
    """`export` is another room's; the group holds together without it."""
    try:
        from pipelines.command_line.grid_export import export
    except ModuleNotFoundError as error:
        if error.name != "pipelines.command_line.grid_export":
            raise
        return
    commands.command()(export)


_register_export()
