"""What is made once: shared by all who ask, made again where it failed, forgotten when it is the oldest of too many."""

import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from dashboard import cache
from dashboard.access import Reader
from dashboard.kept import Kept
from pipelines.release.flags import FLAGS
from pipelines.release.reading import POINTER


def test_sessions_that_ask_together_are_given_the_same_thing_made_once() -> None:
    kept: Kept[object] = Kept(most=2)
    made: list[object] = []
    together = threading.Barrier(4)

    def make() -> object:
        made.append(object())
        time.sleep(0.05)  # long enough for the others to ask meanwhile
        return made[-1]

    def ask(_session: int) -> object:
        together.wait()
        return kept.get("key", make)

    with ThreadPoolExecutor(4) as sessions:
        given = set(map(id, sessions.map(ask, range(4))))
    assert len(made) == 1
    assert given == {id(made[0])}


def test_what_failed_is_asked_for_again() -> None:
    kept: Kept[int] = Kept(most=2)

    def fail() -> int:
        raise ValueError("not there yet")

    for _ in range(2):
        with pytest.raises(ValueError, match="not there yet"):
            kept.get("key", fail)
    assert kept.get("key", lambda: 3) == 3


def test_the_one_asked_for_longest_ago_is_forgotten() -> None:
    kept: Kept[int] = Kept(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: 1)
    assert kept.get("a", lambda: 2) == 1
    assert kept.get("b", lambda: 2) == 2


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many times something has been read, over a folder whose edition is said to be there."""
    monkeypatch.setenv(cache.HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr(cache, "current_reader", lambda: Reader("comite"))
    (tmp_path / "releases").mkdir()
    publish(tmp_path, "first")
    times = iter(range(100))

    @cache.once
    def read() -> int:
        return next(times)

    return read


def publish(home: Path, name: str) -> None:
    (home / "releases" / f"{name}.duckdb").touch()
    told = {"release_id": name, "fichier": f"{name}.duckdb", "empreinte": name, "donnees_du": str(date(2026, 3, 1))}
    (home / "releases" / POINTER).write_text(json.dumps(told), encoding="utf-8")


def test_an_edition_is_read_once(counted: Callable[[], int]) -> None:
    assert [counted(), counted()] == [0, 0]


def test_another_edition_is_read_at_once(counted: Callable[[], int], tmp_path: Path) -> None:
    counted()
    publish(tmp_path, "the_second")
    assert counted() == 1


def test_a_new_flag_is_told_at_once(counted: Callable[[], int], tmp_path: Path) -> None:
    counted()
    (tmp_path / "releases" / FLAGS).write_text("[]", encoding="utf-8")
    assert counted() == 1


def test_no_reader_is_given_what_was_read_for_another(
    counted: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = [Reader("comite"), Reader("reseau", network="cio"), Reader("structure", structure="CIO-0001")]
    found = []
    for each in readers:
        monkeypatch.setattr(cache, "current_reader", lambda each=each: each)
        found.append(counted())
    assert found == [0, 1, 2]


def test_a_view_is_made_once_of_the_same_thing_and_again_of_one_that_is_equal() -> None:
    made: list[dict[str, int]] = []

    def view(told: dict[str, int]) -> int:
        made.append(told)
        return len(made)

    first, equal = {"a": 1}, {"a": 1}
    assert [cache.viewed(view, each) for each in (first, first, equal, first)] == [1, 1, 2, 1]
