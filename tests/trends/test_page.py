"""The lines that the page on evolutions tells, drawn by the stage itself."""

from __future__ import annotations

import pytest

from pipelines.rounding import LEAST_IN_BAND
from pipelines.trends.lines import series
from tests.statistics.tables import number, spec_table
from tests.trends.made import DAYS, PERIODS, SHARE, categories, cells, events, measures, values

TOLD = {"Carte": "carte", "Variation": "variation", "Signal": "signal", "Assurance": "assurance"}


def _number(text: str) -> int | None:
    return None if text == "–" else int(text)


@pytest.mark.parametrize("row", spec_table("evolution", "lignes"), ids=lambda row: row["Cas"])
def test_lines_of_the_page(row: dict[str, str]) -> None:
    days = row["Mesure"] == "jours"
    measure = {"mesure_id": SHARE} if not days else {"mesure_id": DAYS, "genre": "quantiles", "unite": "jours ouvrés"}
    shown = [_number(each) for each in row["Valeurs"].split()]
    told = {"mesure_id": measure["mesure_id"], "categorie": "p50" if days else ""}
    lines = series(
        values(cells(shown, row["Assise"].split(), **told)),
        measures({**measure, "sens": row["Sens"], "seuil": _number(row["Seuil"])}),
        categories(),
        PERIODS,
        events(),
    )
    (line,) = lines.series.to_dicts()
    assert {name: line[name] or "–" for name in TOLD.values()} == {TOLD[name]: row[name] for name in TOLD}
    assert lines.points["valeur"].to_list() == [each for each in shown if each is not None]


def test_bands_of_the_page() -> None:
    told = {row["Assise"]: number(row["n retenu"]) for row in spec_table("carte-p-prime", "tranches")}
    assert told == LEAST_IN_BAND
