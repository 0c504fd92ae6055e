"""What the door must hold of any file at all, sound or not."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet as arrow_parquet

from grids.errors import DeliveryRefused
from pipelines.intake import door
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.references import passing_keys
from pipelines.intake.sources import Source
from tests.fuzz.mutations import Mutated
from tests.fuzz.seeds import MARKERS

LONGEST_SECONDS = 20
_KEYS = passing_keys()
_WRITTEN_AS = ("utf-8", "utf-16-le")


class Hung(BaseException):
    """The door took too long over a file."""


@dataclass(frozen=True)
class Found:
    """Whether a file passed the door, and what is wrong in how the door treated it, in words."""

    passed: bool
    wrong: list[str]


def faults(made: Mutated, folder: Path) -> Found:
    """Pass a file through the door and judge it; what it stages in `folder` is then removed."""
    began = time.monotonic()
    with _looking_before_any_refusal() as seen:
        found = _judged(made, folder / "fichier", folder / "staged")
    wrong = [*found.wrong, *(f"identité écrite, même un instant : {each}" for each in seen)]
    # Whatever a library made of the alarm, the time has passed.
    if time.monotonic() - began > LONGEST_SECONDS:
        wrong.append(f"plus de {LONGEST_SECONDS} s")
    return Found(found.passed, wrong)


@contextlib.contextmanager
def _looking_before_any_refusal() -> Iterator[list[str]]:
    """The planted identities found in what the door has written by the time it looks for identities itself."""
    seen: list[str] = []
    refuse = door._Staging.refuse_identities

    def look_first(staging: door._Staging, source: Source, file_name: str) -> None:
        if staging.built and staging.built.is_file():
            seen.extend(identities_in(staging.built))
        refuse(staging, source, file_name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(door._Staging, "refuse_identities", look_first)
        yield seen


def _judged(made: Mutated, path: Path, staged: Path) -> Found:
    path.write_bytes(made.content)
    try:
        with limited(LONGEST_SECONDS):
            passed = pass_door(path, made.seed.mapping, _KEYS, staged, "livraison")
    except DeliveryRefused as refusal:
        return Found(False, [*_refusal_faults(refusal), *_left_behind(staged)])
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic of a library written in Rust is no Exception.
        return Found(False, [f"{type(error).__name__} : {str(error)[:300]}", *_left_behind(staged)])
    with contextlib.closing(passed.connection):
        return Found(True, [*_count_faults(passed, made), *_told(staged)])


@contextlib.contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raises Hung in the block once it has lasted so long."""

    def hung(*_: object) -> None:
        raise Hung(f"plus de {seconds} s")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def identities_in(path: Path) -> list[str]:
    """The planted identities that a file of ours holds, as it is or once its Parquet is unfolded."""
    held, unfolded = path.read_bytes(), ""
    with contextlib.suppress(pyarrow.ArrowException):
        unfolded = str(arrow_parquet.read_table(path, use_threads=False).to_pylist())
    return [each for each in MARKERS if each in unfolded or any(each.encode(code) in held for code in _WRITTEN_AS)]


def _refusal_faults(refusal: DeliveryRefused) -> list[str]:
    wrong = []
    if not refusal.sentence.rstrip().endswith(".") or not refusal.remedy:
        wrong.append(f"refus sans phrase ou sans remède : {refusal.sentence!r}")
    if any(marker.lower() in str(refusal).lower() for marker in MARKERS):
        wrong.append(f"le refus cite une identité : {refusal.sentence!r}")
    return wrong


def _count_faults(passed: Passed, made: Mutated) -> list[str]:
    found = passed.connection.execute("SELECT count(DISTINCT ligne) FROM staged").fetchone()
    kept = found[0] if found else 0
    wrong = []
    if passed.read != kept + sum(passed.set_aside.values()):
        wrong.append(f"lues {passed.read}, gardées {kept}, écartées {passed.set_aside}")
    if made.rows is not None and passed.read != made.rows:
        wrong.append(f"lues {passed.read}, alors que le fichier a {made.rows} lignes")
    return wrong


def _left_behind(staged: Path) -> list[str]:
    left = _files(staged)
    return [f"reste après un refus : {path.name}" for path in left] + _told(staged)


def _told(staged: Path) -> list[str]:
    """Planted identities in what is left; it is then removed."""
    wrong = []
    for path in _files(staged):
        wrong += [f"identité sur le disque ({path.parent.name}/{path.name}) : {each}" for each in identities_in(path)]
        path.unlink()
    return wrong


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
