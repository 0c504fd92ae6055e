"""The pages on methods, by the question that they answer, and the other pages of the documentation that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from grids.errors import SproError

OPENING = (
    "Chaque chiffre de ces pages suit une règle écrite ici : à quoi elle sert, comment on calcule, comment lire, "
    "et ce qu'elle ne dit pas."
)
ORDER = "Partez de votre question : il n'y a rien à lire dans l'ordre."
EXAMPLES = (
    "Les tableaux d'exemples sont relus par un programme à chaque changement de l'outil : ce qui est écrit est ce qu'il "
    "calcule. Aucun dessin ne montre une vraie structure."
)
ALSO = "Pour aller plus loin"

_FOLDER = Path(__file__).resolve().parents[2] / "docs"
_INDEX = "methodes/index.md"
_QUESTION = re.compile(r"^## (.+)$")
_METHOD = re.compile(r"^- \[(.+?)\]\((.+?)\.md\) : (.+)$")
_TITLE = re.compile(r"^# (.+)\n", re.MULTILINE)
_ALSO_READ = {
    "lire-les-pages": "ce que dit chaque page, chaque mot et chaque marque.",
    "protection": "pourquoi certains chiffres ne sont pas montrés.",
}
# An address is read by people too: it says what the pages say.
_OTHER_CODES = {"entonnoir": "nuage-des-structures"}


@dataclass(frozen=True)
class Method:
    """A page: its code in the address, its title, what it tells in one line, its file under the documentation's folder."""

    code: str
    title: str
    told: str
    file: str


@dataclass(frozen=True)
class Question:
    """« Ce chiffre est-il solide ? » and the methods that answer it."""

    title: str
    methods: tuple[Method, ...]


def questions() -> tuple[Question, ...]:
    """The questions of docs/methodes/index.md in their order, then the other pages worth reading.

    Raises SproError if the documentation is not beside the product.
    """
    return _questions(_FOLDER)


@lru_cache(maxsize=4)
def _questions(folder: Path) -> tuple[Question, ...]:
    found: list[tuple[str, list[Method]]] = []
    for line in _read(folder, _INDEX).splitlines():
        if question := _QUESTION.match(line):
            found.append((question[1], []))
        elif (method := _METHOD.match(line)) and found:
            title, stem, told = method.groups()
            found[-1][1].append(Method(_OTHER_CODES.get(stem, stem), title, told, f"methodes/{stem}.md"))
    also = [Method(stem, _title(_read(folder, f"{stem}.md")), told, f"{stem}.md") for stem, told in _ALSO_READ.items()]
    return tuple(Question(title, tuple(methods)) for title, methods in (*found, (ALSO, also)))


def question_of(code: str) -> Question | None:
    """The question under which a method stands; None for a code that no method has."""
    return next((each for each in questions() if any(method.code == code for method in each.methods)), None)


def method(code: str) -> Method | None:
    """The method of a code; None if none has it."""
    return next((each for each in _methods() if each.code == code), None)


def text(file: str) -> str:
    """The Markdown of a file of the documentation, without its title, which the page draws.

    Raises SproError if the documentation is not beside the product.
    """
    return _TITLE.sub("", _read(_FOLDER, file), count=1)


def linked(chosen: Method, link: str) -> str | None:
    """The code to which a link of a method's text leads, '' for the list of methods, None where no page answers."""
    file = _beside(chosen, link.partition("#")[0])
    if file == _INDEX:
        return ""
    return next((each.code for each in _methods() if each.file == file), None)


def drawing(chosen: Method, link: str) -> bytes:
    """The SVG that a method's text shows."""
    return _read(_FOLDER, _beside(chosen, link)).encode("utf-8")


def _methods() -> Iterator[Method]:
    return (method for question in questions() for method in question.methods)


def _beside(chosen: Method, link: str) -> str:
    """« ../protection.md » beside « methodes/proportions.md » is « protection.md »."""
    parts: list[str] = []
    for part in (PurePosixPath(chosen.file).parent / link).parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return "/".join(parts)


def _title(markdown: str) -> str:
    found = _TITLE.search(markdown)
    return found[1] if found else ""


def _read(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError:
        raise SproError(
            f"La page « {name} » de la documentation est introuvable.",
            remedy="Le dossier docs/ accompagne le produit : installez-le depuis le dépôt entier.",
        ) from None
