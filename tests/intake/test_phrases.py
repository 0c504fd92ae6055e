"""What persons write in a column of the contract: kept as it is, unless it names somebody; then nothing of the file is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grids.errors import DeliveryRefused
from grids.network import load_mapping
from pipelines.intake.door import Passed, pass_door
from pipelines.intake.references import passing_keys

ACTION = "action_id;niveau;unite_id;mesure;libelle;sens;debut;latence_mois;revue_le\n"
EVENT = "niveau;unite_id;mesure;mois;nature;raison;auteur\n"
Written = Callable[..., Passed]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Passes the door with a file in the contract's shape, its rows staged beside it."""

    def passed(heading: str, *rows: str) -> Passed:
        path = tmp_path / "export.csv"
        path.write_text(heading + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        folder = tmp_path / "staged"
        (folder / "actions").mkdir(parents=True, exist_ok=True)
        (folder / "evenements").mkdir(exist_ok=True)
        return pass_door(path, load_mapping("cio"), passing_keys(), folder, "livraison")

    return passed


def _action(words: str) -> str:
    return f"A-1;structure;CIO-1;OR02.rendue;{words};moins;2025-02-15;;"


def test_actions_and_events_are_known_by_their_headings(written: Written) -> None:
    actions = written(ACTION, _action("Un créneau de plus"))
    events = written(EVENT, "reseau;cio;toutes;2025-02-01;autre;Déménagement;reseau")
    assert (actions.delivery.table, events.delivery.table) == ("actions", "evenements")
    assert actions.connection.execute("SELECT libelle, debut, ligne FROM staged").fetchall() == [
        ("Un créneau de plus", "2025-02-15", 2)
    ]
    assert events.connection.execute("SELECT mesure, mois, raison FROM staged").fetchall() == [
        ("toutes", "2025-02-01", "Déménagement")
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Binôme avec Madame Fictif", "un nom de personne"),
        ("Le relais est pris par M. Fictif", "un nom de personne"),
        ("Appeler le 06 39 98 00 12", "un numéro de téléphone"),
        ("Écrire à fictif@fictif.example", "une adresse électronique"),
        ("Déménagement au 12 rue de la Fiction", "une adresse postale"),
    ],
)
def test_a_phrase_that_names_somebody_refuses_the_whole_file(
    written: Written, tmp_path: Path, words: str, told: str
) -> None:
    with pytest.raises(DeliveryRefused) as refused:
        written(ACTION, _action("Un créneau de plus"), _action(words))
    assert told in refused.value.sentence
    assert "libelle" in refused.value.sentence
    assert ": 3)" in refused.value.sentence
    assert words not in refused.value.sentence
    assert not [path for path in (tmp_path / "staged").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("words", "staged"),
    [
        ("2 demi-journées de plus", "2 demi-journées de plus"),
        ("  Un créneau de plus ", "Un créneau de plus"),
        ("x" * 120, "x" * 120),
        ("x" * 121, "#illisible"),
        ("Créneau #2", "#illisible"),
        ("", None),
    ],
)
def test_a_phrase_is_kept_as_it_is_written(written: Written, words: str, staged: str | None) -> None:
    assert written(ACTION, _action(words)).connection.execute("SELECT libelle FROM staged").fetchall() == [(staged,)]
