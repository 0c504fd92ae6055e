"""Editions through the real door: closed, read again, final; late deliveries wait; nothing shown moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines.command_line.build import Outcome, build
from pipelines.home import Home
from pipelines.release.catalogue import editions
from pipelines.release.deciding import roll_back
from pipelines.release.inspecting import periods_by_edition
from pipelines.release.reading import Release, open_release, published
from tests.command_line.conftest import PROFILES

pytestmark = pytest.mark.long
Lay = Callable[..., Path]


def made(home: Path, as_of: date) -> Outcome:
    return build(Home(home), as_of, lambda *_: None)


def records(first: int, count: int, month: str) -> str:
    rows = "".join(f"FICTIF-{number};A-1;{month};tchat\n" for number in range(first, first + count))
    return "accueil_ref;structure_id;mois;canal\n" + rows


def figures(release: Release, before: str) -> list[tuple[object, ...]]:
    with open_release(release) as connection:
        query = "FROM quality.valeurs WHERE debut < CAST(? AS DATE) ORDER BY ALL"
        return connection.execute(query, [before]).fetchall()


def test_a_month_is_read_again_then_final_and_what_comes_after_waits(lay: Lay, tmp_path: Path) -> None:
    home = tmp_path / "home"
    lay(home, "apec/structures.csv", PROFILES, 0)
    lay(home, "apec/t1.csv", records(0, 30, "2025-02-03"), 1)
    first = made(home, date(2025, 6, 1))
    assert (first.release is None, first.candidate, first.late) == (False, None, 0)

    lay(home, "apec/avril.csv", records(100, 20, "2025-04-03"), 2)
    lay(home, "apec/tard.csv", records(200, 7, "2025-02-03"), 3)
    second = made(home, date(2025, 6, 20))
    assert second.candidate is not None
    assert second.late == 7
    assert any("relecture jusqu'au 29 juin 2025" in each for each in second.sentences)
    assert any("7 lignes au moins" in each for each in second.sentences)
    assert periods_by_edition(second.candidate.path)[second.candidate.id] == ["2025-04"]
    shown = published(home / "releases")
    assert figures(shown, "2025-04-01") == figures(first.release, "2025-04-01")
    assert made(home, date(2025, 6, 20)).sentences == ()

    third = made(home, date(2025, 6, 29))
    assert third.release == published(home / "releases")
    assert third.candidate is None
    assert [each.state for each in editions(home / "releases")][-1] == "publiée"
    assert "candidate" not in {each.state for each in editions(home / "releases")}
    assert figures(third.release, "2025-04-01") == figures(first.release, "2025-04-01")
    assert {
        path.stem.removesuffix("-steps").removesuffix("-standing") for path in (home / "settled").rglob("*.parquet")
    } <= {each.id for each in editions(home / "releases")}

    roll_back(home / "releases", shown.id, "Une colonne était fausse.", date(2025, 6, 30))
    assert made(home, date(2025, 6, 30)).release is None
    assert published(home / "releases") == shown


def test_a_build_stopped_before_any_of_its_writings_is_completed_by_the_next(
    lay: Lay, tmp_path: Path, copied: Callable[[Path, Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    lay(home, "apec/structures.csv", PROFILES, 0)
    lay(home, "apec/t1.csv", records(0, 30, "2025-02-03"), 1)
    made(home, date(2025, 6, 1))
    lay(home, "apec/avril.csv", records(100, 20, "2025-04-03"), 2)
    whole = made(copied(home, tmp_path / "whole"), date(2025, 6, 29)).release
    replace, stop_at = Path.replace, 0
    while True:
        broken, left = copied(home, tmp_path / f"broken-{stop_at}"), stop_at

        def stopping(path: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return replace(path, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", stopping)
            try:
                made(broken, date(2025, 6, 29))
            except KeyboardInterrupt:
                pass
            else:
                break
        made(broken, date(2025, 6, 29))
        assert whole is not None
        assert figures(published(broken / "releases"), "2026-01-01") == figures(whole, "2026-01-01"), stop_at
        assert not list(broken.rglob(".aside-*"))
        stop_at += 1
    assert stop_at > 5
