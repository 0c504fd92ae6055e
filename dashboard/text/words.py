"""One French word for each code of a release."""

from __future__ import annotations

HIDDEN = "non diffusé"
NOT_APPLICABLE = "sans objet"
ABSENT = "pas de donnée"
DECLINED = "décliné"
CAUTION = "effectif faible"

ROLES = {
    "comite": "Comité de pilotage",
    "animateur": "Animation de la démarche",
    "reseau": "Responsable d'un réseau",
    "structure": "Équipe d'une structure",
}

STATES = {"masque": HIDDEN, "sans_objet": NOT_APPLICABLE, "absent": ABSENT, "decline": DECLINED}

REASONS = {
    "trop_de_non_reponses": "trop de non-réponses",
    "fourchette_trop_large": "fourchette trop large pour donner un chiffre",
}

FACT = "fait constaté, sans fourchette"

PROVENANCES = {
    "identique": "comprend l'indicateur d'un réseau, définition identique",
    "proche": "comprend l'indicateur d'un réseau, définition proche",
}

LEVELS = {
    "structure": "structure par structure",
    "reseau": "réseau par réseau",
    "departement": "par département",
    "region": "pour la région",
}
STEPS = {"mois": "mois", "trimestre": "trimestre", "annee": "année"}

# A place in a sentence; each name has a preposition of its own.
DEPARTMENTS = {
    "22": "dans les Côtes-d'Armor",
    "29": "dans le Finistère",
    "35": "en Ille-et-Vilaine",
    "56": "dans le Morbihan",
}

BREAKDOWNS = {
    "canal": "canal",
    "situation": "situation",
    "tranche_age": "âge",
    "autonomie_distance": "aisance à distance",
    "provenance": "provenance",
}


def unit_label(niveau: str, name: str) -> str:
    """A unit in a list: « Finistère (département) » beside networks."""
    return f"{name} (département)" if niveau == "departement" else name


FRAMEWORKS = {
    "elgpn": "ELGPN",
    "cep": "Conseil en évolution professionnelle",
    "qualiopi": "Qualiopi",
    "matrix": "matrix Standard",
    "services-publics-plus": "Services Publics+",
    "cdm": "Cités des métiers",
    "otp-2011": "Orientation pour tous (2011)",
}

# How many people answered is told as a band; how many receptions there were never is, on a page of quality.
ANSWERS = {
    "11-19": "assise : 11 à 19 réponses",
    "20-49": "assise : 20 à 49 réponses",
    "50-99": "assise : 50 à 99 réponses",
    "100+": "assise : 100 réponses et plus",
}
SOLIDITY = {
    "11-19": "assise faible",
    "20-49": "assise modeste",
    "50-99": "assise solide",
    "100+": "assise très solide",
}

ANSWER_RATES = {
    "0-49": "renseigné dans moins de la moitié des cas",
    "50-74": "renseigné dans la moitié à trois quarts des cas",
    "75-89": "renseigné entre trois fois sur quatre et neuf fois sur dix",
    "90-100": "renseigné au moins neuf fois sur dix",
}

NATURES = {
    "rendue": "Ce que les équipes notent",
    "percue": "Ce que les personnes disent",
    "declaree": "Ce que les professionnels déclarent",
}

SENSES = {
    "plus": "Plus haut est mieux, à conditions égales.",
    "moins": "Plus bas est mieux, à conditions égales.",
    "zone": "Ni haut ni bas n'est bon en soi : trop et trop peu posent tous deux question.",
    "neutre": "Ce chiffre décrit ; aucune réponse n'est meilleure qu'une autre.",
}

AGGREGATIONS = {
    "structure": "Valeur de la structure",
    "moyenne_structures": "Moyenne des structures",
    "part_accueils": "Part des accueils",
}

AGGREGATION_MEANINGS = {
    "moyenne_structures": "moyenne des structures — chaque structure compte autant",
    "part_accueils": "part des accueils — chaque accueil compte autant",
}

FACT_AGGREGATION = "Part des structures"


def aggregation(code: str, *, answers: bool = False, fact: bool = False) -> str:
    """How a figure of several structures is made: of receptions, of answers, or of what structures are."""
    if fact:
        return FACT_AGGREGATION
    return AGGREGATIONS[code].replace("accueils", "réponses") if answers else AGGREGATIONS[code]


def aggregation_meaning(code: str, *, answers: bool = False) -> str:
    """The same, with what it means."""
    meaning = AGGREGATION_MEANINGS[code]
    return meaning.replace("accueils", "réponses").replace("chaque accueil", "chaque réponse") if answers else meaning


DIMENSIONS = {
    "exactitude": "Exactitude",
    "completude": "Complétude",
    "coherence": "Cohérence",
    "delai": "Délai de livraison",
}

DIMENSION_MEANINGS = {
    "exactitude": "part des lignes dont chaque valeur est possible",
    "completude": "part des réponses attendues qui sont renseignées",
    "coherence": "part des lignes qui ne se contredisent pas",
    "delai": "jours entre la fin de la période et la livraison",
}

VERDICTS = {"solide": "solide", "a_surveiller": "à surveiller", "a_reprendre": "à reprendre"}

CHANNELS = {
    "": "Tous canaux",
    "presentiel": "En présence",
    "telephone": "Téléphone",
    "visioconference": "Visioconférence",
    "tchat": "Tchat",
    "courriel": "Courriel",
}

TABLES = {
    "accueils": "Accueils",
    "reponses": "Réponses",
    "structures": "Structures",
    "frequentation": "Fréquentation",
    "indicateurs_reseau": "Indicateurs du réseau",
    "actions": "Actions d'amélioration",
    "evenements": "Événements",
}


def channel(code: str) -> str:
    """The channel's name; an unknown code is shown readable rather than refused."""
    return CHANNELS.get(code, code.replace("_", " ").capitalize())
