"""Kinds of measure that have words of their own: a delay, a gap, a gain, an index, a number of channels."""

from __future__ import annotations

from pipelines.sentences.amounts import amount, more_or_less, point
from pipelines.sentences.beside import labelled
from pipelines.sentences.situation import Category, Cell, Situation
from pipelines.sentences.wording import spelled


def delay(situation: Situation) -> str:
    """« Libellé : 9 jours ouvrés ou moins une fois sur deux en 2025, contre 5 un an plus tôt, et 20 … neuf fois sur dix »."""
    unit, ninth = situation.measure.unit, situation.beside.get("p90")

    def half(cell: Cell, earlier: bool) -> str:
        return str(cell.valeur) if earlier else f"{amount(cell.valeur or 0, unit)} ou moins une fois sur deux"

    told = labelled(situation, half)
    if ninth is None or ninth.valeur is None:
        return told
    return f"{told}, et {amount(ninth.valeur, unit)} ou moins neuf fois sur dix"


def gap(situation: Situation) -> str:
    """« Libellé : 3 jours ouvrés de plus (9 contre 6 jours ouvrés pour les autres) en 2025 »."""
    return _signed(situation, "aucun écart", _two_sides(situation))


def gain(situation: Situation) -> str:
    """« Libellé : 32 points de plus (de 50 % avant à 82 % après) en 2025 »."""
    before, after = (situation.beside.get(code) for code in ("avant", "apres"))
    if before is None or after is None or before.valeur is None or after.valeur is None:
        return _signed(situation, "aucun point de plus")
    return _signed(situation, "aucun point de plus", f" (de {before.valeur} % avant à {after.valeur} % après)")


def index(situation: Situation) -> str:
    """« Libellé : 73 % en moyenne en 2025 ; point faible : « … », 30 % »: an index is always read with its weakest item."""

    def mean(cell: Cell, earlier: bool) -> str:
        return point(cell, situation.measure.unit) + ("" if earlier else " en moyenne")

    told, weakest = labelled(situation, mean), weakest_item(situation)
    return told if weakest is None else f"{told} ; point faible : « {weakest[0].libelle} », {weakest[1]} %"


def weakest_item(situation: Situation) -> tuple[Category, int] | None:
    """The item of an index with the lowest shown share, and that share in percent; None where no item has a point."""
    cells = ((each, situation.beside.get(each.code)) for each in situation.measure.categories)
    pointed = [(each, cell.valeur) for each, cell in cells if cell is not None and cell.valeur is not None]
    return min(pointed, key=lambda pair: pair[1], default=None)


def diversity(situation: Situation) -> str:
    """« Libellé : trois canaux en 2025 ; deux autres sont proposés et peu utilisés »."""
    unit, offered = situation.measure.unit, situation.beside.get("proposes")

    def channels(cell: Cell, earlier: bool) -> str:
        count = cell.valeur or 0
        return spelled(count) if earlier else amount(count, unit).replace(str(count), spelled(count), 1)

    told = labelled(situation, channels)
    if offered is None or not offered.valeur:
        return told
    if offered.valeur == 1:
        return f"{told} ; un autre est proposé et peu utilisé"
    return f"{told} ; {spelled(offered.valeur)} autres sont proposés et peu utilisés"


def _signed(situation: Situation, none: str, beside: str = "") -> str:
    """A difference, `none` if it is 0, with what it is made of `beside` that of now."""
    unit = situation.measure.unit

    def difference(cell: Cell, earlier: bool) -> str:
        told = point(cell, unit) if cell.valeur is None else more_or_less(cell.valeur, unit) if cell.valeur else none
        return told if earlier else told + beside

    return labelled(situation, difference)


def _two_sides(situation: Situation) -> str:
    unit = situation.measure.unit
    group, others = (situation.beside.get(code) for code in ("groupe", "contre"))
    if group is None or others is None or group.valeur is None or others.valeur is None:
        return ""
    if group.valeur == others.valeur:
        return f" ({amount(group.valeur, unit)} pour les uns et les autres)"
    return f" ({group.valeur} contre {amount(others.valeur, unit)} pour les autres)"
