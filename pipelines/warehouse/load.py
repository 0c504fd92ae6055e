"""Loading the warehouse from the staged deliveries and their receipts: always whole, always aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources

import duckdb
import polars as pl

from grids.contract import TABLES, Contract, load_contract
from grids.territories import communes
from pipelines.home import Home, aside, put_in_place
from pipelines.receipt import Receipt
from pipelines.staging import staged_rows_sql, text_literal, typed_sql
from pipelines.warehouse.repetition import create_followed_rows, current_rows_sql

_TABLES_IN_ORDER = (
    "bilans", "livraisons", "descriptions", "structures", "profils", "accueils", "reponses", "verbatims",
    "indicateurs_reseau", "frequentation", "actions", "evenements",
)  # fmt: skip
_COMMENT_TYPES = {"ligne": "BIGINT", "reference": "UUID"}
_COMMENT_COLUMNS = (
    "livraison_id",
    "reseau",
    "ligne",
    "reference",
    "structure_id",
    "mois",
    "question",
    "texte",
    "relecture",
)


@contextmanager
def building(home: Home, receipts: Sequence[Receipt]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse being built from the deliveries of `receipts`; it replaces the present one when the block ends well."""
    built = aside(home.warehouse)
    connection = duckdb.connect(str(built))
    try:
        connection.execute("SET temp_directory = ''")
        load(connection, home, receipts)
        yield connection
    finally:
        connection.close()
    put_in_place(built, home.warehouse)


def holds(home: Home, receipts: Sequence[Receipt]) -> bool:
    """Whether the present warehouse is made of the deliveries of `receipts`.

    It is not after a build that died once its edition was published, before the warehouse took its place.
    """
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as present:
            held = {delivery for (delivery,) in present.execute("SELECT livraison_id FROM livraisons").fetchall()}
    except duckdb.Error:
        return False
    return held == {each.livraison_id for each in receipts}


def load(connection: duckdb.DuckDBPyConnection, home: Home, receipts: Sequence[Receipt]) -> None:
    """Create every table and view of the warehouse (their columns and grain: `sql/`)."""
    _load_receipts(connection, receipts)
    _load_territories(connection)
    for table in TABLES:
        _create_kept_rows(connection, home, load_contract(table), [each for each in receipts if each.contrat == table])
    _create_comments(connection, home, receipts)
    create_followed_rows(connection)
    for table in TABLES:
        connection.execute(f"CREATE VIEW actuelles_{table} AS {current_rows_sql(table)}")
    for name in _TABLES_IN_ORDER:
        connection.execute(resources.files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))


def _load_receipts(connection: duckdb.DuckDBPyConnection, receipts: Sequence[Receipt]) -> None:
    described = [
        (
            each.livraison_id,
            each.rang,
            each.reseau,
            each.livraison,
            each.contrat,
            each.recue_le,
            each.bilan.lues,
            each.bilan.ecartees,
        )
        for each in receipts
    ]
    breaches = [
        (each.livraison_id, breach.ligne, breach.colonne, breach.regle)
        for each in receipts
        for breach in each.quarantaine
    ]
    _table(
        connection,
        "accuses",
        described,
        "livraison_id VARCHAR, rang INTEGER, reseau VARCHAR, livraison VARCHAR, contrat VARCHAR, recue_le DATE, "
        "lues INTEGER, ecartees INTEGER",
    )
    _table(connection, "quarantaine", breaches, "livraison_id VARCHAR, ligne INTEGER, colonne VARCHAR, regle VARCHAR")


def _load_territories(connection: duckdb.DuckDBPyConnection) -> None:
    rows = [(each.insee, each.epci or None, each.zone_emploi, each.departement) for each in communes().values()]
    _table(
        connection, "territoires", rows, "commune_insee VARCHAR, epci VARCHAR, zone_emploi VARCHAR, departement VARCHAR"
    )


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[tuple[object, ...]], columns: str) -> None:
    connection.execute(f"CREATE TABLE {name} ({columns})")
    if rows:
        frame = pl.DataFrame(
            rows, schema=[each.split()[0] for each in columns.split(", ")], orient="row", infer_schema_length=None
        )
        connection.register("lignes_a_charger", frame.to_arrow())
        connection.execute(f"INSERT INTO {name} SELECT * FROM lignes_a_charger")
        connection.unregister("lignes_a_charger")


def _create_kept_rows(
    connection: duckdb.DuckDBPyConnection, home: Home, contract: Contract, receipts: Sequence[Receipt]
) -> None:
    """`staged_<table>`: the text as staged; `retenues_`: the rows out of quarantine; `gardees_`: the same, typed."""
    files = [(home.staged / contract.table / f"{each.livraison_id}.parquet").resolve() for each in receipts]
    connection.execute(f"CREATE VIEW staged_{contract.table} AS {staged_rows_sql(contract, files)}")
    connection.execute(
        f"""CREATE VIEW retenues_{contract.table} AS
        SELECT staged.*, rang FROM staged_{contract.table} AS staged JOIN accuses USING (livraison_id)
        ANTI JOIN quarantaine ON quarantaine.livraison_id = staged.livraison_id AND quarantaine.ligne = staged.ligne"""
    )
    typed = ", ".join(f"{typed_sql(column.type, column.name)} AS {column.name}" for column in contract.columns)
    connection.execute(
        f"CREATE VIEW gardees_{contract.table} AS "
        f"SELECT livraison_id, reseau, rang, ligne, {typed} FROM retenues_{contract.table}"
    )


def _create_comments(connection: duckdb.DuckDBPyConnection, home: Home, receipts: Sequence[Receipt]) -> None:
    """`gardees_verbatims`: [free comment] the staged comments of rows out of quarantine."""
    paths = [(home.staged / "verbatims" / f"{each.livraison_id}.parquet").resolve() for each in receipts]
    listed = ", ".join(text_literal(str(path)) for path in paths if path.is_file())
    nothing = ", ".join(f"NULL::{_COMMENT_TYPES.get(name, 'VARCHAR')} AS {name}" for name in _COMMENT_COLUMNS)
    staged = f"read_parquet([{listed}])" if listed else f"(SELECT {nothing} WHERE false)"
    connection.execute(
        f"""CREATE VIEW gardees_verbatims AS
        SELECT livres.livraison_id, livres.reseau, rang, livres.ligne, reference, structure_id,
          TRY_CAST(mois AS DATE) AS mois, question, texte, relecture
        FROM {staged} AS livres JOIN accuses USING (livraison_id)
        ANTI JOIN quarantaine ON quarantaine.livraison_id = livres.livraison_id AND quarantaine.ligne = livres.ligne"""
    )
