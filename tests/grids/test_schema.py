"""The JSON Schema that editors read says what the model says."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from grids.definitions import ROOT
from grids.schema import PATH, json_schema, schema_text
from grids.versions import DEFAULT_GRID, load_versions
from tests.grids.museum import GRID, PIECES, SOUND, exhibited

VALIDATOR = Draft202012Validator(json_schema())
# What a schema of shapes can see: a word that is missing, unknown, or of another kind.
SEEN = (
    "un genre inconnu", "un sens inconnu", "un mot inconnu", "un libellé qui manque", "une question sans échelle",
    "une échelle d'une seule réponse", "une durée de questionnaire impossible", "un niveau inconnu",
)  # fmt: skip


def test_the_file_is_in_step_with_the_model() -> None:
    assert PATH.read_text(encoding="utf-8") == schema_text(), "run: python -m grids.schema"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("version", [record.version for record in load_versions()])
def test_every_version_follows_it(version: str) -> None:
    tree = YAML(typ="safe").load((ROOT / DEFAULT_GRID / f"{version}.yaml").read_text(encoding="utf-8"))
    assert list(VALIDATOR.iter_errors(tree)) == []


@pytest.mark.parametrize("name", SEEN)
def test_an_editor_underlines_what_is_wrong(name: str, tmp_path) -> None:
    path = exhibited(PIECES[name], tmp_path) / GRID / "2031.1.yaml"
    assert list(VALIDATOR.iter_errors(YAML(typ="safe").load(path.read_text(encoding="utf-8"))))
    assert SOUND.exists()


def test_its_words_are_the_files_and_its_sentences_french() -> None:
    schema = json_schema()
    measure = schema["$defs"]["Measure"]
    assert {"genre", "sens", "base", "suite_de"} <= measure["properties"].keys()
    assert "kind" not in measure["properties"]
    assert all(kind["title"] != name for name, kind in schema["$defs"].items()), "a type has no French title"
