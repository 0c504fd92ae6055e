"""The declared gate: the expectations of a table, generated from its contract, run by great_expectations."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import great_expectations as gx
from great_expectations import expectations as gxe
from great_expectations.datasource.fluent.interfaces import Batch

from grids.contract import Column, Contract, allowed_values
from grids.register import network_codes
from pipelines.receipt import Check
from pipelines.staging import UNREADABLE
from pipelines.validation.engine import LentConnection, Loan
from pipelines.validation.rules import TYPED_SUFFIX, link_rule_name
from pipelines.validation.views import kept_column

_EVERY_ROW = {
    "result_format": "COMPLETE",
    "partial_unexpected_count": 1_000_000_000,
    "unexpected_index_column_names": ["livraison_id", "ligne"],
    "return_unexpected_index_query": False,
}


def expectations_of(contract: Contract) -> list[gxe.Expectation]:
    """The expectations of a table; `meta` says the column and the rule that each stands for."""
    by_column = [each for column in contract.columns for each in _column_expectations(column)]
    across = [_kept(rule.column, rule.id) for rule in contract.rules]
    links = [_kept(link.column, link_rule_name(link)) for link in contract.links]
    return [*by_column, *across, *links]


def run_gate(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, list[Check]]:
    """Run the expectations over the view `controle`, all its deliveries together.

    Whether each holds costs one pass; only those that do not are then asked which rows break them. Returns, by delivery,
    one Check an expectation.
    """
    expectations = expectations_of(contract)
    with Loan(connection) as loan:
        batch = _batch(loan)
        held = _results(batch, contract, expectations, "BOOLEAN_ONLY")
        failed = [each for each, result in zip(expectations, held, strict=True) if not result.success]
        broken = _results(batch, contract, failed, _EVERY_ROW) if failed else []
    return _by_delivery(expectations, broken, _row_counts(connection))


def _results(batch: Batch, contract: Contract, expectations: list[gxe.Expectation], told: Any) -> list[Any]:
    """The results of the expectations, in their order."""
    suite = gx.ExpectationSuite(contract.table, expectations=expectations)
    results = batch.validate(suite, result_format=told).results
    for result in results:
        if (result.exception_info or {}).get("raised_exception", True):
            raise RuntimeError(f"expectation not evaluated: {_rule_of(result)}")
    by_rule = {_rule_of(result): result for result in results}
    return [by_rule[_rule_of(each)] for each in expectations]


def _rule_of(judged: Any) -> tuple[str, str]:
    """The column and the rule of an expectation, or of the result of one."""
    meta = getattr(judged, "expectation_config", judged).meta
    return meta["colonne"], meta["regle"]


def _batch(loan: Loan) -> Batch:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_sql(
        "livraisons",
        connection_string="duckdb:///:memory:",
        kwargs={"creator": lambda: LentConnection(loan)},  # type: ignore[call-arg]
    )
    asset = source.add_table_asset("controle", table_name="controle")
    return asset.add_batch_definition_whole_table("tout").get_batch()


def _column_expectations(column: Column) -> list[gxe.Expectation]:
    expectations: list[gxe.Expectation] = []
    if column.required:
        expectations.append(gxe.ExpectColumnValuesToNotBeNull(column=column.name, meta=_meta(column, "obligatoire")))
    codes = allowed_values(column, network_codes())
    if column.type in ("code", "booleen"):
        expectations.append(
            gxe.ExpectColumnValuesToBeInSet(
                column=column.name, value_set=list(codes), meta=_meta(column, "code_inconnu")
            )
        )
    elif column.type in ("ensemble", "commune", "reponse"):
        expectations.append(_kept(column.name, "code_inconnu"))
    if column.type not in ("code", "booleen", "ensemble", "commune", "reference"):
        expectations.append(
            gxe.ExpectColumnValuesToNotBeInSet(
                column=column.name, value_set=[UNREADABLE], meta=_meta(column, "illisible")
            )
        )
    if column.minimum is not None or column.maximum is not None:
        expectations.append(
            gxe.ExpectColumnValuesToBeBetween(
                column=column.name + TYPED_SUFFIX,
                min_value=column.minimum,
                max_value=column.maximum,
                meta=_meta(column, "hors_bornes"),
            )
        )
    if column.at_most is not None:
        expectations.append(_kept(column.name, "trop_de_valeurs"))
    if column.alone:
        expectations.append(_kept(column.name, "valeur_seule"))
    return expectations


def _kept(column: str, rule: str) -> gxe.Expectation:
    """A rule that is no plain column check: the view says row by row whether it is kept."""
    return gxe.ExpectColumnValuesToBeInSet(
        column=kept_column(column, rule), value_set=[True], meta={"colonne": column, "regle": rule}
    )


def _meta(column: Column, rule: str) -> dict[str, str]:
    return {"colonne": column.name, "regle": rule}


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return dict(connection.execute("SELECT livraison_id, count(DISTINCT ligne) FROM controle GROUP BY ALL").fetchall())


def _by_delivery(
    expectations: list[gxe.Expectation], broken: list[Any], rows: dict[str, int]
) -> dict[str, list[Check]]:
    """One Check an expectation and delivery: a questionnaire is one source row whatever the number of its answers."""
    found: dict[tuple[str, str], Counter[str]] = {_rule_of(each): _rows_found(each) for each in broken}
    rules = [_rule_of(each) for each in expectations]
    return {
        delivery_id: [
            Check(colonne=column, regle=rule, verifiees=count, ecarts=found.get((column, rule), Counter())[delivery_id])
            for column, rule in rules
        ]
        for delivery_id, count in rows.items()
    }


def _rows_found(result: Any) -> Counter[str]:
    rows = {(each["livraison_id"], each["ligne"]) for each in result.result.get("unexpected_index_list") or ()}
    return Counter(delivery_id for delivery_id, _ in rows)
