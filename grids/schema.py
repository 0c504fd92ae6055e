"""The JSON Schema of a grid's file, by which an editor completes its words and underlines what is wrong while one writes.

`python -m grids.schema` writes it again after a change of `grids.model`; a test holds both in step.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grids.definitions import ROOT
from grids.model import Grid

PATH = ROOT / "schemas" / "grille.schema.json"
_KINDS = {
    "Grid": "Une version d'une grille",
    "Authorship": "Qui écrit la version, et qui la vérifie",
    "Criterion": "Un critère d'un champ, et la question simple qu'il pose",
    "Scale": "Les réponses qu'une question admet : code, puis texte lu",
    "Question": "Une question : qui y répond, et quand",
    "Questionnaire": "Ce qu'une personne, un professionnel ou une équipe remplit en une fois",
    "ProfileQuestion": "Une question du profil annuel de la structure",
    "Base": "Qui est compté",
    "Indicator": "Un indicateur d'un critère ; sa première mesure est montrée en tête",
    "Measure": "Un chiffre d'un indicateur",
    "Item": "Une partie d'un indice",
    "Continuity": "La mesure d'une version antérieure que celle-ci continue, et pourquoi",
    "Target": "Un niveau que les réseaux ont choisi de viser",
    "Reference": "Ce qu'un autre référentiel dit de la même chose",
}
_WORDS = {
    "grille": "L'identifiant de la grille : le nom de son dossier",
    "version": "Le nom de la version : celui de son fichier",
    "libelle": "Ce qu'on lit à l'écran",
    "definition": "Ce qui est compté, en une phrase qu'un facilitateur comprend",
    "champ": "Un des champs nommés sous « champs »",
    "critere": "Un des critères nommés sous « criteres »",
    "clauses": "Les clauses du cahier des charges dont l'indicateur témoigne",
    "approche": "Les clauses dont il s'approche sans en témoigner",
    "detournement": "Comment ce chiffre pourrait être faussé",
    "limite": "Ce que ce chiffre ne dit pas",
    "chef_de_file": "Le réseau ou le groupe qui répond de l'indicateur",
    "noyau": "Parmi les indicateurs proposés pour commencer",
    "pas_encore": "Pourquoi ce n'est pas encore mesuré",
    "base": "Une des bases nommées sous « bases »",
    "nature": "rendue : ce qui est noté ; percue : ce que la personne dit ; declaree : ce que le professionnel dit",
    "genre": "Ce que le chiffre est : il dit quels autres mots sont nécessaires",
    "sens": "plus : plus haut est mieux ; moins ; zone : trop ou trop peu interroge ; neutre : on décrit",
    "si": "Une condition, dans la langue des grilles",
    "compte": "Ce qui est compté, dans la langue des grilles",
    "valeur": "Ce qui est réparti ou mesuré, dans la langue des grilles",
    "quantiles": "Entre 0 et 1 : 0.5 est la médiane",
    "unite": "L'unité du chiffre, ou la colonne par laquelle chaque ligne compte",
    "favorables": "Les réponses du côté favorable",
    "hors_echelle": "Les réponses qui sortent du calcul",
    "repondants": "Qui répond à la question",
    "repondant": "Qui remplit le questionnaire",
    "vague": "a_chaud : juste après l'accueil ; m1 : un mois après",
    "echelle": "Une des échelles nommées sous « echelles »",
    "par_partenaire": "Posée une fois pour chaque réseau partenaire",
    "niveaux": "Où le chiffre est montré",
    "pas": "Par mois, par trimestre, par année",
    "opinion": "Vrai si l'on compte des avis : la protection est plus forte",
    "fait_d_organisation": "Vrai si l'on compte des structures, et non des accueils ou des avis",
    "suite_de": "La mesure d'une version antérieure dont celle-ci continue la série",
    "raison": "Pourquoi",
    "seuil": "Un niveau visé, sa date et sa raison",
    "calcul": "Ce que l'outil calcule seul, pour les indicateurs de la démarche",
    "compare": "Avec qui ce chiffre se compare",
}


def json_schema() -> dict[str, Any]:
    """The schema of a version's file: its words as they are written, described in French."""
    schema = Grid.model_json_schema(by_alias=True)
    kinds = {**schema.pop("$defs"), "Grid": schema}
    told = {name: _in_french(name, kind) for name, kind in kinds.items()}
    whole = told.pop("Grid")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole, "$defs": told}


def schema_text() -> str:
    """`json_schema` as its file holds it."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def write_schema(path: Path = PATH) -> None:
    """Write the schema's file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(schema_text(), encoding="utf-8")


def _in_french(name: str, kind: dict[str, Any]) -> dict[str, Any]:
    properties = {word: _described(word, each) for word, each in kind.get("properties", {}).items()}
    return {
        **kind,
        "title": _KINDS.get(name, name),
        "description": f"{_KINDS.get(name, name)}.",
        "properties": properties,
    }


def _described(word: str, property: dict[str, Any]) -> dict[str, Any]:
    """A property without pydantic's English title, with what the word means."""
    kept = {key: value for key, value in property.items() if key not in ("title", "description")}
    return {**kept, "description": f"{_WORDS[word]}."} if word in _WORDS else kept


if __name__ == "__main__":
    write_schema()
