"""Analyses speak of shown figures alone: each way of telling more is found."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from pipelines.attack.derived import told_of_hidden

SHOWN, HIDDEN = "S-1", "S-2"
_FIGURES = """
INSERT INTO quality.valeurs (mesure_id, niveau, unite_id, pas, debut, categorie, agregation, etat, valeur, assise) VALUES
  ('A.part@1', 'structure', 'S-1', 'annee', '2025-01-01', '', 'structure', 'ok', 60, '50-99'),
  ('A.part@1', 'structure', 'S-1', 'annee', '2024-01-01', '', 'structure', 'ok', 50, '50-99'),
  ('B.part@1', 'structure', 'S-1', 'annee', '2025-01-01', '', 'structure', 'ok', 40, '50-99'),
  ('A.part@1', 'structure', 'S-2', 'annee', '2025-01-01', '', 'structure', 'masque', NULL, NULL),
  ('B.part@1', 'structure', 'S-2', 'annee', '2025-01-01', '', 'structure', 'masque', NULL, NULL);
"""
_LINE = """
INSERT INTO quality.series VALUES
  ('{unit}', 'A.part@1', 'structure', '{unit}', 'annee', '', 'structure', 'ligne', 'trop_tot', NULL, NULL, true);
INSERT INTO quality.points VALUES ('{unit}', '2025-01-01', 'A.part@1', 0, {value}, NULL, NULL, NULL, '');
"""
_REST = """
INSERT INTO quality.comparaisons (mesure_id, structure_id, pas, debut, perimetre, valeur, assise)
  VALUES ('A.part@1', '{unit}', 'annee', '2025-01-01', 'region', {value}, '50-99');
"""
_CRITERION = (
    "INSERT INTO quality.criteres VALUES ('c', 'structure', '{unit}', 'annee', '2025-01-01', {ids}, 'trop_tot')"
)
_VIEW = """
INSERT INTO quality.regards VALUES
  ('A', 'structure', '{unit}', 'annee', '2025-01-01', 'A.part@1', 'B.part@1', 20, 10, 30, NULL, NULL)
"""
_ANSWERED = "INSERT INTO quality.participation VALUES ('structure', '{unit}', 'annee', '2025-01-01', '30-49')"
_SENTENCE = """
INSERT INTO quality.phrases VALUES ('A.part@1', 'structure', '{unit}', 'annee', '2025-01-01', '{fact}', 'Solide.', 'Et ?')
"""


def _release(folder: Path, *statements: str) -> Path:
    path = folder / "release.duckdb"
    with duckdb.connect(str(path)) as connection:
        for schema in ("reference", "quality", "analyses"):
            connection.execute(files("pipelines.release").joinpath("schema", f"{schema}.sql").read_text("utf-8"))
        for each in (_FIGURES, *statements):
            connection.execute(each)
    return path


def test_analyses_of_shown_figures_are_nothing_to_find(tmp_path: Path) -> None:
    statements = (
        _LINE.format(unit=SHOWN, value=60),
        _REST.format(unit=SHOWN, value=60),
        _CRITERION.format(unit=SHOWN, ids="'A.part@1', 'B.part@1'"),
        _VIEW.format(unit=SHOWN),
        _ANSWERED.format(unit=SHOWN),
        _SENTENCE.format(unit=SHOWN, fact="Six sur 10."),
        _SENTENCE.format(unit=HIDDEN, fact="Ce résultat n''est pas montré."),
    )
    assert told_of_hidden(_release(tmp_path, *statements)) == []


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        (_LINE.format(unit=HIDDEN, value=60), "analyse_de_cellule_masquee"),
        (_LINE.format(unit=SHOWN, value=61), "analyse_de_cellule_masquee"),
        (_REST.format(unit=HIDDEN, value=60), "analyse_de_cellule_masquee"),
        (_CRITERION.format(unit=HIDDEN, ids="'A.part@1', NULL"), "analyse_de_cellule_masquee"),
        (_CRITERION.format(unit=SHOWN, ids="'A.part@1', 'C.part@1'"), "analyse_de_cellule_masquee"),
        (_VIEW.format(unit=HIDDEN), "analyse_de_cellule_masquee"),
        (_ANSWERED.format(unit=HIDDEN), "analyse_de_cellule_masquee"),
        (_SENTENCE.format(unit=HIDDEN, fact="Il manque environ 10 réponses."), "phrase_de_cellule_masquee"),
    ],
    ids=[
        "line",
        "other value",
        "comparison",
        "criterion",
        "weak point",
        "view",
        "participation",
        "number in a sentence",
    ],
)
def test_what_tells_of_a_hidden_figure_is_found(tmp_path: Path, planted: str, kind: str) -> None:
    found = told_of_hidden(_release(tmp_path, planted))
    assert [each.kind for each in found] == [kind]
    assert all(each.cells for each in found)


def test_a_release_without_analyses_has_nothing_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    duckdb.connect(str(path)).close()
    assert told_of_hidden(path) == []
