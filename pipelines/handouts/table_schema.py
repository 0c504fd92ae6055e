"""Each table of the contract as a Table Schema (schema.data.gouv.fr), so that a network can check a file before sending it.

A schema says the contract's exact spelling. The door forgives more (accents, case, spaces): what a schema accepts, the
door accepts too. Rules across columns or tables go to `custom_checks`, in words.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from grids.contract import TABLES, Column, Contract, allowed_values, load_contract
from grids.register import network_codes
from grids.territories import communes, merged_communes
from pipelines.handouts.examples import example_of
from pipelines.home import aside, put_in_place
from pipelines.staging import SET_SEPARATOR

CONTRACT_VERSION, CREATED, LAST_MODIFIED = "0.1.0", "2026-11-24", "2026-11-24"
"""The published state of the contract; to be changed with it."""

_PROFILE = "https://specs.frictionlessdata.io/schemas/table-schema.json"
_IDENTIFIER = r"[A-Za-z0-9][A-Za-z0-9_.:\-]{0,63}"
_LABEL = r"[^#\d][^#]{0,119}"
_PHRASE = r"[^#]{1,120}"
_FIRST_DAY, _LAST_DAY = "1900-01-01", "2099-12-31"
_TYPES = {"booleen": "boolean", "entier": "integer", "nombre": "number", "mois": "date", "date": "date"}
_NOTES = {
    "reference": "Elle est remplacée à l'entrée par une empreinte à clé : elle n'est jamais gardée en clair.",
    "mois": "Une date AAAA-MM-JJ ; seul son mois est gardé.",
    "date": "Une date AAAA-MM-JJ.",
    "ensemble": f"Plusieurs valeurs se séparent par « {SET_SEPARATOR} », sans espace.",
    "nombre": "Un nombre, décimales après un point ; une part s'écrit entre 0 et 1.",
    "phrase": "120 signes au plus. Un nom de personne fait refuser le fichier entier.",
    "siret": "Quatorze chiffres, dont la clé est vérifiée.",
    "commune": "Une commune de Bretagne, actuelle ou ancienne, par son code INSEE.",
}


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema of one of TABLES, as JSON can hold it; raises GridError if its contract cannot be read."""
    contract = load_contract(table)
    return {
        "$schema": _PROFILE,
        "name": f"spro-qualite-{table}",
        "title": f"{contract.title} (qualité de l'accueil, SPRO)",
        "description": f"{contract.description} Une case vide veut dire « non renseigné », jamais « non ».",
        "countryCode": "FR",
        "homepage": "./",
        "path": schema_file(table),
        "resources": [{"title": f"Fichier d'exemple, inventé : {contract.title}", "path": example_file(table)}],
        "sources": [{"title": "Cahier des charges de l'accueil personnalisé et individualisé du SPRO"}],
        "contributors": [
            {"title": "Réseaux du SPRO en Bretagne, ensemble", "role": "author"},
            {"title": "Équipe du produit SPRO Qualité", "role": "maintainer"},
        ],
        "version": CONTRACT_VERSION,
        "created": CREATED,
        "lastModified": LAST_MODIFIED,
        "licenses": [
            {
                "name": "EUPL-1.2",
                "title": "Licence publique de l'Union européenne 1.2",
                "path": "https://spdx.org/licenses/EUPL-1.2.html",
            }
        ],
        "fields": [_field(contract, column) for column in contract.columns],
        **_primary_key(contract),
        "missingValues": [""],
        "custom_checks": _custom_checks(contract),
    }


def schema_file(table: str) -> str:
    """The name of a table's schema, beside the others."""
    return f"{table}.json"


def example_file(table: str) -> str:
    """The name of a table's example file, beside its schema."""
    return f"exemple-{table}.csv"


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schema and the example of each table in `folder`, each file whole or not at all; returns the paths."""
    written = []
    for table in TABLES:
        text = json.dumps(table_schema(table), ensure_ascii=False, indent=2) + "\n"
        written += [_write(folder / schema_file(table), text), _write(folder / example_file(table), _example(table))]
    return tuple(written)


def _write(path: Path, text: str) -> Path:
    built = aside(path)
    built.write_text(text, encoding="utf-8", newline="")
    put_in_place(built, path)
    return path


def _example(table: str) -> str:
    contract = load_contract(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in contract.columns)
    writer.writerow(example_of(contract, column) for column in contract.columns)
    return out.getvalue()


def _field(contract: Contract, column: Column) -> dict[str, Any]:
    kind = _TYPES.get(column.type, "string")
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.label,
        "description": f"{column.label}. {_NOTES.get(column.type, '')}".strip(),
        "type": kind,
        "format": "default",
        "example": example_of(contract, column),
        "constraints": {"required": column.required} | _constraints(column),
    }
    if kind == "boolean":
        # "oui" and "non" are the contract's; Table Schema lets a field say its own.
        field |= {"trueValues": ["oui"], "falseValues": ["non"]}
    return field


def _constraints(column: Column) -> dict[str, Any]:
    said = _CONSTRAINTS.get(column.type)
    return said(column) if said else {}


def _codes(column: Column) -> dict[str, Any]:
    return {"enum": list(allowed_values(column, network_codes()))}


def _communes(column: Column) -> dict[str, Any]:
    return {"enum": sorted({*communes(), *merged_communes()})}


def _set(column: Column) -> dict[str, Any]:
    codes = [code for code in allowed_values(column, network_codes()) if code not in column.alone]
    one = "|".join(re.escape(code) for code in codes)
    more = "*" if column.at_most is None else f"{{0,{column.at_most - 1}}}"
    several = rf"(?:{one})(?:{re.escape(SET_SEPARATOR)}(?:{one})){more}"
    alone = "|".join(map(re.escape, column.alone))
    return {"pattern": f"(?:{alone}|{several})" if alone else several}


def _days(column: Column) -> dict[str, Any]:
    return {"minimum": _FIRST_DAY, "maximum": _LAST_DAY}


def _bounds(column: Column) -> dict[str, Any]:
    bounds = {"minimum": column.minimum, "maximum": column.maximum}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _siret(column: Column) -> dict[str, Any]:
    # A Table Schema cannot say the key: that check is the door's.
    return {"pattern": r"\d{14}"}


def _text(column: Column) -> dict[str, Any]:
    return {"pattern": _LABEL if column.name == "nom" else _IDENTIFIER}


def _phrase(column: Column) -> dict[str, Any]:
    return {"pattern": _PHRASE}


# A reference is free, and "oui" or "non" are said by the field itself.
_CONSTRAINTS = {
    "code": _codes,
    "commune": _communes,
    "ensemble": _set,
    "mois": _days,
    "date": _days,
    "entier": _bounds,
    "siret": _siret,
    "texte": _text,
    "phrase": _phrase,
    "question": _text,
    "reponse": _text,
}


def _primary_key(contract: Contract) -> dict[str, list[str]]:
    """A key can be declared only if it is never empty; an answer's is its questionnaire and its question."""
    key = [*contract.key, *(column.name for column in contract.columns if column.type == "question")]
    columns = [contract.column(name) for name in key]
    return {"primaryKey": key} if all(column and column.required for column in columns) else {}


def _custom_checks(contract: Contract) -> list[dict[str, Any]]:
    rules = [
        {
            "name": rule.id,
            "title": rule.label,
            "description": f"{rule.label} {rule.remedy}",
            "params": {"column": rule.column, "si": rule.condition, "alors": rule.consequence},
        }
        for rule in contract.rules
    ]
    links = [
        {
            "name": f"{link.column.replace('_', '-')}-connue",
            "title": f"« {link.column} » doit être connu : {_TARGETS[link.target]}.",
            "description": _LINK_REMEDIES[link.target],
            "params": {"column": link.column},
        }
        for link in contract.links
    ]
    return [*rules, *links, _NO_IDENTITY]


_TARGETS = {
    "structures": "dans la table « structures »",
    "unites": "une structure de la table « structures », ou le réseau qui livre",
    "grille": "dans la version de grille indiquée",
}
_LINK_REMEDIES = {
    "structures": "Livrez d'abord le profil de la structure.",
    "unites": "Livrez d'abord le profil de la structure ; un réseau se dit par son code.",
    "grille": "Vérifiez la version de la grille, la question et son échelle.",
}
_NO_IDENTITY: dict[str, Any] = {
    "name": "aucune-identite",
    "title": "Aucune case ne contient ce qui ressemble à une identité.",
    "description": "Adresse électronique, téléphone, numéro de sécurité sociale, IBAN : le fichier entier serait refusé.",
    "params": {},
}
