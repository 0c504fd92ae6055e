"""Mutations of headings, rows, sheets, and of how a text is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from tests.fuzz.cells import WORDS, Change, some_cell
from tests.fuzz.writers import Draft

_HEADINGS_MADE = (
    "", " ", "Prénom", "Adresse e-mail", "N° de sécurité sociale", "nom", "Libre", "c0", "q:U03", "ecartee", "ligne",
    "identite", "x" * 300, "a\nb", '"', "👩", "\x00", "Colonne inconnue", "submitdate", "SID", "id",
)  # fmt: skip
_ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "cp850", "mac_roman", "ascii",
    "utf-7",
)  # fmt: skip
_SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    str.lower,
    lambda heading: f"  {heading} ",
    lambda heading: heading.replace("é", "e"),
    lambda heading: heading.replace(" ", "\u00a0"),
)


def _heading_spelling(random: Random, draft: Draft) -> None:
    draft.headings[:] = [random.choice(_SPELLINGS)(str(heading)) for heading in draft.headings]


def _heading_twice(random: Random, draft: Draft) -> None:
    draft.headings[_place(random, draft)] = draft.headings[_place(random, draft)]


def _heading_swapped(random: Random, draft: Draft) -> None:
    one, other = _place(random, draft), _place(random, draft)
    draft.headings[one], draft.headings[other] = draft.headings[other], draft.headings[one]


def _heading_renamed(random: Random, draft: Draft) -> None:
    draft.headings[_place(random, draft)] = random.choice(_HEADINGS_MADE)


def _heading_dropped(random: Random, draft: Draft) -> None:
    draft.headings.pop(_place(random, draft))


def _headings_gone(random: Random, draft: Draft) -> None:
    draft.headings[:] = [""] * len(draft.headings)


def _place(random: Random, draft: Draft) -> int:
    return random.randrange(len(draft.headings))


def _column_added(random: Random, draft: Draft) -> None:
    at, heading, word = _place(random, draft), random.choice(_HEADINGS_MADE), random.choice(WORDS)
    for line, cell in [(draft.headings, heading), *((row, word) for row in draft.rows)]:
        line.insert(at, cell)


def _column_dropped(random: Random, draft: Draft) -> None:
    at = _place(random, draft)
    for line in (draft.headings, *draft.rows):
        del line[at : at + 1]


def _columns_shuffled(random: Random, draft: Draft) -> None:
    order = random.sample(range(len(draft.headings)), len(draft.headings))
    for line in (draft.headings, *draft.rows):
        line[:] = [line[at] if at < len(line) else "" for at in order]


def _row_shorter(random: Random, draft: Draft) -> None:
    row, at = some_cell(random, draft)
    del row[at:]


def _row_longer(random: Random, draft: Draft) -> None:
    row, _ = some_cell(random, draft)
    row.extend([random.choice(WORDS)] * random.randint(1, 3))


def _rows_blank(random: Random, draft: Draft) -> None:
    for _ in range(random.randint(1, 4)):
        draft.rows.insert(
            random.randint(0, len(draft.rows)), random.choice(([], [""], [""] * len(draft.headings), ["\u00a0"]))
        )


def _row_total(random: Random, draft: Draft) -> None:
    word = random.choice(("TOTAL", "totaux", "Moyenne", " Ensemble", "Total général"))
    draft.rows.insert(random.randint(0, len(draft.rows)), [word, *["9"] * (len(draft.headings) - 1)])


def _rows_repeated(random: Random, draft: Draft) -> None:
    draft.rows.extend([list(row) for row in draft.rows] * random.randint(1, 5))


def _rows_gone(random: Random, draft: Draft) -> None:
    del draft.rows[random.randint(0, 1) :]


def _headings_again(random: Random, draft: Draft) -> None:
    draft.rows.insert(random.randint(0, len(draft.rows)), list(draft.headings))


def _titles(random: Random, draft: Draft) -> None:
    lines: tuple[list[Any], ...] = ["Titre FICTIF"], [], ["a", "b"], ["sur\ndeux lignes"], ["; , ;"], ["x" * 200]
    draft.above.extend([list(random.choice(lines)) for _ in range(random.randint(1, 12))])


def _sheet_added(random: Random, draft: Draft) -> None:
    content = random.choice((draft.lines, [draft.headings], [], [["Notes"], ["x"]]))
    draft.sheets.append((random.choice(("Suite", "Feuil2", "x_summary_y")), [list(line) for line in content]))


def _separator(random: Random, draft: Draft) -> None:
    draft.style = replace(draft.style, separator=random.choice((";", ",", "\t", "|", " ")))


def _line_end(random: Random, draft: Draft) -> None:
    draft.style = replace(draft.style, line_end=random.choice(("\n", "\r", "\r\n", "\n\n", "\n\r", "\x85", "\u2028")))


def _quotes(random: Random, draft: Draft) -> None:
    draft.style = replace(draft.style, quote_all=not draft.style.quote_all)


def _encoding(random: Random, draft: Draft) -> None:
    draft.style = replace(draft.style, encoding=random.choice(_ENCODINGS))


KEEPING_ROWS: dict[str, Change] = {
    "en-têtes autrement écrits": _heading_spelling,
    "en-tête doublé": _heading_twice,
    "en-têtes échangés": _heading_swapped,
    "en-tête renommé": _heading_renamed,
    "colonne ajoutée": _column_added,
    "colonnes mélangées": _columns_shuffled,
    "ligne de total": _row_total,
    "lignes répétées": _rows_repeated,
    "guillemets partout ou nulle part": _quotes,
}
"""By name; the data rows are those of the draft, each on a line that says so."""
LAYOUT: dict[str, Change] = KEEPING_ROWS | {
    "en-tête ôté": _heading_dropped,
    "en-têtes ôtés": _headings_gone,
    "en-têtes répétés": _headings_again,
    "colonne ôtée": _column_dropped,
    "ligne plus courte": _row_shorter,
    "ligne plus longue": _row_longer,
    "lignes vides": _rows_blank,
    "lignes ôtées": _rows_gone,
    "titres": _titles,
    "feuille ajoutée": _sheet_added,
    "séparateur": _separator,
    "fins de ligne": _line_end,
    "encodage": _encoding,
}
