"""Where figures stand: final or read again by the networks, and flagged when something is known to be wrong with them."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboard.views import figures
from dashboard.views.comparison import compare
from dashboard.views.edition import read_edition
from dashboard.views.timeline import through_time
from dashboard.views.values import Value, Values
from dashboard.views.versions import Version
from pipelines.release.flags import raise_flag
from pipelines.release.reading import published

from .release_fixture import build_release
from .test_dashboard_pages import PAGES, run, text_of
from .test_dashboard_views import QUARTER, REGION, SHARE, YEAR

VERSIONS = (Version("2024.1", "travail", date(2024, 1, 1)),)
REVIEWED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("edition", "quarter", "said"),
    [
        ("finale", "finale", "Édition finale."),
        ("candidate", "finale", "Édition candidate ; les chiffres de cette période sont définitifs."),
        (
            "candidate",
            "candidate",
            "Édition candidate, relecture jusqu'au 1er mars 2026 : ces chiffres peuvent encore changer.",
        ),
    ],
)
def test_an_edition_says_whether_the_figures_of_a_period_may_still_change(
    edition: str, quarter: str, said: str
) -> None:
    manifest = pl.DataFrame({"cle": ["etat_edition"], "valeur": [edition]})
    periods = pl.DataFrame(
        [(each.pas, each.debut, REVIEWED, state) for each, state in ((YEAR, "finale"), (QUARTER, quarter))],
        schema=["pas", "debut", "finale_le", "etat"],
        orient="row",
    )
    told = read_edition(manifest, periods, VERSIONS, "r1", REVIEWED)
    assert told.standing(QUARTER) == said
    assert said in told.notice(QUARTER)
    assert "candidate, relecture" not in told.standing(YEAR)


FLAG = "signalé le 3 mars 2026 : compté deux fois"
WRONG = Value("ok", None, 81, 76, 86, flag=FLAG)


def test_a_flag_stands_beside_the_value_in_words_and_in_tables() -> None:
    found = Values({(SHARE.id, "region", "bretagne", YEAR.debut, "", "moyenne_structures"): WRONG})
    assert figures.flag_words(date(2026, 3, 3), "compté deux fois") == FLAG
    assert figures.figure(WRONG, "%") == f"81 % (entre 76 et 86 %), {FLAG}"
    assert FLAG in compare(SHARE, found, [REGION], YEAR, REGION).table.rows[0][-1]
    assert FLAG in through_time(SHARE, found, REGION, [YEAR]).table.rows[0][-1]


def test_a_hidden_figure_is_never_flagged() -> None:
    assert figures.figure(Value("masque", flag=FLAG), "%") == "non diffusé"


def test_a_flagged_figure_says_so_on_its_page_and_others_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    build_release(tmp_path)
    releases = tmp_path / "releases"
    said = ("PD02.percue", "bretagne", "2025")
    raise_flag(releases, published(releases), said, "compté deux fois", "Essai", date(2026, 3, 3))
    text = text_of(run("field", "principles", critere="comprehension"))
    assert "Chiffre signalé le 3 mars 2026 : compté deux fois" in text
    assert "Chiffre signalé" not in text_of(
        run("field", "principles", critere="comprehension", territoire="cap-emploi")
    )


@pytest.fixture
def reviewing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation whose last year is still read again by the networks, in an edition of its own."""
    path = build_release(tmp_path)
    candidate = path.with_name("candidate.duckdb")
    shutil.copy(path, candidate)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("UPDATE reference.edition SET valeur = 'candidate' WHERE cle = 'etat_edition'")
        connection.execute(
            "UPDATE reference.periodes SET etat = 'candidate' WHERE pas = 'annee' AND debut >= '2025-01-01'"
        )
    pointer = json.loads((path.parent / "published.json").read_text(encoding="utf-8"))
    pointer |= {"release_id": "candidate", "fichier": candidate.name, "empreinte": "0" * 64}
    (path.parent / "candidate.json").write_text(json.dumps(pointer), encoding="utf-8")
    monkeypatch.setenv("SPRO_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("module", "function", "title"), PAGES)
@pytest.mark.usefixtures("reviewing")
@pytest.mark.long
def test_pages_show_the_candidate_only_where_asked_and_say_so(
    module: str, function: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Édition finale." in text_of(run(module, function))
    monkeypatch.setenv("SPRO_EDITION", "candidate")
    text = text_of(run(module, function))
    assert "Édition candidate, relecture jusqu'au 1er mars 2026 : ces chiffres peuvent encore changer." in text
    assert f"{title} " in text


def test_without_a_candidate_a_sentence_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRO_HOME", str(home))
    monkeypatch.setenv("SPRO_EDITION", "candidate")
    assert "Aucune édition candidate n'est en relecture." in text_of(run("summary", "page"))
