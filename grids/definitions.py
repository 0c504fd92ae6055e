"""Reading a definition file: YAML parsed once into the frozen type that the product uses, errors told with their line."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from grids.errors import GridError
from grids.refusals import french_complaint, unreadable

ROOT = Path(__file__).parent
TRAIL = " › "
"""What stands between the words that lead to a place in a file."""


class Definition(BaseModel):
    """A piece of a definition file: frozen, refusing any word that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


D = TypeVar("D", bound=Definition)


def read_definition(model: type[D], path: Path) -> D:
    """The file at `path` as one `model`.

    Raises GridError, with file and line, if the file is missing, is no YAML, or says something that `model` refuses.
    """
    return cast(D, _understood(model, path, content_of(path)))


def content_of(path: Path) -> bytes | None:
    """What a file holds, None if it is missing: what was understood of it holds as long as this does."""
    return path.read_bytes() if path.is_file() else None


@lru_cache(maxsize=64)
def _understood(model: type[Definition], path: Path, _content: bytes | None) -> Definition:
    # A grid takes half a second to read, and one build asks for it several times.
    tree = read_tree(path)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        sentence, remedy, trail = french_complaint(error)
        raise GridError(sentence, place=place_in(path, tree, trail), remedy=remedy) from None


def read_tree(path: Path) -> Any:
    """The YAML of a file, with its marks; raises GridError, with file and line, if there is none that can be read."""
    try:
        return YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GridError(
            "Ce fichier n'existe pas.", place=short(path), remedy="Vérifiez son nom et son dossier."
        ) from None
    except UnicodeDecodeError:
        raise GridError(
            "Ce fichier n'est pas enregistré en UTF-8.",
            place=short(path),
            remedy="Enregistrez-le de nouveau en choisissant l'encodage UTF-8.",
        ) from None
    except YAMLError as error:
        sentence, remedy = unreadable(error)
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        place = f"{short(path)}, ligne {mark.line + 1}" if mark else short(path)
        raise GridError(sentence, place=place, remedy=remedy) from None


def place_in(path: Path, tree: Any, trail: Sequence[str | int]) -> str:
    """Where `trail` leads in a file: its name, the line (from 1) of the deepest part that `tree` holds, the words."""
    where = TRAIL.join(str(part) for part in trail)
    return f"{short(path)}, ligne {line_of(tree, trail)}" + (f" ({where})" if where else "")


def line_of(tree: Any, trail: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of `trail` that a file's tree holds."""
    line = getattr(getattr(tree, "lc", None), "line", 0) or 0
    for part in trail:
        marks = getattr(tree, "lc", None)
        try:
            line = marks.data[part][0] if marks is not None and marks.data and part in marks.data else line
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            break
    return int(line) + 1


def short(path: Path) -> str:
    """A file's name as a person knows it: from the product's folder, or else with the folder that holds it."""
    return (
        path.relative_to(ROOT.parent).as_posix()
        if path.is_relative_to(ROOT.parent)
        else f"{path.parent.name}/{path.name}"
    )
