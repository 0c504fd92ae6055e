"""Sentences on the model: a fact, how solid it is, a question. No verdict: values are only set side by side."""

from __future__ import annotations

from dashboard.selection import Period, Unit
from dashboard.text import numbers, words
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views import figures, kinds
from dashboard.views.edition import unit_in_words
from dashboard.views.measures import DISTRIBUTION, NINTH_DECILE, QUANTILES, SHARE, Category, Measure
from dashboard.views.values import Value, Values

HIDDEN = (
    "Ce résultat n'est pas montré, pour qu'on ne puisse reconnaître personne. "
    "Cela ne dit rien de bon ni de mauvais sur l'accueil."
)
_WHO = "Personnes qui "
_FEMININE = ("personnes", "demandes", "réponses", "structures", "orientations")


def measure_sentence(measure: Measure, values: Values, unit: Unit, period: Period) -> str:
    """What the measure says of a unit in a period, in one sentence."""
    if measure.headline is None:
        return _distribution_sentence(measure, values, unit, period)
    value = values.headline(measure, unit, period)
    if not value.shown:
        return unshown_sentence(value)
    if measure.genre == QUANTILES:
        aggregation = values.aggregation(measure, unit, period)
        return _delay_sentence(measure, value, values.get(measure, unit, period, NINTH_DECILE, aggregation))
    if value.valeur is None:
        return f"{measure.libelle} : {figures.figure(value, measure.shown_unit)}."
    told = kinds.told(measure, value, values, unit, period)
    return f"{measure.libelle} : {told}." if told else _share_sentence(measure, value.valeur)


def unshown_sentence(value: Value) -> str:
    """Why there is no figure, without saying more than may be said."""
    if value.raison and value.told:
        return f"Pas de chiffre : {words.REASONS[value.raison]}."
    if value.etat == "masque":
        return HIDDEN
    if value.etat == "sans_objet":
        return "Sans objet : cette mesure ne s'applique pas ici."
    return "Aucune donnée dans cette édition pour ce territoire et cette période."


def _share_sentence(measure: Measure, percent: int) -> str:
    if measure.genre == SHARE and measure.fait_d_organisation:
        return f"{measure.libelle} : {numbers.percent(percent)} des structures."
    if measure.genre == DISTRIBUTION:
        answers = numbers.listed(f"« {category.libelle} »" for category in measure.categories if category.favorable)
        answers = answers.replace(" et ", " ou ")
        if measure.fait_d_organisation:
            return f"{measure.libelle} : {answers}, pour {numbers.percent(percent)} des structures."
        return f"{measure.libelle} : {answers}, pour {numbers.spoken_part(percent, 'réponses')}."
    if measure.libelle.startswith(_WHO):
        return f"{capitalised(numbers.spoken_part(percent, 'personnes'))} {measure.libelle.removeprefix(_WHO)}."
    feminine = measure.libelle.split()[0].casefold() in _FEMININE
    return f"{measure.libelle} : {numbers.spoken_part(percent, feminine=feminine)}."


def _delay_sentence(measure: Measure, median: Value, ninth: Value) -> str:
    half = f"{_or_less(median, measure.unite)} une fois sur deux"
    if not ninth.shown:
        return f"{measure.libelle} : {half}."
    if ninth.valeur is None:
        return f"{measure.libelle} : {half} ; pour une fois sur dix, {figures.span(ninth, measure.unite)}."
    return f"{measure.libelle} : {half}, {_or_less(ninth, measure.unite)} neuf fois sur dix."


def _or_less(value: Value, unit: str) -> str:
    if value.valeur is None:
        return figures.figure(value, unit)
    return f"{figures.amount(value.valeur, unit)} ou moins"


def _distribution_sentence(measure: Measure, values: Values, unit: Unit, period: Period) -> str:
    how = values.aggregation(measure, unit, period)
    cells = [(category, values.get(measure, unit, period, category.code, how)) for category in measure.categories]
    pointed = [(category, cell.valeur) for category, cell in cells if cell.shown and cell.valeur is not None]
    if not pointed:
        return unshown_sentence(cells[0][1]) if cells and not cells[0][1].shown else "Pas de chiffre à donner."
    if any(cell.raison for _, cell in cells):
        # The answer without a point could be the most frequent of all.
        return f"{measure.libelle} : une des réponses n'a pas de chiffre ; le tableau donne les autres."
    ordered = sorted(pointed, key=lambda pair: -pair[1])
    return f"{measure.libelle} : {_frequent(*ordered[:2])}."


def _frequent(first: tuple[Category, int], second: tuple[Category, int] | None = None) -> str:
    text = f"le plus souvent « {first[0].libelle} » ({numbers.percent(first[1])})"
    if second is None:
        return text
    return f"{text}, puis « {second[0].libelle} » ({numbers.percent(second[1])})"


def two_views_sentence(indicator: str, label: str, said: Value, noted: Value) -> str:
    """What people say beside what teams note: the gap is a question. Empty when one of the two is not shown."""
    if said.valeur is None or noted.valeur is None:
        return ""
    gap = abs(said.valeur - noted.valeur)
    points = f"{numbers.number(gap)} point{'s' if gap > 1 else ''}"
    seen = f"Ce que les équipes notent : {uncapitalised(label)}, {numbers.percent(noted.valeur)}."
    question = f"que mettons-nous derrière « {uncapitalised(indicator)} » ?"
    return f"{seen} {capitalised(points)} d'écart avec ce que disent les personnes : {question}"


def place(unit: Unit, period: Period) -> str:
    """« En 2025, en Bretagne »."""
    return f"{capitalised(period.within)}, {unit_in_words(unit)}"
