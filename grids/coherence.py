"""Whether a grid holds together: every name it uses exists, every code is one that may be met, every measure has its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlglot import expressions as sql

from grids.clauses import load_clauses
from grids.contract import column_types
from grids.definitions import TRAIL, place_in, read_tree
from grids.errors import GridError
from grids.expression_check import Fault, codes_of, expression_faults, nearest, unknown
from grids.expression_types import Type
from grids.expressions import Expression
from grids.kinds import complaints
from grids.model import PROCESS, Grid, Indicator, Kind, Measure
from grids.questions import Question

_VALUES: dict[Kind, Type] = {"quantiles": "nombre", "diversite": "mot"}
"""What the value of a measure must be, where its kind needs it."""


def check_coherence(grid: Grid, path: Path) -> None:
    """Raise GridError, with file, line and place, for the first thing in `grid` that cannot be."""
    for place, sentence, remedy in faults(grid):
        raise GridError(sentence, place=place_in(path, read_tree(path), place.split(TRAIL)), remedy=remedy)


def faults(grid: Grid) -> Iterator[Fault]:
    """Everything in a grid that cannot be, from its criteria to its measures."""
    yield from _frame_faults(grid)
    for name, base in grid.bases.items():
        if base.condition:
            yield from expression_faults(grid, base.table, base.condition, "oui_non", f"bases › {name} › si")
            yield from _partner_faults(grid, [base.condition], f"bases › {name} › si")
        if base.unit:
            yield from _number_faults(base.unit, base.table, f"bases › {name} › unite")
    for name, indicator in grid.indicators.items():
        yield from _indicator_faults(grid, indicator, f"indicateurs › {name}")
        for measure_name, measure in indicator.measures.items():
            yield from _measure_faults(grid, measure, f"indicateurs › {name} › mesures › {measure_name}")


def _frame_faults(grid: Grid) -> Iterator[Fault]:
    for name, criterion in grid.criteria.items():
        yield from unknown(criterion.field, grid.field_labels, f"criteres › {name} › champ")
    for name, scale in grid.scales.items():
        for code in scale.favorable:
            yield from unknown(code, scale.values, f"echelles › {name} › favorables")
    for name, question in grid.questions.items():
        yield from unknown(question.scale, grid.scales, f"questions › {name} › echelle")
    for name, asked in grid.profile.items():
        for column in asked.columns:
            yield from unknown(column, column_types("structures"), f"profil › {name} › colonnes")


def _indicator_faults(grid: Grid, indicator: Indicator, place: str) -> Iterator[Fault]:
    yield from unknown(indicator.criterion, grid.criteria, f"{place} › critere")
    for clause in (*indicator.clauses, *indicator.approached):
        yield from unknown(clause, load_clauses(), f"{place} › clauses")
    criterion = grid.criteria.get(indicator.criterion)
    if not (indicator.clauses or indicator.approached):
        yield f"{place} › clauses", "Cet indicateur ne témoigne d'aucune clause.", "Dites laquelle, ou retirez-le."
    if indicator.computed and criterion and criterion.field != PROCESS:
        yield f"{place} › calcul", f"« calcul » est réservé au champ « {PROCESS} ».", "Donnez des « mesures »."
    if not (indicator.measures or indicator.computed or indicator.pending):
        yield (
            f"{place} › mesures",
            "Rien ne dit ce qui est mesuré.",
            "Donnez des « mesures », ou dites « pas_encore » et pourquoi.",
        )


def _measure_faults(grid: Grid, measure: Measure, place: str) -> Iterator[Fault]:
    unknown_base = list(unknown(measure.base, grid.bases, f"{place} › base"))
    yield from unknown_base
    if unknown_base or measure.pending:
        return
    yield from ((place, sentence, remedy) for sentence, remedy in complaints(measure))
    base = grid.bases[measure.base]
    for word, text in measure_expressions(measure):
        expected: Type | None = "oui_non" if word != "valeur" else _VALUES.get(measure.kind)
        yield from expression_faults(grid, base.table, text, expected, f"{place} › {word}")
    if measure.offered:
        yield from unknown(measure.offered, column_types("structures"), f"{place} › proposes")
    if measure.total:
        yield from _number_faults(measure.total, "structures", f"{place} › somme")
    if measure.total and not base.unit:
        yield (
            f"{place} › base",
            "Un rapport de sommes a besoin d'une base qui a une « unite ».",
            "Dites par quoi diviser, dans la base.",
        )
    for code in measure.favorable:
        yield from unknown(code, measure.categories, f"{place} › favorables")
    yield from _category_faults(grid, measure, f"{place} › categories")
    if measure.breakdowns and not any(asked.by_partner for asked in _asked(grid, measure)):
        yield (
            f"{place} › ventilations",
            "Aucune question de cette mesure n'est posée pour chaque réseau partenaire.",
            "Retirez « ventilations », ou dites « par_partenaire: true » dans la question.",
        )
    if not measure.breakdowns:
        yield from _partner_faults(grid, measure.expressions, place)
    if measure.of:
        yield from _source_faults(grid, measure, place)
    for level in measure.levels:
        if level not in base.levels:
            yield (
                f"{place} › niveaux",
                f"La base « {measure.base} » n'est pas montrée au niveau « {level} ».",
                f"Choisissez parmi : {', '.join(base.levels)}.",
            )


def _partner_faults(grid: Grid, texts: Iterable[str], place: str) -> Iterator[Fault]:
    """A question asked of each partner has no answer of its own."""
    for name in {name for text in texts for name in Expression(text).names}:
        if name in grid.questions and grid.questions[name].by_partner:
            yield (
                place,
                f"« {name} » est posée pour chaque réseau partenaire : elle n'a pas de réponse à elle seule.",
                'Ajoutez « ventilations: ["partenaire"] » à la mesure, ou nommez une autre question.',
            )


def _source_faults(grid: Grid, measure: Measure, place: str) -> Iterator[Fault]:
    """The measure that a gap is taken of must be a delay on the same base."""
    indicator, _, name = measure.of.partition(".")
    source = grid.indicators[indicator].measures.get(name) if indicator in grid.indicators else None
    if source is None or source.kind != "quantiles":
        yield (
            f"{place} › de",
            f"« {measure.of} » n'est pas une mesure de genre « quantiles ».",
            "Écrivez par exemple « OR02.rendue ».",
        )
    elif source.base != measure.base:
        yield f"{place} › de", f"« {measure.of} » porte sur une autre base.", f"Mettez base: « {source.base} »."


def measure_expressions(measure: Measure) -> Iterator[tuple[str, str]]:
    """Every expression of a measure, after the words of the file that lead to it."""
    words = {
        "si": measure.condition, "compte": measure.counted, "valeur": measure.value, "groupe": measure.group,
        "contre": measure.against, "avant": measure.before, "apres": measure.after,
    }  # fmt: skip
    yield from ((word, text) for word, text in words.items() if text)
    yield from ((f"items › {name} › compte", item.counted) for name, item in measure.items.items())


def _category_faults(grid: Grid, measure: Measure, place: str) -> Iterator[Fault]:
    """The categories of a distribution must be values that it may take."""
    if not measure.value:
        return
    tree = Expression(measure.value).tree
    codes: tuple[str, ...] = ()
    if isinstance(tree, sql.Column):
        codes = codes_of(grid, grid.bases[measure.base].table, tree.name)
    elif isinstance(tree, sql.Anonymous) and tree.name.lower() == "nombre_vrais":
        codes = tuple(map(str, range(len(tree.expressions) + 1)))
    for category in measure.categories if codes else ():
        if category not in codes:
            yield place, f"« {measure.value} » ne vaut jamais « {category} ».", nearest(category, codes)


def _asked(grid: Grid, measure: Measure) -> Iterator[Question]:
    """The questions that a measure reads."""
    for text in measure.expressions:
        yield from (grid.questions[name] for name in Expression(text).names if name in grid.questions)


def _number_faults(name: str, table: str, place: str) -> Iterator[Fault]:
    """A column that is added up must exist, and hold whole numbers."""
    columns = column_types(table)
    yield from unknown(name, columns, place)
    if name in columns and columns[name].type != "entier":
        numbers = [each.name for each in columns.values() if each.type == "entier"]
        yield place, f"« {name} » n'est pas un nombre entier : on ne peut pas l'additionner.", nearest(name, numbers)
