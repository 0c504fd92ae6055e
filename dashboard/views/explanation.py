"""« Comment c'est calculé »: where a figure comes from, and what can distort it."""

from __future__ import annotations

from dashboard.text import dates, words
from dashboard.text.typography import capitalised
from dashboard.views.catalogue import Indicator
from dashboard.views.edition import Edition
from dashboard.views.figures import amount
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
        "Chaque marque est une période ; la bande est sa fourchette de variation due au hasard. "
        "Une marque creuse signale un effectif faible. Un trou dans la ligne est une période non diffusée : "
        "elle n'est pas reliée, et ne vaut pas zéro. Un trait pointillé marque un changement de grille qui laisse la "
        "série continue ; un trait plein, un changement de définition : les deux côtés ne se comparent pas."
    ),
    "trend": (
        "Chaque marque est une période. Le trait plein est le centre ; les tirets, quand il y en a, bornent la variation "
        "habituelle : presque toutes les marques y restent tant que rien ne change. À l'intérieur, une hausse ou une baisse "
        "d'une période à l'autre ne veut rien dire. Une marque d'une autre forme est signalée par une règle, que la légende "
        "dit en mots ; la couleur ne fait que le répéter. Un trou est une période non diffusée : on ne la saute pas, on "
        "recompte après elle. Une lettre renvoie à ce qui s'est passé, écrit dessous ; après un trait épais, centre et "
        "limites repartent à neuf. L'axe est resserré autour des limites ; les fourchettes sont dans le tableau."
    ),
    "cloud": (
        "Chaque point est une structure, sans son nom. En travers, les structures sont rangées par tranche d'assise ; leur "
        "place dans une tranche ne veut rien dire. Plus l'assise est faible, plus le hasard joue, plus les limites "
        "s'écartent. Seul un triangle, au-delà des tirets, mérite qu'on en parle ensemble : ce n'est ni une faute ni un "
        "mérite, et ce n'est pas un classement."
    ),
    "fact": (
        "Chaque marque est un fait constaté, sans fourchette : rien n'y vient du hasard. "
        "Les territoires sont rangés par nom, la région d'abord : ce n'est pas un classement."
    ),
    "parts": (
        "Les items sont dans l'ordre de la grille, jamais du plus haut au plus bas. "
        "Leur moyenne ne se lit qu'avec le point faible : c'est lui qui dit par où commencer."
    ),
    "breakdown": (
        "Une seule façon de détailler à la fois, jamais deux croisées. Les modalités sont dans un ordre fixe : ce n'est "
        "pas un classement, et deux fourchettes qui se recouvrent ne permettent pas de dire que les valeurs diffèrent. "
        "« Ensemble » comprend aussi les personnes dont on ne sait pas la modalité : elles n'ont pas de ligne. "
        "¹ signale une part des accueils, là où la moyenne des structures n'est pas diffusée. "
        "Une modalité non diffusée protège les personnes ; parfois une seconde l'est pour qu'on ne retrouve pas la première."
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


def reading_keys(measure: Measure, *, charted: bool = False) -> tuple[str, ...]:
    """Which of the READING texts go with a measure's charts; `charted`: its line has a text of its own, beside it."""
    line = () if charted else ("timeline",)
    if measure.genre == DISTRIBUTION:
        return ("distribution", *line) if measure.headline else ("distribution",)
    keys = ("comparison", *line) if measure.has_ranges else ("fact",)
    return (*keys, "parts") if measure.parts else keys


def delay_note(measure: Measure) -> str:
    """How to read the two marks of a delay; empty for other measures."""
    if measure.genre != QUANTILES:
        return ""
    return (
        "La marque est l'attente une fois sur deux ; le petit trait vertical, l'attente neuf fois sur dix ; "
        "un triangle, « au moins » ce nombre de jours."
    )
