"""Answers that are only described: the two that come most often, or the one that a structure gives of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.sentences.beside import AGO, SAME
from pipelines.sentences.fractions import part, parts
from pipelines.sentences.situation import AS_BEFORE, Category, Cell, Situation
from pipelines.sentences.wording import within


def most_frequent(situation: Situation) -> str:
    """« Libellé : en 2025, le plus souvent « … » (six accueils sur dix), puis « … » (un accueil sur quatre) »."""
    cells, when = _cells(situation), within(situation.step, situation.start)
    pointed = [(each, cell.valeur) for each, cell in cells if cell.valeur is not None]
    if not pointed or any(cell.raison for _, cell in cells):
        # The answer without a point could be the most frequent of all.
        return f"{situation.measure.label} : une des réponses n'a pas de chiffre {when}"
    ordered = sorted(pointed, key=lambda pair: -pair[1])
    shares = parts(ordered[0][1], ordered[1][1]) if len(ordered) > 1 else (part(ordered[0][1]),)
    told = [
        f"« {each.libelle} » ({share.counted(situation.measure.noun)})"
        for (each, _), share in zip(ordered, shares, strict=False)
    ]
    return f"{situation.measure.label} : {when}, le plus souvent {', puis '.join(told)}"


def answer_of_a_structure(situation: Situation) -> str:
    """« Libellé : « toujours » en 2025, contre « une partie du temps » un an plus tôt »."""
    categories = situation.measure.categories
    answer, was = (_given(cells, categories) for cells in (situation.beside, situation.beside_before))
    told = f"{situation.measure.label} : {answer} {within(situation.step, situation.start)}"
    if situation.comparison != AS_BEFORE or not was:
        return told
    return told + (SAME if was == answer else f", contre {was} {AGO}")


def _given(cells: Mapping[str, Cell], categories: Sequence[Category]) -> str:
    """The one answer of a structure, between quotes; empty where it is not known."""
    told = (f"« {each.libelle} »" for each in categories if each.code in cells and cells[each.code].valeur == 100)
    return next(told, "")


def _cells(situation: Situation) -> list[tuple[Category, Cell]]:
    known = situation.beside
    return [(each, known[each.code]) for each in situation.measure.categories if each.code in known]
