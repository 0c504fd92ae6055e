"""Quality is not attendance: each reception written three times, every estimate of quality is the same (methods 8.1, 10).

In scope: estimates of cells seen before and after, with the same set of entering structures. The set may only grow, states
only rise, ranges only narrow; bands of size and classes of response are out of scope.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from grids.network import load_mapping
from pipelines.command_line.build import build
from pipelines.home import Home

pytestmark = pytest.mark.long

YEAR = 2024
TIMES = 3
NETWORKS = ("mission-locale", "cap-emploi", "info-jeunes", "cio")
KEY = ["mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation"]


def _repeated(content: bytes, network: str) -> bytes:
    """An export with each of its records three times, each time under a reference of its own."""
    heading = load_mapping(network).deliveries[0].columns["accueil_ref"].heading
    lines = content.decode("cp1252").split("\r\n")
    row = next(number for number, line in enumerate(lines) if heading in line.split(";"))
    place = lines[row].split(";").index(heading)
    written = lines[: row + 1]
    for line in lines[row + 1 :]:
        written.append(line)
        cells = line.split(";")
        if len(cells) > place and cells[place] and not line.startswith("TOTAL"):
            written += [
                ";".join([*cells[:place], f"{cells[place]}-{again}", *cells[place + 1 :]])
                for again in range(2, TIMES + 1)
            ]
    return "\r\n".join(written).encode("cp1252")


@pytest.fixture(scope="module")
def single(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a home that holds one year of the four networks whose tools write plain CSV."""
    return _release(region, tmp_path_factory.mktemp("single"), times=1)


@pytest.fixture(scope="module")
def repeated(region: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, each reception three times."""
    return _release(region, tmp_path_factory.mktemp("repeated"), times=TIMES)


def _release(region: Path, home: Path, times: int) -> Path:
    for path in sorted(path for network in NETWORKS for path in (region / "inbox" / network).glob("*.csv")):
        if f"_{YEAR}" not in path.name and path.name != f"structures_{YEAR - 1}.csv":
            continue
        copied = home / "inbox" / path.parent.name / path.name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copied)
        if times > 1 and path.name.startswith("fiches") and "extraction" not in path.name:
            copied.write_bytes(_repeated(path.read_bytes(), path.parent.name))
            shutil.copystat(path, copied)
    outcome = build(Home(home), date(YEAR + 1, 3, 1), lambda *_: None)
    assert outcome.release is not None
    return outcome.release.path


@pytest.fixture
def both(single: Path, repeated: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The two releases side by side: `une`, `trois`."""
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{single}' AS une (READ_ONLY)")
        connection.execute(f"ATTACH '{repeated}' AS trois (READ_ONLY)")
        yield connection


@pytest.fixture
def pairs(both: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Every cell of the year in both releases; the columns of the second end in `_3`."""
    year = f"SELECT * FROM {{}}.quality.valeurs WHERE year(debut) = {YEAR}"
    once, thrice = both.sql(year.format("une")).pl(), both.sql(year.format("trois")).pl()
    # Structures that open in a later year are not known to the smaller home.
    joined = once.join(thrice, on=KEY, suffix="_3", validate="1:1")
    assert joined.height == thrice.height
    return joined


def _held(pairs: pl.DataFrame) -> pl.DataFrame:
    """Cells with a figure before, and the same structures entering."""
    return pairs.filter(
        pl.col("etat").is_in(["ok", "prudence"]),
        pl.col("valeur").is_not_null(),
        pl.col("structures").eq_missing(pl.col("structures_3")),
    )


def test_the_receptions_really_came_three_times(both: duckdb.DuckDBPyConnection, repeated: Path) -> None:
    with duckdb.connect(str(repeated.parents[1] / "warehouse.duckdb"), read_only=True) as warehouse:
        kept, references = warehouse.execute(
            "SELECT sum(nouvelles), count(*) FROM livraisons WHERE contrat = 'accueils'"
        ).fetchone() or (0, 0)
    assert references == 16
    assert kept > 3 * 10_000


def test_no_estimate_of_quality_changes(pairs: pl.DataFrame) -> None:
    held = _held(pairs)
    recorded = held.filter(
        pl.col("mesure_id").str.starts_with("OR") | pl.col("mesure_id").str.starts_with("PD02.rendue")
    )
    assert {row.split("@")[0].removesuffix(".rendue") for row in recorded["mesure_id"].unique()} == {
        "OR01",
        "OR02",
        "PD02",
    }
    assert set(recorded["agregation"]) == {"structure", "moyenne_structures", "part_accueils"}
    # A first year is shown by year where structures stand alone: there are fewer cells than there will be.
    assert recorded.height > 400
    changed = held.filter(pl.col("valeur").ne_missing(pl.col("valeur_3")))
    assert changed.select(*KEY, "valeur", "valeur_3").rows() == []


def test_states_only_rise_and_structures_only_enter(pairs: pl.DataFrame) -> None:
    rank = {"sans_objet": 0, "masque": 1, "prudence": 2, "ok": 3}
    before, after = (pl.col(name).replace_strict(rank, return_dtype=pl.Int8) for name in ("etat", "etat_3"))
    assert pairs.filter(after < before).select(*KEY, "etat", "etat_3").rows() == []
    assert pairs.filter(pl.col("structures_3") < pl.col("structures")).height == 0
    assert pairs.filter(after > before).height > 30
    assert pairs.filter(pl.col("structures_attendues").ne(pl.col("structures_attendues_3"))).height == 0


def test_ranges_only_narrow(pairs: pl.DataFrame) -> None:
    wider = _held(pairs).filter((pl.col("haute_3") > pl.col("haute")) | (pl.col("basse_3") < pl.col("basse")))
    assert wider.select(*KEY, "basse", "basse_3", "haute", "haute_3").rows() == []


def test_answers_are_untouched(pairs: pl.DataFrame) -> None:
    answers = pairs.filter(pl.col("mesure_id").str.contains("percue"))
    columns = ["etat", "valeur", "basse", "haute", "assise", "structures", "raison"]
    assert answers.filter(pl.col("etat") == "ok").height > 50
    for column in columns:
        assert answers[column].to_list() == answers[f"{column}_3"].to_list()


def test_attendance_tells_the_networks_own_counts_under_the_mask_of_quality(both: duckdb.DuckDBPyConnection) -> None:
    """What is recorded three times lets more be shown, and changes no count."""
    year = f"SELECT * EXCLUDE (etat) FROM {{}}.attendance.frequentation WHERE year(debut) = {YEAR} AND etat = 'ok'"
    once, thrice = (set(both.sql(year.format(name)).fetchall()) for name in ("une", "trois"))
    assert once
    assert once <= thrice


def test_rates_of_data_quality_are_the_same(both: duckdb.DuckDBPyConnection) -> None:
    rates = f"SELECT * FROM {{}}.quality.donnees WHERE year(debut) = {YEAR} ORDER BY ALL"
    once = both.sql(rates.format("une")).fetchall()
    assert len(once) == 16
    assert both.sql(rates.format("trois")).fetchall() == once
