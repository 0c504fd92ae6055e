"""Qualité des données: how sound the deliveries are, and what to do about it."""

from __future__ import annotations

from dashboard import cache, reading
from dashboard.components import cards, frame
from dashboard.components.figures import download
from dashboard.components.html import table, tag, write
from dashboard.components.notices import needs_release
from dashboard.queries import quality
from dashboard.text import words
from dashboard.views import data_quality

TITLE = "Qualité des données"


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    units, period = reading.units(), selection.period
    rates = cache.load(quality.data_quality, pas=period.pas, debut=period.debut)
    dimensions = data_quality.dimensions(rates, units, period.name)
    checks = data_quality.checks(cache.load(quality.broken_rules), units)
    write(cards.opening([data_quality.opening(dimensions, checks)]))
    _dimensions(dimensions)
    _checks(checks)


def _dimensions(content: data_quality.Table) -> None:
    write(tag("h2", "Par réseau"))
    if not content.rows:
        write(tag("p", "Rien n'est publié pour cette période : choisissez une année."))
        return
    write(table(content))
    meanings = (f"{words.DIMENSIONS[code]} : {meaning}" for code, meaning in words.DIMENSION_MEANINGS.items())
    lines = (*(f"{meaning}." for meaning in meanings), data_quality.WORDS, data_quality.ABSENT)
    write('<ul class="muted">', *(tag("li", line) for line in lines), "</ul>")
    download(content, key="dimensions")


def _checks(checks: list[data_quality.Check]) -> None:
    write(tag("h2", "Ce qui est à corriger"))
    if not checks:
        write(tag("p", "Aucune règle n'est enfreinte dans cette édition."))
        return
    networks = dict.fromkeys(check.network for check in checks)
    for network in networks:
        write(tag("h3", network), *(_check(check) for check in checks if check.network == network))


def _check(check: data_quality.Check) -> str:
    return "".join(
        [
            '<article class="check">',
            tag("p", f"{check.table} : {check.found}", "strong"),
            tag("p", check.kept),
            tag("p", f"Que faire ? {check.remedy}", "question"),
            "</article>",
        ]
    )
