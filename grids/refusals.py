"""What pydantic and ruamel complain of, told in French to the person who wrote the file: what is wrong, what to do."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from grids.errors import GridError

_NESTED = "« {name} » doit être une suite de « mot: valeur »."
_INDENT = "Écrivez dessous, décalé de deux espaces, un mot par ligne."
_DATE = ("« {name} » doit être une date AAAA-MM-JJ.", 'Écrivez par exemple "2026-01-31".')
_NUMBER = ("« {name} » doit être un nombre.", "Écrivez-le en chiffres, sans guillemets.")
_WHOLE = ("« {name} » doit être un nombre entier.", "Écrivez-le en chiffres, sans guillemets ni virgule.")
_BOOLEAN = ("« {name} » se dit true ou false.", "Écrivez true ou false, sans guillemets.")
_TEXT = ("« {name} » doit être un texte entre guillemets droits.", 'Écrivez {name}: "…".')
_LIST = ("« {name} » doit être une liste.", 'Écrivez {name}: ["…", "…"].')
_SENTENCES = {
    "missing": ("« {name} » manque.", "Ajoutez « {name} », ou corrigez le mot mal écrit."),
    "extra_forbidden": ("« {name} » n'est pas un mot connu ici.", "Corrigez ce mot, ou retirez-le."),
    "literal_error": ("« {input} » n'est pas admis ; valeurs admises : {expected}.", "Choisissez l'une d'elles."),
    "string_type": _TEXT,
    "key_type": ("« {name} » doit être entre guillemets droits.", 'Écrivez "{name}":'),
    "string_too_short": ("« {name} » est trop court : {min_length} caractères au moins.", "Dites-le en une phrase."),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": (_NESTED, _INDENT),
    "model_type": (_NESTED, _INDENT),
    "too_short": ("« {name} » doit en contenir au moins {min_length}.", "Ajoutez ce qui manque."),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "greater_than": ("« {name} » doit être plus grand que {gt:g}.", "Corrigez le nombre."),
    "greater_than_equal": ("« {name} » ne peut pas être plus petit que {ge:g}.", "Corrigez le nombre."),
    "less_than": ("« {name} » doit être plus petit que {lt:g}.", "Corrigez le nombre."),
    "less_than_equal": ("« {name} » ne peut pas être plus grand que {le:g}.", "Corrigez le nombre."),
}
"""What pydantic calls a fault: the sentence and the remedy."""


class ValueRefused(GridError, ValueError):
    """A GridError raised while a value is validated: pydantic carries it to the file's reader, which adds the line."""


def french_complaint(error: ValidationError) -> tuple[str, str, tuple[str | int, ...]]:
    """pydantic's first complaint: the sentence, the remedy, and the words that lead to the place."""
    first = error.errors()[0]
    trail = tuple(part for part in first["loc"] if part not in ("function-after", "function-before", "[key]"))
    context: dict[str, Any] = dict(first.get("ctx", {}))
    raised = context.get("error")
    if isinstance(raised, GridError):
        return raised.sentence, raised.remedy, trail
    if isinstance(raised, Exception):
        return str(raised), "Corrigez ce passage : grids/README.md dit comment il s'écrit.", trail
    kind = "key_type" if "[key]" in first["loc"] else first["type"]
    known = {
        **context,
        "name": _name(trail, of_key=kind == "key_type"),
        "input": first["input"] if isinstance(first["input"], str) else "",
        "expected": str(context.get("expected", "")).replace(" or ", " ou ").replace("'", ""),
    }
    sentence, remedy = _SENTENCES.get(kind, ("« {name} » ne convient pas.", "Comparez avec un passage qui convient."))
    return sentence.format(**known), remedy.format(**known), trail


def _name(trail: tuple[str | int, ...], *, of_key: bool) -> str | int:
    """What a complaint is about: the last word that leads to it, not the rank of something in a list."""
    words = [part for part in trail if of_key or isinstance(part, str)]
    return words[-1] if words else "ce fichier"


def unreadable(error: YAMLError) -> tuple[str, str]:
    """Why a text is no YAML, and what to do."""
    problem = (error.problem or "") if isinstance(error, MarkedYAMLError) else ""
    if isinstance(error, DuplicateKeyError):
        name = problem.split('"')[1] if '"' in problem else "un mot"
        return f"« {name} » est écrit deux fois au même endroit.", "Gardez l'un des deux, ou renommez le second."
    if r"'\t'" in problem:
        return "Une tabulation décale cette ligne.", "Remplacez la tabulation par des espaces."
    if "mapping values are not allowed" in problem:
        return (
            "Ce fichier n'est pas du YAML lisible : un « : » de trop, ou une ligne mal alignée.",
            "Mettez entre guillemets droits tout texte qui contient « : », et vérifiez l'alignement.",
        )
    return (
        "Ce fichier n'est pas du YAML lisible.",
        "Mettez chaque libellé entre guillemets droits, fermez guillemets et crochets, vérifiez l'alignement.",
    )
