"""`spro release attack`: try to compute back what an edition hides, and say what was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.command_line.options import DONE, PARTLY, HomeOption, console
from pipelines.home import Home

if TYPE_CHECKING:
    from pipelines.attack.report import Report

_SHOWN_ONCE = ("publiée", "remplacée")


def attack_release(
    edition: Annotated[
        str,
        typer.Argument(
            metavar="ÉDITION", help="Son identifiant, ou son début, tel que « spro release list » le montre."
        ),
    ],
    home: HomeOption = Path("var"),
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FICHIER", help="Où écrire le compte rendu, en Markdown.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Tout essayer : chaque mesure, chaque année, chaque réseau (plus long).")
    ] = False,
) -> None:
    """Essayer de retrouver par le calcul ce qu'une édition masque ; rien n'est changé."""
    from pipelines.attack.report import report_text

    found = _attacked(Home(home), edition, whole=whole)
    if report is not None:
        report.write_text(report_text(found), encoding="utf-8")
        console.print(f"Compte rendu : {report}.", markup=False)
    _say(found)
    raise typer.Exit(DONE if found.passes else PARTLY)


def _attacked(home: Home, prefix: str, *, whole: bool) -> Report:
    """The attack on an edition beside those shown before it, with the back office's counts where they are still its own."""
    from grids.thresholds import load_thresholds
    from pipelines.attack.attack import attack
    from pipelines.command_line.gate import kept_counts
    from pipelines.release.catalogue import editions, named

    edition, every = named(home.releases, prefix), editions(home.releases)
    place = every.index(edition)
    earlier = [home.releases / f"{each.id}.duckdb" for each in every[:place] if each.state in _SHOWN_ONCE]
    counts = kept_counts(home) if edition == every[-1] else None
    path = home.releases / f"{edition.id}.duckdb"
    return attack(path, earlier, thresholds=load_thresholds(), counts=counts, scope="whole" if whole else "gate")


def _say(found: Report) -> None:
    if found.passes:
        console.print(f"L'édition {found.release} résiste à l'attaque.", markup=False)
    for finding in found.findings:
        cells = f"{finding.cells[0]}{' …' if len(finding.cells) > 1 else ''}"
        console.print(f"{finding.kind} : {finding.why} ({cells}) {finding.remedy}", markup=False, soft_wrap=True)
