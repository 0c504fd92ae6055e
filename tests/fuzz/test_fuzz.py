"""Thousands of damaged files through the whole door: a sentence or every row accounted for, and no identity anywhere.

`SPRO_FUZZ_FILES=20000` fuzzes more of them; `mutated(n)` makes the file number n again.
"""

from __future__ import annotations

import faulthandler
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.intake.door import pass_door
from pipelines.intake.references import passing_keys
from tests.fuzz.judgement import LONGEST_SECONDS, faults, identities_in
from tests.fuzz.mutations import Mutated, mutated
from tests.fuzz.seeds import MARKERS, Seed, seeds

ALWAYS = 30
FILES = int(os.environ.get("SPRO_FUZZ_FILES", "2000"))
BATCHES = 20
LEAST_SHARE = 0.2


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[Path, int]:
    """Every folder where a library might leave a file, empty, and when it was last written to."""
    folders = [tmp_path / "tmp", tmp_path / "here", tmp_path / "home"]
    for folder in folders:
        folder.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folders[0]))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(folders[1])
    monkeypatch.setenv("HOME", str(folders[2]))
    return {folder: folder.stat().st_mtime_ns for folder in folders}


@contextmanager
def _ended_if_hung(told: Path) -> Iterator[None]:
    """A library that never gives the hand back is beyond an alarm: the process ends, and `told` says where it stood."""
    with told.open("w") as file:
        faulthandler.dump_traceback_later(3 * LONGEST_SECONDS, exit=True, file=file)
        yield
        faulthandler.cancel_dump_traceback_later()
    told.unlink()


def _fuzz(numbers: range, folder: Path, watched: dict[Path, int]) -> None:
    """Every file of those numbers; what is wrong is told with the number and the name of its mutations."""
    passed, wrong = 0, []
    for number in numbers:
        made = mutated(number)
        with _ended_if_hung(folder / f"fichier-{number}.txt"):
            found = faults(made, folder)
        passed += found.passed
        wrong += [f"{made} : {each}" for each in found.wrong]
        if {each: each.stat().st_mtime_ns for each in watched} != watched:
            wrong.append(f"{made} : un fichier a été écrit dans un dossier temporaire")
            break
    assert not wrong, "\n".join(wrong)
    assert LEAST_SHARE * len(numbers) < passed < (1 - LEAST_SHARE) * len(numbers), (
        "the mutations are too strong, or too weak"
    )


def test_some_damaged_files(tmp_path: Path, watched: dict[Path, int]) -> None:
    _fuzz(range(ALWAYS), tmp_path, watched)


@pytest.mark.long
@pytest.mark.parametrize("batch", range(BATCHES))
def test_damaged_files(tmp_path: Path, watched: dict[Path, int], batch: int) -> None:
    _fuzz(range(ALWAYS + batch, FILES, BATCHES), tmp_path, watched)


@pytest.mark.long
@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)
def test_any_one_column_may_be_missing(seed: Seed, tmp_path: Path) -> None:
    wrong = []
    for at, heading in enumerate(seed.headings):
        draft = seed.draft()
        for line in (draft.headings, *draft.rows):
            del line[at]
        made = Mutated(at, seed, (f"sans « {heading} »",), seed.write(draft), None)
        wrong += [f"{made} : {each}" for each in faults(made, tmp_path).wrong]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)
def test_every_seed_is_sound(seed: Seed, tmp_path: Path) -> None:
    path = tmp_path / "fichier"
    path.write_bytes(seed.write(seed.draft()))
    passed = pass_door(path, seed.mapping, passing_keys(), tmp_path / "staged", "livraison")
    assert passed.read == len(seed.rows) + seed.blank_end
    assert sum(passed.set_aside.values()) < passed.read
    left = [each for each in (tmp_path / "staged").rglob("*") if each.is_file()]
    assert [each for each in left if identities_in(each)] == []


def test_identities_are_planted_where_they_are_dropped() -> None:
    planted = [
        seed.name
        for seed in seeds()
        if any(MARKERS[0] in str(cell) or MARKERS[2] in str(cell) for row in seed.rows for cell in row)
    ]
    assert set(planted) >= {seed.name for seed in seeds()} - {"contrat structures", "fiche commune"}


def test_a_number_always_makes_the_same_file() -> None:
    text_kinds = [
        number for number in range(40) if mutated(number).seed.name.startswith(("CSV", "LimeSurvey", "Webform"))
    ]
    assert [mutated(number).content for number in text_kinds] == [mutated(number).content for number in text_kinds]
