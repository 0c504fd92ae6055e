"""What the committee is asked to decide: each rule gives its questions, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from dashboard.text import numbers
from dashboard.text.typography import capitalised
from dashboard.views import figures
from dashboard.views.asked import EVERYONE, duration
from dashboard.views.catalogue import Criterion
from dashboard.views.committee_gaps import gap_statement, solid_gaps
from dashboard.views.criteria import TO_LOOK_AT
from dashboard.views.matter import Matter, Statement, indicator_of
from dashboard.views.measures import FEWER, PERCEIVED, PERCENT, Measure

NEAR_PERCENT = 75
"""A weakest share beyond it is no place to begin with."""
_TOO_WIDE = "fourchette_trop_large"


def to_look_at(matter: Matter, taken: frozenset[str]) -> Iterator[Statement]:
    """Criteria that are to be looked at together today, on the last period only, with their weak point."""
    if not matter.latest:
        return
    for criterion in matter.criteria:
        standing = matter.standings.get(criterion.code)
        if standing is None or standing.state != TO_LOOK_AT:
            continue
        weak = _weakest(matter, criterion)
        shown = weak if weak and indicator_of(weak) not in taken else None
        where = f" ; point faible : {_figure(matter, shown)}" if shown else ""
        text = f"Le critère « {criterion.libelle} » est à regarder ensemble{where}. En faisons-nous un chantier ?"
        about = shown or next(iter(criterion.measures))
        told = matter.on(about, text)
        yield told if shown else Statement(told.text, told.title, told.path, told.query)


def to_stop_asking(matter: Matter, _taken: frozenset[str]) -> Iterator[Statement]:
    """By network, the questions that its tool already answers, those that spare the most time first."""
    if matter.redundant.is_empty():
        return
    groups = matter.redundant.partition_by("reseau", maintain_order=True)
    for rows in sorted(groups, key=lambda each: -each["secondes"].sum()):
        asked = "Nous vous demandons de décider une chose : cesser de poser"
        text = f"{asked} {_questions(rows)}{_why(matter, rows)}. Gain : environ {_gain(rows)}."
        yield matter.elsewhere(text, "Ce qui est demandé", "grille", lire="demandes")


def _questions(rows: pl.DataFrame) -> str:
    if rows.height == 1:
        return f"« {rows.item(0, 'libelle').strip().removesuffix('.')} »"
    return f"{numbers.spelled(rows.height, feminine=True)} questions"


def _why(matter: Matter, rows: pl.DataFrame) -> str:
    network = rows.item(0, "reseau")
    if network == EVERYONE:
        return ", que rien n'utilise dans la grille"
    return f" dans un réseau dont l'outil y répond déjà ({matter.networks.get(network, network)})"


def _gain(rows: pl.DataFrame) -> str:
    each = "à chaque accueil" if rows["nature"].eq("colonne").all() else "à chaque questionnaire"
    return f"{duration(sum(rows['secondes'].to_list()))} {each}"


def to_hear_more(matter: Matter, taken: frozenset[str]) -> Iterator[Statement]:
    """Where few answered, or too few for a figure of what people say: who can propose the card."""
    wide = [each for each in matter.measures if each.nature == PERCEIVED and matter.value(each).raison == _TOO_WIDE]
    free = [each for each in wide if indicator_of(each) not in taken]
    asked = "Qui propose la carte de réponse au téléphone, et à partir de quel mois ?"
    if free:
        yield matter.on(free[0], f"« {free[0].libelle} » : trop peu de réponses pour donner un chiffre. {asked}")
    elif matter.findings.participation is not None and matter.findings.participation.warning:
        text = f"Trop peu d'avis pour parler au nom de toutes les personnes reçues. {asked}"
        yield matter.elsewhere(text, "Qualité des données", "qualite-des-donnees")


def to_discuss(matter: Matter, taken: frozenset[str]) -> Iterator[Statement]:
    """The solid gaps between views that no sentence told."""
    for indicator, gap in solid_gaps(matter, taken):
        yield gap_statement(matter, indicator, gap, "En parlons-nous dans les séances par territoire ?")


def to_begin_with(matter: Matter, taken: frozenset[str]) -> Iterator[Statement]:
    """The weak points of criteria, the lowest favourable share first, below three in four."""
    weak = [(each, criterion) for criterion in matter.criteria if (each := _weakest(matter, criterion))]
    free = [(each, criterion) for each, criterion in weak if indicator_of(each) not in taken]
    for measure, criterion in sorted(free, key=lambda pair: _favourable(matter, pair[0])):
        if _favourable(matter, measure) < NEAR_PERCENT:
            text = f"« {criterion.libelle} » : son point faible est {_figure(matter, measure)}. En faisons-nous un chantier ?"
            yield matter.on(measure, capitalised(text))


def _weakest(matter: Matter, criterion: Criterion) -> Measure | None:
    """The measure of the weakest share of a criterion, where it has a point."""
    standing = matter.standings.get(criterion.code)
    name = standing.weakest if standing else None
    found = next((each for each in criterion.measures if each.id == name), None)
    return found if found and found.unite == PERCENT and matter.value(found).valeur is not None else None


def _favourable(matter: Matter, measure: Measure) -> int:
    value = matter.value(measure).valeur or 0
    return 100 - value if measure.sens == FEWER else value


def _figure(matter: Matter, measure: Measure) -> str:
    return f"« {measure.libelle} », {figures.figure(matter.value(measure), measure.shown_unit)}"
