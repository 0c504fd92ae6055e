"""The third sentence: a question to those who receive people. The first rule whose situation holds asks it."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.sentences.kinds import weakest_item
from pipelines.sentences.situation import BREAK, FIRST, NETWORK, REGION, TOO_FEW, TOO_WIDE, Situation
from pipelines.sentences.variations import years_apart
from pipelines.sentences.wording import capitalised, month, spelled, uncapitalised

HALF_PERCENT = 50
"""A stable share short of it asks what to try; beyond, what helps to keep it."""

NEAR_PERCENT = 75
"""Beyond it the lowest measure of a criterion is no weak point to begin with."""

NAMELESS_FROM = 3
"""Structures apart from the others are numbered from three on: fewer could be recognised."""

_VIEWS = {
    "rendue": "ce que notent les équipes",
    "percue": "ce que disent les personnes",
    "declaree": "ce que déclarent les professionnels",
}
_OTHER_VIEWS = {
    "rendue": "Est-ce bien ce que vivent les équipes, et ce qu'en diraient les personnes ?",
    "percue": "Qu'est-ce qui, dans l'accueil, explique ce que disent les personnes ?",
    "declaree": "Qu'en diraient les personnes reçues ?",
}
"""A first figure has nothing behind it: it is asked of those who see the same thing from another side."""

_WIDER = {NETWORK: "Le résultat du réseau", REGION: "Le résultat de la région"}

Rule = Callable[[Situation], str]
"""A question (plain spaces), or nothing where the situation is another."""


def question(situation: Situation) -> str:
    """The question of the first rule that holds; the last one always does."""
    return next(filter(None, (rule(situation) for rule in _RULES)))


def _not_shown(situation: Situation) -> str:
    cell = situation.cell
    if cell.etat == "sans_objet":
        return "Quelle autre mesure de ce critère s'applique ici ?"
    if cell.shown:
        return ""
    if situation.wider:
        return f"{_WIDER[situation.wider]}, lui, est lisible : que nous apprend-il ?"
    return "Quelle autre mesure de ce critère peut éclairer la discussion ?"


def _no_point(situation: Situation) -> str:
    raison, measure = situation.cell.raison, situation.measure
    if raison == TOO_FEW:
        return "La question est-elle claire, et posée au bon moment ?"
    if raison != TOO_WIDE:
        return ""
    if situation.aggregation == "moyenne_structures":
        return "Qu'est-ce qui les distingue : le public, l'organisation, la façon de noter ?"
    if measure.nature == "percue":
        return "La question reste ouverte : qui peut proposer la carte au téléphone ?"
    if measure.base_table == "reponses":
        return "La question reste ouverte : comment laisser à chacun le temps de répondre ?"
    return "La question reste ouverte : que dira une période plus longue ?"


def _contradiction(situation: Situation) -> str:
    views = situation.contradiction
    if views is None:
        return ""
    gap = f"{capitalised(_VIEWS[views.higher])} dépasse de {views.gap} points {_VIEWS[views.lower]} : qui se trompe ?"
    return f"{gap} Peut-être personne : que mettons-nous derrière « {uncapitalised(situation.measure.indicator)} » ?"


def _apart(situation: Situation) -> str:
    if not situation.apart:
        return ""
    if situation.is_structure:
        return "La structure s'écarte nettement de celles qui lui sont comparées : qu'a-t-elle fait, ou connu, de différent ?"
    if situation.apart < NAMELESS_FROM:
        return "Au moins une structure s'écarte nettement des autres : qu'a-t-elle fait, ou connu, de différent ?"
    many = capitalised(spelled(situation.apart, feminine=True))
    return f"{many} structures s'écartent nettement des autres : qu'ont-elles fait, ou connu, de différent ?"


def _equity(situation: Situation) -> str:
    if situation.measure.genre != "ecart":
        return ""
    low, high = situation.cell.basse, situation.cell.haute
    if situation.measure.sens == "plus":
        low, high = (None if high is None else -high), (None if low is None else -low)
    if low is not None and low > 0:
        return "C'est l'inverse de ce qui est attendu : que pouvons-nous leur proposer dès le premier contact ?"
    if high is not None and high < 0:
        return "C'est ce qui est attendu : qu'est-ce qui y aide ?"
    return "Aucun écart n'est établi : qu'est-ce qui l'évite, et pour qui n'y arrivons-nous pas ?"


def _description(situation: Situation) -> str:
    """No level is good in itself: a change is described, never praised."""
    if situation.measure.is_directed:
        return ""
    varies = situation.line.variation if situation.line else ""
    if varies in ("hausse", "baisse"):
        return f"Qu'est-ce qui explique cette {varies}, et convient-elle aux personnes ?"
    if situation.measure.sens == "zone":
        return (
            "Il n'y a pas de bon niveau, trop peu et trop posent tous deux question : où en sommes-nous, et pour qui ?"
        )
    return "Cette mesure décrit, sans niveau attendu : qu'y lisent celles et ceux qui accueillent ?"


def _parting(situation: Situation) -> str:
    return "Qui accueille davantage qu'avant, et dans quelles conditions ?" if situation.parting else ""


def _effect(situation: Situation) -> str:
    effect = situation.effect
    if effect is None:
        return ""
    if effect.verdict in ("Amélioration significative", "Hausse nette", "Baisse nette"):
        return "Qu'est-ce qui, dans cette action, mérite d'être gardé ou partagé ?"
    if effect.verdict.startswith("Évolution défavorable"):
        return "Que faut-il ajuster, et avec qui ?"
    return f"Qu'en dirons-nous en {month(effect.review)} ?" if effect.review else "Quand en reparlerons-nous ?"


def _changed(situation: Situation) -> str:
    varies = situation.line.variation if situation.line else ""
    if varies == "deterioration":
        return "Qu'est-ce qui a changé : l'organisation, les demandes, la façon de noter ?"
    return "Qu'est-ce qui l'explique, et comment le faire durer ?" if varies == "amelioration" else ""


def _to_confirm(situation: Situation) -> str:
    if not years_apart(situation):
        return ""
    return "Qu'est-ce qui a pu changer en un an, et que faudra-t-il regarder pour le confirmer ?"


def _threshold(situation: Situation) -> str:
    missed = situation.line is not None and situation.line.assurance == "non_atteinte"
    return "Que faudrait-il changer pour tenir ce repère ?" if missed else ""


def _weak_point(situation: Situation) -> str:
    if situation.measure.genre == "indice":
        weakest = weakest_item(situation)
        return f"Par quoi commencer pour « {weakest[0].libelle} » ?" if weakest else ""
    if not situation.weakest or not _short_of(situation, NEAR_PERCENT):
        return ""
    return f"C'est le point faible du critère « {situation.measure.criterion} » : par quoi commencer ?"


def _fact(situation: Situation) -> str:
    if not situation.measure.is_fact:
        return ""
    if not situation.is_structure:
        return "Comment s'y prennent les structures qui le font déjà ?"
    return "Est-ce connu de toute l'équipe ?" if situation.cell.valeur else "Qu'est-ce qui l'empêche aujourd'hui ?"


def _stable(situation: Situation) -> str:
    if situation.line is None or situation.line.variation != "habituelle":
        return ""
    if _short_of(situation, HALF_PERCENT):
        return "Que faudrait-il essayer pour que cela bouge ?"
    return "Qu'est-ce qui aide à le garder, et qui pourrait s'en servir ?"


def _short_of(situation: Situation, mark_percent: int) -> bool:
    """Whether a share lies short of a mark in the direction that is sought. Days and points have no such mark."""
    percent = situation.cell.valeur
    if percent is None or situation.measure.unit != "%":
        return False
    return (percent if situation.measure.sens == "plus" else 100 - percent) < mark_percent


def _too_soon(situation: Situation) -> str:
    if situation.cell.etat == "prudence" and situation.measure.nature == "percue":
        return "Comment recueillir davantage de réponses d'ici la prochaine fois ?"
    if situation.comparison in (FIRST, BREAK):
        return _OTHER_VIEWS[situation.measure.nature]
    return "Que faudra-t-il regarder la prochaine fois pour le savoir ?"


_RULES: tuple[Rule, ...] = (
    _not_shown,
    _no_point,
    _contradiction,
    _apart,
    _equity,
    _description,
    _parting,
    _effect,
    _changed,
    _to_confirm,
    _threshold,
    _weak_point,
    _fact,
    _stable,
    _too_soon,
)
