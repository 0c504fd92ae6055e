"""How the words of a grid file are told to readers, in what is handed out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date

from grids.model import Comparison, Direction, Framework, Kind, Level, Nature, Step
from grids.questions import Respondent, Wave
from grids.versions import State

STATES: dict[State, str] = {
    "travail": "grille de travail, non adoptée",
    "proposee": "grille proposée, non adoptée",
    "essai": "grille à l'essai, non adoptée",
    "adoptee": "grille adoptée",
    "retiree": "grille retirée",
}
NATURES: dict[Nature, str] = {
    "rendue": "ce que les équipes notent",
    "percue": "ce que les personnes disent",
    "declaree": "ce que les structures ou les professionnels déclarent",
}
DIRECTIONS: dict[Direction, str] = {
    "plus": "plus c'est haut, mieux c'est",
    "moins": "plus c'est bas, mieux c'est",
    "zone": "ni très haut ni très bas : une zone à trouver ensemble",
    "neutre": "rien n'est mieux qu'autre chose : le chiffre se lit, il ne se classe pas",
}
KINDS: dict[Kind, str] = {
    "part": "une part, en pour cent",
    "repartition": "une répartition entre plusieurs réponses",
    "quantiles": "une valeur du milieu et une valeur haute",
    "ecart": "un écart entre deux groupes",
    "diversite": "le nombre de manières réellement utilisées",
    "gain": "un avant et un après, pour les mêmes personnes",
    "indice": "la moyenne de plusieurs parts, toujours lue avec la plus faible",
    "rapport_de_sommes": "un total rapporté à un autre",
}
LEVELS: dict[Level, str] = {
    "structure": "structure",
    "reseau": "réseau",
    "departement": "département",
    "region": "région",
}
STEPS: dict[Step, str] = {"mois": "mois", "trimestre": "trimestre", "annee": "année"}
COMPARISONS: dict[Comparison, str] = {
    "tous": "",
    "meme_reseau": "ne se compare qu'au sein d'un même réseau",
    "aucune": "ne se compare pas",
}
RESPONDENTS: dict[Respondent, str] = {
    "personne": "personnes accueillies",
    "professionnel": "professionnels",
    "equipe": "équipes",
}
WAVES: dict[Wave, str] = {"a_chaud": "juste après", "m1": "un mois après"}
FRAMEWORKS: dict[Framework, str] = {
    "elgpn": "ELGPN",
    "cep": "CEP",
    "qualiopi": "Qualiopi",
    "matrix": "matrix Standard",
    "services-publics-plus": "Services Publics+",
    "cdm": "Cités des métiers",
    "otp-2011": "label « Orientation pour tous » (2011)",
}


def day(value: date) -> str:
    """A day in full: « 1er mars 2026 »."""
    told = format_date(value, "d MMMM yyyy", locale="fr")
    return told.replace("1 ", "1er ", 1) if value.day == 1 else told


def joined(words: Iterable[str]) -> str:
    """Words in a row, the last two joined by « et »."""
    told = list(words)
    return " et ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def unbroken(text: str) -> str:
    """`text` with no-break spaces where French wants them: within « » and before : ; ? ! and %.

    The narrow no-break space becomes an ordinary one: few fonts hold it.
    """
    told = text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    return re.sub(r"(?<=«) | (?=[»:;?!%])", "\N{NO-BREAK SPACE}", told)
