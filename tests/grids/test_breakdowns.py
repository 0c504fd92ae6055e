"""The breakdowns of figures: what is switched on, and what their file may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from grids.breakdowns import load_breakdowns
from grids.definitions import ROOT
from grids.errors import GridError

TEXT = (ROOT / "ventilations.yaml").read_text(encoding="utf-8")


def test_where_a_person_comes_from_is_told_only_once_it_is_switched_on(tmp_path: Path) -> None:
    ours = load_breakdowns()
    assert list(ours.active("accueils")) == ["canal", "situation", "tranche_age", "autonomie_distance"]
    assert list(ours.active("reponses")) == ["canal", "situation", "tranche_age"]
    assert ours.active("structures") == {}
    path = tmp_path / "ventilations.yaml"
    path.write_text(TEXT.replace("actif: false", "actif: true"), encoding="utf-8")
    assert "provenance" in load_breakdowns(path).active("accueils")


@pytest.mark.parametrize(
    ("said", "instead", "complaint"),
    [
        pytest.param("  canal:", "  guichet:", "« guichet » n'est pas une colonne de la table accueils", id="column"),
        pytest.param("tchat:", "fax:", "une modalité que le contrat ne connaît pas : fax", id="modality"),
        pytest.param(
            'tables: ["accueils"]', 'tables: ["reponses"]', "pas une colonne de la table reponses", id="table"
        ),
        pytest.param("modalite = 'differe'", "modalite == 'differe", "autonomie_distance", id="condition"),
    ],
)
def test_a_breakdown_of_what_nobody_delivers_is_refused(
    tmp_path: Path, said: str, instead: str, complaint: str
) -> None:
    path = tmp_path / "ventilations.yaml"
    path.write_text(TEXT.replace(said, instead, 1), encoding="utf-8")
    with pytest.raises(GridError, match=complaint):
        load_breakdowns(path)
