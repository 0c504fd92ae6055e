"""What goes on from one version of a grid to the next: whether a measure counts the same, and what it says it continues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlglot import expressions as sql

from grids.definitions import ROOT, place_in, read_tree
from grids.errors import GridError
from grids.expressions import Expression
from grids.model import Grid, Measure
from grids.questions import Scale


def check_continuity(grids: Sequence[Grid], root: Path = ROOT) -> None:
    """Raise GridError, with file and line, where a version breaks with the earlier ones. `grids`: oldest first.

    A measure continues only a measure of an earlier version, in the same unit and of the same kind; a question keeps its id
    only on its scale.
    """
    for rank, grid in enumerate(grids):
        for trail, sentence, remedy in (*_series_faults(grid, grids[:rank]), *_question_faults(grid, grids[:rank])):
            path = root / grid.id / f"{grid.version}.yaml"
            raise GridError(sentence, place=place_in(path, read_tree(path), trail), remedy=remedy)


def continued_id(measure: Measure, earlier: Sequence[Grid]) -> str | None:
    """The id of the measure that `measure` says it continues ("PD02.percue@2023.1"), or None. `earlier`: oldest first.

    A grid may name it with its version or without: then it is that of the latest earlier version that has it.
    """
    if measure.continues is None:
        return None
    known = [measure_id for grid in reversed(earlier) for measure_id, _, _ in grid.defined_measures()]
    named = measure.continues.measure
    return next((each for each in known if named in (each, each.partition("@")[0])), None)


def differences(old: Grid, before: Measure, new: Grid, after: Measure) -> tuple[str, ...]:
    """What no longer counts the same from `before` (of `old`) to `after` (of `new`), in French; empty if nothing."""
    was, becomes = _meaning(old, before), _meaning(new, after)
    return tuple(word for word in {**was, **becomes} if was.get(word) != becomes.get(word))


def _meaning(grid: Grid, measure: Measure) -> dict[str, Any]:
    """All that decides what a measure counts, by what a person calls it."""
    base = grid.bases[measure.base]
    expressions = (*measure.expressions, *([base.condition] if base.condition else []))
    asked = sorted({name for text in expressions for name in Expression(text).names} & grid.questions.keys())
    return {
        "le genre": (measure.kind, measure.unit),
        "ce qui est compté": (*map(_plain, _counted(measure)), measure.total, *_numbers(measure)),
        "qui est compté": (base.table, _together(base.condition, measure.condition), base.unit),
        "les catégories": (tuple(measure.categories), tuple(sorted(measure.favorable)), tuple(measure.items)),
        **{f"le texte de {name}": grid.questions[name].text for name in asked},
        **{f"l'échelle de {name}": _words(grid.scale_of(name)) for name in asked},
        **_source(grid, measure),
    }


def _counted(measure: Measure) -> tuple[str, ...]:
    return measure.expressions[1:] if measure.condition else measure.expressions


def _together(*conditions: str) -> tuple[str, ...]:
    """What must hold at once, whether a base or a measure says it."""
    trees = [Expression(text).tree for text in conditions if text]
    terms = [term for tree in trees for term in (tree.flatten() if isinstance(tree, sql.And) else (tree,))]
    return tuple(sorted({term.sql(dialect="duckdb") for term in terms}))


def _numbers(measure: Measure) -> tuple[object, ...]:
    return measure.quantiles, measure.quantile, measure.smallest_share, measure.offered


def _source(grid: Grid, measure: Measure) -> dict[str, Any]:
    """What decides of the measure that a gap is taken of."""
    indicator, _, name = measure.of.partition(".")
    source = grid.indicators[indicator].measures.get(name) if indicator in grid.indicators else None
    return {"la mesure dont on prend l'écart": _meaning(grid, source)} if source else {}


def _plain(text: str) -> str:
    """An expression whatever its layout."""
    return str(Expression(text).tree.sql(dialect="duckdb")) if text else ""


def _words(scale: Scale) -> tuple[object, ...]:
    return tuple(scale.values.items()), tuple(sorted(scale.favorable))


def _series_faults(grid: Grid, earlier: Sequence[Grid]) -> Iterator[tuple[list[str], str, str]]:
    measures = {measure_id: measure for each in earlier for measure_id, _, measure in each.defined_measures()}
    for measure_id, _, measure in grid.defined_measures():
        if measure.continues is None:
            continue
        indicator, name = measure_id.partition("@")[0].split(".")
        trail = ["indicateurs", indicator, "mesures", name, "suite_de"]
        found = continued_id(measure, earlier)
        if found is None:
            told = f"« {measure.continues.measure} » n'existe dans aucune version antérieure : il n'y a pas de suite."
            yield trail, told, "Nommez une mesure qui a existé, ou retirez « suite_de »."
        elif (measures[found].kind, measures[found].unit) != (measure.kind, measure.unit):
            told = f"Cette mesure ne peut pas continuer « {found} » : le genre ou l'unité n'est plus le même."
            yield trail, told, "Retirez « suite_de » : la page montrera une rupture."


def _question_faults(grid: Grid, earlier: Sequence[Grid]) -> Iterator[tuple[list[str], str, str]]:
    asked = {name: each for each in earlier for name in each.questions}
    for name in filter(asked.__contains__, grid.questions):
        was, becomes = asked[name].scale_of(name), grid.scale_of(name)
        if set(was.values) != set(becomes.values):
            yield (
                ["questions", name, "echelle"],
                f"« {name} » change d'échelle : dans la version {asked[name].version}, ses réponses étaient "
                f"{', '.join(was.values)}. Deux échelles ne se lisent pas sous un même identifiant.",
                "Donnez à cette question un nouvel identifiant.",
            )
