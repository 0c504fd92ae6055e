"""Cahier des charges vivant: each clause, what evidences it, its last value, or why nothing can measure it."""

from __future__ import annotations

from dashboard import cache, filters, reading
from dashboard.components import cards, elsewhere, frame
from dashboard.components.choices import choices
from dashboard.components.figures import download
from dashboard.components.html import tag, words, write
from dashboard.components.notices import needs_release
from dashboard.queries import grid as queries
from dashboard.selection import CRITERION, Selection
from dashboard.text.typography import uncapitalised
from dashboard.views import specification as view
from dashboard.views.evidence import Evidence, Evidences
from dashboard.views.process import ProcessLine, process_lines
from grids.model import Grid

TITLE = "Cahier des charges vivant"
ADDRESS = "cahier-des-charges"
STANDING = "clauses"


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    if elsewhere.by_year_only(selection):
        return
    process, lines = _read(selection)
    write(cards.opening([view.opening(lines)]), tag("p", view.QUOTING, "muted"))
    kept = view.kept(lines, _chosen())
    write(_choices(lines, selection))
    for title, clauses in view.by_part(kept).items():
        write(tag("h2", title), *(_clause(clause, selection) for clause in clauses))
    download(view.table(kept, selection), key="clauses")
    _improvement(process)


@cache.once
def _read(selection: Selection) -> tuple[list[ProcessLine], list[view.ClauseLine]]:
    """What the grid of a period tells of the improvement itself, then of each clause."""
    grid = reading.grid_in(selection.period)
    process = _process(grid, selection)
    return process, _lines(grid, process, selection)


def _process(grid: Grid, selection: Selection) -> list[ProcessLine]:
    labels = {name: indicator.label for name, indicator in grid.indicators.items()}
    told = cache.load(queries.process, version=grid.version)
    return process_lines(told, labels, reading.units(), selection.unit)


def _lines(grid: Grid, process: list[ProcessLine], selection: Selection) -> list[view.ClauseLine]:
    evidences = Evidences(
        grid,
        reading.quality_fields(selection.period),
        {each.id: each.sentence for each in process if not each.pending},
        reading.values(selection.period),
        selection,
    )
    return view.clause_lines(cache.load(queries.clause_register, version=grid.version), evidences)


def _chosen() -> str:
    asked = filters.asked(STANDING)
    return asked if asked in view.STANDINGS else ""


def _choices(lines: list[view.ClauseLine], selection: Selection) -> str:
    """The standings that some clause has, with how many have it."""
    counts = {code: len(view.kept(lines, code)) for code in ("", *view.STANDINGS)}
    names = {"": "Toutes"} | view.STANDINGS
    shown = {code: f"{names[code]} ({count})" for code, count in counts.items() if count or code == _chosen()}
    return choices("Clauses à lire", ADDRESS, selection.query, STANDING, shown, _chosen())


def _clause(line: view.ClauseLine, selection: Selection) -> str:
    carried = line.standing == view.CARRIED
    badge = "" if carried else f' <span class="badge">{words(view.ONE_STANDING[line.standing])}</span>'
    evidence = "".join(_evidence(each, selection, near=carried and each.approaching) for each in line.evidence)
    return "".join(
        [
            '<article class="clause">',
            f'<h3><span class="code">{words(line.id)}</span> {words(line.text)}{badge}</h3>',
            "" if carried else tag("p", line.reason, "gap"),
            f'<ul class="evidence">{evidence}</ul>' if evidence else "",
            "</article>",
        ]
    )


def _evidence(each: Evidence, selection: Selection, *, near: bool) -> str:
    link = f'<a target="_self" href="{_where(each, selection)}">{words(each.name)}</a>'
    code = f'<span class="code">{words(each.id)}</span>'
    beside = tag("span", each.subject, "muted") + (tag("span", "S'en approche.", "muted") if near else "")
    return f"<li><p>{link} {code} {beside}</p>{tag('p', each.told, 'told')}</li>"


def _where(each: Evidence, selection: Selection) -> str:
    """The criterion on its field page, or lower on this one for an indicator of the process."""
    if not each.field:
        return f"#{each.id}"
    return cards.address(each.field, {**selection.query, CRITERION: each.criterion})


def _improvement(process: list[ProcessLine]) -> None:
    write(tag("h2", "La démarche elle-même"))
    if not process:
        write(tag("p", "La grille de cette période ne mesure encore rien de la démarche."))
        return
    write(tag("p", "Ces indicateurs parlent de la démarche, jamais d'une structure.", "muted"))
    write(*(_process_line(line) for line in process))


def _process_line(line: ProcessLine) -> str:
    told = f"Pas encore mesuré : {uncapitalised(line.sentence)}" if line.pending else line.sentence
    others = "".join(tag("li", sentence) for sentence in line.others)
    return "".join(
        [
            f'<article class="clause" id="{words(line.id)}">',
            f'<h3>{words(line.label)} <span class="code">{words(line.id)}</span></h3>',
            tag("p", told, "pending" if line.pending else ""),
            f"<details>{tag('summary', 'Réseau par réseau')}<ul>{others}</ul></details>" if others else "",
            "</article>",
        ]
    )
