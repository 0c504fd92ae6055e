"""`python -m dashboard.locales.extract`: what the pages say in French, gathered for whoever translates it.

A text is gathered when the code holds it whole: a title, a label, a sentence that begins with a capital letter; every word
of `text/words.py`; and whatever is handed to the last door as it is. What is composed with a name or a number is not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dashboard.text import language

PRODUCT = Path(__file__).parents[2]
TEMPLATE = language.LOCALES / "messages.pot"
_ROOM = PRODUCT / "dashboard"
# What reads or draws says nothing of its own to a reader; the files and documents that leave stay French.
_SILENT = ("queries", "charts", "server", "report", "locales")
_SILENT_MODULES = (
    "__main__.py",
    "app.py",
    "cache.py",
    "theme.py",
    "dates.py",
    "numbers.py",
    "typography.py",
    "language.py",
)
_WORDS = _ROOM / "text" / "words.py"
# The last door: which of its arguments is a text.
_CODE = re.compile(r"[A-Z]{2}\d")
_DOOR = {"words": 0, "said": 0, "tag": 1}
# Composed in the code from so few parts that each whole is worth its line; and the three fields, which every grid has.
_COMPOSED = (
    "Organisation du service rendu",
    "Effets du service rendu",
    "par année",
    "par trimestre",
    "par mois",
    "le tableau (CSV)",
    "le tableau (XLSX)",
    "les données (CSV)",
    "les données (XLSX)",
    "l'image (PNG)",
    "l'image (SVG)",
    "La note du comité (PDF, quatre pages)",
    "La fiche à imprimer (PDF, deux pages)",
    "Qualité de l'accueil – SPRO Bretagne",
    "Ces pages ont besoin de JavaScript. Activez-le dans votre navigateur.",
    "Voir le détail : principes de délivrance",
    "Voir le détail : organisation du service rendu",
    "Voir le détail : effets du service rendu",
)


def main() -> None:
    """Write the template, and bring each catalogue in line with it: new texts are empty, those said no more are gone."""
    found = gathered()
    template = _dated(TEMPLATE, _template(found))
    _write(TEMPLATE, template)
    for code in language.NAMES:
        if code != language.FRENCH:
            path = language.catalogue_path(code)
            _write(path, _followed(path, code, template))


def gathered() -> dict[str, list[str]]:
    """Every text to translate, with the modules that say it, in the order of their paths."""
    found: dict[str, list[str]] = {}
    for path in _modules():
        for text in texts(path.read_text(encoding="utf-8"), every_word=path == _WORDS):
            places = found.setdefault(text, [])
            name = path.relative_to(PRODUCT).as_posix()
            if name not in places:
                places.append(name)
    for text in _COMPOSED:
        found.setdefault(text, [])
    return found


def texts(source: str, *, every_word: bool = False) -> Iterator[str]:
    """The texts of a module; `every_word`: those without a capital letter too."""
    tree = ast.parse(source)
    skipped = set(_never_said(tree))
    handed = set(_handed_to_the_door(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            text = node.value
            whole = every_word or id(node) in handed or _begins_as_a_title(text)
            if whole and _is_prose(text):
                yield text


def _modules() -> Iterator[Path]:
    for path in sorted(_ROOM.rglob("*.py")):
        if path.relative_to(_ROOM).parts[0] not in _SILENT and path.name not in _SILENT_MODULES:
            yield path


def _never_said(tree: ast.AST) -> Iterator[int]:
    """Docstrings, the comments of attributes, codes, what is only a part of a composed text, patterns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from (id(key) for key in node.keys if isinstance(key, ast.Constant) and " " not in str(key.value))
        if isinstance(node, ast.Expr):
            yield id(node.value)
        if isinstance(node, ast.JoinedStr):
            yield from map(id, node.values)
        if isinstance(node, ast.Compare):
            yield from map(id, (node.left, *node.comparators))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
            yield from map(id, node.args)


def _handed_to_the_door(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _DOOR:
            yield from map(id, node.args[_DOOR[node.func.id] :][:1])


def _begins_as_a_title(text: str) -> bool:
    return text[:1].isupper() or text[:1] in "«●"


def _is_prose(text: str) -> bool:
    return (
        language.has_words(text) and text == text.strip() and not _CODE.match(text) and not set("<{_\\\n") & set(text)
    )


def _template(found: dict[str, list[str]]) -> Catalog:
    catalog = _headed(Catalog())
    for text, places in sorted(found.items(), key=lambda each: (each[1][:1], each[0])):
        catalog.add(text, locations=[(place, 0) for place in places])
    return catalog


def _dated(path: Path, catalog: Catalog) -> Catalog:
    """With the date of the template that is there where it says the same: nothing changes in a file that says nothing new."""
    catalog.creation_date = datetime.now(UTC)
    if path.exists():
        before = _read(path)
        if _said(before) == _said(catalog):
            catalog.creation_date = before.creation_date
    return catalog


def _followed(path: Path, code: str, template: Catalog) -> Catalog:
    catalog = _read(path, code) if path.exists() else Catalog(locale=code)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return _headed(catalog)


def _headed(catalog: Catalog) -> Catalog:
    catalog.project, catalog.header_comment = "spro-qualite", "# The sentences of the pages. How to: docs/traduire.md"
    catalog.version = catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    catalog.fuzzy = False
    return catalog


def _said(catalog: Catalog) -> list[tuple[str, list[str]]]:
    return sorted((str(each.id), [place for place, _ in each.locations]) for each in catalog if each.id)


def _read(path: Path, code: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False)


if __name__ == "__main__":
    main()
