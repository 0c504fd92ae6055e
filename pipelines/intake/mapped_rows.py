"""The staged rows of a delivery, in SQL: each column of the contract in its own words, references hashed, days gone."""

from __future__ import annotations

from grids.contract import Column, load_contract
from grids.network import Delivery, Source
from grids.partner_questions import ABOUT
from pipelines.intake.canonical import canonical_sql, coded_sql, month_sql, trimmed_sql
from pipelines.intake.comments import COMMENT_ALONE, comment_columns
from pipelines.intake.identities import identity_sql, searched_headings
from pipelines.intake.recognition import Recognised
from pipelines.intake.references import FIRST_YEAR, reference_sql
from pipelines.intake.set_aside import UNANSWERED, set_aside_sql
from pipelines.intake.suspects import raw_cells_sql, raw_name, suspect_sql
from pipelines.staging import quoted, staged_columns, text_literal

_QUESTION = "q:"
_ANSWER = ("question", "valeur")
"""What each answer says by itself, whatever its questionnaire."""


def mapped_sql(recognised: Recognised, network: str, rows: str, unfinished: str | None) -> str:
    """SQL that turns `rows` (see sources) into staged rows, one a source row, in order, each on its own.

    Columns: `ecartee` (why it is no record), `annee_du_mois`, the contract's columns as text, for answers asked as columns one
    `q:<question>` each (`q:<question>@<partner network>` where it is asked of each partner), for free comments one
    `c:<question>` each, `identite` (whether a cell looks like an identity).
    """
    made = _made(recognised)
    blocks = _blocks(recognised, made)
    ruled = ", ".join(
        f"{_ruled_sql(name, blocks[source.block])} AS {quoted(name)}" for name, source in made.items() if source.block
    )
    replaced = f" REPLACE ({ruled})" if ruled else ""
    return f"""SELECT * EXCLUDE ({_raw_names(recognised)}){replaced},
      CASE WHEN {suspect_sql(recognised, made)} THEN {identity_sql(recognised, raw_name)} ELSE false END AS identite
      FROM ({_read_sql(recognised, network, rows, unfinished)})"""


def _read_sql(recognised: Recognised, network: str, rows: str, unfinished: str | None) -> str:
    """SQL for each row as it is read, before what one cell says of another; the source's own cells stand beside."""
    delivery = recognised.delivery
    present = {name: each for name, each in delivery.columns.items() if _present(each, recognised)}
    year = _year(present)
    columns = ", ".join(
        f"{_column_sql(column, present, delivery, network, year)} AS {column.name}"
        for column in load_contract(delivery.table).columns
        if not (delivery.questions and column.name in _ANSWER)
    )
    return f"""SELECT {set_aside_sql(recognised, unfinished)} AS ecartee, {year} AS annee_du_mois,
      {columns}{_answers(recognised)}{_comments(recognised)}{raw_cells_sql(recognised)} FROM ({rows})"""


def _made(recognised: Recognised) -> dict[str, Source]:
    """The columns that are made of what the file says, references left out, each with its source."""
    columns = recognised.delivery.columns
    present = {name: each for name, each in columns.items() if _present(each, recognised)}
    asked = {_QUESTION + name: source for name, source in _present_questions(recognised).items()}
    # Where the mapping says a constant, the cell is not looked at: it is not understood either.
    unread = {name for name in present if name.endswith("_ref")} | set(recognised.delivery.constants)
    return {name: source for name, source in present.items() if name not in unread} | asked


def _raw_names(recognised: Recognised) -> str:
    return ", ".join(raw_name(heading) for heading in searched_headings(recognised))


def staged_sql(delivery: Delivery, mapped: str) -> str:
    """SQL that turns mapped rows into those of the contract: one a record, or one a question answered."""
    columns = staged_columns(load_contract(delivery.table))
    if not delivery.questions:
        return f"SELECT ligne, {', '.join(columns)} FROM {mapped} WHERE ecartee IS NULL"
    asked = f"substr(posee, {len(_QUESTION) + 1})"
    answer = {
        # A file of one line a partner names it in a column of its own.
        "partenaire": f"coalesce(nullif(split_part({asked}, '{ABOUT}', 2), ''), partenaire)",
        "question": f"split_part({asked}, '{ABOUT}', 1)",
        "valeur": "valeur",
    }
    told = ", ".join(f"{answer.get(name, name)} AS {name}" for name in columns)
    kept = ", ".join(name for name in columns if name not in _ANSWER)
    return f"""SELECT ligne, {told}
      FROM (UNPIVOT (SELECT ligne, {kept}, COLUMNS('^{_QUESTION}') FROM {mapped} WHERE ecartee IS NULL)
        ON COLUMNS('^{_QUESTION}') INTO NAME posee VALUE valeur)"""


def unanswered_sql(recognised: Recognised) -> str:
    """SQL for the reason why a mapped row is set aside, questionnaires without a single answer included."""
    asked = [quoted(_QUESTION + name) for name in _present_questions(recognised)]
    if not asked:
        return "ecartee"
    reason = f"'{UNANSWERED}'"
    if commented := [quoted(name) for name in comment_columns(recognised)]:
        reason = f"CASE WHEN coalesce({', '.join(commented)}) IS NULL THEN {reason} ELSE '{COMMENT_ALONE}' END"
    return f"CASE WHEN ecartee IS NULL AND coalesce({', '.join(asked)}) IS NULL THEN {reason} ELSE ecartee END"


def _present(source: Source, recognised: Recognised) -> bool:
    return all(recognised.position(heading) is not None for heading in source.headings)


def _year(sources: dict[str, Source]) -> str:
    """The year of a row's month, which chooses the key of its reference."""
    dated = next((name for name in ("mois", "debut") if name in sources), None)
    return f"year(TRY_CAST({month_sql(sources[dated])} AS DATE))" if dated else "NULL::BIGINT"


def _column_sql(column: Column, sources: dict[str, Source], delivery: Delivery, network: str, year: str) -> str:
    if column.name in delivery.constants:
        return text_literal(delivery.constants[column.name])
    if column.name not in sources:
        return "CAST(NULL AS UUID)" if column.type == "reference" else "CAST(NULL AS VARCHAR)"
    if column.type == "reference":
        survey = f"{network}/{delivery.id}" if delivery.questions else f"{network}/{delivery.table}"
        # Without a readable month there is no key, hence no reference: the row is in quarantine for its month.
        key = f"list_extract((SELECT liste FROM cles), {year} - {FIRST_YEAR - 1})"
        return reference_sql(trimmed_sql(quoted(sources[column.name].heading)), key, survey)
    return canonical_sql(column, sources[column.name])


def _blocks(recognised: Recognised, made: dict[str, Source]) -> dict[str, str]:
    """By block, SQL over the rows read that is true where one of its boxes is ticked, or one that closes it."""
    boxes: dict[str, list[str]] = {}
    for name, source in made.items():
        if source.block:
            boxes.setdefault(source.block, []).append(f"coalesce({quoted(name)} = 'oui', false)")
    for block, headings in recognised.delivery.closing.items():
        there = [each for each in headings if recognised.position(each) is not None]
        boxes.setdefault(block, []).extend(f"coalesce({trimmed_sql(raw_name(each))}, '') <> ''" for each in there)
    return {block: " OR ".join(each) for block, each in boxes.items()}


def _ruled_sql(name: str, ticked: str) -> str:
    """As soon as one box of the block is ticked, the empty ones mean no; none ticked: nothing is recorded."""
    answer = quoted(name)
    return f"CASE WHEN {ticked} THEN coalesce({answer}, 'non') WHEN {answer} LIKE '#%' THEN {answer} END"


def _answers(recognised: Recognised) -> str:
    """The questions as columns beside the others."""
    present = _present_questions(recognised)
    return "".join(
        f", {coded_sql(source.heading, source.values)} AS {quoted(_QUESTION + name)}"
        for name, source in present.items()
    )


def _comments(recognised: Recognised) -> str:
    return "".join(f", {cell} AS {quoted(name)}" for name, cell in comment_columns(recognised).items())


def _present_questions(recognised: Recognised) -> dict[str, Source]:
    return {name: each for name, each in recognised.delivery.questions.items() if _present(each, recognised)}
