"""Each row read is new, replacing, repeated, quarantined or set aside: once, whatever is delivered in whatever order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grids.contract import load_contract
from pipelines.home import Home
from pipelines.receipt import Balance, Breach, Receipt
from pipelines.warehouse.load import load

Record = tuple[str | None, str, bool]
"""A reference, what is said (an age), whether the row is in quarantine."""


@dataclass
class Expected:
    """What a reader who goes through the deliveries row by row would say."""

    said: dict[str, str] = field(default_factory=dict)
    nameless: list[str] = field(default_factory=list)
    balances: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)

    def read(self, records: Sequence[Record], set_aside: int) -> None:
        new = replacing = repeated = quarantined = 0
        for reference, words, broken in records:
            if broken:
                quarantined += 1
            elif reference is None:
                new += 1
                self.nameless.append(words)
            else:
                before = self.said.get(reference)
                new += before is None
                repeated += before == words
                replacing += before not in (None, words)
                self.said[reference] = words
        self.balances.append((len(records) + set_aside, new, replacing, repeated, quarantined, set_aside))


def _uuid(reference: str) -> str:
    return f"00000000-0000-0000-0000-{int(reference):012d}"


def _stage(home: Home, table: str, delivery: str, rows: Sequence[dict[str, object]]) -> None:
    """Write staged rows as the door does: texts, but for references."""
    columns = load_contract(table).columns
    names = ["livraison_id", "reseau", "ligne", *(column.name for column in columns)]
    schema = {name: pl.Int64 if name == "ligne" else pl.String for name in names}
    frame = pl.DataFrame([{**dict.fromkeys(names), **row} for row in rows], schema=schema)
    path = home.staged / table / f"{delivery}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = ", ".join(
        f"{each.name}::UUID AS {each.name}" if each.type == "reference" else each.name for each in columns
    )
    with duckdb.connect(":memory:") as connection:
        connection.register("rangees", frame.to_arrow())
        connection.execute(
            f"COPY (SELECT livraison_id, reseau, ligne, 0 AS premiere_ligne, NULL::VARCHAR AS ecartee, {cells} "
            f"FROM rangees) TO '{path}' (FORMAT parquet)"
        )


def _receipt(
    rank: int, table: str, read: int, set_aside: int, breaches: Sequence[int], network: str = "cio"
) -> Receipt:
    return Receipt(
        livraison_id=f"livraison-{rank}", rang=rank, reseau=network, fichier="FICTIF.csv", recue_le=date(2025, 3, 1),
        correspondance="", etat="lue", livraison="fiches", contrat=table, bilan=Balance(lues=read, ecartees=set_aside),
        quarantaine=tuple(Breach(ligne=line, colonne="canal", regle=rule) for line in breaches for rule in ("r1", "r2")),
    )  # fmt: skip


def _deliver(home: Home, rank: int, records: Sequence[Record], set_aside: int) -> Receipt:
    rows = [
        {
            "livraison_id": f"livraison-{rank}", "reseau": "cio", "ligne": line, "accueil_ref": reference and _uuid(reference),
            "structure_id": "A-1", "mois": "2025-02-01", "canal": "tchat", "tranche_age": words,
        }
        for line, (reference, words, _) in enumerate(records, start=2)
    ]  # fmt: skip
    _stage(home, "accueils", f"livraison-{rank}", rows)
    broken = [line for line, (*_, broken) in enumerate(records, start=2) if broken]
    return _receipt(rank, "accueils", len(records) + set_aside, set_aside, broken)


def _loaded(home: Home, receipts: Sequence[Receipt]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    load(connection, home, receipts)
    return connection


_BALANCES = "SELECT lues, nouvelles, remplacantes, repetees, quarantaine, ecartees FROM livraisons ORDER BY rang"


def _check(home: Home, deliveries: Sequence[tuple[Sequence[Record], int]]) -> None:
    expected = Expected()
    receipts = []
    for rank, (records, set_aside) in enumerate(deliveries, start=1):
        expected.read(records, set_aside)
        receipts.append(_deliver(home, rank, records, set_aside))
    with _loaded(home, receipts) as warehouse:
        assert warehouse.execute(_BALANCES).fetchall() == expected.balances
        kept = warehouse.execute("SELECT accueil_ref, tranche_age FROM accueils").fetchall()
    assert {str(ref): words for ref, words in kept if ref} == {_uuid(r): w for r, w in expected.said.items()}
    assert len([ref for ref, _ in kept if ref]) == len(expected.said)
    assert sorted(words for ref, words in kept if not ref) == sorted(expected.nameless)


A, B = ("1", "18_25", False), ("2", "26_44", False)
CHANGED, BROKEN, NAMELESS = ("1", "26_44", False), ("1", "45_plus", True), (None, "18_25", False)


@pytest.mark.parametrize(
    "deliveries",
    [
        pytest.param([([A, B], 0)], id="first delivery"),
        pytest.param([([A, B], 1), ([A], 0)], id="the same record again in another file"),
        pytest.param([([A, B], 0), ([CHANGED], 2)], id="a changed record"),
        pytest.param([([A], 0), ([CHANGED], 0), ([A], 0)], id="changed, then as before: the last delivered wins"),
        pytest.param([([A, CHANGED, A], 0)], id="several times in one file: the last line wins"),
        pytest.param([([A], 0), ([BROKEN], 0)], id="a broken correction replaces nothing"),
        pytest.param([([BROKEN], 0), ([A], 0)], id="a record first broken is new once mended"),
        pytest.param([([NAMELESS, NAMELESS], 0), ([NAMELESS], 0)], id="records without a reference are each new"),
        pytest.param([([BROKEN], 3), ([], 4)], id="nothing kept at all"),
    ],
)
def test_rows_are_counted_by_what_they_were(tmp_path: Path, deliveries: Sequence[tuple[Sequence[Record], int]]) -> None:
    _check(Home(tmp_path), deliveries)


RECORDS = st.tuples(
    st.sampled_from([None, "1", "2", "3"]), st.sampled_from(["18_25", "26_44"]), st.sampled_from([False, False, True])
)


@pytest.mark.long
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=st.lists(st.tuples(st.lists(RECORDS, max_size=8), st.integers(0, 3)), min_size=1, max_size=5))
def test_the_balance_is_always_conserved(tmp_path: Path, deliveries: Sequence[tuple[Sequence[Record], int]]) -> None:
    _check(Home(tmp_path), deliveries)


def test_the_warehouse_refuses_a_balance_that_does_not_hold(tmp_path: Path) -> None:
    home = Home(tmp_path)
    lying = _deliver(home, 1, [A, B], 0).model_copy(update={"bilan": Balance(lues=5)})
    with pytest.raises(duckdb.ConstraintException):
        _loaded(home, [lying])


def test_the_same_reference_of_two_networks_is_two_records(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for rank, network in enumerate(["cio", "apec"], start=1):
        row = {"livraison_id": f"livraison-{rank}", "reseau": network, "ligne": 2, "accueil_ref": _uuid("1")}
        _stage(home, "accueils", f"livraison-{rank}", [row])
    receipts = [_receipt(1, "accueils", 1, 0, []), _receipt(2, "accueils", 1, 0, [], "apec")]
    with _loaded(home, receipts) as warehouse:
        assert warehouse.execute(_BALANCES).fetchall() == [(1, 1, 0, 0, 0, 0)] * 2
        assert warehouse.execute("SELECT count(*) FROM accueils").fetchone() == (2,)


def _questionnaire(delivery: int, line: int, reference: str, answers: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "livraison_id": f"livraison-{delivery}", "reseau": "cio", "ligne": line, "reponse_ref": _uuid(reference),
            "structure_id": "A-1", "mois": "2025-02-01", "question": question, "valeur": value,
        }
        for question, value in answers.items()
    ]  # fmt: skip


def test_a_questionnaire_is_one_row_and_is_replaced_whole(tmp_path: Path) -> None:
    home = Home(tmp_path)
    _stage(home, "reponses", "livraison-1", [
        *_questionnaire(1, 2, "1", {"U03": "4", "U10_QUI": "oui"}), *_questionnaire(1, 3, "2", {"U03": "1"}),
    ])  # fmt: skip
    _stage(home, "reponses", "livraison-2", [
        *_questionnaire(2, 2, "1", {"U03": "2"}), *_questionnaire(2, 3, "2", {"U03": "1"}),
    ])  # fmt: skip
    with _loaded(home, [_receipt(1, "reponses", 3, 1, []), _receipt(2, "reponses", 2, 0, [])]) as warehouse:
        assert warehouse.execute(_BALANCES).fetchall() == [(3, 2, 0, 0, 0, 1), (2, 0, 1, 1, 0, 0)]
        answers = warehouse.execute("SELECT CAST(reponse_ref AS VARCHAR), question, valeur FROM reponses ORDER BY ALL")
        assert answers.fetchall() == [(_uuid("1"), "U03", "2"), (_uuid("2"), "U03", "1")]


def _answer_lines(home: Home, rank: int, answers: list[tuple[str, str, str]]) -> Receipt:
    """A delivery in the contract's own shape: one line an answer."""
    rows = [
        answer
        for line, (reference, question, value) in enumerate(answers, start=2)
        for answer in _questionnaire(rank, line, reference, {question: value})
    ]
    _stage(home, "reponses", f"livraison-{rank}", rows)
    return _receipt(rank, "reponses", len(answers), 0, [])


@pytest.mark.parametrize(
    ("deliveries", "balances", "kept"),
    [
        pytest.param([[("1", "U03", "4"), ("1", "U05", "2")]], [(2, 2, 0, 0, 0, 0)], ["U03=4", "U05=2"], id="one file"),
        pytest.param([[("1", "U03", "4"), ("1", "U03", "2")]], [(2, 1, 1, 0, 0, 0)], ["U03=2"], id="asked twice: the last"),
        pytest.param(
            [[("1", "U03", "4"), ("1", "U05", "2")], [("1", "U03", "4"), ("1", "U05", "1")]],
            [(2, 2, 0, 0, 0, 0), (2, 0, 1, 1, 0, 0)], ["U03=4", "U05=1"], id="delivered again: one the same, one changed",
        ),
        pytest.param(
            [[("1", "U03", "4"), ("1", "U05", "2")], [("1", "U03", "1")]],
            [(2, 2, 0, 0, 0, 0), (1, 0, 1, 0, 0, 0)], ["U03=1"], id="delivered again with less: replaced whole",
        ),
    ],
)  # fmt: skip
def test_the_lines_of_a_questionnaire_stand_together(
    tmp_path: Path,
    deliveries: list[list[tuple[str, str, str]]],
    balances: list[tuple[int, ...]],
    kept: list[str],
) -> None:
    home = Home(tmp_path)
    receipts = [_answer_lines(home, rank, answers) for rank, answers in enumerate(deliveries, start=1)]
    with _loaded(home, receipts) as warehouse:
        assert warehouse.execute(_BALANCES).fetchall() == balances
        answers = warehouse.execute("SELECT question || '=' || valeur FROM reponses ORDER BY ALL").fetchall()
    assert [said for (said,) in answers] == kept


def test_a_questionnaire_with_one_broken_answer_is_out_whole(tmp_path: Path) -> None:
    home = Home(tmp_path)
    _stage(home, "reponses", "livraison-1", _questionnaire(1, 2, "1", {"U03": "#inconnu", "U10_QUI": "oui"}))
    with _loaded(home, [_receipt(1, "reponses", 1, 0, [2])]) as warehouse:
        assert warehouse.execute(_BALANCES).fetchall() == [(1, 0, 0, 0, 1, 0)]
        assert warehouse.execute("SELECT count(*) FROM reponses").fetchone() == (0,)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("tchat", "5"), ("tchat", "7")], [("tchat", 7)], id="a count told again is replaced"),
        pytest.param([("tchat", "5"), ("telephone", "7")], [("tchat", 5), ("telephone", 7)], id="channels are apart"),
    ],
)
def test_attendance_is_as_last_delivered(
    tmp_path: Path, rows: list[tuple[str, str]], expected: list[tuple[str, int]]
) -> None:
    home = Home(tmp_path)
    cells = {"niveau": "structure", "unite_id": "A-1", "pas": "mois", "debut": "2025-02-01", "reseau": "cio"}
    for rank, (channel, count) in enumerate(rows, start=1):
        delivery = f"livraison-{rank}"
        _stage(home, "frequentation", delivery, [
            {**cells, "livraison_id": delivery, "ligne": 2, "canal": channel, "accueils": count},
        ])  # fmt: skip
    receipts = [_receipt(rank, "frequentation", 1, 0, []) for rank in range(1, len(rows) + 1)]
    with _loaded(home, receipts) as warehouse:
        assert warehouse.execute("SELECT canal, accueils FROM frequentation ORDER BY ALL").fetchall() == expected


def test_a_structure_gets_its_territories_from_its_commune(tmp_path: Path) -> None:
    home = Home(tmp_path)
    common = {
        "livraison_id": "livraison-1", "reseau": "cio", "nom": "Lieu FICTIF", "mode_collecte": "outil",
        "actif_du": "2020-01-01",
    }  # fmt: skip
    _stage(home, "structures", "livraison-1", [
        {**common, "ligne": 2, "structure_id": "A-1", "commune_insee": "35238"},
        {**common, "ligne": 3, "structure_id": "A-2", "commune_insee": "22016"},
    ])  # fmt: skip
    with _loaded(home, [_receipt(1, "structures", 2, 0, [])]) as warehouse:
        found = warehouse.execute(
            "SELECT structure_id, departement, epci IS NOT NULL, partage_nominatif FROM structures ORDER BY ALL"
        ).fetchall()
    assert found == [("A-1", "35", True, False), ("A-2", "22", False, False)]


_PROFILE = {
    "reseau": "cio", "structure_id": "A-1", "commune_insee": "35238", "mode_collecte": "outil", "actif_du": "2020-01-01",
}  # fmt: skip


def _profiles(home: Home, rank: int, *profiles: dict[str, object], network: str = "cio") -> Receipt:
    delivery = f"livraison-{rank}"
    rows = [
        {**_PROFILE, "reseau": network, **profile, "livraison_id": delivery, "ligne": line}
        for line, profile in enumerate(profiles, start=2)
    ]
    _stage(home, "structures", delivery, rows)
    return _receipt(rank, "structures", len(profiles), 0, [], network)


@pytest.mark.parametrize(
    ("deliveries", "expected"),
    [
        pytest.param([[{"nom": "a", "annee": "2023"}]], {2023: "a", 2024: "a", 2025: "a"}, id="it holds for later years"),
        pytest.param([[{"nom": "a"}]], {2025: "a"}, id="without a year, that of the delivery"),
        pytest.param(
            [[{"nom": "a", "annee": "2023"}, {"nom": "b", "annee": "2025"}]], {2023: "a", 2024: "a", 2025: "b"},
            id="until another comes",
        ),
        pytest.param(
            [[{"nom": "b", "annee": "2025"}], [{"nom": "a", "annee": "2024"}]], {2024: "a", 2025: "b"},
            id="an earlier year delivered later",
        ),
        pytest.param(
            [[{"nom": "a", "annee": "2025"}], [{"nom": "b", "annee": "2025"}]], {2025: "b"},
            id="the same year again: the last delivered",
        ),
        pytest.param(
            [[{"nom": "a", "annee": "2022", "actif_du": "2023-06-01"}]], {2023: "a", 2024: "a", 2025: "a"},
            id="not before it opened",
        ),
        pytest.param(
            [[{"nom": "a", "annee": "2023"}, {"nom": "b", "annee": "2024", "actif_au": "2024-03-31"}]],
            {2023: "a", 2024: "b"}, id="not after it closed, as last described",
        ),
    ],
)  # fmt: skip
def test_a_profile_holds_from_its_year(
    tmp_path: Path, deliveries: list[list[dict[str, object]]], expected: dict[int, str]
) -> None:
    home = Home(tmp_path)
    receipts = [_profiles(home, rank, *profiles) for rank, profiles in enumerate(deliveries, start=1)]
    with _loaded(home, receipts) as warehouse:
        found = warehouse.execute("SELECT annee, nom FROM profils").fetchall()
        [last] = warehouse.execute("SELECT nom FROM structures").fetchall()
    assert dict(found) == expected
    assert len(found) == len(expected)
    assert last == (expected[max(expected)],)


def test_a_profile_of_another_network_is_nobody_s(tmp_path: Path) -> None:
    home = Home(tmp_path)
    receipts = [
        _profiles(home, 1, {"nom": "a", "annee": "2025"}),
        _profiles(home, 2, {"nom": "b", "annee": "2025"}, network="apec"),
    ]
    with _loaded(home, receipts) as warehouse:
        assert warehouse.execute("SELECT reseau, nom FROM profils").fetchall() == [("cio", "a")]


def test_rows_staged_before_a_column_existed_are_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    receipts = [_profiles(home, 1, {"nom": "a"}), _profiles(home, 2, {"nom": "b", "annee": "2024"})]
    path = home.staged / "structures" / "livraison-1.parquet"
    duckdb.execute(f"COPY (SELECT * EXCLUDE (annee) FROM read_parquet('{path}')) TO '{path}.neuf' (FORMAT parquet)")
    Path(f"{path}.neuf").replace(path)
    for delivered, expected in ((receipts[:1], [("a", 2025)]), (receipts, [("a", 2025), ("b", 2024)])):
        with _loaded(home, delivered) as warehouse:
            assert warehouse.execute("SELECT nom, annee FROM profils ORDER BY nom").fetchall() == expected
