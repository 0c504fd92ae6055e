"""« Comment c'est calculé »: where a figure comes from, and what can distort it."""

from __future__ import annotations

from dashboard.text import words
from dashboard.text.typography import capitalised
from dashboard.views.edition import Edition
from dashboard.views.measures import DISTRIBUTION, QUANTILES, Measure
from dashboard.views.values import Value

READING = {
    "comparison": (
        "Chaque marque est une valeur ; la bande est sa fourchette de variation due au hasard. "
        "Deux bandes qui se recouvrent ne permettent pas de dire que les valeurs diffèrent. "
        "Les territoires sont rangés par nom, la région d'abord : ce n'est pas un classement. "
        "¹ signale une part des accueils, là où la moyenne des structures n'est pas diffusée. "
        "Une marque creuse signale un effectif faible ; "
        "une bande sans marque, une fourchette trop large pour donner un chiffre."
    ),
    "timeline": (
        "Chaque marque est un trimestre ; la bande est sa fourchette de variation due au hasard. "
        "Une marque creuse signale un effectif faible. Un trou dans la ligne est un trimestre non diffusé : "
        "il n'est pas relié, et ne vaut pas zéro."
    ),
    "distribution": (
        "Chaque barre montre comment les réponses se répartissent ; le tableau donne les fourchettes. "
        "¹ signale une part des accueils, là où la moyenne des structures n'est pas diffusée. "
        "Des hachures signalent un effectif faible. "
        "Une barre absente est un résultat non diffusé, ou dont une part n'a pas de chiffre : elle ne vaut pas zéro. "
        "Une réponse trop rare pour un chiffre (« moins de 15 % ») n'est pas dessinée. "
        "Les arrondis peuvent faire une somme de 99 ou 101 %."
    ),
}


def origin(measure: Measure, value: Value, edition: Edition) -> list[tuple[str, str]]:
    """Term and words, in the order in which a reader asks."""
    rows = [
        ("Définition", measure.definition),
        ("Qui est compté", capitalised(measure.base_libelle) + "."),
        ("D'où vient ce chiffre", words.NATURES.get(measure.nature, measure.nature) + "."),
        ("Sens de lecture", words.SENSES[measure.sens]),
        ("Deux façons de compter", _aggregations()),
        ("Ce qui peut fausser ce chiffre", measure.detournement or "Rien de connu à ce jour."),
    ]
    if value.taux_reponse_classe:
        rows.append(("Renseignement", capitalised(words.ANSWER_RATES[value.taux_reponse_classe]) + "."))
    rows += [("Clause " + clause.id, clause.texte + ".") for clause in measure.clauses]
    rows.append(("Grille et édition", f"Grille {measure.version}, mesure {measure.id}, édition {edition.release_id}."))
    return rows


def _aggregations() -> str:
    return capitalised("; ".join(words.AGGREGATION_MEANINGS.values()).replace("; ", " ; ") + ".")


def reading_keys(measure: Measure) -> tuple[str, ...]:
    """Which of the READING texts go with a measure's charts."""
    if measure.genre == DISTRIBUTION:
        return ("distribution", "timeline") if measure.headline else ("distribution",)
    return ("comparison", "timeline")


def delay_note(measure: Measure) -> str:
    """How to read the two marks of a delay; empty for other measures."""
    if measure.genre != QUANTILES:
        return ""
    return (
        "La marque est l'attente une fois sur deux ; le petit trait vertical, l'attente neuf fois sur dix ; "
        "un triangle, « au moins » ce nombre de jours."
    )
