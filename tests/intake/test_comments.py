"""Free comments at the door: never written before they are clean, staged apart, out of the balance. All is fictitious."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from grids.errors import DeliveryRefused
from grids.network import Mapping
from pipelines.intake import door as door_module
from pipelines.intake.comments import comments_path
from pipelines.intake.door import Passed

Door = Callable[..., Passed]
HEADING = '"id";"submitdate";"STRUCT";"U03";"U10[SQ001]";"Commentaire"\r\n'


def _row(number: int, comment: str, u03: str = "A1", sent: str = "2025-02-03 10:00:00") -> str:
    return ";".join(f'"{cell}"' for cell in (number, sent, "A-1", u03, "", comment.replace('"', '""'))) + "\r\n"


@pytest.fixture(scope="module")
def commented(tool: Mapping) -> Mapping:
    """The survey of the tool, its free comment declared."""
    survey = tool.deliveries[1].model_dump(by_alias=True)
    survey |= {"commentaires": {"U99": {"colonne": "Commentaire"}}, "ignorer": ["lastpage"]}
    return Mapping.model_validate({"reseau": "cio", "nom": "Réseau d'essai", "livraisons": [survey]})


def _staged(into: Path) -> list[tuple[Any, ...]]:
    path = comments_path(into, "livraison")
    with duckdb.connect(":memory:") as connection:
        return connection.execute(
            f"SELECT livraison_id, reseau, ligne, relecture, structure_id, mois, question, texte FROM read_parquet('{path}') "
            "ORDER BY ligne"
        ).fetchall()


def test_a_clean_comment_is_staged_apart_with_the_hash_of_its_answer(
    door: Door, commented: Mapping, tmp_path: Path
) -> None:
    into = tmp_path / "staged"
    passed = door(HEADING + _row(1, " Très   clair.\nMerci\u200b ! "), commented, into=into)
    assert passed.comments == 1
    assert _staged(into) == [
        ("livraison", "cio", 2, "a_lire", "A-1", "2025-02-01", "U99", "Très clair. Merci !"),
    ]
    path = comments_path(into, "livraison")
    [(said,)] = passed.connection.execute(f"SELECT reference FROM read_parquet('{path}')").fetchall()
    assert passed.connection.execute("SELECT DISTINCT reponse_ref FROM staged").fetchall() == [(said,)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_comments_are_no_answers_and_a_comment_alone_is_told_as_such(
    door: Door, commented: Mapping, tmp_path: Path
) -> None:
    into = tmp_path / "staged"
    rows = _row(1, "Utile.") + _row(2, "Rien à dire.", u03="") + _row(3, "", u03="") + _row(4, "Perdu.", sent="")
    passed = door(HEADING + rows, commented, into=into)
    assert passed.read == 4
    assert passed.set_aside == {"commentaire seul": 1, "sans réponse": 1, "inachevés": 1}
    assert passed.connection.execute("SELECT question, ligne FROM staged").fetchall() == [("U03", 2)]
    assert [(row[2], row[7]) for row in _staged(into)] == [(2, "Utile."), (3, "Rien à dire.")]


def test_the_same_words_of_the_same_answer_keep_their_id_when_they_come_again(
    door: Door, commented: Mapping, tmp_path: Path
) -> None:
    ids = []
    for rows in (_row(7, "Utile."), _row(8, "Utile.") + _row(7, "Utile.")):
        door(HEADING + rows, commented, into=tmp_path / "staged", keys=tmp_path / "keys")
        with duckdb.connect(":memory:") as connection:
            path = comments_path(tmp_path / "staged", "livraison")
            ids.append({each for (each,) in connection.execute(f"SELECT id FROM read_parquet('{path}')").fetchall()})
    assert (len(ids[0]), len(ids[1]), len(ids[0] & ids[1])) == (1, 2, 1)


def test_a_long_comment_is_cut(door: Door, commented: Mapping, tmp_path: Path) -> None:
    door(HEADING + _row(1, "utile " * 1_000), commented, into=tmp_path / "staged")
    assert len(_staged(tmp_path / "staged")[0][7]) == 2_000


IDENTITIES = {
    "Écrivez à fictif@exemple.invalid": "une adresse électronique",
    "Appelez le 01 99 00 12 34.": "un numéro de téléphone",
    "Je suis née en 1990.": "une date de naissance",
    "J'habite 12 rue des Lilas-Fictifs": "une adresse postale",
    "fic\u200btif@exemple.invalid": "une adresse électronique",
    "Merci à Nathalie.": "un nom de personne",
    "Mme Fictif a été parfaite.": "un nom de personne",
    "utile " * 400 + "Merci à Nathalie.": "un nom de personne",
}


@pytest.mark.parametrize(("comment", "what"), IDENTITIES.items())
def test_an_identity_in_a_comment_refuses_the_file_and_leaves_nothing(
    door: Door, commented: Mapping, tmp_path: Path, comment: str, what: str
) -> None:
    into = tmp_path / "staged"
    door(HEADING + _row(1, "Utile."), commented, into=into)
    with pytest.raises(DeliveryRefused) as refused:
        door(HEADING + _row(1, "Utile.") + _row(2, comment) + _row(3, comment, sent=""), commented, into=into)
    told = f"La colonne « Commentaire » contient ce qui ressemble à {what} (2 ligne(s) : 3, 4)"
    assert refused.value.sentence.startswith(told)
    assert comment not in str(refused.value)
    # The earlier reading's answers stay until the receipt is replaced; its comments go at once.
    assert [path.name for path in into.rglob("*") if path.is_file()] == ["livraison.parquet"]
    assert not comments_path(into, "livraison").exists()


def test_no_comment_is_written_while_the_file_is_not_known_to_be_clean(
    door: Door, commented: Mapping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(door_module, "refuse_named_persons", crash)
    with pytest.raises(KeyboardInterrupt):
        door(HEADING + _row(1, "FICTIF-SECRET"), commented, into=tmp_path / "staged")
    for path in (each for each in (tmp_path / "staged").rglob("*") if each.is_file()):
        with duckdb.connect(":memory:") as connection:
            assert "SECRET" not in str(connection.execute(f"SELECT * FROM read_parquet('{path}')").fetchall())


def test_a_file_read_again_without_its_comments_has_none_left(door: Door, commented: Mapping, tmp_path: Path) -> None:
    into = tmp_path / "staged"
    door(HEADING + _row(1, "Utile."), commented, into=into)
    assert door(HEADING + _row(1, ""), commented, into=into).comments == 0
    assert not comments_path(into, "livraison").exists()


def test_a_file_only_checked_keeps_no_comment_and_refuses_identities(door: Door, commented: Mapping) -> None:
    assert door(HEADING + _row(1, "Utile."), commented).comments == 0
    with pytest.raises(DeliveryRefused, match="un nom de personne"):
        door(HEADING + _row(1, "Merci à Nathalie."), commented)


def test_an_export_without_the_column_of_comments_passes(door: Door, commented: Mapping, tmp_path: Path) -> None:
    content = HEADING.replace(';"Commentaire"', "") + '"1";"2025-02-03 10:00:00";"A-1";"A1";""\r\n'
    assert door(content, commented, into=tmp_path / "staged").comments == 0
