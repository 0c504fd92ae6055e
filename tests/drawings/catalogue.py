"""Which page has which drawing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.drawings import after_an_action, among_structures, one_figure, over_time, side_by_side, two_figures
from tests.drawings.canvas import Canvas
from tests.statistics.tables import PAGES

FOLDER: Path = PAGES / "dessins"

DRAWINGS: dict[str, Callable[[], Canvas]] = {
    "accord": side_by_side.agreement,
    "avant-apres": after_an_action.before_and_after,
    "carte-p-prime": over_time.changing_base,
    "cartes-xmr": over_time.xmr_rules,
    "comparer": among_structures.false_alarms,
    "critere": side_by_side.criterion,
    "decomposition": two_figures.parts_of_a_change,
    "delais": one_figure.delay,
    "differences": one_figure.difference,
    "entonnoir": among_structures.funnel,
    "evolution": over_time.evolution,
    "moyenne-des-structures": two_figures.mean_of_structures,
    "nouveau-repere": over_time.new_reference,
    "pairs": among_structures.likeness,
    "proportions": one_figure.proportion,
    "redressement": two_figures.weighted,
    "regles-anhoj": over_time.anhoej_rules,
    "regression-par-segments": after_an_action.two_segments,
    "reponses": one_figure.answers,
    "structures-temoins": after_an_action.controls,
    "surdispersion": among_structures.over_dispersion,
    "trois-regards": side_by_side.gap_between_views,
    "valeur-stabilisee": among_structures.stabilised_value,
}
"""The name of a page, which is that of its drawing, and what draws it."""


def image(page: str, canvas: Canvas) -> str:
    """The line of a page that shows its drawing: its words are for those who do not see it."""
    return f"![{canvas.description}](dessins/{page}.svg)"
