"""`spro year` and `spro purge`: closing a year, renewing a key, removing what has served its time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.command_line.french import Commands
from pipelines.command_line.options import AsOfOption, DryRunOption, HomeOption, YesOption, console
from pipelines.home import Home
from pipelines.receipts.words import number

if TYPE_CHECKING:
    import duckdb

    from pipelines.retention.analysis import Analysis
    from pipelines.retention.closing import Summary

years = Commands(help="Les années : leur clé, leur clôture.")

YearArgument = Annotated[int, typer.Argument(metavar="ANNÉE", help="L'année, par exemple 2026.")]


@years.command(name="list")
def list_years(home: HomeOption = Path("var")) -> None:
    """Les années dont le dossier garde des lignes : pseudonymisées, ou anonymisées."""
    from rich.table import Table

    from pipelines.retention.years import ANONYMISED, year_states

    table = Table("Année", "État", "Clé")
    for each in year_states(Home(home)):
        kept = "présente" if each.has_key else "disparue"
        table.add_row(str(each.year), each.state, "détruite" if each.state == ANONYMISED else kept)
    console.print(table)


@years.command(name="close")
def close_year(
    year: YearArgument,
    home: HomeOption = Path("var"),
    as_of: AsOfOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
) -> None:
    """Clore une année : clé détruite, références effacées, lignes mélangées. Ne se défait pas."""
    from pipelines.retention import closing
    from pipelines.retention.years import refuse_early_closing

    on = as_of.date() if as_of else date.today()
    place = Home(home)
    with place.held():
        if closing.finish_closing(place) == year:
            _say_closed(place, year, on)
            return
        refuse_early_closing(place, year, on)
        _refuse_waiting_files(place)
        with _loaded(place) as warehouse:
            _say_plan(year, closing.survey_closing(warehouse, year))
            if dry_run or not _confirmed(yes, "Clore cette année ?"):
                return
            closing.prepare_closing(warehouse, place, year, on, _analysis(warehouse, place, year, on))
        closing.finish_closing(place)
        _say_closed(place, year, on)


@years.command(name="renew-key")
def renew_year_key(year: YearArgument, home: HomeOption = Path("var"), yes: YesOption = False) -> None:
    """Commencer une nouvelle clé pour une année : la précédente est perdue, ou doit être changée."""
    from pipelines.intake.references import renew_key
    from pipelines.retention.closing import finish_closing

    console.print(
        f"Une nouvelle clé commence pour {year} ; la précédente, s'il y en a une, est détruite. Les fiches et questionnaires "
        "de cette année déjà livrés restent comptés, mais ne seront plus reconnus : livrés de nouveau, ils compteraient "
        "deux fois. Retirez d'abord les livraisons que le réseau doit refaire. Cela ne se défait pas.",
        markup=False,
    )
    if not _confirmed(yes, "Renouveler la clé ?"):
        return
    place = Home(home)
    with place.held():
        finish_closing(place)
        renew_key(place, year, date.today())
    console.print(f"Nouvelle clé pour {year}, notée dans le journal des clés.", markup=False)


def purge(
    home: HomeOption = Path("var"), as_of: AsOfOption = None, dry_run: DryRunOption = False, yes: YesOption = False
) -> None:
    """Effacer ce qui a passé sa durée de conservation (grids/conservation.yaml). Ne se défait pas."""
    from grids.retention import load_retention
    from pipelines.retention.closing import finish_closing
    from pipelines.retention.purge import finish_purge, plan_purge, run_purge
    from pipelines.verbatims.staged import apply_decisions

    today = as_of.date() if as_of else date.today()
    place = Home(home)
    with place.held():
        finish_closing(place)
        finish_purge(place)
        apply_decisions(place)
        doomed = plan_purge(place, load_retention(), today)
        for each in doomed:
            console.print(f"{each.store} : {each.what}, {each.reason}", markup=False, soft_wrap=True)
        if not doomed:
            console.print("Rien n'a passé sa durée de conservation.", markup=False)
        if not doomed or dry_run or not _confirmed(yes, "Effacer définitivement ?"):
            return
        run_purge(place, doomed, today)
        _store_pages(place, today)
    console.print(f"Effacé, et noté dans purges.json : {number(len(doomed))}.", markup=False)


def _loaded(home: Home) -> duckdb.DuckDBPyConnection:
    """The warehouse of every delivery that counts, in memory."""
    import duckdb

    from pipelines.receipt import read_receipts
    from pipelines.warehouse.load import load

    connection = duckdb.connect(":memory:")
    connection.execute("SET temp_directory = ''")
    load(connection, home, [each for each in read_receipts(home.receipts) if each.counts])
    return connection


def _analysis(warehouse: duckdb.DuckDBPyConnection, home: Home, year: int, on: date) -> Analysis:
    from grids.anonymity import load_anonymity_rules
    from pipelines.anonymity.measure import measure_anonymity
    from pipelines.release.reading import published
    from pipelines.retention.analysis import analyse

    rules = load_anonymity_rules()
    measured = measure_anonymity(warehouse, rules, f"SELECT * FROM {rules.table} WHERE year(mois) = {year}")
    return analyse(year, on, published(home.releases).id, measured, synthetic=home.synthetic)


def _refuse_waiting_files(home: Home) -> None:
    from grids.errors import SproError
    from pipelines.intake.inbox import waiting_files

    waiting = waiting_files(home)
    if waiting:
        raise SproError(
            f"Des fichiers attendent encore d'être lus : {number(len(waiting))}.",
            place=str(home.inbox),
            remedy="Lancez « spro build » d'abord : après la clôture, ce qu'ils disent de cette année serait refusé.",
        )


def _say_plan(year: int, summary: Summary) -> None:
    console.print(
        f"Clôture de {year} : {number(summary.deliveries)} livraisons, {number(summary.rows)} lignes. La clé est détruite, "
        f"les références effacées, les lignes mélangées ; {number(summary.quarantined)} lignes en quarantaine sont "
        f"supprimées et le contenu de {number(summary.replaced)} versions remplacées est effacé. Les chiffres publiés ne "
        "changent pas. Ensuite plus aucune fiche de cette année ne peut être reconnue, corrigée, retirée ni livrée. "
        "Cela ne se défait pas. Détruisez aussi les copies de la clé (sauvegardes).",
        markup=False,
    )


def _say_closed(home: Home, year: int, on: date) -> None:
    """Rebuild what told of lines (the warehouse, the receipts' pages), then say where the analysis is."""
    from pipelines.receipt import read_receipts
    from pipelines.warehouse.load import building

    with building(home, [each for each in read_receipts(home.receipts) if each.counts]):
        pass
    _store_pages(home, on)
    console.print(
        f"Année {year} close : anonymisée. Analyse : {home.years / f'{year}.md'}", markup=False, soft_wrap=True
    )


def _store_pages(home: Home, on: date) -> None:
    from grids.load import load_grid
    from grids.versions import version_in_force
    from pipelines.receipts.store import store_pages

    store_pages(home, load_grid(version_in_force(on).version))


def _confirmed(yes: bool, question: str) -> bool:
    return yes or typer.confirm(question, default=False)
