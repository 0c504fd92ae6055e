"""The attack on a region of 300 structures: its release withstands, planted weaknesses are found, a threshold alone falls."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from grids.load import load_grids
from grids.thresholds import load_thresholds
from pipelines.attack.attack import attack
from pipelines.attack.report import Report, report_text
from pipelines.command_line.gate import granted_counts
from pipelines.measurement.figures import figures
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells

pytestmark = pytest.mark.long

THRESHOLDS = load_thresholds()
SHOWN = """etat = 'ok', valeur = 40, basse = 30, haute = 50, assise = '50-99', taux_reponse_classe = '90-100',
  provenance = 'mesure'"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, spro: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The data folder of 300 structures, built through the door."""
    home = tmp_path_factory.mktemp("large") / "region"
    subprocess.run(
        [sys.executable, "-m", "sample_data", "--out", str(home), "--seed", "2026", "--structures", "300"],
        check=True,
        capture_output=True,
    )
    built = spro("build", "--home", str(home), "--as-of", "2026-03-01")
    assert built.returncode == 1, built.stderr
    return home


@pytest.fixture(scope="module")
def warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def counts(warehouse: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    return granted_counts(warehouse)


@pytest.fixture(scope="module")
def published(home: Path) -> Path:
    [release] = (home / "releases").glob("*.duckdb")
    return release


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the release whose tables of figures let anything be written."""
    copy = shutil.copy(published, tmp_path / "copie.duckdb")
    with duckdb.connect(str(copy)) as connection:
        for table in ("quality.valeurs", "quality.ventilations", "attendance.frequentation"):
            connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM {table}")
        yield connection


def attacked(
    connection: duckdb.DuckDBPyConnection, counts: pl.DataFrame, base: str | None = None, *earlier: Path
) -> Report:
    """The attack on a copy, on the numbers of one base or of all."""
    connection.execute("CHECKPOINT")
    [(path,)] = connection.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'copie'").fetchall()
    connection.close()
    return attack(Path(path), earlier, thresholds=THRESHOLDS, counts=counts, bases=None if base is None else [base])


def test_the_attack_finds_nothing_in_a_region_of_300_structures(published: Path, counts: pl.DataFrame) -> None:
    report = attack(published, thresholds=THRESHOLDS, counts=counts, scope="whole")
    assert report.passes, report_text(report)
    tried = report.figures.group_by("epreuve").agg(pl.sum("cellules"))
    assert dict(tried.iter_rows())["fourchette"] > 100_000


def test_with_the_threshold_alone_cells_are_recovered(
    home: Path, copied: duckdb.DuckDBPyConnection, counts: pl.DataFrame, tmp_path: Path
) -> None:
    """What the rest of the protection is for: how many small cells fall when cells are hidden one by one only."""
    with duckdb.connect(str(shutil.copy(home / "warehouse.duckdb", tmp_path / "entrepot.duckdb"))) as office:
        mask(office, THRESHOLDS, complement=False)
        visible = visible_cells(office, THRESHOLDS)
    shown = figures(visible.counts, visible.hidden, load_grids(), THRESHOLDS)
    for table, frame in (("quality.valeurs", shown.whole), ("quality.ventilations", shown.broken_down)):
        copied.register("lignes", frame.to_arrow())
        copied.execute(f"CREATE OR REPLACE TABLE {table} AS FROM lignes")
        copied.unregister("lignes")
    fallen = Counter[str]()
    for finding in attacked(copied, counts).findings:
        fallen[finding.kind] += len(finding.cells)
    assert fallen["recalcul_exact"] == 263, fallen
    assert fallen["fourchette"] > 500, fallen


# --- weaknesses, each planted in a copy -------------------------------------------------------------------------------

_SIZES = """
CREATE OR REPLACE TEMP VIEW tailles AS
SELECT masque.*, coalesce(n_min_repondu, 0) AS n, max(n) OVER (PARTITION BY base_id, niveau, unite_id) AS plus,
  coalesce(structures.reseau, unite_id) AS reseau, departement
FROM masque LEFT JOIN effectifs USING (base_id, niveau, unite_id, pas, debut, ventilation, modalite)
JOIN (SELECT DISTINCT base_id FROM bases WHERE NOT fait AND NOT opinion) USING (base_id)
LEFT JOIN structures ON structures.structure_id = unite_id
"""
Cells = list[tuple[object, ...]]


def chosen(warehouse: duckdb.DuckDBPyConnection, query: str) -> Cells:
    """base_id, niveau, unite_id, pas, debut, ventilation, modalite of the cells that a query over `tailles` chooses, of one
    base; it fails if there are none."""
    with warehouse.cursor() as cursor:
        cursor.execute(_SIZES)
        cells = cursor.execute(query).fetchall()
    assert cells
    return cells


def show(release: duckdb.DuckDBPyConnection, cells: Cells) -> None:
    """Show the figures of hidden cells, all alike."""
    for base, level, unit, step, start, breakdown, modality in cells:
        table = "ventilations" if breakdown else "valeurs"
        more = "AND ventilation = ? AND modalite = ?" if breakdown else ""
        release.execute(
            f"""UPDATE quality.{table} SET {SHOWN} WHERE niveau = ? AND unite_id = ? AND pas = ? AND debut = ? {more}
            AND agregation <> 'moyenne_structures'
            AND mesure_id IN (SELECT mesure_id FROM reference.mesures WHERE base_id = ?)""",
            [level, unit, step, start, *([breakdown, modality] if breakdown else []), base],
        )


_ALL_BUT_THE_SMALLEST = """
WITH cachees AS (SELECT * FROM tailles WHERE NOT visible AND n > 0 AND {cells}),
groupes AS (
  SELECT {group}, count(*) AS combien FROM cachees GROUP BY ALL
  HAVING min(n) < 11 AND count(*) {many} AND sum(n) > 11 ORDER BY ALL
),
premier AS (FROM groupes SEMI JOIN (SELECT {parent} FROM tailles WHERE visible AND {whole}) AS entiers USING ({keys}) LIMIT 1)
SELECT base_id, niveau, unite_id, pas, debut, ventilation, modalite
FROM cachees SEMI JOIN premier USING ({keys}) QUALIFY row_number() OVER (ORDER BY n, unite_id, modalite) > 1
"""
COMPLEMENT = _ALL_BUT_THE_SMALLEST.format(
    cells="niveau = 'structure' AND pas = 'trimestre'", group="base_id, reseau, pas, debut", many="= 3",
    parent="base_id, reseau, pas, debut", whole="niveau = 'reseau' AND ventilation = ''", keys="base_id, reseau, pas, debut",
)  # fmt: skip
CHANNEL = _ALL_BUT_THE_SMALLEST.format(
    cells="niveau = 'reseau' AND ventilation = 'canal'", group="base_id, unite_id, pas, debut", many="> 1",
    parent="base_id, unite_id, pas, debut", whole="niveau = 'reseau' AND ventilation = ''",
    keys="base_id, unite_id, pas, debut",
)  # fmt: skip
NETWORK = _ALL_BUT_THE_SMALLEST.format(
    cells="niveau = 'reseau' AND ventilation = ''", group="base_id, pas, debut", many="> 0",
    parent="base_id, pas, debut", whole="niveau = 'region' AND ventilation = ''", keys="base_id, pas, debut",
).replace("AND sum(n) > 11", "")  # fmt: skip
YEAR = """
WITH petites AS (
  SELECT base_id, unite_id, year(debut) AS annee, arg_min(debut, n) AS reste FROM tailles
  WHERE niveau = 'structure' AND pas = 'trimestre' AND NOT visible AND n > 0
  GROUP BY ALL HAVING count(*) = 4 AND min(n) < 11
)
SELECT base_id, niveau, unite_id, pas, debut, ventilation, modalite FROM tailles
SEMI JOIN (FROM petites JOIN tailles AS ans USING (base_id, unite_id) WHERE ans.pas = 'annee' AND NOT ans.visible
  AND year(ans.debut) = annee ORDER BY ALL LIMIT 1) AS choisie
  ON choisie.base_id = tailles.base_id AND choisie.unite_id = tailles.unite_id AND choisie.annee = year(tailles.debut)
    AND tailles.debut <> choisie.reste OR tailles.pas = 'annee' AND choisie.base_id = tailles.base_id
    AND choisie.unite_id = tailles.unite_id AND choisie.annee = year(tailles.debut)
WHERE niveau = 'structure' AND pas IN ('trimestre', 'annee')
"""


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        pytest.param(COMPLEMENT, {"recalcul_exact", "recalcul_reseau"}, id="a complementary cell shown again"),
        pytest.param(YEAR, {"recalcul_exact"}, id="an unmasked year"),
        pytest.param(CHANNEL, {"recalcul_exact", "fourchette"}, id="a channel hidden alone beside its total"),
        pytest.param(NETWORK, {"recalcul_exact", "fourchette"}, id="a network hidden alone under the region"),
    ],
)
def test_a_cell_shown_again_is_found(
    copied: duckdb.DuckDBPyConnection,
    warehouse: duckdb.DuckDBPyConnection,
    counts: pl.DataFrame,
    query: str,
    kinds: set[str],
) -> None:
    cells = chosen(warehouse, query)
    show(copied, cells)
    report = attacked(copied, counts, str(cells[0][0]))
    assert kinds & {finding.kind for finding in report.findings}


def one(changed: str, where: str) -> str:
    """Change the first figure of some."""
    return f"UPDATE quality.valeurs SET {changed} WHERE rowid = (SELECT min(rowid) FROM quality.valeurs WHERE {where})"


OPINIONS = "mesure_id IN (SELECT mesure_id FROM reference.mesures WHERE opinion AND genre = 'part')"
MEAN = "agregation = 'moyenne_structures' AND etat = 'ok' AND niveau = 'reseau' AND pas = 'annee' AND structures > 6"
PLANTED = [
    pytest.param(
        f"""UPDATE quality.valeurs AS moyennes SET structures = 1 + (
          SELECT count(*) FROM quality.valeurs AS propres JOIN reference.unites USING (niveau, unite_id)
          WHERE niveau = 'structure' AND reseau = moyennes.unite_id AND etat IN ('ok', 'prudence')
            AND (propres.mesure_id, propres.pas, propres.debut, propres.categorie)
              = (moyennes.mesure_id, moyennes.pas, moyennes.debut, moyennes.categorie))
        WHERE {MEAN} AND mesure_id LIKE 'PD01.rendue%'""",
        "moyenne", id="a mean with one hidden member",
    ),
    pytest.param(
        """UPDATE reference.unites SET reseau = 'cio' WHERE zone_emploi = (
          SELECT zone_emploi FROM quality.territoires ORDER BY structures LIMIT 1)""",
        "zone_de_peu_de_structures", id="a zone of one network",
    ),
    pytest.param(
        """UPDATE quality.valeurs SET etat = 'masque', raison = NULL, valeur = NULL, basse = NULL, haute = NULL,
          assise = NULL, taux_reponse_classe = NULL, structures = NULL, structures_attendues = NULL, provenance = NULL
        WHERE niveau = 'structure' AND mesure_id = (SELECT min(pratique) FROM quality.pratiques)""",
        "pratique_de_peu_de_structures", id="a practice that is not shown",
    ),
    pytest.param(
        "UPDATE quality.processus SET phrase = phrase || ' Sur 412 accueils.'", "nombre_dans_un_texte",
        id="a count in a sentence",
    ),
    pytest.param(
        one("assise = '60-69'", "assise = '50-99'"), "assise", id="a band too narrow",
    ),
    pytest.param(
        one("basse = 41", "assise = '20-49' AND basse = 40"), "borne_trop_fine", id="a bound too fine",
    ),
    pytest.param(
        one("valeur = 63", "etat = 'masque'"), "ligne_masquee_chiffree", id="a number left on a hidden row",
    ),
    pytest.param(
        one("raison = 'trop_de_non_reponses'", "etat = 'masque'"), "raison_dite", id="the reason of a mask",
    ),
    pytest.param(
        one("valeur = 100", f"etat = 'ok' AND {OPINIONS}"), "opinion_unanime", id="a unanimous opinion",
    ),
    pytest.param(
        """UPDATE quality.valeurs SET etat = 'masque', raison = NULL, valeur = NULL, basse = NULL, haute = NULL,
          assise = NULL, taux_reponse_classe = NULL, structures = NULL, structures_attendues = NULL, provenance = NULL
        WHERE niveau = 'reseau' AND unite_id = 'cio' AND pas = 'annee' AND debut = '2025-01-01'
          AND mesure_id IN (SELECT mesure_id FROM reference.mesures WHERE base_table = 'accueils')""",
        "frequentation_masque", id="attendance under another mask",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("planted", "kind"), PLANTED)
def test_a_weakness_planted_in_a_copy_is_found(
    copied: duckdb.DuckDBPyConnection, counts: pl.DataFrame, planted: str, kind: str
) -> None:
    copied.execute(planted)
    assert kind in {finding.kind for finding in attacked(copied, counts, "").findings}


def test_two_editions_that_differ_by_one_person_are_found(
    copied: duckdb.DuckDBPyConnection, counts: pl.DataFrame, published: Path
) -> None:
    assert attack(published, [published], thresholds=THRESHOLDS, counts=counts, bases=[""]).passes
    copied.execute(one("valeur = valeur + 1", "assise = '11-19' AND valeur BETWEEN 20 AND 80"))
    assert "edition_changee" in {each.kind for each in attacked(copied, counts, "", published).findings}
