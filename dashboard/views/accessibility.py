"""The statement of accessibility: the text of docs/accessibilite.md, then whom to tell and what one may do next."""

from __future__ import annotations

import os

CONTACT_VARIABLE = "SPRO_CONTACT"
KEEPER = "la personne qui tient l'outil"

OPENING = (
    "Ces pages sont non conformes au référentiel français d'accessibilité, tant qu'aucun audit n'a dit plus. "
    "Voici ce qui a été essayé, ce qui ne va pas, et à qui le dire."
)

TELLING = "Signaler une difficulté"
WHAT_TO_TELL = (
    "Dites la page, ce que vous vouliez y faire, l'aide technique que vous utilisez s'il y en a une, et la forme sous "
    "laquelle ce contenu vous serait utile."
)

APPEAL_TITLE = "Si vous n'avez pas de réponse"
APPEAL = (
    "Vous avez signalé une difficulté qui vous prive d'un contenu ou d'un service, et vous n'obtenez pas de réponse : vous "
    "pouvez saisir le Défenseur des droits, par son formulaire en ligne, par l'un de ses délégués dans votre département, "
    "ou par un courrier gratuit, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris Cedex 07."
)


def contact() -> str:
    """How to reach the person who keeps the tool, as the installation says it; empty if it says nothing."""
    return os.environ.get(CONTACT_VARIABLE, "").strip()[:200]


def telling(reached: str) -> str:
    """Whom to tell of a difficulty, with `reached` if the installation says how."""
    told = f"Dites-le à {KEEPER}"
    return f"{told} : {reached}." if reached else f"{told}, ou à votre réseau, qui le lui dira."
