"""Grille: read a version, compare two, see what is asked and what need not be asked any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import cache, filters, reading
from dashboard.components import cards, frame
from dashboard.components import grid as drawn
from dashboard.components.choices import choices
from dashboard.components.figures import download
from dashboard.components.html import table, tag, write
from dashboard.components.notices import needs_release, refusals
from dashboard.queries import grid as queries
from dashboard.queries import reference
from dashboard.selection import Selection
from dashboard.views import asked, equivalences, grid_changes
from dashboard.views import grid as view
from dashboard.views.catalogue import read_declined
from dashboard.views.versions import Version
from grids.model import Grid

TITLE = "Grille"
ADDRESS = "grille"
VERSION, EARLIER, PART = "version", "avant", "lire"
PARTS = {
    "grille": "Critères et indicateurs",
    "questionnaires": "Questionnaires",
    "changements": "Ce qui a changé",
    "demandes": "Ce qui est demandé",
    "equivalences": "Équivalences",
}


@dataclass(frozen=True)
class Reading:
    """What is read: a version among all of them, the whole of it, and what the reader has chosen besides."""

    versions: tuple[Version, ...]
    version: Version
    grid: Grid
    selection: Selection
    part: str

    @property
    def query(self) -> dict[str, str]:
        """The URL parameters that bring it back."""
        return {**self.selection.query, VERSION: self.version.version, PART: self.part}


@needs_release(TITLE)
def page() -> None:
    read = _reading(frame.head(TITLE))
    write(cards.opening([view.state_sentence(read.version, read.grid)]))
    write(tag("p", view.why_sentence(read.version), "muted"))
    names = {each.version: each.version for each in read.versions}
    write(choices("Version", ADDRESS, read.query, VERSION, names, read.version.version))
    write(choices("À lire", ADDRESS, read.query, PART, PARTS, read.part))
    _SHOWN[read.part](read)


def _reading(selection: Selection) -> Reading:
    versions = {each.version: each for each in reading.versions()}
    wanted, part = filters.asked(VERSION), filters.asked(PART)
    latest = list(versions.values())[-1]
    if wanted and wanted not in versions:
        refusals((f"La version « {wanted} » n'est pas dans cette édition : voici la version {latest.version}.",))
    chosen = versions.get(wanted, latest)
    shown = part if part in PARTS else next(iter(PARTS))
    return Reading(tuple(versions.values()), chosen, reading.grid_of(chosen), selection, shown)


def _criteria(read: Reading) -> None:
    register = cache.load(queries.clause_register, version=read.version.version)
    clauses = dict(register.select("clause_id", "texte").iter_rows())
    glossary = view.Glossary(clauses, read_declined(cache.load(reference.declined)))
    for field, label in read.grid.field_labels.items():
        write(tag("h2", label))
        for name, criterion in read.grid.criteria.items():
            if criterion.field == field:
                indicators = view.indicators_of(read.grid, name, glossary)
                head = tag("h3", criterion.label) + tag("p", criterion.question, "question")
                write(head, *map(drawn.indicator, indicators))


def _questionnaires(read: Reading) -> None:
    for name, put in read.grid.questionnaires.items():
        content = view.questions_table(read.grid, name)
        write(tag("h2", put.title), tag("p", put.opening), table(content), tag("p", put.closing, "after-table"))
        download(content, key=f"questionnaire-{name}")
    for content in (view.loose_questions_table(read.grid), view.profile_table(read.grid)):
        if content.rows:
            write(tag("h2", content.caption), table(content))
            download(content, key=content.caption)


def _changes(read: Reading) -> None:
    earlier = {each.version: each for each in read.versions[: read.versions.index(read.version)]}
    if not earlier:
        write(tag("h2", "Ce qui a changé"), tag("p", "C'est la première version : il n'y a rien à quoi la comparer."))
        return
    before = earlier.get(filters.asked(EARLIER), list(earlier.values())[-1])
    if len(earlier) > 1:
        write(choices("Comparer à", ADDRESS, read.query, EARLIER, {each: each for each in earlier}, before.version))
    found = grid_changes.compared(reading.grid_of(before), read.grid)
    write(tag("h2", f"De la version {before.version} à la version {read.version.version}"))
    write(tag("p", found.sentence, "lead"), tag("p", grid_changes.RULE, "muted"))
    write(drawn.series("Séries qui continuent", found.going_on), drawn.series("Séries qui s'arrêtent", found.broken))
    write(
        tag("h3", "Tout le reste"), *(map(drawn.group, found.groups) if found.groups else [tag("p", "Rien d'autre.")])
    )


def _asked(read: Reading) -> None:
    networks = {unit.id: unit.nom for unit in reading.units()}
    unit = read.selection.unit
    redundant = asked.of_unit(cache.load(queries.redundancies), unit)
    burdens = asked.of_unit(cache.load(queries.burdens), unit)
    _told_of_the_latest(read)
    write(tag("h2", "Ce qu'on pourrait cesser de demander"), tag("p", asked.redundancies_sentence(redundant), "lead"))
    for network, contents in asked.redundancies_tables(redundant, networks).items():
        write(tag("h3", network), *map(table, contents))
    if redundant.height:
        download(asked.redundancies_table(redundant, networks), key="redondances")
    write(tag("h2", "Ce que chaque réseau remplit"))
    write(tag("p", "Les temps sont des estimations, à vérifier montre en main.", "muted"))
    if burdens.height:
        content = asked.burdens_table(burdens, networks)
        write(table(content))
        download(content, key="charges")
    else:
        write(tag("p", f"Rien n'est encore demandé ({unit.nom})."))


def _equivalences(read: Reading) -> None:
    frame_ = cache.load(queries.equivalences)
    found = equivalences.own_indicators(frame_, read.grid)
    _told_of_the_latest(read)
    write(tag("h2", "Ce que les réseaux mesurent déjà"), tag("p", equivalences.sentence(frame_), "lead"))
    if not found:
        return
    write(tag("p", equivalences.RULE, "muted"))
    for source in dict.fromkeys(each.source for each in found):
        write(tag("h3", source), *(drawn.own_indicator(each) for each in found if each.source == source))
    download(equivalences.table(found), key="equivalences")


def _told_of_the_latest(read: Reading) -> None:
    """What networks are asked and already measure is worked out under the latest version alone."""
    latest = read.versions[-1]
    if read.version != latest:
        write(tag("p", f"Ce qui suit est établi sous la version {latest.version}, la dernière.", "muted"))


_SHOWN: dict[str, Callable[[Reading], None]] = {
    "grille": _criteria,
    "questionnaires": _questionnaires,
    "changements": _changes,
    "demandes": _asked,
    "equivalences": _equivalences,
}
