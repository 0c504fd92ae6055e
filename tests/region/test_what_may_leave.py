"""What the region's data folder holds, and what its release shows: no identity, no hidden number, no count in quality."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.protection.primary import MOTIVES as WHY_HIDDEN
from pipelines.release.publish import SCHEMAS

pytestmark = pytest.mark.slow

KEY = {"mesure_id", "niveau", "unite_id", "pas", "debut", "categorie", "agregation", "etat"}
TOLD = {
    "raison",
    "valeur",
    "basse",
    "haute",
    "assise",
    "taux_reponse_classe",
    "structures",
    "structures_attendues",
    "provenance",
}
QUALITY_COLUMNS = {
    "valeurs": KEY | TOLD,
    "ventilations": KEY | TOLD | {"ventilation", "modalite"},
    "donnees": {"reseau", "pas", "debut", "dimension", "etat", "valeur", "mot"},
    "controles": {"reseau", "contrat", "colonne", "regle", "phrase", "remede", "part_conforme"},
    # How many clauses, how many questions: the improvement itself, never receptions.
    "processus": {"indicateur_id", "version", "niveau", "unite_id", "etat", "valeur", "sur", "unite", "phrase"},
    # `structures`, `pairs`, `temoins`: how many structures; `manque`: answers that lack, in tens, from a band.
    "series": {"serie_id", "mesure_id", "niveau", "unite_id", "pas", "categorie", "agregation", "carte", "variation", "signal",
      "assurance", "provisoire"},
    "points": {"serie_id", "debut", "mesure_id", "phase", "valeur", "centre", "limite_basse", "limite_haute", "etiquette"},
    "evenements": {"niveau", "unite_id", "mesure", "mois", "nature", "raison", "auteur"},
    "comparaisons": {"mesure_id", "structure_id", "pas", "debut", "perimetre", "valeur", "assise", "a_examiner", "stabilisee",
      "stabilisee_basse", "stabilisee_haute", "pairs", "pairs_valeur", "pairs_basse", "pairs_haute"},
    "entonnoirs": {"mesure_id", "perimetre", "pas", "debut", "assise", "reference", "bas95", "haut95", "bas998", "haut998",
      "surdispersion", "structures"},
    "territoires": {"mesure_id", "zone_emploi", "pas", "debut", "categorie", "valeur", "basse", "haute", "structures"},
    "pratiques": {"mesure_id", "perimetre", "pas", "debut", "pratique", "categorie", "libelle", "structures", "part", "autres",
      "part_autres"},
    "decompositions": {"mesure_id", "niveau", "unite_id", "pas", "debut", "depuis", "structures", "moyenne", "part",
      "pratiques", "composition", "separees"},
    "redressements": {"mesure_id", "niveau", "unite_id", "pas", "debut", "brute", "redressee", "basse", "haute"},
    "participation": {"niveau", "unite_id", "pas", "debut", "classe"},
    "regards": {"indicateur_id", "niveau", "unite_id", "pas", "debut", "regard_a", "regard_b", "ecart", "basse", "haute",
      "concordance", "mot"},
    "criteres": {"critere", "niveau", "unite_id", "pas", "debut", "mesure_id", "point_faible", "statut"},
    "actions": {"action_id", "libelle", "niveau", "unite_id", "mesure", "sens", "debut", "latence_mois", "revue_le"},
    "effets": {"action_id", "mesure_id", "pas", "verdict", "signal", "avant_du", "avant_au", "apres_du", "apres_au", "avant",
      "apres", "ecart", "basse", "haute", "saut", "saut_bas", "saut_haut", "temoins", "plus_marque", "manque", "phrase"},
    "phrases": {"mesure_id", "niveau", "unite_id", "pas", "debut", "fait", "solidite", "question"},
}  # fmt: skip
EXTREMES = {"%": (0, 100), "jours ouvrés": (-730, 730), "points": (-100, 100), "canaux": (0, 5), "minutes": (0, 30)}
"""What a figure in each unit may go from and to; of days, the bounds of the contract."""
CLEAR_REFERENCE = re.compile(r"\b[A-Z]{2,4}[- ]?\d{6}\b")


def _stores(region: Path) -> list[Path]:
    inside = [path for path in region.rglob("*") if path.is_file() and "inbox" not in path.relative_to(region).parts]
    return [*inside, *region.with_name(f"{region.name}-cles").iterdir()]


def _texts(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every column of every table of a Parquet or DuckDB file, decompressed, as text."""
    if path.suffix == ".parquet":
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"CREATE VIEW rangees AS FROM read_parquet('{path}')")
            yield from _columns(connection)
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            yield from _columns(connection)


def _columns(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[str]]]:
    columns = connection.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
    ).fetchall()
    for schema, table, column in columns:
        cells = connection.execute(
            f'SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM "{schema}"."{table}" WHERE "{column}" IS NOT NULL'
        ).fetchall()
        yield f"{schema}.{table}.{column}", [text for (text,) in cells]


@pytest.mark.long
def test_no_planted_identity_is_anywhere_but_in_the_inbox(region: Path, planted: dict[str, Any]) -> None:
    prefixes = [each["prefix"] for each in planted["identities"]]
    assert len(prefixes) == 10
    laid = b"".join(path.read_bytes() for path in (region / "inbox").rglob("*.csv"))
    assert all(prefix.encode() in laid for prefix in prefixes)
    stores = _stores(region)
    assert {path.suffix for path in stores} >= {".parquet", ".duckdb", ".json", ".key"}
    for path in stores:
        content = path.read_bytes()
        assert not [prefix for prefix in prefixes if prefix.encode() in content], path
        assert not [prefix for prefix in prefixes if prefix.encode("utf-16-le") in content], path
        for column, texts in _texts(path):
            assert not [prefix for prefix in prefixes if any(prefix in text for text in texts)], (path, column)


@pytest.mark.long
def test_no_clear_reference_and_no_day_of_a_reception_is_staged(region: Path) -> None:
    seen = 0
    for path in (region / "staged" / "accueils").glob("*.parquet"):
        for column, texts in _texts(path):
            assert not [text for text in texts if CLEAR_REFERENCE.search(text)], (path, column)
            days = [text for text in texts if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
            assert all(day.endswith("-01") for day in days)
            assert not [text for text in texts if re.search(r"\d\d/\d\d/\d{4}", text)]
            seen += len(texts)
    assert seen > 10_000


def test_keys_are_readable_by_their_owner_alone(region: Path) -> None:
    folder = region.with_name(f"{region.name}-cles")
    keys = list(folder.iterdir())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not (region / "keys").exists()
    assert {path.name for path in keys} == {"2023.key", "2024.key", "2025.key"}
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}


def test_nothing_is_left_aside(region: Path) -> None:
    assert not list(region.rglob(".aside-*"))


@pytest.mark.parametrize("table", ["valeurs", "ventilations"])
def test_a_hidden_cell_is_a_key_and_nothing_else(release: duckdb.DuckDBPyConnection, table: str) -> None:
    hidden = release.sql(f"SELECT * FROM quality.{table} WHERE etat NOT IN ('ok', 'prudence')").pl()
    assert hidden.height > 1_000
    assert set(hidden["etat"]) <= {"masque", "sans_objet"}
    others = [name for name in hidden.columns if name in TOLD]
    assert len(others) == len(TOLD)
    assert hidden.select(pl.col(others).is_not_null().any()).row(0) == (False,) * len(TOLD)


def test_a_hidden_rate_of_data_quality_or_count_of_attendance_holds_no_number(
    release: duckdb.DuckDBPyConnection,
) -> None:
    for table, numbers in (("quality.donnees", "valeur, mot"), ("attendance.frequentation", "accueils")):
        found = release.execute(f"SELECT DISTINCT {numbers} FROM {table} WHERE etat <> 'ok'").fetchall()
        assert all(cell is None for row in found for cell in row)


def test_no_column_of_quality_is_a_count_of_receptions(release: duckdb.DuckDBPyConnection) -> None:
    columns = release.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'quality'"
    ).fetchall()
    found: dict[str, set[str]] = {}
    for table, column in columns:
        found.setdefault(table, set()).add(column)
    assert found == QUALITY_COLUMNS


def test_the_numbers_of_quality_are_percents_days_and_numbers_of_structures(release: duckdb.DuckDBPyConnection) -> None:
    bounds = release.execute(
        """SELECT unite, min(least(valeur, basse, haute)), max(greatest(valeur, basse, haute)),
          max(structures), max(structures_attendues)
        FROM quality.valeurs JOIN reference.mesures USING (mesure_id) GROUP BY unite ORDER BY unite"""
    ).fetchall()
    assert {unit for unit, *_ in bounds} == set(EXTREMES)
    for unit, low, high, structures, expected in bounds:
        lowest, highest = EXTREMES[unit]
        assert lowest <= low <= high <= highest
        assert structures <= expected <= 120


def test_every_figure_stands_in_a_cell_that_the_mask_lets_be_seen(region: Path, release_file: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{release_file}' AS edition (READ_ONLY)")
        connection.execute(f"ATTACH '{region / 'warehouse.duckdb'}' AS entrepot (READ_ONLY)")
        connection.execute(
            """CREATE VIEW chiffres AS
            SELECT *, '' AS ventilation, '' AS modalite FROM edition.quality.valeurs
            UNION ALL BY NAME FROM edition.quality.ventilations"""
        )
        shown, lost = connection.execute(
            """SELECT count(*), count(*) FILTER (NOT coalesce(visible, false)
              OR agregation = 'moyenne_structures' AND NOT moyenne_visible)
            FROM chiffres JOIN (SELECT mesure_id, base_id FROM edition.reference.mesures) USING (mesure_id)
            LEFT JOIN entrepot.masque USING (base_id, niveau, unite_id, pas, debut, ventilation, modalite)
            WHERE etat IN ('ok', 'prudence')"""
        ).fetchone() or (0, 0)
        small = connection.execute(
            """SELECT count(*) FROM entrepot.masque
            JOIN entrepot.effectifs USING (base_id, niveau, unite_id, pas, debut, ventilation, modalite)
            JOIN (SELECT DISTINCT base_id, fait FROM entrepot.bases) USING (base_id)
            WHERE visible AND (n_min_repondu < 11 AND NOT fait OR niveau <> 'structure' AND contributrices < 3)"""
        ).fetchone()
    assert shown > 10_000
    assert lost == 0
    assert small == (0,)


MOTIVES = {motive for motive in WHY_HIDDEN if motive} - {"sans_objet"}


def test_a_release_keeps_nothing_of_what_it_does_not_say(release_file: Path, tmp_path: Path) -> None:
    """No block was ever freed, the same rows make as many bytes again, and no text is the reason of a mask."""
    copy = tmp_path / "again.duckdb"
    with duckdb.connect(str(release_file), read_only=True) as connection:
        size = connection.execute("PRAGMA database_size").fetchone()
        tables = [name for (name,) in connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY 1").fetchall()]  # fmt: skip
        rows = {table: connection.sql(f"FROM {table}").to_arrow_table() for table in tables}
    assert size is not None
    assert size[5] == 0
    with duckdb.connect(str(copy)) as connection:
        for schema in SCHEMAS:
            connection.execute(files("pipelines.release").joinpath("schema", f"{schema}.sql").read_text("utf-8"))
        for table, frame in rows.items():
            connection.register("lignes", frame)
            connection.execute(f"INSERT INTO {table} BY NAME FROM lignes")
            connection.unregister("lignes")
    assert copy.stat().st_size == release_file.stat().st_size
    figures = ("quality.valeurs", "quality.ventilations", "attendance")
    said = {text for column, texts in _texts(release_file) if column.startswith(figures) for text in texts}
    assert "masque" in said
    assert said & MOTIVES == set()


def test_only_closed_periods_are_published(release: duckdb.DuckDBPyConnection) -> None:
    periods = release.execute("SELECT pas, debut, fin, close_le FROM reference.periodes").fetchall()
    assert sorted(step for step, *_ in periods) == ["annee"] * 3 + ["mois"] * 36 + ["trimestre"] * 12
    assert all(closes == end + timedelta(days=45) <= date(2026, 3, 1) for *_, end, closes in periods)
    known = {(step, start) for step, start, *_ in periods}
    for table in ("quality.valeurs", "quality.ventilations", "quality.donnees", "attendance.frequentation"):
        assert set(release.execute(f"SELECT DISTINCT pas, debut FROM {table}").fetchall()) <= known


@pytest.mark.parametrize(("fact", "fewest"), [(False, 5), (True, 3)])
def test_a_mean_of_structures_rests_on_five_at_least_and_a_fact_on_three(
    release: duckdb.DuckDBPyConnection, fact: bool, fewest: int
) -> None:
    found = release.execute(
        """SELECT min(structures) FROM quality.valeurs JOIN reference.mesures USING (mesure_id)
        WHERE fait_d_organisation = ? AND agregation = 'moyenne_structures' AND etat IN ('ok', 'prudence')""",
        [fact],
    ).fetchone()
    assert found is not None
    assert found[0] >= fewest


def _attendance(release: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return release.sql("SELECT * FROM attendance.frequentation").pl()


def test_the_channels_of_a_year_sum_to_its_total_and_so_do_its_quarters_and_its_networks(
    release: duckdb.DuckDBPyConnection,
) -> None:
    cells = _attendance(release)
    totals = cells.filter(pl.col("canal") == "").with_columns(annee=pl.col("debut").dt.year())
    years = totals.filter(pl.col("pas") == "annee")
    assert years.height == 24
    assert years["accueils"].null_count() == 0
    key = ["niveau", "unite_id", "annee"]
    quarters = totals.filter(pl.col("pas") == "trimestre").group_by(key).agg(pl.col("accueils").sum())
    assert years.select(*key, "accueils").sort(key).equals(quarters.sort(key))
    networks = totals.filter(pl.col("niveau") == "reseau").group_by("pas", "debut").agg(pl.col("accueils").sum())
    region = totals.filter(pl.col("niveau") == "region").select("pas", "debut", "accueils")
    assert networks.sort("pas", "debut").equals(region.sort("pas", "debut"))
    channels = cells.filter((pl.col("canal") != "") & (pl.col("pas") == "annee"))
    for unit, part in channels.group_by("niveau", "unite_id", "debut"):
        if part["accueils"].null_count():
            assert part["accueils"].null_count() == part.height
        else:
            whole = years.filter(niveau=unit[0], unite_id=unit[1], debut=unit[2])["accueils"].item()
            assert part["accueils"].sum() == whole


def test_the_totals_of_attendance_are_the_networks_own_counts(region: Path, release: duckdb.DuckDBPyConnection) -> None:
    for network, year, count in release.execute(
        "SELECT unite_id, year(debut), accueils FROM attendance.frequentation "
        "WHERE niveau = 'reseau' AND pas = 'annee' AND canal = ''"
    ).fetchall():
        with (region / "inbox" / network / f"frequentation_{year}.csv").open(encoding="utf-8", newline="") as file:
            assert count == sum(int(row["accueils"]) for row in csv.DictReader(file, delimiter=";"))
