"""Each clause of the specification: the indicators that stand for it and their last values, or why no figure can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.selection import Selection
from dashboard.text import numbers
from dashboard.text.typography import capitalised
from dashboard.views.evidence import Evidence, Evidences
from dashboard.views.tables import Table

CARRIED, APPROACHED, UNMEASURED, SILENT = "portee", "approchee", "sans_mesure", "muette"
STANDINGS = {
    CARRIED: "Portées par un indicateur",
    APPROACHED: "Approchées",
    UNMEASURED: "Sans chiffre, et pourquoi",
    SILENT: "Pas encore dans la grille",
}
ONE_STANDING = {
    CARRIED: "portée",
    APPROACHED: "approchée",
    UNMEASURED: "sans chiffre",
    SILENT: "pas encore dans la grille",
}
PARTS = {
    "PRE": "Préambule",
    "I": "I. Le contenu de l'accueil",
    "I-E": "I. Les effets attendus pour la personne",
    "II": "II. Les professionnels et leur posture",
    "III": "III. L'organisation de l'accueil",
    "IV": "IV. L'amélioration permanente",
}
QUOTING = (
    "Les clauses sont résumées d'après le cahier des charges, qui parle de « l'utilisateur » : "
    "ailleurs, ces pages disent « la personne »."
)
_EXPECTED = "E"
"""What the rank of a clause on expected effects begins with: « I-E3 »."""


@dataclass(frozen=True)
class ClauseLine:
    """A clause, how the grid stands on it, and what says so."""

    id: str
    text: str
    standing: str
    evidence: tuple[Evidence, ...]
    reason: str

    @property
    def part(self) -> str:
        """The part of the specification that it belongs to."""
        stem, _, rank = self.id.partition("-")
        return f"{stem}-{_EXPECTED}" if rank.startswith(_EXPECTED) else stem


def clause_lines(register: pl.DataFrame, evidences: Evidences) -> list[ClauseLine]:
    """Every clause of `register` (queries.grid.clause_register), with what the indicators say beside it."""
    return [
        ClauseLine(
            row["clause_id"],
            row["texte"],
            row["statut"] or SILENT,
            evidences.beside(row["clause_id"], row["indicateurs"], row["approchants"]),
            row["raison"] or "",
        )
        for row in register.iter_rows(named=True)
    ]


def opening(lines: Sequence[ClauseLine]) -> str:
    """How many clauses are carried, approached, without a figure."""
    counts = {standing: len(kept(lines, standing)) for standing in STANDINGS}
    told = [
        _count(counts[CARRIED], "est portée par un indicateur", "sont portées par un indicateur"),
        _count(counts[APPROACHED], "est seulement approchée", "sont seulement approchées"),
        _count(counts[UNMEASURED], "n'a pas de chiffre", "n'ont pas de chiffre"),
        _count(counts[SILENT], "n'est pas encore dans la grille", "ne sont pas encore dans la grille"),
    ]
    why = " : cette page dit pourquoi" if counts[UNMEASURED] else ""
    return f"Sur les {numbers.number(len(lines))} clauses du cahier des charges, {numbers.listed(filter(None, told))}{why}."


def _count(count: int, one: str, several: str) -> str:
    return f"{numbers.number(count)} {one if count == 1 else several}" if count else ""


def kept(lines: Sequence[ClauseLine], standing: str) -> list[ClauseLine]:
    """The clauses of one standing; all of them when none is asked for."""
    return [line for line in lines if standing in ("", line.standing)]


def by_part(lines: Sequence[ClauseLine]) -> dict[str, list[ClauseLine]]:
    """Clauses under the title of their part, in the specification's order."""
    grouped = {code: [line for line in lines if line.part == code] for code in PARTS}
    return {PARTS[code]: each for code, each in grouped.items() if each}


def table(lines: Sequence[ClauseLine], selection: Selection) -> Table:
    """The same, as a table to download."""
    rows = tuple(
        (
            line.id,
            line.text,
            capitalised(ONE_STANDING[line.standing]),
            " ; ".join(each.sentence for each in line.evidence),
            line.reason,
        )
        for line in lines
    )
    header = ("Clause", "Texte", "Dans la grille", "Ce qui en témoigne", "Pourquoi sans chiffre")
    return Table(f"Clauses du cahier des charges, {selection.unit.nom}, {selection.period.name}", header, rows)
