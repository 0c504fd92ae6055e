"""What an attack found, what it tried, and the same in French."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

FIGURES = {"epreuve": pl.String, "niveau": pl.String, "pas": pl.String, "comment": pl.String, "cellules": pl.Int64}
BARE = ["base_id", "niveau", "unite_id", "pas", "debut", "ventilation", "modalite"]
"""How a cell that is laid bare is told to a program."""
_MOST_TOLD = 20


@dataclass(frozen=True)
class Finding:
    """A weakness: its kind (a code), the cells it bares, why, and what to do, in French.

    keys: BARE [cell], the same cells for a program, where hiding more is the remedy; None elsewhere.
    """

    kind: str
    cells: tuple[str, ...]
    why: str
    remedy: str
    keys: pl.DataFrame | None = None


@dataclass(frozen=True)
class Report:
    """What an attack found and tried.

    figures: how many cells each test settled, and how (FIGURES) [test × level × step × way]; seconds: how long it took;
    granted: whether the attacker knew the counts of what is shown.
    """

    release: str
    findings: tuple[Finding, ...]
    figures: pl.DataFrame
    seconds: float
    granted: bool

    @property
    def passes(self) -> bool:
        """Whether the release withstood the attack."""
        return not self.findings

    @property
    def bared(self) -> pl.DataFrame | None:
        """BARE: the cells around which more must be hidden, each once; None if hiding more would not mend every finding."""
        keys = [finding.keys for finding in self.findings if finding.keys is not None]
        return pl.concat(keys).unique(maintain_order=True) if keys and len(keys) == len(self.findings) else None


def report_text(report: Report) -> str:
    """The report as Markdown, in French."""
    verdict = "L'édition résiste à l'attaque." if report.passes else "L'édition ne résiste pas à l'attaque."
    parts = [f"# Attaque de l'édition {report.release}", verdict, _KNOWN[report.granted]]
    parts += map(_finding_text, report.findings)
    parts.append(_figures_text(report))
    return "\n\n".join(parts) + "\n"


_KNOWN = {
    True: "L'attaquant connaissait les effectifs exacts de tout ce qui est montré, et chaque réseau les siens.",
    False: "L'attaquant n'avait que le fichier de l'édition. Sans effectifs, une case où il n'y a personne ne se distingue pas "
    "d'une case de quelques personnes : ce qui est dit retrouvé ci-dessous peut être vide, et n'est alors le secret de "
    "personne.",
}


def _finding_text(finding: Finding) -> str:
    told = [f"- {cell}" for cell in finding.cells[:_MOST_TOLD]]
    left = len(finding.cells) - _MOST_TOLD
    if left > 0:
        told.append(f"- et {left} de plus")
    return "\n".join([f"## {finding.kind}", "", finding.why, "", *told, "", f"À faire : {finding.remedy}"])


def _figures_text(report: Report) -> str:
    ordered = report.figures.sort("epreuve", "niveau", "pas", "comment")
    rows = [f"| {' | '.join(map(str, row))} |" for row in ordered.iter_rows()]
    head = ["## Ce qui a été essayé", "", "| épreuve | niveau | pas | comment | cellules |", "|---|---|---|---|---:|"]
    return "\n".join([*head, *rows, "", f"Durée : {report.seconds:.1f} secondes.".replace(".", ",", 1)])
