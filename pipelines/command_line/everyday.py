"""The everyday commands: try, build, check, serve; and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from grids.errors import ReleaseError
from grids.load import load_grid
from grids.versions import version_in_force
from pipelines.command_line.options import DONE, NOTHING, PARTLY, AsOfOption, HomeOption, NetworkOption, console
from pipelines.command_line.serving import HOST, make_sample
from pipelines.command_line.serving import serve as serve_pages
from pipelines.home import Home
from pipelines.receipts.text import receipt_lines
from pipelines.receipts.words import number
from pipelines.release.reading import CANDIDATE_POINTER, POINTER

SAMPLE_SEED, SAMPLE_STRUCTURES = 2026, 120
SAMPLE_AS_OF = date(2026, 3, 1)
"""The sample region's last year closes on 14 February 2026; its edition is that of 1 March."""
DEFAULT_PORT = 8501

PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port local du tableau de bord.")]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Ouvrir le navigateur.")]


def demo(home: HomeOption = Path("var/demo"), port: PortOption = DEFAULT_PORT, browser: BrowserOption = True) -> None:
    """Essayer avec une région d'exemple, synthétique : elle passe par la même porte que de vrais fichiers."""
    if not (home / "inbox").exists():
        make_sample(home, SAMPLE_SEED, SAMPLE_STRUCTURES)
    _build(Home(home), SAMPLE_AS_OF)
    _serve(home, port, browser)


def sample(
    out: Annotated[Path, typer.Option("--out", help="Dossier où écrire inbox/<réseau>/…")],
    seed: Annotated[int, typer.Option("--seed", help="Graine : la même donne les mêmes fichiers.")] = SAMPLE_SEED,
    structures: Annotated[
        int, typer.Option("--structures", min=60, max=2000, help="Nombre de structures.")
    ] = SAMPLE_STRUCTURES,
) -> None:
    """Écrire les livraisons d'une région d'exemple, synthétique."""
    make_sample(out, seed, structures)


def build(home: HomeOption = Path("var"), as_of: AsOfOption = None) -> None:
    """Lire ce que les réseaux ont déposé dans inbox/<réseau>/ et publier une édition s'il y a du nouveau."""
    refused = _build(Home(home), as_of.date() if as_of else date.today())
    raise typer.Exit(PARTLY if refused else DONE)


def check(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à essayer.", exists=True, dir_okay=False)],
    network: NetworkOption,
    home: HomeOption = Path("var"),
) -> None:
    """Essayer un fichier sans rien garder : ce que la porte en dirait."""
    from pipelines.listening.trial import check_file
    from pipelines.receipt import read_receipts
    from pipelines.receipts.view import Context

    receipt = check_file(file, network, Home(home))
    context = Context(read_receipts(home / "receipts"), load_grid(version_in_force(date.today()).version))
    for line in receipt_lines(receipt, context):
        console.print(line, markup=False, soft_wrap=True)
    if receipt.etat == "refusee":
        raise typer.Exit(NOTHING)
    raise typer.Exit(PARTLY if receipt.quarantaine else DONE)


def serve(home: HomeOption = Path("var"), port: PortOption = DEFAULT_PORT, browser: BrowserOption = False) -> None:
    """Ouvrir le tableau de bord sur cet ordinateur (arrêter : Ctrl+C)."""
    _serve(home, port, browser)


def _build(home: Home, as_of: date) -> int:
    """Build with a progress bar, say what was done, and return how many files were refused or had rows set apart."""
    from pipelines.command_line.build import build as run

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=total)
            progress.update(tasks[step], completed=done, total=total)

        outcome = run(home, as_of, tell)
    troubled = [each for each in outcome.receipts if each.etat == "refusee" or each.quarantaine]
    for receipt in [*troubled, *(each for each in outcome.receipts if each.relue and each not in troubled)]:
        console.print(f"{receipt.reseau}/{receipt.fichier}", style="bold", markup=False)
        for line in receipt_lines(receipt):
            console.print(f"  {line}", markup=False, soft_wrap=True)
    _say_outcome(len(outcome.receipts), outcome.sentences, home)
    return len(troubled)


def _say_outcome(taken: int, sentences: Sequence[str], home: Home) -> None:
    if sentences:
        for sentence in (f"{number(taken)} fichiers lus.", *sentences):
            console.print(sentence, markup=False, soft_wrap=True)
    elif any((home.releases / pointer).exists() for pointer in (POINTER, CANDIDATE_POINTER)):
        console.print("Rien de nouveau : l'édition publiée reste la même.", markup=False)
    else:
        raise ReleaseError(
            "Rien à publier : aucun fichier accepté, ou aucune période close.",
            place=str(home.inbox),
            remedy="Déposez les fichiers de chaque réseau dans inbox/<réseau>/, puis relancez « spro build ».",
        )


def _serve(home: Path, port: int, browser: bool) -> None:
    console.print(f"Tableau de bord : http://{HOST}:{port}/ (arrêter : Ctrl+C)", markup=False)
    raise typer.Exit(serve_pages(home, port, browser=browser))
