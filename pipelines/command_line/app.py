"""`spro`: the product's one command.

Exit codes: 0 done, 1 something was refused though the rest went through, 2 nothing could be done.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from grids.errors import ReleaseError, SproError
from grids.load import load_grid, version_in_force
from pipelines.command_line.serving import HOST, make_sample, serve
from pipelines.home import Home
from pipelines.receipts.text import receipt_lines
from pipelines.receipts.words import number

DONE, PARTLY, NOTHING = 0, 1, 2
SAMPLE_SEED = 2026
SAMPLE_AS_OF = date(2026, 3, 1)
"""The sample region's last year closes on 14 February 2026; its edition is that of 1 March."""
DEFAULT_PORT = 8501
STATES = {"lue": "lue", "acceptee": "acceptée", "refusee": "refusée", "retiree": "retirée"}

app = typer.Typer(
    name="spro",
    help="Qualité de l'accueil personnalisé : des fichiers des réseaux au tableau de bord. Pour essayer : « spro demo ».",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
releases = typer.Typer(help="Les éditions publiées.", no_args_is_help=True)
app.add_typer(releases, name="release")
deliveries = typer.Typer(help="Les livraisons reçues.", no_args_is_help=True)
app.add_typer(deliveries, name="delivery")
console = Console(highlight=False)

HomeOption = Annotated[Path, typer.Option("--home", envvar="SPRO_HOME", help="Dossier des données.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port local du tableau de bord.")]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Ouvrir le navigateur.")]
AsOfOption = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Construire comme au jour dit (AAAA-MM-JJ).")
]


@app.command()
def demo(home: HomeOption = Path("var/demo"), port: PortOption = DEFAULT_PORT, browser: BrowserOption = True) -> None:
    """Essayer avec une région d'exemple, synthétique : elle passe par la même porte que de vrais fichiers."""
    if not (home / "inbox").exists():
        make_sample(home, SAMPLE_SEED)
    _build(Home(home), SAMPLE_AS_OF)
    _serve(home, port, browser)


@app.command()
def sample(
    out: Annotated[Path, typer.Option("--out", help="Dossier où écrire inbox/<réseau>/…")],
    seed: Annotated[int, typer.Option("--seed", help="Graine : la même donne les mêmes fichiers.")] = SAMPLE_SEED,
) -> None:
    """Écrire les livraisons d'une région d'exemple, synthétique."""
    make_sample(out, seed)


@app.command()
def build(home: HomeOption = Path("var"), as_of: AsOfOption = None) -> None:
    """Lire ce que les réseaux ont déposé dans inbox/<réseau>/ et publier une édition s'il y a du nouveau."""
    refused = _build(Home(home), as_of.date() if as_of else date.today())
    raise typer.Exit(PARTLY if refused else DONE)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Le fichier à essayer.", exists=True, dir_okay=False)],
    network: Annotated[str, typer.Option("--network", help="Le réseau qui livre, par exemple mission-locale.")],
    home: HomeOption = Path("var"),
) -> None:
    """Essayer un fichier sans rien garder : ce que la porte en dirait."""
    from pipelines.command_line.checking import check_file
    from pipelines.receipt import read_receipts
    from pipelines.receipts.view import Context

    receipt = check_file(file, network, Home(home))
    context = Context(read_receipts(home / "receipts"), load_grid(version_in_force(date.today()).version))
    for line in receipt_lines(receipt, context):
        console.print(line, markup=False, soft_wrap=True)
    if receipt.etat == "refusee":
        raise typer.Exit(NOTHING)
    raise typer.Exit(PARTLY if receipt.quarantaine else DONE)


@app.command(name="serve")
def serve_command(
    home: HomeOption = Path("var"), port: PortOption = DEFAULT_PORT, browser: BrowserOption = False
) -> None:
    """Ouvrir le tableau de bord sur cet ordinateur (arrêter : Ctrl+C)."""
    _serve(home, port, browser)


@releases.command(name="list")
def list_releases(home: HomeOption = Path("var")) -> None:
    """Les éditions de ce dossier, la publiée marquée."""
    from pipelines.release.catalogue import editions

    found = editions(Home(home).releases)
    if not found:
        raise ReleaseError("Aucune édition dans ce dossier.", place=str(home), remedy="Lancez « spro build ».")
    table = Table("Édition", "Données du", "Grille", "Livraisons", "Publiée")
    for each in found:
        marked = "oui" if each.is_published else ""
        table.add_row(each.id, f"{each.data_as_of:%d/%m/%Y}", each.grid_version, number(each.deliveries), marked)
    console.print(table)


@deliveries.command(name="list")
def list_deliveries(home: HomeOption = Path("var")) -> None:
    """Les livraisons, dans l'ordre où elles ont été reçues."""
    from pipelines.deliveries import listed

    table = Table("Livraison", "Réseau", "Fichier", "Reçue le", "État", "Lignes")
    table.columns[0].no_wrap = True
    for each in listed(Home(home)):
        state = STATES[each.etat]
        table.add_row(
            each.livraison_id[:8],
            each.reseau,
            each.fichier,
            f"{each.recue_le:%d/%m/%Y}",
            state,
            number(each.bilan.lues),
        )
    console.print(table)


@deliveries.command(name="withdraw")
def withdraw_delivery(
    delivery: Annotated[
        str, typer.Argument(help="Le début de l'identifiant, tel que « spro delivery list » le montre.")
    ],
    home: HomeOption = Path("var"),
) -> None:
    """Retirer une livraison : ses lignes sont effacées et ne comptent plus à la prochaine construction."""
    from pipelines.deliveries import withdraw

    receipt = withdraw(Home(home), delivery, date.today())
    console.print(f"Livraison retirée : {receipt.reseau}/{receipt.fichier}. Relancez « spro build ».", markup=False)


@app.command()
def template(
    network: Annotated[str, typer.Option("--network", help="Le réseau dont les structures n'ont pas d'outil.")],
    out: Annotated[Path, typer.Option("--out", help="Le classeur à écrire, par exemple fiche.xlsx.")],
) -> None:
    """Écrire la fiche commune (classeur) d'un réseau : une ligne par accueil, prête à remplir et à livrer."""
    from pipelines.handouts.sheet import write_sheet

    write_sheet(out, network)
    console.print(str(out), markup=False, soft_wrap=True)


@app.command()
def schema(out: Annotated[Path, typer.Option("--out", help="Dossier où écrire un schéma par table.")]) -> None:
    """Écrire les schémas de données (Table Schema) tirés du contrat, pour vérifier un fichier avant de l'envoyer."""
    from pipelines.handouts.table_schema import write_schemas

    for path in write_schemas(out):
        console.print(str(path), markup=False, soft_wrap=True)


def main() -> None:
    """Run the command line; a user's mistake is told in a sentence, never in a traceback."""
    try:
        app(standalone_mode=True)
    except SproError as error:
        Console(stderr=True, highlight=False).print(str(error), style="bold", markup=False, soft_wrap=True)
        _leave(NOTHING)
    except SystemExit as leaving:
        _leave(int(leaving.code or 0))


def _leave(code: int) -> None:
    # Everything is written and synced by now. great_expectations keeps objects alive past the end of the interpreter,
    # at which DuckDB's binding prints a page of alarm; leaving directly spares the reader that.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


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
    for receipt in troubled:
        console.print(f"{receipt.reseau}/{receipt.fichier}", style="bold", markup=False)
        for line in receipt_lines(receipt):
            console.print(f"  {line}", markup=False, soft_wrap=True)
    _say_outcome(len(outcome.receipts), outcome.release.id if outcome.release else None, home)
    return len(troubled)


def _say_outcome(taken: int, release: str | None, home: Home) -> None:
    if release:
        console.print(f"{number(taken)} fichiers lus. Édition publiée : {release}.", markup=False)
    elif (home.releases / "published.json").exists():
        console.print("Rien de nouveau : l'édition publiée reste la même.", markup=False)
    else:
        raise ReleaseError(
            "Rien à publier : aucun fichier accepté, ou aucune période close.",
            place=str(home.inbox),
            remedy="Déposez les fichiers de chaque réseau dans inbox/<réseau>/, puis relancez « spro build ».",
        )


def _serve(home: Path, port: int, browser: bool) -> None:
    console.print(f"Tableau de bord : http://{HOST}:{port}/ (arrêter : Ctrl+C)", markup=False)
    raise typer.Exit(serve(home, port, browser=browser))
