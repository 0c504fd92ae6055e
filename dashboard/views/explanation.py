"""« Comment c'est calculé »: where a figure comes from, and what can distort it."""

from __future__ import annotations

from dashboard.text import dates, words
from dashboard.text.typography import capitalised
from dashboard.views.catalogue import Indicator
from dashboard.views.edition import Edition
from dashboard.views.figures import amount
from dashboard.views.measures import QUANTILES, Measure
from dashboard.views.values import Value

# What is drawn, how to read one mark, what not to conclude; then the signs that a chart of the kind may bear.
READING = {
    "named_cloud": (
        "Un point est une structure, sans son nom ; une lettre, une structure que vous voyez par son nom, écrit dans la "
        "légende. Les lettres suivent l'ordre des noms : ce n'est pas un classement. En travers, les structures sont rangées "
        "par tranche d'assise ; leur place dans une tranche ne veut rien dire. Seul un triangle, au-delà des tirets, mérite "
        "qu'on en parle ensemble : ce n'est ni une faute ni un mérite."
    ),
    "comparison": (
        "Une ligne par territoire : une marque pour la valeur, une barre pour sa fourchette de variation due au hasard. "
        "Plus la barre est courte, plus la valeur est précise. "
        "Deux barres qui se recouvrent ne permettent pas de dire que les valeurs diffèrent, et l'ordre est celui des noms, "
        "la région d'abord : ce n'est pas un classement. "
        "Signes : une marque creuse, un effectif faible ; une barre sans marque, une fourchette trop large pour donner un "
        "chiffre ; ¹, une part des accueils, là où la moyenne des structures n'est pas diffusée."
    ),
    "timeline": (
        "Une marque par période, et autour d'elle une bande : la fourchette de variation due au hasard. "
        "La hauteur d'une marque est la valeur de la période, la ligne relie celles qui se suivent. "
        "N'en concluez pas une hausse ou une baisse tant que les bandes se recouvrent. "
        "Signes : une marque creuse, un effectif faible ; un trou, une période non diffusée, qui ne vaut pas zéro ; un trait "
        "pointillé, un changement de grille qui laisse la série continue ; un trait plein, un changement de définition : les "
        "deux côtés ne se comparent pas."
    ),
    "trend": (
        "Une marque par période ; le trait plein est le centre, et les tirets, quand il y en a, bornent la variation "
        "habituelle. Une marque d'une autre forme est signalée par une règle, que la légende dit en mots ; la couleur ne "
        "fait que le répéter. Entre les tirets, une hausse ou une baisse d'une période à l'autre ne veut rien dire. "
        "Signes : un trou, une période non diffusée, après laquelle on recompte ; une lettre, ce qui s'est passé, écrit "
        "dessous ; un trait épais, un centre et des limites qui repartent à neuf. L'axe est resserré autour des limites ; "
        "les fourchettes sont dans le tableau."
    ),
    "cloud": (
        "Chaque point est une structure, rangée par tranche d'assise ; les tirets bornent ce que le hasard permet, plus "
        "largement quand l'assise est faible. Seul un triangle, au-delà des tirets larges, mérite qu'on en parle ensemble. "
        "Ce n'est ni une faute ni un mérite, ce n'est pas un classement, et la place d'un point dans la largeur de sa tranche "
        "ne veut rien dire."
    ),
    "fact": (
        "Une ligne par territoire : une marque pour un fait constaté, sans fourchette, car rien n'y vient du hasard. "
        "La place de la marque est la part des structures, ou le nombre, que dit l'axe. "
        "L'ordre est celui des noms, la région d'abord : ce n'est pas un classement."
    ),
    "parts": (
        "Une ligne par item, dans l'ordre de la grille, jamais du plus haut au plus bas. "
        "La marque la plus basse est le point faible : c'est lui qui dit par où commencer. "
        "La moyenne des items ne se lit pas sans lui."
    ),
    "breakdown": (
        "Une ligne par modalité, dans un ordre fixe ; une seule façon de détailler à la fois, jamais deux croisées. "
        "Une marque et sa barre se lisent comme ailleurs : la valeur, et sa fourchette de variation due au hasard. "
        "Ce n'est pas un classement, et deux fourchettes qui se recouvrent ne disent pas que les valeurs diffèrent. "
        "« Ensemble » comprend aussi les personnes dont on ne sait pas la modalité : elles n'ont pas de ligne. "
        "Signes : ¹, une part des accueils, là où la moyenne des structures n'est pas diffusée ; une modalité non diffusée "
        "protège les personnes, et parfois une seconde l'est pour qu'on ne retrouve pas la première."
    ),
    "distribution": (
        "Une barre par ligne, coupée selon les réponses, dans l'ordre du questionnaire. "
        "La longueur d'un morceau est la part de ceux qui ont répondu ainsi ; le chiffre est écrit dedans quand il y tient. "
        "Une barre un peu plus longue qu'une autre ne dit pas que les avis diffèrent : les fourchettes sont dans le tableau. "
        "Signes : des hachures, un effectif faible ; une barre absente, un résultat non diffusé ou dont une part n'a pas de "
        "chiffre, qui ne vaut pas zéro ; ¹, une part des accueils, là où la moyenne des structures n'est pas diffusée. Une "
        "réponse trop rare pour un chiffre (« moins de 15 % ») n'est pas dessinée, et les arrondis peuvent faire 99 ou 101 %."
    ),
    "counts": (
        "Une barre par trimestre ou par canal : le nombre d'accueils comptés. "
        "La longueur de la barre est ce nombre, écrit dans le tableau. "
        "Plus d'accueils ne veut dire ni mieux ni moins bien, et un nombre non diffusé ne vaut pas zéro."
    ),
}


def origin(measure: Measure, indicator: Indicator, value: Value, edition: Edition) -> list[tuple[str, str]]:
    """Term and words, in the order in which a reader asks; terms that have nothing to say are left out."""
    rows = [
        ("Définition", measure.definition),
        ("Qui est compté", capitalised(measure.base_libelle) + "."),
        ("D'où vient ce chiffre", _nature(measure)),
        ("Sens de lecture", words.SENSES[measure.sens]),
        ("Seuil choisi par les réseaux", _target(measure)),
        ("Deux façons de compter", _aggregations(measure)),
        ("Ce qui peut fausser ce chiffre", measure.detournement or "Rien de connu à ce jour."),
        ("Ce que ce chiffre ne dit pas", measure.limite or ""),
        ("Série", measure.suite_raison or ""),
        ("Renseignement", _answer_rate(value)),
        *(("Clause " + clause.id, clause.texte + ".") for clause in measure.clauses),
        *(("Autre cadre", reference + ".") for reference in indicator.references),
        ("Grille et édition", f"Grille {measure.version}, mesure {measure.id}, édition {edition.release_id}."),
    ]
    return [(term, text) for term, text in rows if text]


def _nature(measure: Measure) -> str:
    if measure.fait_d_organisation:
        return f"Ce que chaque structure décrit de son organisation : {words.FACT}."
    return words.NATURES.get(measure.nature, measure.nature) + "."


def _target(measure: Measure) -> str:
    if measure.seuil is None or measure.seuil_date is None:
        return ""
    return f"{amount(measure.seuil, measure.unite)}, depuis le {dates.day(measure.seuil_date)} : {measure.seuil_raison}"


def _aggregations(measure: Measure) -> str:
    if measure.fait_d_organisation:
        return ""
    meanings = (words.aggregation_meaning(code, answers=measure.counts_answers) for code in words.AGGREGATION_MEANINGS)
    return capitalised(" ; ".join(meanings) + ".")


def _answer_rate(value: Value) -> str:
    return capitalised(words.ANSWER_RATES[value.taux_reponse_classe]) + "." if value.taux_reponse_classe else ""


def reading_of_units(measure: Measure) -> str:
    """How to read a measure unit by unit: with ranges, or as facts that were observed."""
    return READING["comparison" if measure.has_ranges else "fact"]


def delay_note(measure: Measure) -> str:
    """How to read the two marks of a delay; empty for other measures."""
    if measure.genre != QUANTILES:
        return ""
    return (
        "La marque est l'attente une fois sur deux ; le petit trait vertical, l'attente neuf fois sur dix ; "
        "un triangle, « au moins » ce nombre de jours."
    )
