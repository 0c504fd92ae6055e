"""A release is written aside, checked, swapped at once; what may not be shown cannot be written into it."""

import json
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from grids.errors import ReleaseError
from grids.thresholds import load_thresholds
from pipelines.home import ASIDE
from pipelines.measurement.figures import VALUES
from pipelines.periods import closed_periods
from pipelines.release.catalogue import editions
from pipelines.release.manifest import Manifest, manifest
from pipelines.release.publish import SCHEMAS, already_published, publish
from pipelines.release.reading import open_release, published
from pipelines.versions import load_measured_versions

VERSIONS, THRESHOLDS = load_measured_versions(date(2026, 3, 1)), load_thresholds()
PERIODS = closed_periods(date(2025, 1, 1), date(2026, 3, 1), THRESHOLDS)
FIGURE = {
    "mesure_id": "PD02.percue@2023.1",
    "niveau": "region",
    "unite_id": "bretagne",
    "pas": "annee",
    "debut": date(2025, 1, 1),
    "categorie": "",
    "agregation": "moyenne_structures",
    "etat": "ok",
    "valeur": 80,
    "basse": 75,
    "haute": 85,
    "assise": "100+",
    "structures": 28,
    "structures_attendues": 33,
    "provenance": "mesure",
}


def described(as_of: date = date(2026, 3, 1), *, synthetic: bool = False) -> Manifest:
    return manifest((), VERSIONS, THRESHOLDS, PERIODS, as_of, synthetic=synthetic)


def values(**changes: object) -> dict[str, pl.DataFrame]:
    return {"quality.valeurs": pl.DataFrame([{**dict.fromkeys(VALUES), **FIGURE, **changes}], schema=VALUES)}


def test_what_is_published_is_what_the_reader_opens(tmp_path: Path) -> None:
    release = publish(tmp_path, described(), values())
    assert published(tmp_path) == release
    with open_release(release) as connection:
        assert connection.execute("SELECT valeur, basse, haute FROM quality.valeurs").fetchall() == [(80, 75, 85)]
        edition = dict(connection.execute("SELECT cle, valeur FROM reference.edition").fetchall())
    assert edition["seuil_personnes"] == "11"
    assert edition["seuil_personnes_raison"]
    assert edition["etat_grille"] == "travail"
    assert edition["synthetique"] == "non"
    assert json.loads((tmp_path / f"{release.id}.json").read_text(encoding="utf-8"))["empreinte"] == release.fingerprint


def test_a_release_cannot_be_written_to(tmp_path: Path) -> None:
    with open_release(publish(tmp_path, described(), values())) as connection, pytest.raises(duckdb.Error):
        connection.execute("DELETE FROM quality.valeurs")


HIDDEN = [
    {"etat": "masque"},
    {"etat": "sans_objet"},
    {"etat": "masque", "valeur": None},
    {"etat": "masque", "valeur": None, "basse": None, "haute": None},
    {"etat": "masque", "valeur": None, "basse": None, "haute": None, "structures": None, "structures_attendues": None},
    {"etat": "masque", "valeur": None, "basse": None, "haute": None, "assise": None, "structures": None},
]


@pytest.mark.parametrize("changes", HIDDEN)
def test_a_hidden_cell_with_anything_on_it_is_refused_and_nothing_is_published(tmp_path: Path, changes) -> None:
    with pytest.raises(duckdb.ConstraintException):
        publish(tmp_path, described(), values(**changes))
    with pytest.raises(ReleaseError):
        published(tmp_path)


def test_a_hidden_cell_with_nothing_on_it_is_accepted(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("valeur", "basse", "haute", "assise", "structures", "structures_attendues", "provenance"))
    publish(tmp_path, described(), values(etat="masque", **nothing))


def test_the_same_inputs_are_known_again_and_others_are_not(tmp_path: Path) -> None:
    assert already_published(tmp_path, described()) is None
    publish(tmp_path, described(), values())
    assert already_published(tmp_path, described()) is not None
    assert already_published(tmp_path, described(date(2026, 3, 9))) is not None
    assert already_published(tmp_path, described(synthetic=True)) is None


def test_an_earlier_release_stays_readable_when_the_next_is_published(tmp_path: Path) -> None:
    first = publish(tmp_path, described(), values())
    with open_release(first) as still_open:
        second = publish(tmp_path, described(synthetic=True), values(valeur=81))
        assert still_open.execute("SELECT valeur FROM quality.valeurs").fetchall() == [(80,)]
    assert published(tmp_path) == second
    assert [(each.id, each.is_published) for each in editions(tmp_path)] == sorted(
        [(first.id, False), (second.id, True)]
    )


def test_no_release_is_a_sentence_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="Aucune édition"):
        published(tmp_path)
    (tmp_path / "published.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReleaseError, match="illisible"):
        published(tmp_path)


def test_a_release_whose_file_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    publish(tmp_path, described(), values()).path.unlink()
    with pytest.raises(ReleaseError, match="disparu"):
        published(tmp_path)


def test_nothing_is_left_aside(tmp_path: Path) -> None:
    publish(tmp_path, described(), values())
    assert not list(tmp_path.glob(f"{ASIDE}*"))


def test_a_table_that_lost_rows_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_rows(built: Path, described: Manifest, tables) -> None:
        with duckdb.connect(str(built)) as connection:
            for schema in SCHEMAS:
                connection.execute((Path("pipelines/release/schema") / f"{schema}.sql").read_text(encoding="utf-8"))

    monkeypatch.setattr("pipelines.release.publish._write", lose_rows)
    with pytest.raises(ReleaseError, match="toutes ses lignes"):
        publish(tmp_path, described(), values())
    assert not (tmp_path / "published.json").exists()


PERIODS_CASES = [
    # first month, as of → last closed quarter, number of quarters, number of years
    (date(2025, 1, 1), date(2026, 2, 13), date(2025, 7, 1), 3, 0),
    (date(2025, 1, 1), date(2026, 2, 14), date(2025, 10, 1), 4, 1),
    (date(2024, 5, 9), date(2025, 1, 1), date(2024, 7, 1), 2, 0),
    (date(2025, 1, 1), date(2025, 5, 14), None, 0, 0),
    (date(2025, 1, 1), date(2025, 5, 15), date(2025, 1, 1), 1, 0),
]


@pytest.mark.parametrize(("first", "as_of", "last_quarter", "quarters", "years"), PERIODS_CASES)
def test_only_closed_periods_are_published(first, as_of, last_quarter, quarters: int, years: int) -> None:
    periods = closed_periods(first, as_of, THRESHOLDS)
    closed = [period for period in periods if period.step == "trimestre"]
    assert (len(closed), sum(period.step == "annee" for period in periods)) == (quarters, years)
    assert (closed[-1].start if closed else None) == last_quarter
    assert all(period.closes_on <= as_of for period in periods)
