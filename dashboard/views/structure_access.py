"""Whose sheet a reader may open, and what is said to whoever may open none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.access import HEAD_OF_NETWORK, TEAM, Reader
from dashboard.selection import Unit
from dashboard.views.structures import Structure

STRUCTURE = "structure"
"""The URL parameter that names the structure to open."""

NOBODY = (
    "Une fiche se lit d'abord en équipe. Elle s'ouvre pour l'équipe de la structure, et pour le responsable de son réseau "
    "si la structure a accepté d'être nommée ; elle peut revenir sur cet accord. Ni le comité ni la Région n'y ont accès : "
    "ces résultats ne servent pas à comparer les structures par leur nom."
)
_NOT_FOR_ROLE = "Cette page n'est pas ouverte à votre rôle."
_NOT_THIS_ONE = "La structure demandée ne vous est pas ouverte."
_NONE_AGREED = (
    "Aucune structure de votre réseau ne peut, à ce jour, être nommée : ou bien aucune ne l'a accepté, ou bien une ou deux "
    "seulement ne l'ont pas accepté, et leurs chiffres se déduiraient de ceux des autres."
)
_UNKNOWN_TEAM = "Votre structure n'est pas dans cette édition."


@dataclass(frozen=True)
class Opened:
    """The structure to show, None with a `refusal` in its place; `names`: those that this reader may choose among, by id."""

    structure: Unit | None
    refusal: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


def opened(reader: Reader, named: Sequence[Structure], asked: str) -> Opened:
    """What a reader opens among the structures that he sees by name; the first of them when none is asked for.

    A structure that is asked for and not among them is refused: no other is shown in its place.
    """
    if reader.role not in (TEAM, HEAD_OF_NETWORK):
        return Opened(None, _NOT_FOR_ROLE)
    if not named:
        return Opened(None, _UNKNOWN_TEAM if reader.role == TEAM else _NONE_AGREED)
    names = {each.id: each.nom for each in named}
    chosen = next((each for each in named if each.id == asked), None if asked else named[0])
    if chosen is None:
        return Opened(None, _NOT_THIS_ONE, names)
    return Opened(chosen.unit, names=names)
