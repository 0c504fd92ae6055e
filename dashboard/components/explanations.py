"""« Comment c'est calculé », closed until asked for."""

from __future__ import annotations

from dashboard import reading
from dashboard.components.fold import fold
from dashboard.components.html import tag, words, write
from dashboard.views import explanation
from dashboard.views.catalogue import Indicator
from dashboard.views.measures import Measure
from dashboard.views.values import Value


def how_it_is_computed(measure: Measure, indicator: Indicator, value: Value, *, flat: bool = False) -> None:
    """Definition, base, clauses, what can distort it, and the SQL as run."""
    with fold("Comment c'est calculé", key=f"calcul-{measure.id}", flat=flat):
        rows = explanation.origin(measure, indicator, value, reading.edition())
        write(
            '<dl class="origin">',
            *(tag("dt", term) + tag("dd", text) for term, text in rows),
            tag("dt", "Calcul"),
            f'<dd><pre tabindex="0" role="region" aria-label="{words("Calcul en SQL : " + measure.libelle)}">',
            f"<code>{_code(measure.calcul)}</code></pre></dd></dl>",
        )


def _code(sql: str) -> str:
    # Code is not prose: no French spacing in it.
    return sql.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
