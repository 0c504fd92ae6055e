"""From a cell of an export to the contract's words, in SQL: a value, NULL where nothing is recorded, or a mark.

A cell is first read exactly as tools write it, which is fast and nearly always enough; only what fails is trimmed and
compared without accents, case, or kind of space.
"""

from __future__ import annotations

import duckdb

from grids.contract import Column, allowed_values
from grids.network import DATE_FORMATS, Source
from grids.register import network_codes
from grids.territories import communes, merged_communes
from pipelines.intake.identities import ADDRESS_PATTERNS, VALUE_PATTERNS
from pipelines.intake.office_text import normalised
from pipelines.intake.working_days import delay_sql
from pipelines.staging import SET_SEPARATOR, UNKNOWN, UNREADABLE, quoted, text_literal

_IDENTITY = text_literal("|".join(f"(?:{each})" for each in VALUE_PATTERNS.values()))
_IDENTITY_OR_ADDRESS = text_literal("|".join(f"(?:{each})" for each in (VALUE_PATTERNS | ADDRESS_PATTERNS).values()))
_IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:\-]{0,63}$"
_EDGE = r"[^#\s\x{00A0}\x{202F}]"
_LABEL = rf"^[^#\d\s\x{{00A0}}\x{{202F}}]([^#]{{0,118}}{_EDGE})?$"
_PHRASE = rf"^[^#\s\x{{00A0}}\x{{202F}}]([^#]{{0,118}}{_EDGE})?$"
_GAPS = r"[\s\x{00A0}\x{202F}]"
_IN_WORDS = "J mois AAAA"
_DAY_IN_WORDS = r"^(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})$"
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT_MONTHS = ("janv", "fevr", "mar", "avr", "mai", "jun", "juil", "aou", "sept", "oct", "nov", "dec")
_SPACES = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239)"


def canonical_sql(column: Column, source: Source) -> str:
    """SQL (text) that turns what `source` reads of a row into the words of `column`."""
    if source.working_days:
        return _delay(source)
    mark = UNKNOWN if column.type in ("code", "booleen", "ensemble", "commune") else UNREADABLE
    read = _READERS[column.type]
    cell = quoted(source.heading)
    return _marked(cell, read(cell, column, source), read(trimmed_sql(cell), column, source), mark)


def coded_sql(heading: str, values: dict[str, str]) -> str:
    """SQL for a cell read through a value table; what the table does not know is marked."""
    cell = quoted(heading)
    return _marked(cell, _cases(cell, values), _lookup(trimmed_sql(cell), values), UNKNOWN)


def month_sql(source: Source) -> str:
    """SQL (text) for the first day of the month that `source` reads; NULL if it is no date."""
    cell = quoted(source.heading)
    month = "CAST(CAST(date_trunc('month', {}) AS DATE) AS VARCHAR)"
    return f"coalesce({month.format(_date(cell, source.date))}, {month.format(_date(trimmed_sql(cell), source.date))})"


def trimmed_sql(cell: str) -> str:
    """SQL for a cell without its outer spaces, no-break ones included."""
    return f"trim({cell}, {_SPACES})"


def _marked(cell: str, exact: str, forgiving: str, mark: str) -> str:
    otherwise = f"CASE WHEN {trimmed_sql(cell)} <> '' THEN coalesce({forgiving}, '{mark}') END"
    return f"CASE WHEN {cell} IS NOT NULL THEN coalesce({exact}, {otherwise}) END"


def _delay(source: Source) -> str:
    cells = [quoted(heading) for heading in source.headings]
    start, end = (f"coalesce({_date(cell, source.date)}, {_date(trimmed_sql(cell), source.date)})" for cell in cells)
    missing = " OR ".join(f"coalesce({trimmed_sql(cell)}, '') = ''" for cell in cells)
    both = " AND ".join(f"{cell} IS NOT NULL" for cell in cells)
    otherwise = f"CASE WHEN NOT ({missing}) THEN '{UNREADABLE}' END"
    return f"CASE WHEN {both} THEN coalesce(CAST({delay_sql(start, end)} AS VARCHAR), {otherwise}) END"


def _cases(cell: str, values: dict[str, str]) -> str:
    return f"CASE {cell} {' '.join(f'WHEN {text_literal(key)} THEN {text_literal(code)}' for key, code in values.items())} END"


def _lookup(cell: str, values: dict[str, str]) -> str:
    """The code of a cell, as the table writes it or as `office_text.normalised` compares it."""
    bare = {normalised(key): code for key, code in values.items()}
    return f"coalesce({_map(values)}[{cell}], {_map(bare)}[{_bare(cell)}])"


def _map(values: dict[str, str]) -> str:
    """A table of words as a value: a shorter plan than as many cases, for what is seldom looked up."""
    words, codes = (", ".join(map(text_literal, each)) for each in (values.keys(), values.values()))
    return f"map([{words}], [{codes}])"


def _bare(cell: str) -> str:
    """A cell as `office_text.normalised` would compare it."""
    return f"lower(strip_accents(regexp_replace(replace({cell}, '’', ''''), '[\\s\\x{{00A0}}\\x{{202F}}]+', ' ', 'g')))"


def _table(column: Column, source: Source) -> dict[str, str]:
    return source.values or {code: code for code in allowed_values(column, network_codes())}


def _code(cell: str, column: Column, source: Source) -> str:
    table = _table(column, source)
    return _lookup(cell, table) if cell.startswith("trim") else _cases(cell, table)


def _set(cell: str, column: Column, source: Source) -> str:
    """A set is written sorted, each code once, so that the same set always has the same text."""
    table = _table(column, source)
    if not cell.startswith("trim"):
        return _cases(cell, table)
    item = f"coalesce({_lookup(trimmed_sql('element'), table)}, '{UNKNOWN}')"
    separator = text_literal(source.separator or SET_SEPARATOR)
    mapped = f"list_transform(string_split({cell}, {separator}), lambda element: {item})"
    return f"array_to_string(list_sort(list_distinct({mapped})), '{SET_SEPARATOR}')"


def _integer(cell: str, column: Column, source: Source) -> str:
    digits = f"regexp_replace({cell}, '{_GAPS}', '', 'g')"
    return f"CASE WHEN regexp_full_match({digits}, '-?\\d{{1,9}}') THEN CAST(CAST({digits} AS INTEGER) AS VARCHAR) END"


def _number(cell: str, column: Column, source: Source) -> str:
    """A number with at most one decimal sign, comma or point; a percentage is told as a share (« 12,5 % » is 0.125)."""
    bare = f"replace(regexp_replace({cell}, '{_GAPS}', '', 'g'), ',', '.')"
    plain, percent = r"-?\d{1,12}(\.\d{1,6})?", r"-?\d{1,12}(\.\d{1,6})?%"
    return (
        f"CASE WHEN regexp_full_match({bare}, '{plain}') THEN CAST(CAST({bare} AS DOUBLE) AS VARCHAR) "
        f"WHEN regexp_full_match({bare}, '{percent}') "
        f"THEN CAST(round(CAST(rtrim({bare}, '%') AS DOUBLE) / 100, 8) AS VARCHAR) END"
    )


def _siret(cell: str, column: Column, source: Source) -> str:
    """A SIRET whose key holds (Luhn); for La Poste's establishments, whose digits add up to a multiple of 5."""
    digits = f"regexp_replace({cell}, '{_GAPS}', '', 'g')"
    digit = f"TRY_CAST(substr({digits}, position, 1) AS INTEGER)"
    doubled = f"list_transform(range(1, 15), lambda position: {digit} * (1 + position % 2))"
    luhn = f"list_sum(list_transform({doubled}, lambda product: product - 9 * CAST(product > 9 AS INTEGER))) % 10 = 0"
    total = f"list_sum(list_transform(range(1, 15), lambda position: {digit}))"
    postal = f"starts_with({digits}, '356000000') AND {total} % 5 = 0"
    valid = rf"CASE WHEN regexp_full_match({digits}, '\d{{14}}') THEN {luhn} OR ({postal}) END"
    return f"CASE WHEN {valid} THEN {digits} END"


def _date(cell: str, shape: str) -> str:
    """A date read in one shape, never month first; NULL if it is not that, or of no year that can be meant.

    A cell that had to be trimmed may also hold a true date of a workbook, which comes as AAAA-MM-JJ.
    """
    if shape == _IN_WORDS:
        cell = _numbered_month(cell)
    shapes = [DATE_FORMATS[shape or "AAAA-MM-JJ"]]
    if cell.startswith("trim") and shape != _IN_WORDS:
        shapes += [each for each in DATE_FORMATS.values() if each.startswith("%Y") and each not in shapes]
    read = ", ".join(f"try_strptime({cell}, '{each}')" for each in shapes)
    day = f"CAST(coalesce({read}) AS DATE)"
    return f"CASE WHEN year({day}) BETWEEN 1900 AND 2099 THEN {day} END"


def _numbered_month(cell: str) -> str:
    """A date in words as its numbers: « jeudi 12 mars 2026 » and « 1er févr. 2026 » as 12 3 2026 and 1 2 2026."""
    bare = f"lower(strip_accents(regexp_replace(trim({cell}, {_SPACES}), '{_GAPS}+', ' ', 'g')))"
    part = f"regexp_extract({bare}, '{_DAY_IN_WORDS}', {{}})"
    names, shorts = (", ".join(map(text_literal, each)) for each in (_MONTHS, _SHORT_MONTHS))
    month = (
        f"coalesce(nullif(list_position([{names}], {part.format(2)}), 0), list_position([{shorts}], {part.format(2)}))"
    )
    return f"concat_ws(' ', {part.format(1)}, {month}, {part.format(3)})"


def _day(cell: str, column: Column, source: Source) -> str:
    return f"CAST({_date(cell, source.date)} AS VARCHAR)"


def _month(cell: str, column: Column, source: Source) -> str:
    """The day of a reception does not pass the door: only its month does."""
    return f"CAST(CAST(date_trunc('month', {_date(cell, source.date)}) AS DATE) AS VARCHAR)"


def _commune(cell: str, column: Column, source: Source) -> str:
    padded = f"CASE WHEN length({cell}) BETWEEN 4 AND 5 THEN lpad({cell}, 5, '0') END"
    return f"(SELECT actuelles FROM communes)[{padded}]"


def set_communes(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the table `communes`, of one map: the code of each commune, and of those merged, to its present one."""
    codes = {insee: insee for insee in communes()} | merged_communes()
    connection.execute(
        "CREATE OR REPLACE TABLE communes AS SELECT map($old, $new) AS actuelles",
        {"old": list(codes), "new": list(codes.values())},
    )


def _text(cell: str, column: Column, source: Source) -> str:
    return _plain(cell, _LABEL if column.name == "nom" else _IDENTIFIER, _IDENTITY)


def _phrase(cell: str, column: Column, source: Source) -> str:
    return _plain(cell, _PHRASE, _IDENTITY_OR_ADDRESS)


def _plain(cell: str, pattern: str, identity: str) -> str:
    # A text is written as it is: what looks like an identity must not reach the disk even in a file about to be refused.
    return (
        f"CASE WHEN regexp_matches({cell}, '{pattern}') AND NOT regexp_matches({cell}, {identity}, 'i') THEN {cell} END"
    )


_READERS = {
    "texte": _text,
    "phrase": _phrase,
    "code": _code,
    "ensemble": _set,
    "booleen": _code,
    "entier": _integer,
    "nombre": _number,
    "mois": _month,
    "date": _day,
    "commune": _commune,
    "siret": _siret,
    "question": _text,
    "reponse": _text,
}
