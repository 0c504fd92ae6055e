"""One measure according to who is received: situation, age, ease at a distance; never how one is received."""

from __future__ import annotations

from dataclasses import replace

from dashboard.views.breakdown import Breakdowns
from dashboard.views.measures import Measure

QUESTION = (
    "L'accueil est-il le même pour tous ? La même mesure se lit selon la situation, l'âge ou l'aisance à distance de la "
    "personne, là où l'édition la détaille."
)
PUBLICS = ("situation", "tranche_age", "autonomie_distance")
NOT_HERE = "Ce détail se lit pour la région et pour chaque réseau seulement."
SAME_FOR_ALL = "Un fait d'organisation est le même pour toutes les personnes reçues : il ne se détaille pas par public."
NOT_TOLD = "Cette mesure n'est pas détaillée selon le public pour ce territoire et cette année."


def of_publics(told: Breakdowns | None) -> Breakdowns | None:
    """The breakdowns that say who is received, without those that say how; None where none is ever told."""
    return told and replace(told, every=tuple(each for each in told.every if each.code in PUBLICS))


def why_not(measure: Measure, publics: Breakdowns | None) -> str:
    """A sentence when the measure is not told public by public; empty otherwise."""
    if measure.fait_d_organisation:
        return SAME_FOR_ALL
    if publics is None:
        return NOT_HERE
    return "" if publics.of(measure) else NOT_TOLD
