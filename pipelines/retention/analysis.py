"""The analysis filed when a year is closed: the three criteria of anonymisation, with the figures measured that day.

Source: Article 29 Working Party, opinion 05/2014 on anonymisation techniques (singling out, linkability, inference).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipelines.anonymity.measure import Anonymity, ToldStep
from pipelines.receipts.words import day


@dataclass(frozen=True)
class Analysis:
    """What is filed: the figures, the edition they belong to, the text in French (Markdown)."""

    anonymity: Anonymity
    edition: str
    text: str


def analyse(year: int, on: date, edition: str, anonymity: Anonymity, *, synthetic: bool) -> Analysis:
    """The analysis of the records of `year` as they stand once closed on that day."""
    sections = [
        *_heading(year, on, edition, synthetic),
        *_singling_out(anonymity),
        *_linking(),
        *_inferring(anonymity),
        *_left(),
    ]
    return Analysis(anonymity, edition, _typeset("\n\n".join(sections) + "\n"))


def _heading(year: int, on: date, edition: str, synthetic: bool) -> list[str]:
    told = [f"# Clôture de l'année {year} : analyse des trois critères"]
    if synthetic:
        told.append("**Données fictives**, engendrées pour l'essai.")
    told.append(
        f"Close le {day(on)}, après l'édition {edition}. La clé des références de {year} est détruite. Les références des "
        "fiches sont effacées, celles des questionnaires remplacées par un numéro tiré au hasard, les lignes mélangées, les "
        "lignes en quarantaine supprimées, le contenu des versions remplacées effacé."
    )
    return told


def _singling_out(anonymity: Anonymity) -> list[str]:
    first = anonymity.etapes[0]
    return [
        "## Individualisation",
        "Peut-on isoler une fiche ? La table garde la structure, le mois, le canal, la modalité, la tranche d'âge et la "
        f"situation. Telles quelles, {_percent(first.part_sous_k)} des fiches sont dans un groupe de moins de {anonymity.k} "
        f"fiches semblables ; plus petit groupe : {first.plus_petite_classe}. "
        + _generalised(anonymity)
        + " La table reste donc dans l'entrepôt, jamais diffusée.",
        _steps_table(anonymity),
    ]


def _generalised(anonymity: Anonymity) -> str:
    most, last = _percent(anonymity.part_maximale), _percent(anonymity.etapes[-1].part_sous_k)
    if len(anonymity.etapes) == 1:
        return f"Le maximum admis est {most}."
    reached = "ramènent cette part à" if anonymity.atteint else "ne la ramènent encore qu'à"
    return f"Les étapes du tableau {reached} {last} (maximum admis : {most})."


def _steps_table(anonymity: Anonymity) -> str:
    bands = list(anonymity.etapes[0].repartition)
    rows = [["Étape", *(f"groupes de {band}" if band[0].isdigit() else band for band in bands)]]
    rows.append(["---"] * len(rows[0]))
    rows += [[step.etape, *(_percent(share) for share in step.repartition.values())] for step in anonymity.etapes]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _linking() -> list[str]:
    return [
        "## Corrélation",
        "Peut-on relier deux fiches d'une même personne, ou une fiche à l'outil du réseau ? La clé est détruite et aucune "
        "référence ne reste ; les versions d'une même fiche et les réponses d'un même questionnaire gardent entre elles un "
        "numéro tiré au hasard, sans lien avec l'outil. L'ordre des lignes est tiré au hasard. Reste possible : rapprocher "
        "des valeurs rares de celles de l'outil, pour qui a accès aux deux.",
    ]


def _inferring(anonymity: Anonymity) -> list[str]:
    return [
        "## Inférence",
        f"Savoir qu'une personne est dans un groupe apprend-il quelque chose d'elle ? Part des fiches dans un groupe où "
        f"moins de {anonymity.l} valeurs différentes sont renseignées :",
        "\n".join(_diversity_lines(anonymity.etapes)),
    ]


def _diversity_lines(steps: tuple[ToldStep, ...]) -> list[str]:
    first, last = steps[0], steps[-1]
    pairs = zip(first.diversites, last.diversites, strict=True)
    return [
        f"- {before.colonne} : {_percent(before.part_sous_l)} telles quelles"
        + (f", {_percent(after.part_sous_l)} après les étapes" if len(steps) > 1 else "")
        for before, after in pairs
    ]


def _left() -> list[str]:
    return [
        "## Ce qui reste",
        "Anonymiser n'est pas publier : aucune fiche ne sort. Ce qui sort est l'édition, comptée et masquée. Les copies de "
        "sauvegarde faites avant la clôture contiennent encore les références : elles s'effacent avec leur propre durée, et "
        "la clé ne doit s'y trouver nulle part. À revoir si la table devait un jour être communiquée.",
    ]


def _percent(share: int) -> str:
    return f"{share} %"


def _typeset(text: str) -> str:
    """No-break spaces where French writes them."""
    return re.sub(r" ([:;?!%])", "\N{NO-BREAK SPACE}\\1", text)
