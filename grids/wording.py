"""What a sentence of a grid can be blamed for, whatever it is about: nothing in it yet, jargon, too long, too knotted."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_SENTENCE = 30
LONGEST_QUESTION = 20
"""In words."""

_ALONE = re.compile(r"^[\s\W]*$|^(n/?a|test|tbd|\?+)[\s.]*$", re.IGNORECASE)
_ANYWHERE = re.compile(r"\b(todo|fixme|tbd|lorem ipsum|lorem|x{3,}|blabla)\b|\?{3,}", re.IGNORECASE)
_TO_COME = re.compile(
    r"(^|[(\[:–-]\s*)à (compléter|définir|préciser|désigner|rédiger|remplir|écrire|valider|déterminer)\b", re.IGNORECASE
)
# Opens a text or a bracket: « aide à définir son projet » says something, « à définir » alone says nothing yet.
_JARGON = {
    "kpi": "indicateur", "reporting": "retour", "process": "façon de faire", "workflow": "étapes", "feedback": "retour",
    "benchmark": "comparaison", "best practice": "pratique", "usagers?": "personne", "bénéficiaires?": "personne",
    "publics? cibles?": "personnes", "publics? reçus?": "personnes", "score": "part, ou nombre",
    "performan(?:ce|ces|t|te|ts|tes)": "ce qui est fait", "taux de conformité": "part",
    "efficien(?:ce|t|te)": "ce que cela apporte", "impacter": "changer", "prioriser": "choisir d'abord",
    "implémenter": "mettre en place", "optimiser": "améliorer", "bons? élèves?": "rien : on ne classe pas",
    "mauvais élèves?": "rien : on ne classe pas", "en retard": "une date ou un délai", "classement": "comparaison",
}  # fmt: skip
_NEGATION = re.compile(r"\b(?:ne|n['’]\w*)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:pas|plus|jamais|rien|aucun|aucune|personne)\b", re.IGNORECASE)
_VERB = r"(?:ai|as|a|avons|avez|ont|est|sont|suis|sais|peux|peut|pouvons|connais|connaît|\w{2,}(?:ons|ez))"
_TWO_VERBS = re.compile(rf"\b{_VERB}\b.*\bet (?:\w+ ){{0,2}}{_VERB}\b", re.IGNORECASE)
Advice = tuple[str, str]
"""What is wrong, what to do."""


def is_placeholder(text: str) -> bool:
    """Whether a text says nothing yet: « À compléter », « TODO », « … », « n/a »."""
    return bool(_ALONE.search(text) or _ANYWHERE.search(text) or _TO_COME.search(text.strip()))


def advice(text: str) -> Iterator[Advice]:
    """What would make any sentence of a grid plainer."""
    for pattern, instead in _JARGON.items():
        found = re.search(rf"\b{pattern}\b", text, re.IGNORECASE)
        if found:
            yield f"« {found[0]} » est un mot de métier ou de contrôle.", f"Dites plutôt : {instead}."
    longest = max((len(_words(sentence)) for sentence in re.split(r"[.;:?!]", text)), default=0)
    if longest > LONGEST_SENTENCE:
        yield f"Une phrase compte {longest} mots.", f"Coupez-la : {LONGEST_SENTENCE} mots au plus."


def question_advice(text: str) -> Iterator[Advice]:
    """What would make a question easier to answer, beside `advice`."""
    count = len(_words(text))
    if count > LONGEST_QUESTION:
        yield f"La question compte {count} mots.", f"Raccourcissez-la : {LONGEST_QUESTION} mots au plus."
    if len(_NEGATION.findall(text)) > 1 and len(_NEGATED.findall(text)) > 1:
        yield "La question nie deux fois.", "Posez-la à l'affirmative."
    if _TWO_VERBS.search(text):
        yield "La question en pose peut-être deux.", "Si l'on peut répondre oui à l'une et non à l'autre, séparez-les."


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-][^\W_]+)*", text)
