"""The museum of bad mappings: none is loaded, and each refusal says where and what."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grids.definitions import ROOT
from grids.errors import GridError
from grids.network import load_mapping
from grids.register import network_codes

NETWORK = "cio"
SHOWN = [
    ('"Sans objet": "pas_utile"', '"Sans objet": "inutile"', "« inutile » n'est pas un code du contrat"),
    ("  canal:", "  canaux:", "« canaux » n'est pas une colonne du contrat"),
    (
        'grille: "api-bretagne", version: "2023.1"',
        'grille: "api-bretagne", version: "1999.1"',
        "La version de grille posée",
    ),
    ('grille: "api-bretagne"', 'grille: "autre"', "La version de grille posée"),
    ('vague: "a_chaud"', 'vague: "tiede"', "« tiede » n'est pas un code du contrat"),
    ("      U03:", "      U99:", "« U99 » n'est pas une question de la grille"),
    ('"A5": "pas_concerne"', '"A5": "sans_avis"', "« sans_avis » n'est pas un code du contrat"),
    (', date: "JJ/MM/AAAA"}', "}", "Il manque la forme des dates"),
    ('a_retirer: ["token"', 'a_retirer: ["STRUCT", "token"', "« STRUCT » est aussi lue"),
    ('ignorer: ["lastpage"', 'ignorer: ["token", "lastpage"', "« token » est aussi à retirer"),
    ('contrat: "accueils"', 'contrat: "accueil"', "« accueil » n'est pas une table du contrat"),
    ('lecteur: "csv"', 'lecteur: "pdf"', "lecteur"),
    ("colonnes:", "colonne:", "colonne"),
]


@pytest.mark.parametrize("network", network_codes())
def test_every_mapping_of_the_register_holds_together(network: str) -> None:
    assert load_mapping(network).network == network


@pytest.mark.parametrize(("written", "instead", "told"), SHOWN, ids=[each[2] + each[1] for each in SHOWN])
def test_no_piece_of_the_museum_gets_through(tmp_path: Path, written: str, instead: str, told: str) -> None:
    text = (ROOT / "networks" / f"{NETWORK}.yaml").read_text(encoding="utf-8")
    assert written in text, "the piece no longer changes anything"
    (tmp_path / f"{NETWORK}.yaml").write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(GridError) as refusal:
        load_mapping(NETWORK, tmp_path)
    assert told in str(refusal.value)
    assert f"{NETWORK}.yaml" in refusal.value.place


def test_the_folder_of_mappings_may_be_anywhere(tmp_path: Path) -> None:
    shutil.copy(ROOT / "networks" / f"{NETWORK}.yaml", tmp_path)
    assert load_mapping(NETWORK, tmp_path) == load_mapping(NETWORK)
