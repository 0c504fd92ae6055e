"""Ways from a page to the explanations, with what the reader has chosen."""

from __future__ import annotations

from dashboard import filters, language_choice
from dashboard.components.cards import address
from dashboard.components.html import words
from dashboard.views.methods import method
from dashboard.views.reading_methods import method_behind
from grids.errors import SproError

METHODS_ADDRESS = "methodes"
ACCESSIBILITY_ADDRESS = "accessibilite"
DATA_QUALITY_ADDRESS = "qualite-des-donnees"
METHOD = "methode"
STATEMENT = "Lire la déclaration d'accessibilité"
DATA_QUALITY = "Lire la qualité des données"


def to_method(text: str) -> str:
    """A link from a text on how to read a chart to the method behind it; nothing where there is none to read."""
    try:
        chosen = method(method_behind(text))
    except SproError:
        return ""
    if chosen is None:
        return ""
    where = address(METHODS_ADDRESS, _query() | {METHOD: chosen.code})
    return f'<p><a class="more" target="_self" href="{where}">{words(f"La méthode : {chosen.title}")}</a></p>'


def to_accessibility() -> str:
    """A link to the statement of accessibility, from every page, with a release or without."""
    return f'<p><a target="_self" href="{address(ACCESSIBILITY_ADDRESS, _query())}">{words(STATEMENT)}</a></p>'


def to_data_quality() -> str:
    """A link to what the received data are worth, for whoever reads no delivery."""
    where = address(DATA_QUALITY_ADDRESS, _query())
    return f'<p><a class="more" target="_self" href="{where}">{words(DATA_QUALITY)}</a></p>'


def _query() -> dict[str, str]:
    """What the reader has chosen; the language alone while nothing is published."""
    try:
        return filters.current().query
    except SproError:
        return language_choice.kept()
