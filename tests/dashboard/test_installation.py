"""An installation on the way to its first edition: every page says where it stands, and what to do in three steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.installation import stage_of
from dashboard.views.installation import Stage, first_steps

from .test_dashboard_pages import run, text_of

FILES = {
    Stage.EMPTY: (),
    Stage.ARRIVED: ("inbox/cio/fiches.csv",),
    Stage.IN_REVIEW: ("inbox/cio/fiches.csv", "releases/candidate.json"),
    None: ("inbox/cio/fiches.csv", "releases/candidate.json", "releases/published.json"),
}


def install(home: Path, *files: str) -> Path:
    for name in files:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).touch()
    return home


@pytest.mark.parametrize(("stage", "files"), FILES.items(), ids=str)
def test_the_stage_of_an_installation(tmp_path: Path, stage: Stage | None, files: tuple[str, ...]) -> None:
    assert stage_of(install(tmp_path, *files)) == stage


def test_what_came_by_the_page_counts_as_arrived(tmp_path: Path) -> None:
    assert stage_of(install(tmp_path, "receipts/cio/1a2b.json")) is Stage.ARRIVED
    assert stage_of(install(tmp_path / "other", "inbox/.gitkeep")) is Stage.EMPTY


def test_the_wait_is_that_of_the_thresholds() -> None:
    told = first_steps(Stage.ARRIVED, closing_days=30, review_days=10).steps[-1]
    assert told.startswith("Une période se lit ici 40 jours après sa fin : 30 jours pour livrer, 10 pour relire.")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), "Aucun fichier n'est encore arrivé : il n'y a rien à lire."),
        (("inbox/cio/fiches.csv",), "Des fichiers sont arrivés ; aucune édition n'est encore publiée."),
        (("releases/candidate.json",), "Une première édition est en relecture ; elle n'est pas encore publiée."),
    ],
)
def test_a_page_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("SPRO_HOME", str(install(tmp_path, *files)))
    test = run("summary", "page")
    html = "".join(element.proto.body for element in test.get("html"))
    assert not test.exception
    assert said in text_of(test)
    assert html.count("<li>") == 3
    assert 'href="/donnees"' in html
