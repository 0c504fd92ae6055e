"""The first sentence: the figure, what it counts, what it was a year before; or why there is no figure."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.sentences.amounts import point, span
from pipelines.sentences.beside import AGO, change, counted, grain, labelled
from pipelines.sentences.descriptions import answer_of_a_structure, most_frequent
from pipelines.sentences.kinds import delay, diversity, gain, gap, index
from pipelines.sentences.nouns import predicate
from pipelines.sentences.situation import TOO_FEW, Cell, Situation
from pipelines.sentences.wording import capitalised, within

HIDDEN = "Ce résultat n'est pas montré, pour qu'on ne puisse reconnaître personne."
NOT_APPLICABLE = "Cette mesure ne s'applique pas ici sur cette période."


def fact(situation: Situation) -> str:
    """One French sentence with plain spaces: the figure of a situation, or why there is none."""
    cell = situation.cell
    if cell.etat == "sans_objet":
        return NOT_APPLICABLE
    if not cell.shown:
        return HIDDEN
    if cell.raison:
        return _without_a_point(situation)
    return f"{capitalised(_TOLD[situation.measure.genre](situation))}."


def _without_a_point(situation: Situation) -> str:
    """The range alone (methods 1.5), or too many questions left unanswered."""
    label, when = situation.measure.label, within(situation.step, situation.start)
    if situation.cell.raison == TOO_FEW:
        return f"{label} : trop de réponses manquent {when} pour donner un chiffre."
    spread = span(situation.cell, situation.measure.unit)
    return f"{label} : {spread} {when}, ce qui est trop large pour donner un chiffre."


def _share(situation: Situation) -> str:
    measure = situation.measure
    if measure.is_fact and situation.is_structure:
        return labelled(situation, _yes_or_no)
    if predicate(measure.label) is None:
        return labelled(situation, lambda cell, earlier: counted(situation, cell, earlier)) + _base(situation)
    return _sentence(situation)


def _sentence(situation: Situation) -> str:
    """« En 2025, quatre personnes sur cinq disent … ; c'était trois sur quatre un an plus tôt »."""
    unit, (noun, rest) = situation.measure.unit, predicate(situation.measure.label) or (situation.measure.noun, "")
    now, before = grain(situation, before_a_plural_verb=True)
    subject = now.before_a_plural_verb(noun) if now else f"{point(situation.cell, unit)} {noun.of_many}"
    was = before.bare(noun) if before else point(situation.before, unit)
    changed = change(situation, f" ; c'était {was} {AGO}")
    return f"{within(situation.step, situation.start)}, {subject} {rest}{changed}"


def _distribution(situation: Situation) -> str:
    measure = situation.measure
    if measure.is_fact and situation.is_structure:
        return answer_of_a_structure(situation)
    if measure.headline is None:
        return most_frequent(situation)
    answers = " ou ".join(f"« {each.libelle} »" for each in measure.categories if each.favorable)
    return labelled(situation, lambda cell, earlier: counted(situation, cell, earlier), before=f"{answers}, pour ")


def _yes_or_no(cell: Cell, _earlier: bool) -> str:
    return "« oui »" if cell.valeur else "« non »"


def _base(situation: Situation) -> str:
    """« (parmi les accueils où la situation a été analysée) »: whose share it is, when it is not that of all receptions."""
    measure = situation.measure
    of_all = measure.base_table != "accueils" or measure.base_label.startswith("tous les ")
    return "" if of_all else f" (parmi les {measure.base_label})"


_TOLD: dict[str, Callable[[Situation], str]] = {
    "part": _share,
    "rapport_de_sommes": _share,
    "repartition": _distribution,
    "quantiles": delay,
    "ecart": gap,
    "gain": gain,
    "indice": index,
    "diversite": diversity,
}
