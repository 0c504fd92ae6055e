"""Reading a definition file: YAML parsed once into the frozen type that the product uses, errors told with their line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from grids.errors import GridError

ROOT = Path(__file__).parent

_SENTENCES = {
    "missing": "« {name} » manque.",
    "extra_forbidden": "« {name} » n'est pas un mot connu ici.",
    "literal_error": "« {input} » n'est pas admis ; valeurs admises : {expected}.",
    "string_type": "« {name} » doit être un texte entre guillemets droits.",
    "list_type": "« {name} » doit être une liste.",
    "dict_type": "« {name} » doit être une suite de « mot: valeur ».",
    "model_type": "« {name} » doit être une suite de « mot: valeur ».",
    "date_from_datetime_parsing": "« {name} » doit être une date AAAA-MM-JJ.",
}


class Definition(BaseModel):
    """A piece of a definition file: frozen, refusing any word that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


D = TypeVar("D", bound=Definition)


def read_definition(model: type[D], path: Path) -> D:
    """The file at `path` as one `model`.

    Raises GridError, with file and line, if the file is missing, is no YAML, or says something that `model` refuses.
    """
    tree = read_tree(path)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        raise _first_complaint(error, tree, path) from None


def read_tree(path: Path) -> Any:
    """The YAML of a file, with its marks; raises GridError, with file and line, if there is none that can be read."""
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GridError("Ce fichier n'existe pas.", place=_short(path)) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise GridError(
            "Ce fichier n'est pas du YAML lisible.",
            place=f"{_short(path)}, ligne {line}",
            remedy="Mettez chaque libellé entre guillemets droits et vérifiez l'alignement.",
        ) from None


def _first_complaint(error: ValidationError, tree: Any, path: Path) -> GridError:
    """pydantic's first complaint, in French, at the line it is about."""
    first = error.errors()[0]
    trail = [part for part in first["loc"] if part not in ("function-after", "function-before")]
    context = first.get("ctx", {})
    template = _SENTENCES.get(first["type"], "{message}")
    sentence = template.format(
        name=trail[-1] if trail else "",
        input=first["input"] if isinstance(first["input"], str) else "",
        expected=str(context.get("expected", "")).replace(" or ", " ou "),
        message=str(context.get("error", first["msg"])),
    )
    where = " › ".join(str(part) for part in trail)
    return GridError(sentence, place=f"{_short(path)}, ligne {_line(tree, trail)}" + (f" ({where})" if where else ""))


def _line(tree: Any, trail: list[Any]) -> int:
    """The line (from 1) of the deepest part of `trail` that the file holds."""
    line = getattr(getattr(tree, "lc", None), "line", 0) or 0
    for part in trail:
        marks = getattr(tree, "lc", None)
        try:
            line = marks.data[part][0] if marks is not None and marks.data and part in marks.data else line
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            break
    return int(line) + 1


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT.parent)) if path.is_relative_to(ROOT.parent) else path.name
