"""Actions and events in the warehouse: as last delivered, each network for its own structures and itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from grids.contract import load_contract
from pipelines.home import Home
from pipelines.receipt import Balance, Receipt
from pipelines.warehouse.load import load

Row = dict[str, str]
Told = tuple[str, str, Sequence[Row]]
"""The network, the table, the rows of a delivery."""
Warehouse = Callable[..., AbstractContextManager[duckdb.DuckDBPyConnection]]

PLACE = {"nom": "Lieu FICTIF", "mode_collecte": "outil", "commune_insee": "35238", "actif_du": "2020-01-01"}
PROFILES: list[Told] = [
    ("cio", "structures", [{**PLACE, "structure_id": "A-1"}]),
    ("apec", "structures", [{**PLACE, "structure_id": "B-1"}]),
]
ACTION = {
    "action_id": "ESSAI", "niveau": "structure", "unite_id": "A-1", "mesure": "OR02.rendue", "libelle": "Un créneau de plus",
    "sens": "moins", "debut": "2025-02-15",
}  # fmt: skip
EVENT = {
    "niveau": "structure", "unite_id": "A-1", "mesure": "toutes", "mois": "2025-02-01", "nature": "nouvel_outil",
    "raison": "Nouvel outil", "auteur": "equipe",
}  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A warehouse loaded from deliveries in the order in which they came, profiles first; the last may be withdrawn."""

    @contextmanager
    def loaded(*told: Told, withdrawn: int = 0) -> Iterator[duckdb.DuckDBPyConnection]:
        home = Home(tmp_path)
        receipts = [_stage(home, rank, *each) for rank, each in enumerate([*PROFILES, *told], start=1)]
        with duckdb.connect(":memory:") as connection:
            load(connection, home, receipts[: len(receipts) - withdrawn])
            yield connection

    return loaded


def _stage(home: Home, rank: int, network: str, table: str, rows: Sequence[Row]) -> Receipt:
    """Writes staged rows as the door does, and gives their receipt."""
    delivery = f"livraison-{rank}"
    names = ["livraison_id", "reseau", "ligne", *(column.name for column in load_contract(table).columns)]
    schema = {name: pl.Int64 if name == "ligne" else pl.String for name in names}
    cells = [
        {**dict.fromkeys(names), **row, "livraison_id": delivery, "reseau": network, "ligne": line}
        for line, row in enumerate(rows, start=2)
    ]
    path = home.staged / table / f"{delivery}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = pl.DataFrame(cells, schema=schema).with_columns(
        premiere_ligne=pl.lit(0), ecartee=pl.lit(None, dtype=pl.String)
    )
    whole.write_parquet(path)
    return Receipt(
        livraison_id=delivery, rang=rank, reseau=network, livraison=table, contrat=table, fichier=f"{delivery}.csv",
        correspondance="-", recue_le=date(2025, 1, 1), etat="acceptee", bilan=Balance(lues=len(rows), nouvelles=len(rows)),
    )  # fmt: skip


def test_an_action_is_as_last_delivered(warehouse: Warehouse) -> None:
    later = {**ACTION, "libelle": "Deux créneaux de plus", "latence_mois": "0", "revue_le": "2025-09-01"}
    with warehouse(("cio", "actions", [ACTION]), ("cio", "actions", [later])) as connection:
        found = connection.execute("SELECT * EXCLUDE (livraison_id) FROM actions").fetchall()
        balances = connection.execute("SELECT nouvelles, remplacantes FROM livraisons ORDER BY rang").fetchall()[-2:]
    assert found == [
        ("cio", "cio/ESSAI", "Deux créneaux de plus", "structure", "A-1", "OR02.rendue", "moins",
         date(2025, 2, 15), 0, date(2025, 9, 1))
    ]  # fmt: skip
    assert balances == [(1, 0), (0, 1)]


def test_a_month_is_left_aside_where_nothing_is_said(warehouse: Warehouse) -> None:
    with warehouse(("cio", "actions", [ACTION])) as connection:
        assert connection.execute("SELECT latence_mois, revue_le FROM actions").fetchall() == [(1, None)]


def test_an_action_goes_with_its_delivery_and_the_one_before_counts_again(warehouse: Warehouse) -> None:
    again = {**ACTION, "libelle": "Deux créneaux de plus"}
    with warehouse(("cio", "actions", [ACTION]), ("cio", "actions", [again]), withdrawn=1) as connection:
        assert connection.execute("SELECT libelle FROM actions").fetchall() == [("Un créneau de plus",)]


def test_two_networks_may_choose_the_same_identifier(warehouse: Warehouse) -> None:
    other = {**ACTION, "unite_id": "B-1"}
    with warehouse(("cio", "actions", [ACTION]), ("apec", "actions", [other])) as connection:
        found = connection.execute("SELECT action_id FROM actions ORDER BY ALL").fetchall()
    assert found == [("apec/ESSAI",), ("cio/ESSAI",)]


@pytest.mark.parametrize("table", ["actions", "evenements"])
@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ({"niveau": "structure", "unite_id": "A-1"}, 1),
        ({"niveau": "structure", "unite_id": "B-1"}, 0),
        ({"niveau": "reseau", "unite_id": "cio"}, 1),
    ],
)
def test_a_network_speaks_of_its_own(warehouse: Warehouse, table: str, where: Row, kept: int) -> None:
    row = {**(ACTION if table == "actions" else EVENT), **where}
    with warehouse(("cio", table, [row])) as connection:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (kept,)


def test_an_event_of_every_measure_and_one_of_a_single_measure_stand_apart(warehouse: Warehouse) -> None:
    one, again = {**EVENT, "mesure": "OR02.rendue"}, {**EVENT, "raison": "Nouvel outil, mieux dit"}
    with warehouse(("cio", "evenements", [EVENT, one]), ("cio", "evenements", [again])) as connection:
        found = connection.execute("SELECT * EXCLUDE (livraison_id, reseau) FROM evenements ORDER BY ALL").fetchall()
    assert found == [
        ("structure", "A-1", "", date(2025, 2, 1), "nouvel_outil", "Nouvel outil, mieux dit", "equipe"),
        ("structure", "A-1", "OR02.rendue", date(2025, 2, 1), "nouvel_outil", "Nouvel outil", "equipe"),
    ]
