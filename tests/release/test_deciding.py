"""What a person decides: a candidate published early, a return to an earlier edition, a figure flagged; what is told of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from grids.errors import ReleaseError
from pipelines.release.catalogue import editions
from pipelines.release.copying import published_periods, with_published
from pipelines.release.deciding import publish_candidate, publishable, roll_back
from pipelines.release.flags import flags, raise_flag, withdraw_flag
from pipelines.release.inspecting import periods_by_edition, shares_shown
from pipelines.release.journal import acts, keep_up
from pipelines.release.manifest import Manifest
from pipelines.release.publish import named_candidate, offer, publish, withdraw_candidate
from pipelines.release.reading import Release, candidate, open_release, published
from tests.release.test_release import described, values

DAY = date(2026, 3, 1)
MEASURE, UNIT = "PD02.percue@2023.1", "bretagne"


def passes(path: Path) -> None:
    """A gate that nothing is stopped at."""


def stops(path: Path) -> None:
    """A gate that nothing passes."""
    raise ReleaseError("Ce qui est caché se retrouve.")


def tables(*shown: tuple[str, date, str], state: str = "finale", value: int = 80) -> dict[str, pl.DataFrame]:
    """A release of one figure, with periods, each shown first by some edition."""
    rows = [(step, start, start, start, start, state, edition) for step, start, edition in shown]
    periods = pl.DataFrame(
        rows, schema=["pas", "debut", "fin", "close_le", "finale_le", "etat", "edition"], orient="row"
    )
    units = pl.DataFrame({"niveau": ["region"], "unite_id": [UNIT], "nom": ["Bretagne"]})
    return {**values(valeur=value), "reference.periodes": periods, "reference.unites": units, **_measures()}


def _measures() -> dict[str, pl.DataFrame]:
    texts = (
        "indicateur_id", "indicateur", "grille", "version", "champ", "champ_libelle", "critere", "critere_libelle",
        "critere_question", "genre", "nature", "base_id", "base_libelle", "base_table", "sens", "unite", "libelle",
        "definition", "comparaison", "calcul",
    )  # fmt: skip
    row = {"mesure_id": MEASURE, **dict.fromkeys(texts, "-"), "niveaux": ["region"], "pas": ["annee"], "ordre": 0}
    flags_of = dict.fromkeys(("fait_d_organisation", "opinion", "noyau"), False)
    return {"reference.mesures": pl.DataFrame([row | flags_of])}


YEAR_2025 = ("annee", date(2025, 1, 1), "premiere")


def offered(releases: Path) -> Release:
    manifest = named_candidate(described(synthetic=True))
    shown = [YEAR_2025, ("mois", date(2026, 1, 1), manifest.release_id)]
    made = tables(*shown)
    state = pl.when(pl.col("pas") == "mois").then(pl.lit("candidate")).otherwise("etat")
    made["reference.periodes"] = made["reference.periodes"].with_columns(etat=state)
    return offer(releases, manifest, made, passes)


def publish_first(releases: Path, manifest: Manifest | None = None) -> Release:
    release = publish(releases, manifest or described(), tables(YEAR_2025), passes)
    keep_up(releases, DAY)
    return release


def entries(release: Release) -> dict[str, str]:
    with open_release(release) as connection:
        return dict(connection.execute("SELECT cle, valeur FROM reference.edition").fetchall())


def test_a_candidate_leaves_the_published_edition_alone_and_the_next_takes_its_place(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    shown = offered(tmp_path)
    assert published(tmp_path) == first
    assert candidate(tmp_path) == shown
    assert (entries(first)["etat_edition"], entries(shown)["etat_edition"]) == ("finale", "candidate")
    assert {each.id: each.state for each in editions(tmp_path)} == {first.id: "publiée", shown.id: "candidate"}
    later = offer(tmp_path, named_candidate(described(date(2026, 3, 9))), tables(YEAR_2025), passes)
    assert {each.id for each in editions(tmp_path)} == {first.id, later.id}
    withdraw_candidate(tmp_path)
    assert {each.id for each in editions(tmp_path)} == {first.id}
    with pytest.raises(ReleaseError, match="candidate"):
        candidate(tmp_path)


def test_what_does_not_pass_the_gate_is_not_published_and_nothing_else_moves(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(ReleaseError, match="se retrouve"):
        publish(tmp_path, described(synthetic=True), tables(YEAR_2025), stops)
    assert published(tmp_path) == first
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert [each.id for each in editions(tmp_path)] == [first.id]


def test_a_candidate_published_early_is_final_under_its_own_id(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    offer_id = offered(tmp_path).id
    with pytest.raises(ReleaseError):
        publish_candidate(tmp_path, publishable(tmp_path, offer_id), stops, DAY)
    assert published(tmp_path) == first
    release = publish_candidate(tmp_path, publishable(tmp_path, offer_id), passes, DAY)
    assert f"{release.id}-candidate" == offer_id
    assert (entries(release)["etat_edition"], entries(release)["release_id"]) == ("finale", release.id)
    with open_release(release) as connection:
        periods = connection.execute("SELECT pas, etat, edition FROM reference.periodes ORDER BY pas").fetchall()
    assert periods == [("annee", "finale", "premiere"), ("mois", "finale", release.id)]
    assert {each.id: each.state for each in editions(tmp_path)} == {first.id: "remplacée", release.id: "publiée"}


def test_only_a_candidate_made_from_what_is_published_can_be_published(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    shown = offered(tmp_path)
    with pytest.raises(ReleaseError, match="pas candidate"):
        publishable(tmp_path, first.id)
    publish_first(tmp_path, described(date(2026, 3, 9)))
    with pytest.raises(ReleaseError, match="avant l'édition publiée"):
        publishable(tmp_path, shown.id)
    with pytest.raises(ReleaseError, match="Aucune édition ne commence"):
        publishable(tmp_path, "1999")


def test_a_return_points_back_says_why_and_removes_nothing(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    second = publish_first(tmp_path, described(date(2026, 3, 9)))
    assert roll_back(tmp_path, first.id, " Une colonne était fausse. ", DAY) == first
    last = acts(tmp_path)[-1]
    assert (last.acte, last.edition, last.quittee, last.raison) == (
        "retour", first.id, second.id, "Une colonne était fausse.",
    )  # fmt: skip
    assert {each.id: each.state for each in editions(tmp_path)} == {first.id: "publiée", second.id: "remplacée"}
    assert roll_back(tmp_path, second.id, "Elle était juste.", DAY) == second


REFUSED_RETURNS = [("published", "raison", "on ne revient qu'à"), ("first", "  ", "demande une raison")]


@pytest.mark.parametrize(("which", "reason", "words"), REFUSED_RETURNS)
def test_a_return_is_to_a_replaced_edition_and_has_a_reason(tmp_path, which: str, reason: str, words: str) -> None:
    first = publish_first(tmp_path)
    second = publish_first(tmp_path, described(date(2026, 3, 9)))
    with pytest.raises(ReleaseError, match=words):
        roll_back(tmp_path, first.id if which == "first" else second.id, reason, DAY)
    assert published(tmp_path) == second


def test_an_edition_left_by_a_crash_was_never_published_and_is_said_so(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    pointer = (tmp_path / "published.json").read_bytes()
    publish(tmp_path, described(date(2026, 3, 9)), tables(YEAR_2025), passes)
    (tmp_path / "published.json").write_bytes(pointer)
    keep_up(tmp_path, DAY)
    assert [(each.id == first.id, each.state) for each in editions(tmp_path)] == [
        (True, "publiée"),
        (False, "jamais publiée"),
    ]


def test_a_journal_that_a_crash_left_behind_catches_up_once(tmp_path: Path) -> None:
    publish(tmp_path, described(), tables(YEAR_2025), passes)
    keep_up(tmp_path, DAY)
    keep_up(tmp_path, date(2026, 4, 1))
    assert [(each.acte, each.le) for each in acts(tmp_path)] == [("publication", DAY)]


def test_what_is_shown_is_copied_whatever_is_computed_of_it(tmp_path: Path) -> None:
    first = publish_first(tmp_path)
    new = pl.concat(
        [values(valeur=11)["quality.valeurs"], values(valeur=60, debut=date(2026, 1, 1))["quality.valeurs"]]
    )
    units = pl.DataFrame({"niveau": ["reseau"], "unite_id": ["cio"], "nom": ["CIO"]})
    made = with_published({"quality.valeurs": new, "reference.unites": units, "quality.processus": units}, first.path)
    assert made["quality.valeurs"].select("debut", "valeur").rows() == [(date(2025, 1, 1), 80), (date(2026, 1, 1), 60)]
    assert made["reference.unites"]["unite_id"].to_list() == ["cio", UNIT]
    assert made["quality.processus"].equals(units)
    again = with_published(made, first.path)
    assert all(again[name].equals(made[name]) for name in made)
    assert published_periods(first.path) == {("annee", date(2025, 1, 1))}


def test_an_edition_tells_its_periods_and_how_much_it_shows(tmp_path: Path) -> None:
    shown = offered(tmp_path)
    assert periods_by_edition(shown.path) == {"premiere": ["2025"], shown.id: ["2026-01"]}
    assert shares_shown(shown.path).rows() == [("region", "annee", 1, 1)]


SAID = (MEASURE, UNIT, "2025")


def test_a_flag_stands_until_it_is_taken_back_and_nothing_said_is_lost(tmp_path: Path) -> None:
    release = publish_first(tmp_path)
    raise_flag(tmp_path, release, ("PD02.percue", UNIT, "2025"), "Deux fichiers comptés deux fois.", "CIO", DAY)
    assert [(each.cell, each.raison, each.par, each.le) for each in flags(tmp_path)] == [
        ((MEASURE, "region", UNIT, "annee", date(2025, 1, 1)), "Deux fichiers comptés deux fois.", "CIO", DAY)
    ]
    raise_flag(tmp_path, release, SAID, "Trois fichiers.", "CIO", DAY)
    assert [each.raison for each in flags(tmp_path)] == ["Trois fichiers."]
    withdraw_flag(tmp_path, ("PD02.percue", UNIT, "2025"), "Vérifié.", "", DAY)
    assert flags(tmp_path) == ()
    lines = json.loads((tmp_path / "signalements.json").read_text(encoding="utf-8"))
    assert [each["raison"] for each in lines] == ["Deux fichiers comptés deux fois.", "Trois fichiers.", "Vérifié."]
    with pytest.raises(ReleaseError, match="Aucun signalement"):
        withdraw_flag(tmp_path, SAID, "Encore.", "", DAY)


@pytest.mark.parametrize(
    ("said", "reason", "words"),
    [
        (("PD99.percue", UNIT, "2025"), "Faux.", "ne connaît pas la mesure « PD99.percue »"),
        ((MEASURE, "finistere", "2025"), "Faux.", "ne connaît pas l'unité « finistere »"),
        ((MEASURE, UNIT, "2024"), "Faux.", "ne connaît pas la période « 2024 »"),
        (SAID, " ", "demande une raison"),
    ],
)
def test_a_flag_is_on_a_figure_that_exists_and_says_why(tmp_path: Path, said, reason: str, words: str) -> None:
    with pytest.raises(ReleaseError, match=words):
        raise_flag(tmp_path, publish_first(tmp_path), said, reason, "", DAY)
    assert flags(tmp_path) == ()


def test_a_hidden_figure_cannot_be_flagged_nor_so_be_told_apart(tmp_path: Path) -> None:
    nothing = dict.fromkeys(("valeur", "basse", "haute", "assise", "structures", "structures_attendues", "provenance"))
    hidden = {**tables(YEAR_2025), **values(etat="masque", **nothing)}
    release = publish(tmp_path, described(), hidden, passes)
    with pytest.raises(ReleaseError, match="n'est pas diffusé"):
        raise_flag(tmp_path, release, SAID, "Faux.", "", DAY)


def test_a_candidate_is_a_file_apart_which_the_early_edition_does_not_write_in(tmp_path: Path) -> None:
    publish_first(tmp_path)
    shown = offered(tmp_path)
    with open_release(shown) as still_open:
        publish_candidate(tmp_path, shown.id, passes, DAY)
        assert still_open.execute("SELECT valeur FROM reference.edition WHERE cle = 'etat_edition'").fetchall() == [
            ("candidate",)
        ]
    with duckdb.connect(str(published(tmp_path).path), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM quality.valeurs").fetchone() == (1,)
