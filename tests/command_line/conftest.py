"""A data folder with little in it, already built once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROFILES = (
    "structure_id;nom;commune_insee;mode_collecte;partage_nominatif;canaux_proposes;actif_du;actif_au\n"
    "A-1;Lieu FICTIF;35238;outil;oui;presentiel;2020-01-01;\n"
)
RECORDS = "accueil_ref;structure_id;mois;canal\n" + "".join(f"FICTIF-{i};A-1;2025-02-03;tchat\n" for i in range(4))


@pytest.fixture(scope="session")
def records() -> str:
    """Records of a structure of `small_home`, in the contract's words."""
    return RECORDS


@pytest.fixture(scope="session")
def small_home(
    tmp_path_factory: pytest.TempPathFactory,
    lay: Callable[..., Path],
    spro: Callable[..., subprocess.CompletedProcess[str]],
) -> Path:
    """Built as of 1 June 2025 by the command itself. Read only."""
    home = tmp_path_factory.mktemp("small")
    lay(home, "apec/structures.csv", PROFILES, 0)
    lay(home, "apec/fiches.csv", RECORDS, 1)
    built = spro("build", "--home", str(home), "--as-of", "2025-06-01")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "Édition publiée : 2025-06-01-" in built.stdout
    return home
