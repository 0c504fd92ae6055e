"""What is measured, each piece in a process of its own: `python -m tests.bench.pieces NAME …` prints seconds and megabytes."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from grids.contract import load_contract
from pipelines.command_line.completing import balance
from pipelines.command_line.taking_in import check_all
from pipelines.home import Home
from pipelines.intake.inbox import take_in, waiting_files
from pipelines.receipt import read_receipts, write_receipt
from pipelines.staging import staged_rows_sql
from pipelines.validation.check import check_rows
from pipelines.validation.suite import expectations_of
from pipelines.validation.views import create_check_view, create_structure_register
from pipelines.warehouse.load import building
from tests.bench.counted import counted_by_hand, counted_by_the_grid
from tests.bench.records import NETWORK

Timed = tuple[float, dict[str, object]]


def reference(folder: Path) -> Timed:
    """DuckDB's own reading of the large file into a table on disk."""
    base = folder / "reference.duckdb"
    base.unlink(missing_ok=True)
    started = time.perf_counter()
    with duckdb.connect(str(base)) as connection:
        connection.execute(f"CREATE TABLE fiches AS FROM read_csv('{_records(folder)}', delim = ';')")
        [(rows,)] = connection.execute("SELECT count(*) FROM fiches").fetchall()
    seconds = time.perf_counter() - started
    base.unlink()
    return seconds, {"rows": rows}


def to_the_warehouse(folder: Path) -> Timed:
    """From the inbox to a warehouse ready to count: the door, the contract (great_expectations included), the load."""
    import great_expectations  # noqa: F401 - imports are not what is measured

    home = Home(folder / "home")
    started = time.perf_counter()
    waiting = waiting_files(home)
    first = max((each.rang for each in read_receipts(home.receipts)), default=0) + 1
    check_all(home, [take_in(home, each, first + rank) for rank, each in enumerate(waiting)], lambda *_: None)
    accepted = [each for each in read_receipts(home.receipts) if each.counts]
    with building(home, accepted) as warehouse:
        finished = balance(warehouse, accepted)
    seconds = time.perf_counter() - started
    for receipt in finished:
        write_receipt(home.receipts, receipt)
    told = {each.bilan.lues: each.bilan.nouvelles for each in finished}
    return seconds, {"files": len(waiting), "rows": sum(told), "new": sum(told.values())}


def contract_here(folder: Path) -> Timed:
    """The contract's checks as the product makes them: the quarantine's SQL, and great_expectations over DuckDB."""
    import great_expectations  # noqa: F401

    connection, rows = _staged(folder)
    started = time.perf_counter()
    found = check_rows(connection, "accueils", rows, [])
    return time.perf_counter() - started, {"deliveries": len(found)}


def contract_on_pandas(folder: Path) -> Timed:
    """The same expectations by great_expectations over a pandas frame of the same rows, its making left out."""
    import great_expectations as gx

    connection, rows = _staged(folder)
    contract = load_contract("accueils")
    create_check_view(connection, contract, rows)
    frame = connection.execute("SELECT * FROM controle").df()
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("pandas").add_dataframe_asset("controle")
    batch = asset.add_batch_definition_whole_dataframe("tout").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(contract.table, expectations=expectations_of(contract))
    told = {"result_format": "COMPLETE", "unexpected_index_column_names": ["livraison_id", "ligne"]}
    started = time.perf_counter()
    result = batch.validate(suite, result_format=told)
    return time.perf_counter() - started, {"success": result.success, "rows": len(frame)}


def _staged(folder: Path) -> tuple[duckdb.DuckDBPyConnection, str]:
    home = Home(folder / "home")
    connection = duckdb.connect(":memory:")
    by_table = {
        table: [
            home.staged / table / f"{each.livraison_id}.parquet"
            for each in read_receipts(home.receipts)
            if each.contrat == table
        ]
        for table in ("structures", "accueils")
    }
    create_structure_register(connection, by_table["structures"])
    return connection, staged_rows_sql(load_contract("accueils"), by_table["accueils"])


def _records(folder: Path) -> Path:
    return folder / "home" / "inbox" / NETWORK / "fiches.csv"


_ALL = (reference, to_the_warehouse, contract_here, contract_on_pandas, counted_by_hand, counted_by_the_grid)
PIECES: dict[str, Callable[[Path], Timed]] = {each.__name__: each for each in _ALL}


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    seconds, more = PIECES[name](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write("\n" + json.dumps({"seconds": seconds, "megabytes": peak, **more}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # great_expectations and DuckDB disagree at the end of the interpreter


if __name__ == "__main__":
    main()
