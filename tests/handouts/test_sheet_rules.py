"""A condition said as a formula holds exactly where the same condition, compiled to SQL, does."""

from __future__ import annotations

import re
from itertools import product

import duckdb
import pytest

from grids.common_sheet import load_common_sheet
from grids.errors import GridError
from pipelines.compiled import compile_expression
from pipelines.handouts.sheet_layout import Layout
from pipelines.handouts.sheet_rules import condition_formula

SHEET = load_common_sheet()
LAYOUT = Layout(SHEET)
READ = ("canal", "modalite", "urgence", "type_echange", "orientation")
CONDITIONS = sorted(
    {each.condition for each in SHEET.asked if each.condition}
    | {each.imposed.condition for each in SHEET.asked if each.imposed}
    | {
        "est_renseigne(canal) or contient(orientation, 'cio')",
        "(canal = 'tchat' or canal = 'courriel') and modalite <> 'flux'",
    }
)


def evaluated(formula: str, cells: dict[str, str]) -> bool:
    """A formula of OR, AND, = and <> computed by Python itself."""
    parts = re.split(r'("(?:[^"]|"")*")', formula)
    said = "".join(
        repr(part[1:-1].replace('""', '"')) if part.startswith('"') else _python(part, cells) for part in parts
    )
    return bool(eval(said, {"any_of": lambda *each: any(each), "all_of": lambda *each: all(each)}))


def _python(text: str, cells: dict[str, str]) -> str:
    text = (
        text.replace("<>", "!=")
        .replace("=", "==")
        .replace("!==", "!=")
        .replace("OR(", "any_of(")
        .replace("AND(", "all_of(")
    )
    return re.sub(r"\$[A-Z]+\d+", lambda match: repr(cells.get(match[0], "")), text)


def written(codes: dict[str, list[str]]) -> dict[str, str]:
    """Address → words, for a line that says `codes`."""
    return {
        address: held.words[code][0]
        for column, held in LAYOUT.cells(4).items()
        for address, code in zip(held.addresses, codes.get(column, []), strict=False)
    }


def held_in_sql(condition: str, codes: dict[str, list[str]]) -> bool:
    values = {name: codes[name] if name == "orientation" else codes[name][0] for name in READ if codes[name]}
    columns = ", ".join(
        f"CAST({f'${name}' if name in values else 'NULL'} AS VARCHAR{'[]' if name == 'orientation' else ''}) AS {name}"
        for name in READ
    )
    query = f"SELECT coalesce({compile_expression(condition)}, false) FROM (SELECT {columns})"
    row = duckdb.connect().execute(query, values).fetchone()
    return bool(row and row[0])


LINES = [
    dict(zip(READ, each, strict=True))
    for each in product(
        [[], ["presentiel"], ["tchat"], ["courriel"]],
        [[], ["flux"], ["differe"]],
        [[], ["aucune"], ["sociale"], ["non_evaluee"]],
        [[], ["information"], ["analyse"]],
        [[], ["aucune"], ["cio"], ["aucune", "apec"], ["cio", "apec"]],
    )
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_formula_and_its_condition_hold_on_the_same_lines(condition: str) -> None:
    formula = condition_formula(condition, LAYOUT.cells(4))
    read = [name for name in READ if name in condition]
    distinct = {str([line[name] for name in read]): line for line in LINES}.values()
    held = [evaluated(formula, written(line)) for line in distinct]
    assert held == [held_in_sql(condition, line) for line in distinct]
    assert True in held
    assert False in held


@pytest.mark.parametrize(
    "condition",
    ["not canal = 'tchat'", "attente_jours_ouvres > 3", "canal = 'pigeon'", "inconnue = 'oui'", "favorable(canal)"],
)
def test_what_a_sheet_cannot_say_is_refused(condition: str) -> None:
    with pytest.raises(GridError):
        condition_formula(condition, LAYOUT.cells(4))


def test_a_line_is_touched_by_any_answer_that_no_default_gives() -> None:
    formula = LAYOUT.touched(4, imposed_too=True)
    read = set(re.findall(r"\$[A-Z]+5", formula))
    defaulted = {LAYOUT.cell(h, 4) for each in SHEET.asked if each.has_default for h in each.headings}
    others = {LAYOUT.cell(h, 4) for each in SHEET.asked if not each.has_default for h in each.headings}
    assert read == others
    assert not read & defaulted
