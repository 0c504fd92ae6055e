"""The kinds of measure, and the words that each needs: a measure that lacks one, or says one that means nothing, is refused."""

from __future__ import annotations

from collections.abc import Iterator

from grids.model import Kind, Measure

NEEDS: dict[Kind, tuple[str, ...]] = {
    "part": ("compte",),
    "repartition": ("valeur", "categories"),
    "quantiles": ("valeur", "quantiles"),
    "ecart": ("de", "quantile", "groupe", "contre"),
    "diversite": ("valeur", "part_minimale"),
    "gain": ("avant", "apres"),
    "indice": ("items",),
    "rapport_de_sommes": ("somme",),
}
"""What each kind cannot do without, in the grid's words."""

ADDED_UP: tuple[Kind, ...] = ("part", "rapport_de_sommes")
"""The kinds whose figures of several places make that of them all, once each is known with its base: a median does not."""

_ALSO: dict[Kind, tuple[str, ...]] = {
    "part": ("ventilations",),
    "repartition": ("favorables",),
    "diversite": ("proposes",),
}
_WORDS = {
    "compte": "counted", "valeur": "value", "categories": "categories", "quantiles": "quantiles", "de": "of",
    "quantile": "quantile", "groupe": "group", "contre": "against", "part_minimale": "smallest_share",
    "proposes": "offered", "avant": "before", "apres": "after", "items": "items", "somme": "total",
    "ventilations": "breakdowns", "favorables": "favorable",
}  # fmt: skip


def complaints(measure: Measure) -> Iterator[tuple[str, str]]:
    """What is wrong with the words of a measure for its kind: the sentence, and what to do."""
    said = {word for word, name in _WORDS.items() if getattr(measure, name)}
    if measure.by_equivalence:
        yield from _told_by_others(measure, said)
        return
    needed = NEEDS[measure.kind]
    for word in needed:
        if word not in said:
            yield (
                f"Une mesure de genre « {measure.kind} » a besoin de « {word} ».",
                f"Il lui faut : {', '.join(needed)}.",
            )
    for word in sorted(said - {*needed, *_ALSO.get(measure.kind, ())}):
        yield (
            f"« {word} » ne veut rien dire pour une mesure de genre « {measure.kind} ».",
            "Retirez ce mot, ou changez le genre.",
        )
    if any(not 0 < each < 1 for each in measure.quantiles):
        yield "Un quantile est entre 0 et 1, par exemple 0.5 pour la médiane.", "Corrigez « quantiles »."


def _told_by_others(measure: Measure, said: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a measure that only networks' own indicators tell."""
    if measure.kind not in ADDED_UP:
        yield (
            f"Une mesure de genre « {measure.kind} » ne peut pas venir des indicateurs des réseaux.",
            f"Genres possibles : {', '.join(ADDED_UP)}.",
        )
    for word in sorted(said):
        yield (
            f"« {word} » ne veut rien dire pour une mesure dite « par_equivalence » : rien n'est compté ici.",
            "Retirez ce mot, ou « par_equivalence ».",
        )
