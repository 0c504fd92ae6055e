"""The second sentence: how far the figure can be trusted. Never a count, never a judgement of a structure."""

from __future__ import annotations

from pipelines.rounding import LEAST_IN_BAND
from pipelines.sentences.amounts import amount, span
from pipelines.sentences.situation import TOO_FEW, TOO_WIDE, Cell, Situation
from pipelines.sentences.variations import variation
from pipelines.sentences.wording import capitalised
from pipelines.statistics.missing_answers import missing_answers, needed_for_width

WIDEST = 0.40
"""Width of a range from which no point is given (methods 1.5)."""

_PLACES = {"structure": "la structure", "reseau": "le réseau", "departement": "le département", "region": "la région"}
_ASSURANCES = {
    "atteinte": "est tenu de façon régulière",
    "non_atteinte": "n'est pas tenu, variation habituelle comprise",
    "variable": "est tenu certaines fois seulement",
}
_NOT_ENOUGH = "cette période ne suffit pas pour répondre"


def solidity(situation: Situation) -> str:
    """One French sentence with plain spaces: state, range and variation of a situation."""
    return f"{capitalised(_unshown(situation) or _shown(situation))}."


def _unshown(situation: Situation) -> str:
    """What there is to say where no figure is; empty where there is one."""
    cell = situation.cell
    if cell.etat == "sans_objet":
        return "ce n'est pas un zéro"
    if not cell.shown:
        return f"cela ne dit rien de bon ni de mauvais sur {_PLACES[situation.niveau]}"
    if cell.raison == TOO_FEW:
        return "les réponses données ne disent pas ce qu'auraient dit les autres"
    return _missing(situation) if cell.raison == TOO_WIDE else ""


def _missing(situation: Situation) -> str:
    """What a range that is too wide lacks: about so many answers, but never a number of receptions."""
    if situation.aggregation == "moyenne_structures":
        return "les structures diffèrent trop entre elles pour qu'un seul chiffre les dise"
    if situation.measure.base_table != "reponses" or situation.measure.unit != "%":
        return _NOT_ENOUGH
    missing = _missing_answers(situation.cell)
    return f"il manque environ {missing} réponses pour répondre" if missing else _NOT_ENOUGH


def _missing_answers(cell: Cell) -> int | None:
    """From the lower bound of the band to the size at which a share in the middle of the range would get a point."""
    if cell.basse is None or cell.haute is None or cell.assise is None:
        return None
    middle = (cell.basse + cell.haute) / 200
    return missing_answers(LEAST_IN_BAND[cell.assise], needed_for_width(middle, WIDEST))


def _shown(situation: Situation) -> str:
    return _with_range(situation, variation(situation)) + _threshold(situation) + _provenance(situation.cell)


def _with_range(situation: Situation, told: str) -> str:
    cell, measure = situation.cell, situation.measure
    if measure.headline is None and not measure.is_fact:
        return f"effectif faible : à lire avec les fourchettes ; {told}" if cell.etat == "prudence" else told
    if cell.is_bound:
        return f"presque toutes les réponses vont dans le même sens et seule cette limite en est donnée ; {told}"
    spread = _spread(cell, measure.unit)
    if cell.etat == "prudence":
        return f"effectif faible : à lire avec sa fourchette{f', {spread}' if spread else ''} ; {told}"
    return f"{told} (fourchette {spread})" if spread else f"{told}, sans fourchette"


def _spread(cell: Cell, unit: str) -> str:
    if cell.basse is not None and cell.haute is None:
        return f"à partir de {amount(cell.basse, unit)}, sans limite haute"
    spread = span(cell, unit)
    return f"resserrée sur {spread}" if spread and cell.basse == cell.haute else spread


def _threshold(situation: Situation) -> str:
    """What is said of the grid's own mark, where it sets one."""
    line, mark = situation.line, situation.measure.threshold
    if line is None or line.assurance is None or mark is None:
        return ""
    return f" ; le repère de {amount(mark, situation.measure.unit)} {_ASSURANCES[line.assurance]}"


def _provenance(cell: Cell) -> str:
    return " ; comprend l'indicateur d'un réseau, de définition proche" if cell.provenance == "proche" else ""
