"""`spro release`: what the editions are, and what a person decides of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from grids.errors import ReleaseError
from pipelines.command_line.attacking import attack_release
from pipelines.command_line.french import Commands
from pipelines.command_line.grid_reading import SHOWN
from pipelines.command_line.options import HomeOption, YesOption, console
from pipelines.home import Home
from pipelines.receipts.words import number, share

if TYPE_CHECKING:
    from pipelines.release.publish import Gate

releases = Commands(help="Les éditions : publiée, candidate, remplacées.")
releases.command(name="attack")(attack_release)

EditionArgument = Annotated[
    str,
    typer.Argument(metavar="ÉDITION", help="Son identifiant, ou son début, tel que « spro release list » le montre."),
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="RAISON", help="Pourquoi : la raison reste écrite.")]
ByOption = Annotated[str, typer.Option("--by", metavar="QUI", help="Qui le dit.")]


@releases.command(name="list")
def list_releases(home: HomeOption = Path("var")) -> None:
    """Les éditions de ce dossier, et l'état de chacune."""
    from pipelines.release.catalogue import editions

    found = editions(Home(home).releases)
    if not found:
        raise ReleaseError("Aucune édition dans ce dossier.", place=str(home), remedy="Lancez « spro build ».")
    table = Table("Édition", "État", "Données du", "Publiée le", "Attaque")
    for column in table.columns:
        column.no_wrap = True
    for each in found:
        days = (f"{each.data_as_of:%d/%m/%Y}", f"{each.published_on:%d/%m/%Y}" if each.published_on else "")
        table.add_row(each.id, each.state, *days, "repoussée" if each.attacked else "non essayée")
    console.print(table)


@releases.command(name="show")
def show_release(edition: EditionArgument, home: HomeOption = Path("var")) -> None:
    """Ce qu'une édition dit d'elle-même : seuils, périodes, part de ce qui est diffusé."""
    from pipelines.release.catalogue import named, told
    from pipelines.release.inspecting import periods_by_edition, shares_shown

    folder = Home(home).releases
    found = named(folder, edition)
    manifest, path = told(folder, found.id), folder / f"{found.id}.duckdb"
    console.print(f"Édition {found.id} : {found.state}, données du {found.data_as_of:%d/%m/%Y}.", markup=False)
    grid = f"{manifest['libelle_grille']}, version {manifest['version']}"
    console.print(f"Grille : {grid}. Livraisons : {number(found.deliveries)}.", markup=False)
    for first, periods in periods_by_edition(path).items():
        console.print(f"Périodes montrées d'abord par {first} : {', '.join(periods)}.", markup=False, soft_wrap=True)
    console.print(_thresholds(manifest))
    table = Table("Niveau", "Pas", "Chiffres diffusés", "Non diffusés")
    for level, step, possible, shown in shares_shown(path).iter_rows():
        table.add_row(SHOWN[level], SHOWN[step], share(shown / possible), share(1 - shown / possible))
    console.print(table)


@releases.command(name="publish")
def publish_release(edition: EditionArgument, home: HomeOption = Path("var"), yes: YesOption = False) -> None:
    """Publier une candidate avant la fin de sa relecture. Ne se défait pas : ce qui est publié est définitif."""
    from pipelines.release import deciding
    from pipelines.settled.ledger import adopt
    from pipelines.settled.shown import adopt_shown

    place = Home(home)
    with place.held():
        candidate = deciding.publishable(place.releases, edition)
        console.print(
            f"L'édition {candidate} est publiée telle quelle : ses périodes deviennent définitives, la relecture s'arrête, "
            "ce qui arrivera ensuite attend l'édition annuelle. L'attaque est refaite d'abord.",
            markup=False,
        )
        if not (yes or typer.confirm("Publier cette édition ?", default=False)):
            return
        becoming = deciding.published_id_of(candidate)
        adopt(place.settled, candidate, becoming)
        adopt_shown(place.shown, candidate, becoming)
        release = deciding.publish_candidate(place.releases, candidate, _gate(place), date.today())
    console.print(f"Édition publiée : {release.id}.", markup=False)


@releases.command(name="rollback")
def roll_back_release(edition: EditionArgument, reason: ReasonOption, home: HomeOption = Path("var")) -> None:
    """Revenir à une édition qui a été publiée. Les suivantes restent sur le disque ; ce qui a été montré a été vu."""
    from pipelines.release.deciding import roll_back

    place = Home(home)
    with place.held():
        release = roll_back(place.releases, edition, reason, date.today())
    console.print(
        f"Édition publiée : {release.id}, et la raison est au journal. Les éditions suivantes restent sur le disque : "
        "« spro release rollback » y revient. Ce qu'elles montraient a été vu, et peut avoir été copié.",
        markup=False,
    )


@releases.command(name="flag")
def flag_figure(
    measure: Annotated[str, typer.Argument(metavar="MESURE", help="Par exemple PD02.rendue.")],
    unit: Annotated[str, typer.Argument(metavar="UNITÉ", help="Une structure, un réseau, un département, bretagne.")],
    period: Annotated[str, typer.Argument(metavar="PÉRIODE", help="2025, 2025-T1 ou 2025-03.")],
    reason: ReasonOption,
    by: ByOption = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Lever le signalement ; il reste écrit.")] = False,
    home: HomeOption = Path("var"),
) -> None:
    """Signaler un chiffre faux : il reste tel que publié, les pages disent à côté ce qui ne va pas."""
    from pipelines.release.flags import raise_flag, withdraw_flag
    from pipelines.release.reading import published

    place, said = Home(home), (measure, unit, period)
    with place.held():
        if withdraw:
            flag = withdraw_flag(place.releases, said, reason, by, date.today())
        else:
            flag = raise_flag(place.releases, published(place.releases), said, reason, by, date.today())
    done = "Signalement levé" if withdraw else "Chiffre signalé"
    console.print(f"{done} : {flag.mesure_id}, {flag.unite_id}, {period}. {flag.raison}", markup=False)


def _gate(home: Home) -> Gate:
    from grids.thresholds import load_thresholds
    from pipelines.command_line.gate import AttackGate, kept_counts
    from pipelines.release.reading import published

    try:
        earlier = [published(home.releases).path]
    except ReleaseError:
        earlier = []
    return AttackGate(earlier, load_thresholds(), kept_counts(home))


def _thresholds(manifest: dict[str, str]) -> Table:
    table = Table("Seuil", "Valeur", "Raison", "Décidé par")
    for key, value in sorted(manifest.items()):
        if f"{key}_decide_par" in manifest:
            name = key.removeprefix("seuil_").replace("_", " ")
            table.add_row(name, value, manifest[f"{key}_raison"], manifest[f"{key}_decide_par"])
    return table
