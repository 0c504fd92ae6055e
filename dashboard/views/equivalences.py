"""The networks' own indicators beside the measures of the grid: both definitions, how near they are, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.text import numbers
from dashboard.views.tables import Table
from grids.model import Grid

RULE = (
    "Seule une définition identique ou proche peut remplacer une question ; le chiffre dit alors laquelle. "
    "Une définition partielle ou incompatible se lit à côté, jamais à la place."
)
DEGREES = {
    "identique": ("identique", "identiques"),
    "proche": ("proche", "proches"),
    "partielle": ("partiel", "partiels"),
    "incompatible": ("incompatible", "incompatibles"),
}
_GONE = "Cette mesure n'est pas dans cette version."


@dataclass(frozen=True)
class Nearness:
    """A measure of the grid that a network's own indicator is set beside."""

    measure: str
    label: str
    definition: str
    degree: str
    stands_in: bool
    reason: str


@dataclass(frozen=True)
class OwnIndicator:
    """An indicator that a source already has, as it defines it."""

    source: str
    code: str
    label: str
    definition: str
    scope: str
    period: str
    near: tuple[Nearness, ...]


def own_indicators(frame: pl.DataFrame, grid: Grid) -> list[OwnIndicator]:
    """From queries.grid.equivalences, beside the measures of `grid`; source by source."""
    groups = frame.partition_by("source", "indicateur_source", maintain_order=True)
    return [_own(rows.row(0, named=True), rows, grid) for rows in groups]


def _own(first: dict[str, Any], rows: pl.DataFrame, grid: Grid) -> OwnIndicator:
    return OwnIndicator(
        first["source_libelle"],
        first["indicateur_source"],
        first["libelle"],
        first["definition"],
        first["perimetre"],
        first["periode"],
        tuple(_near(row, grid) for row in rows.iter_rows(named=True)),
    )


def _near(row: dict[str, Any], grid: Grid) -> Nearness:
    indicator, _, name = row["mesure"].partition(".")
    measure = grid.indicators[indicator].measures.get(name) if indicator in grid.indicators else None
    label, definition = (measure.label, measure.definition) if measure else ("", _GONE)
    return Nearness(row["mesure"], label, definition, DEGREES[row["degre"]][0], row["remplace"], row["raison"])


def sentence(frame: pl.DataFrame) -> str:
    """How many comparisons, how near, how many stand in for a question."""
    if not frame.height:
        return "Aucun réseau n'a encore décrit ses propres indicateurs."
    counts = {names: frame.filter(degre=degree).height for degree, names in DEGREES.items()}
    told = numbers.listed(f"{count} {names[count > 1]}" for names, count in counts.items() if count)
    standing_in = frame.filter("remplace").height
    verb = "remplacent" if standing_in > 1 else "remplace"
    replaced = f"{numbers.spelled(standing_in) if standing_in else 'aucun ne'} {verb} une question"
    plural = "s" if frame.height > 1 else ""
    return f"{numbers.number(frame.height)} rapprochement{plural} : {told} ; {replaced}."


def of_network(frame: pl.DataFrame, code: str) -> pl.DataFrame:
    """The rows about the indicators that a network itself has, from queries.grid.equivalences."""
    return frame.filter(source=code)


def network_sentence(frame: pl.DataFrame, network: str) -> str:
    """How many of a network's own indicators are set beside the grid, and whether they spare it a question."""
    if not frame.height:
        return f"{network} n'a encore décrit aucun indicateur à lui : tout ce que la grille demande lui est demandé."
    count = frame["indicateur_source"].n_unique()
    indicators = f"{numbers.spelled(count)} indicateur{'s' if count > 1 else ''}"
    replaced = frame.filter("remplace")["mesure"].n_unique()
    if not replaced:
        return f"{network} mesure déjà {indicators} que la grille reconnaît ; aucun ne remplace encore une question."
    questions = f"{numbers.spelled(replaced, feminine=True)} question{'s' if replaced > 1 else ''}"
    return f"{network} mesure déjà {indicators} que la grille reconnaît ; {questions} de moins à poser."


def table(found: list[OwnIndicator]) -> Table:
    """The same, as a table to download."""
    header = (
        "Source", "Indicateur", "Sa définition", "Périmètre", "Période", "Mesure de la grille", "Sa définition dans la grille",
        "Degré", "Remplace la question", "Pourquoi",
    )  # fmt: skip
    return Table("Indicateurs des réseaux et mesures de la grille", header, tuple(_rows(found)))


def _rows(found: list[OwnIndicator]) -> Iterator[tuple[str, ...]]:
    for own in found:
        for near in own.near:
            yield (
                own.source,
                f"{own.code} : {own.label}",
                own.definition,
                own.scope,
                own.period,
                f"{near.measure} : {near.label}".removesuffix(" : "),
                near.definition,
                near.degree,
                "oui" if near.stands_in else "non",
                near.reason,
            )
