"""The declared gate: the expectations of a table, generated from its contract, run by great_expectations."""

from __future__ import annotations

from collections import Counter
from typing import Any

import duckdb
import great_expectations as gx
from great_expectations import expectations as gxe
from great_expectations.datasource.fluent.interfaces import Batch

from grids.contract import Column, Contract, allowed_values
from grids.network import network_codes
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
    """Run the expectations over the view `controle`, in one pass for all its deliveries.

    Returns, by delivery, one Check an expectation.
    """
    with Loan(connection) as loan:
        suite = gx.ExpectationSuite(contract.table, expectations=expectations_of(contract))
        result = _batch(loan).validate(suite, result_format=_EVERY_ROW)
    return _by_delivery(result.results, _row_counts(connection))


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


def _by_delivery(results: list[Any], rows: dict[str, int]) -> dict[str, list[Check]]:
    checks: dict[str, list[Check]] = {delivery_id: [] for delivery_id in rows}
    for result in results:
        if result.exception_info.get("raised_exception", True):
            raise RuntimeError(f"expectation not evaluated: {result.expectation_config.type}")
        # A questionnaire is one source row whatever the number of its answers.
        rows_found = {
            (each["livraison_id"], each["ligne"]) for each in result.result.get("unexpected_index_list") or ()
        }
        found = Counter(delivery_id for delivery_id, _ in rows_found)
        meta = result.expectation_config.meta
        for delivery_id, count in rows.items():
            checks[delivery_id].append(
                Check(colonne=meta["colonne"], regle=meta["regle"], verifiees=count, ecarts=found[delivery_id])
            )
    return checks
