"""What an installation that has published nothing yet says on every page: where it stands, and three steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Stage(Enum):
    """How far an installation is on the way to its first edition."""

    EMPTY = "empty"
    ARRIVED = "arrived"
    IN_REVIEW = "in review"


@dataclass(frozen=True)
class FirstSteps:
    """A fact, and what to do in three steps."""

    fact: str
    steps: tuple[str, str, str]


def first_steps(stage: Stage, *, closing_days: int, review_days: int) -> FirstSteps:
    """What to say at a stage; a period is published `closing_days` + `review_days` after its end."""
    wait = (
        f"Une période se lit ici {closing_days + review_days} jours après sa fin : {closing_days} jours pour livrer, "
        f"{review_days} pour relire. Avant, rien n'est montré."
    )
    if stage is Stage.IN_REVIEW:
        return FirstSteps(
            "Une première édition est en relecture ; elle n'est pas encore publiée.",
            (
                "Chaque réseau relit ses chiffres à la page « Données », sous « Édition en relecture ».",
                "Si un chiffre étonne, il corrige dans son outil et livre de nouveau, avant la date que la page donne.",
                "Ce jour-là, la personne qui tient l'outil lance « spro build » : toutes les pages s'ouvrent.",
            ),
        )
    if stage is Stage.ARRIVED:
        return FirstSteps(
            "Des fichiers sont arrivés ; aucune édition n'est encore publiée.",
            (
                "Chaque réseau lit ses accusés à la page « Données » : ce qui est refusé ou à corriger, et que faire.",
                "La personne qui tient l'outil lance « spro build » : le message dit ce qui est lu et ce qui manque.",
                wait,
            ),
        )
    return FirstSteps(
        "Aucun fichier n'est encore arrivé : il n'y a rien à lire.",
        (
            "Pour voir des pages remplies, lancez « spro demo » : une région d'exemple, aux données inventées.",
            "Pour commencer pour de bon, chaque réseau dépose le fichier que son outil exporte : à la page « Données » "
            "(outil lancé par « SPRO_ROLE=animateur spro serve »), ou dans son dossier « inbox/<réseau>/ ».",
            f"Puis la personne qui tient l'outil lance « spro build ». {wait}",
        ),
    )
