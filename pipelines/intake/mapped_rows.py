"""The staged rows of a delivery, in SQL: each column of the contract in its own words, references hashed, days gone."""

from __future__ import annotations

from grids.contract import Column, load_contract
from grids.network import Delivery, Source
from pipelines.intake.canonical import canonical_sql, coded_sql, month_sql, trimmed_sql
from pipelines.intake.comments import COMMENT_ALONE, comment_columns
from pipelines.intake.identities import identity_sql
from pipelines.intake.recognition import Recognised
from pipelines.intake.references import FIRST_YEAR, reference_sql
from pipelines.intake.set_aside import UNANSWERED, set_aside_sql
from pipelines.intake.suspects import RAW, raw_cells_sql, raw_name, suspect_sql
from pipelines.staging import quoted, staged_columns, text_literal

_QUESTION = "q:"


def mapped_sql(recognised: Recognised, network: str, rows: str, unfinished: str | None) -> str:
    """SQL that turns `rows` (see sources) into staged rows, one a source row, in order, each on its own.

    Columns: `ecartee` (why it is no record), `identite` (whether a cell looks like an identity), `annee`, the contract's
    columns as text, for answers asked as columns one `q:<question>` each, for free comments one `c:<question>` each.
    """
    delivery = recognised.delivery
    present = {name: each for name, each in delivery.columns.items() if _present(each, recognised)}
    year = _year(present)
    columns = ", ".join(
        f"{_column_sql(column, present, delivery, network, year)} AS {column.name}"
        for column in load_contract(delivery.table).columns
        if not (delivery.questions and column.name in ("question", "valeur"))
    )
    asked = {_QUESTION + name: source for name, source in _present_questions(recognised).items()}
    made = {name: source for name, source in present.items() if not name.endswith("_ref")} | asked
    return f"""SELECT COLUMNS(lambda name: NOT starts_with(name, '{RAW}')),
      CASE WHEN {suspect_sql(recognised, made)} THEN {identity_sql(recognised, raw_name)} ELSE false END AS identite
      FROM (SELECT {set_aside_sql(recognised, unfinished)} AS ecartee, {year} AS annee,
        {columns}{_answers(recognised)}{_comments(recognised)}{raw_cells_sql(recognised)} FROM ({rows}))"""


def staged_sql(delivery: Delivery, mapped: str) -> str:
    """SQL that turns mapped rows into those of the contract: one a record, or one a question answered."""
    names = [name for name in staged_columns(load_contract(delivery.table)) if name not in ("question", "valeur")]
    if not delivery.questions:
        return f"SELECT ligne, {', '.join(staged_columns(load_contract(delivery.table)))} FROM {mapped} WHERE ecartee IS NULL"
    return f"""SELECT ligne, {", ".join(names)}, substr(question, {len(_QUESTION) + 1}) AS question, valeur
      FROM (UNPIVOT (SELECT ligne, {", ".join(names)}, COLUMNS('^{_QUESTION}') FROM {mapped} WHERE ecartee IS NULL)
        ON COLUMNS('^{_QUESTION}') INTO NAME question VALUE valeur)"""


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
        key = f"list_extract(getvariable('cles'), {year} - {FIRST_YEAR - 1})"
        return reference_sql(trimmed_sql(quoted(sources[column.name].heading)), key, survey)
    return _blocked_sql(canonical_sql(column, sources[column.name]), sources[column.name], _boxes(delivery, sources))


def _boxes(delivery: Delivery, sources: dict[str, Source]) -> dict[str, list[str]]:
    """By block, SQL that is true where one of its boxes is ticked: a column of the contract, or one that closes it."""
    contract = load_contract(delivery.table)
    boxes: dict[str, list[str]] = {}
    for name, source in sources.items():
        column = contract.column(name)
        if source.block and column is not None:
            boxes.setdefault(source.block, []).append(f"coalesce({canonical_sql(column, source)} = 'oui', false)")
    for block, headings in delivery.closing.items():
        boxes.setdefault(block, []).extend(f"coalesce({trimmed_sql(quoted(each))}, '') <> ''" for each in headings)
    return boxes


def _blocked_sql(answer: str, source: Source, boxes: dict[str, list[str]]) -> str:
    """As soon as one box of the block is ticked, the empty ones mean no; none ticked: nothing is recorded."""
    if not source.block:
        return answer
    ticked = " OR ".join(boxes[source.block])
    return f"CASE WHEN {ticked} THEN coalesce({answer}, 'non') WHEN {answer} LIKE '#%' THEN {answer} END"


def _answers(recognised: Recognised) -> str:
    """The questions as columns beside the others, the block rule applied."""
    present = _present_questions(recognised)
    return "".join(
        f", {_answer_sql(source, present)} AS {quoted(_QUESTION + name)}" for name, source in present.items()
    )


def _comments(recognised: Recognised) -> str:
    return "".join(f", {cell} AS {quoted(name)}" for name, cell in comment_columns(recognised).items())


def _present_questions(recognised: Recognised) -> dict[str, Source]:
    return {name: each for name, each in recognised.delivery.questions.items() if _present(each, recognised)}


def _answer_sql(source: Source, questions: dict[str, Source]) -> str:
    boxes: dict[str, list[str]] = {}
    for each in questions.values():
        boxes.setdefault(each.block, []).append(f"coalesce({coded_sql(each.heading, each.values)} = 'oui', false)")
    return _blocked_sql(coded_sql(source.heading, source.values), source, boxes)
