"""Whether a catalogue of equivalences holds together: its measures exist, and only what adds up stands in for a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grids.kinds import ADDED_UP
from grids.model import Grid, Indicator, Measure
from grids.register import network_codes
from grids.wording import is_placeholder

if TYPE_CHECKING:
    from grids.equivalences import Catalogue, Equivalence, OwnIndicator

STANDING_IN = ("identique", "proche")
"""The degrees that may stand in for a question, the stronger first."""
FRAMEWORKS = ("cep", "qualiopi")
"""Sources that are no network: read side by side with the grid, never counted."""
Trail = tuple[str | int, ...]
Fault = tuple[Trail, str, str]
"""The words of the file that lead to the place, what is wrong, what to do."""


def find_measure(grid: Grid, name: str) -> tuple[Indicator | None, Measure | None]:
    """The indicator and the measure that "OR02.rendue" names; "AM06" names an indicator alone. None for what is missing."""
    code, _, measure = name.partition(".")
    indicator = grid.indicators.get(code)
    return indicator, indicator.measures.get(measure) if indicator else None


def catalogue_faults(catalogue: Catalogue, judged: Grid, stem: str) -> Iterator[Fault]:
    """Everything in a catalogue that cannot be. `judged`: the version it was judged on; `stem`: the name of its file."""
    known = (*network_codes(), *FRAMEWORKS)
    if catalogue.source not in known:
        yield (
            ("source",),
            f"« {catalogue.source} » n'est ni un réseau du registre, ni un référentiel connu.",
            f"Sources connues : {', '.join(known)}.",
        )
    if catalogue.source != stem:
        yield ("source",), f"Ce fichier dit « {catalogue.source} ».", "Son nom est celui de sa source."
    codes = Counter(each.code for each in catalogue.indicators)
    for rank, indicator in enumerate(catalogue.indicators):
        trail = ("indicateurs", rank)
        if codes[indicator.code] > 1:
            yield (*trail, "code"), f"« {indicator.code} » est décrit deux fois.", "Gardez une seule description."
        yield from _text_faults(indicator, trail)
        for position, each in enumerate(indicator.equivalences):
            yield from _equivalence_faults(catalogue, judged, each, (*trail, "equivalences", position))
        yield from _repeated(indicator.equivalences, trail)
    yield from _rivals(catalogue)


def _text_faults(indicator: OwnIndicator, trail: Trail) -> Iterator[Fault]:
    texts = {
        "libelle": indicator.label, "definition": indicator.definition, "origine": indicator.origin,
        "perimetre": indicator.perimeter, "periode": indicator.period, "unite": indicator.unit,
    }  # fmt: skip
    places = [((*trail, word), text) for word, text in texts.items() if (word, text) != ("unite", "%")]
    places += [
        ((*trail, "equivalences", rank, "raison"), each.reason) for rank, each in enumerate(indicator.equivalences)
    ]
    for place, text in places:
        if is_placeholder(text):
            yield place, f"« {text} » ne dit encore rien.", "Écrivez le texte, ou retirez l'indicateur."


def _equivalence_faults(catalogue: Catalogue, judged: Grid, each: Equivalence, trail: Trail) -> Iterator[Fault]:
    indicator, measure = find_measure(judged, each.measure)
    if measure is None and (indicator is None or indicator.measures or "." in each.measure):
        yield (
            (*trail, "mesure"),
            f"« {each.measure} » n'est pas une mesure de la grille {judged.version}.",
            _measures_nearby(indicator, each.measure),
        )
        return
    categories = _categories(measure)
    if each.category and each.category not in categories:
        yield (
            (*trail, "categorie"),
            f"« {each.category} » n'est pas un chiffre de la mesure « {each.measure} ».",
            f"Écrivez l'un de ceux-ci : {', '.join(categories)}." if categories else "Retirez « categorie ».",
        )
    if each.stands_in and (fault := _standing_fault(catalogue, each, indicator, measure)):
        yield ((*trail, "remplace"), *fault)


def _measures_nearby(indicator: Indicator | None, name: str) -> str:
    if indicator is None:
        return "Écrivez l'identifiant de l'indicateur, un point, le nom de la mesure : « OR02.rendue »."
    code = name.partition(".")[0]
    named = [f"{code}.{each}" for each in indicator.measures] or [code]
    return f"Mesures de cet indicateur : {', '.join(named)}."


def _categories(measure: Measure | None) -> tuple[str, ...]:
    if measure is None:
        return ()
    quantiles = (f"p{round(100 * each)}" for each in measure.quantiles)
    return (*quantiles, *measure.categories, *(["favorable"] if measure.favorable else []), *measure.items)


def _standing_fault(
    catalogue: Catalogue, each: Equivalence, indicator: Indicator | None, measure: Measure | None
) -> tuple[str, str] | None:
    """Why an indicator cannot stand in for a measure, or None."""
    if catalogue.source in FRAMEWORKS:
        return "Un référentiel ne livre pas de valeurs : il ne remplace aucune question.", "Mettez remplace: false."
    if each.degree not in STANDING_IN:
        return (
            f"Une équivalence « {each.degree} » ne remplace pas une question.",
            f"Mettez remplace: false, ou justifiez un degré {' ou '.join(STANDING_IN)}.",
        )
    if measure is None or indicator is None or indicator.pending or measure.pending:
        return (
            f"« {each.measure} » n'est pas encore mesurée : rien ne peut prendre sa place.",
            "Mettez remplace: false, ou dites « par_equivalence: true » dans la grille au lieu de « pas_encore ».",
        )
    if measure.kind not in ADDED_UP or measure.breakdowns or each.category:
        return (
            f"« {each.measure} » ne s'additionne pas d'un lieu à l'autre (genre « {measure.kind} »).",
            f"Mettez remplace: false ; seuls s'additionnent, entiers : {', '.join(ADDED_UP)}.",
        )
    return None


def _repeated(equivalences: Sequence[Equivalence], trail: Trail) -> Iterator[Fault]:
    named = Counter(each.measure for each in equivalences)
    for rank, each in enumerate(equivalences):
        if named[each.measure] > 1:
            yield (
                (*trail, "equivalences", rank, "mesure"),
                f"« {each.measure} » est jugée deux fois pour le même indicateur.",
                "Gardez un seul degré, et dites la nuance dans « raison ».",
            )


def _rivals(catalogue: Catalogue) -> Iterator[Fault]:
    """Two indicators of a network cannot both stand in for one measure."""
    first: dict[str, str] = {}
    for rank, indicator in enumerate(catalogue.indicators):
        for position, each in enumerate(indicator.equivalences):
            if each.stands_in and first.setdefault(each.measure, indicator.code) != indicator.code:
                yield (
                    ("indicateurs", rank, "equivalences", position, "remplace"),
                    f"« {first[each.measure]} » remplace déjà « {each.measure} ».",
                    "Choisissez lequel des deux indicateurs prend la place de la question.",
                )
