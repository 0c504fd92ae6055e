"""Whether a mapping holds together: its codes are the contract's, its questions the grid's, each heading has one fate."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grids.contract import Column, allowed_values, load_contract
from grids.errors import GridError
from grids.load import load_grid
from grids.model import Grid
from grids.partner_questions import ABOUT, question_and_partner
from grids.versions import load_versions

if TYPE_CHECKING:
    from grids.network import Delivery, Mapping, Source

Fault = tuple[str, str, str]
"""Where, what is wrong, what to do."""

_DATED = ("mois", "date")
_CODED = ("code", "ensemble", "booleen")


def check_mapping(mapping: Mapping, networks: tuple[str, ...], path: Path) -> None:
    """Raise GridError, with the place, for the first thing that cannot be. `networks`: the codes of the register."""
    for delivery in mapping.deliveries:
        for place, sentence, remedy in _faults(delivery, networks):
            raise GridError(sentence, place=f"{path.name} (livraisons › {delivery.id} › {place})", remedy=remedy)


def _faults(delivery: Delivery, networks: tuple[str, ...]) -> Iterator[Fault]:
    contract = load_contract(delivery.table)
    for name, source in delivery.columns.items():
        column = contract.column(name)
        if column is not None:
            yield from _column_faults(column, source, networks)
    for name, code in delivery.constants.items():
        column = contract.column(name)
        if column is not None and column.type in _CODED:
            yield from _unknown_codes(f"constantes › {name}", [code], allowed_values(column, networks))
    yield from _question_faults(delivery, networks)
    yield from _fate_faults(delivery)


def _column_faults(column: Column, source: Source, networks: tuple[str, ...]) -> Iterator[Fault]:
    place = f"colonnes › {column.name}"
    if column.type in _CODED:
        yield from _unknown_codes(place, source.values.values(), allowed_values(column, networks))
    elif source.values:
        yield place, f"« {column.name} » n'est pas une liste de codes : elle n'a pas de « valeurs ».", "Retirez-les."
    if (column.type in _DATED or source.working_days) and not source.date:
        yield place, "Il manque la forme des dates.", "Ajoutez par exemple date: « JJ/MM/AAAA »."


def _unknown_codes(place: str, codes: Collection[str], known: tuple[str, ...]) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            yield place, f"« {code} » n'est pas un code du contrat.", f"Codes connus : {', '.join(known)}."


def _question_faults(delivery: Delivery, networks: tuple[str, ...]) -> Iterator[Fault]:
    asked = delivery.questions or delivery.comments
    if not asked:
        return
    grid = _grid(delivery)
    if grid is None:
        told = ", ".join(record.version for record in load_versions())
        yield "constantes", "La version de grille posée n'est pas dite, ou n'existe pas.", f"Versions connues : {told}."
        return
    for key, source in delivery.questions.items():
        place, (question, partner) = f"questions › {key}", question_and_partner(key)
        if question not in grid.questions:
            yield (
                place,
                f"« {question} » n'est pas une question de la grille.",
                f"Questions : {', '.join(grid.questions)}.",
            )
            return
        told_beside = "partenaire" in {*delivery.columns, *delivery.constants}
        if fault := _partner_fault(question, partner, grid, networks, told_beside=told_beside):
            yield place, *fault
        scale = grid.scale_of(question)
        yield from _unknown_codes(place, source.values.values(), (*scale.values, *scale.outside))


def _partner_fault(
    question: str, partner: str, grid: Grid, networks: tuple[str, ...], *, told_beside: bool
) -> tuple[str, str] | None:
    """What is wrong with the partner network that a question is asked about. `told_beside`: by a column of the file."""
    by_partner = grid.questions[question].by_partner
    if partner and not by_partner:
        return f"« {question} » ne se pose pas pour chaque réseau partenaire.", f"Écrivez « {question} » tout court."
    if partner and partner not in networks:
        return f"« {partner} » n'est pas un réseau du registre.", f"Réseaux connus : {', '.join(networks)}."
    if by_partner and not partner and not told_beside:
        return (
            f"« {question} » se pose une fois pour chaque réseau partenaire : on ne sait pas duquel il s'agit.",
            f"Écrivez une ligne pour chacun, par exemple « {question}{ABOUT}{networks[0]} ».",
        )
    return None


def _grid(delivery: Delivery) -> Grid | None:
    """The grid that the questions of a delivery are asked under, or None."""
    version = delivery.constants.get("version", "")
    if version not in {record.version for record in load_versions()}:
        return None
    grid = _asked_under(version)
    return grid if delivery.constants.get("grille") == grid.id else None


@cache
def _asked_under(version: str) -> Grid:
    return load_grid(version)


def _fate_faults(delivery: Delivery) -> Iterator[Fault]:
    kept = set(delivery.kept_headings)
    for place, headings in (("a_retirer", delivery.removed), ("ignorer", delivery.ignored)):
        for heading in headings:
            if heading in kept:
                yield place, f"« {heading} » est aussi lue : une colonne a un seul sort.", "Gardez l'un des deux."
    for heading in set(delivery.removed) & set(delivery.ignored):
        yield "ignorer", f"« {heading} » est aussi à retirer.", "Gardez « a_retirer »."
