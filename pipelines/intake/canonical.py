"""From a cell of an export to the contract's words, in SQL: a value, NULL where nothing is recorded, or a mark."""

from __future__ import annotations

from grids.contract import Column, allowed_values
from grids.network import DATE_FORMATS, Source, network_codes
from grids.territories import communes, merged_communes
from pipelines.intake.office_text import normalised
from pipelines.intake.working_days import delay_sql
from pipelines.staging import SET_SEPARATOR, UNKNOWN, UNREADABLE, quoted, text_literal

_IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:\-]{0,63}$"
_LABEL = r"^[^#\d][^#]{0,119}$"


def canonical_sql(column: Column, source: Source) -> str:
    """SQL (text) that turns what `source` reads of the table `brut` into the words of `column`."""
    if source.working_days:
        start, end = (_date(quoted(heading), source.date) for heading in source.headings)
        return _marked(_any_missing(source.headings), f"CAST({delay_sql(start, end)} AS VARCHAR)", UNREADABLE)
    cell = quoted(source.heading)
    value = _BY_TYPE[column.type](cell, column, source)
    mark = UNKNOWN if column.type in ("code", "booleen", "commune") else UNREADABLE
    return _marked(f"{cell} IS NULL", value, mark)


def coded_sql(heading: str, values: dict[str, str]) -> str:
    """SQL for a cell read through a value table; what the table does not know is marked."""
    return _marked(f"{quoted(heading)} IS NULL", _lookup(_bare(quoted(heading)), values), UNKNOWN)


def month_sql(source: Source) -> str:
    """SQL (text) for the first day of the month that `source` reads; NULL if it is no date."""
    cell = quoted(source.heading)
    return f"CAST(CAST(date_trunc('month', {_date(cell, source.date)}) AS DATE) AS VARCHAR)"


def _marked(missing: str, value: str, mark: str) -> str:
    return f"CASE WHEN {missing} THEN NULL ELSE coalesce({value}, '{mark}') END"


def _any_missing(headings: tuple[str, ...]) -> str:
    return " OR ".join(f"{quoted(heading)} IS NULL" for heading in headings)


def _bare(cell: str) -> str:
    """A cell as `office_text.normalised` would compare it."""
    return f"lower(strip_accents(regexp_replace(replace({cell}, '’', ''''), '[\\s\\x{{00A0}}\\x{{202F}}]+', ' ', 'g')))"


def _lookup(cell: str, values: dict[str, str]) -> str:
    cases = " ".join(f"WHEN {text_literal(normalised(key))} THEN {text_literal(code)}" for key, code in values.items())
    return f"CASE {cell} {cases} END"


def _table(column: Column, source: Source) -> dict[str, str]:
    return source.values or {code: code for code in allowed_values(column, network_codes())}


def _code(cell: str, column: Column, source: Source) -> str:
    return _lookup(_bare(cell), _table(column, source))


def _set(cell: str, column: Column, source: Source) -> str:
    """A set is written sorted, each code once, so that the same set always has the same text."""
    item = f"coalesce({_lookup(_bare('trim(element)'), _table(column, source))}, '{UNKNOWN}')"
    separator = text_literal(source.separator or SET_SEPARATOR)
    mapped = f"list_transform(string_split({cell}, {separator}), lambda element: {item})"
    return f"array_to_string(list_sort(list_distinct({mapped})), '{SET_SEPARATOR}')"


def _integer(cell: str, column: Column, source: Source) -> str:
    digits = f"regexp_replace({cell}, '[\\s\\x{{00A0}}\\x{{202F}}]', '', 'g')"
    return f"CASE WHEN regexp_full_match({digits}, '-?\\d{{1,9}}') THEN CAST(CAST({digits} AS INTEGER) AS VARCHAR) END"


def _date(cell: str, shape: str) -> str:
    """A date read in one shape only, never month first; NULL if it is not that, or of no year that can be meant."""
    day = f"CAST(try_strptime({cell}, '{DATE_FORMATS[shape or 'AAAA-MM-JJ']}') AS DATE)"
    return f"CASE WHEN year({day}) BETWEEN 1900 AND 2099 THEN {day} END"


def _day(cell: str, column: Column, source: Source) -> str:
    return f"CAST({_date(cell, source.date)} AS VARCHAR)"


def _month(cell: str, column: Column, source: Source) -> str:
    """The day of a reception does not pass the door: only its month does."""
    return month_sql(source)


def _commune(cell: str, column: Column, source: Source) -> str:
    codes = {insee: insee for insee in communes()} | merged_communes()
    return _lookup(f"lpad({cell}, 5, '0')", codes)


def _text(cell: str, column: Column, source: Source) -> str:
    pattern = _LABEL if column.name == "nom" else _IDENTIFIER
    return f"CASE WHEN regexp_matches({cell}, '{pattern}') THEN {cell} END"


_BY_TYPE = {
    "texte": _text,
    "code": _code,
    "ensemble": _set,
    "booleen": _code,
    "entier": _integer,
    "mois": _month,
    "date": _day,
    "commune": _commune,
    "question": _text,
    "reponse": _text,
}
