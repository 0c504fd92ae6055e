"""How many answered: a class, only where every reception is held, beside what persons say."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from pipelines.synthesis.participation import participation
from tests.statistics.tables import spec_table
from tests.synthesis.made import counts, measures, opinion, units, values

NAMES = [f"S{rank}" for rank in range(5)]
PLACES = {"cio": NAMES}
SAID, NOTED, LATER = "A.percue@2025.1", "B.rendue@2025.1", "C.percue@2025.1"
MEASURES = measures(opinion(SAID), {"mesure_id": NOTED}, opinion(LATER))


SAID_EVERYWHERE = values(
    {"mesure_id": SAID, "valeur": 60},
    {"mesure_id": SAID, "valeur": 60, "niveau": "reseau", "unite_id": "cio"},
    *({"mesure_id": SAID, "valeur": 60, "niveau": "structure", "unite_id": name} for name in NAMES),
)


def cell(structure: str, measure: str, size: int, **more: Any) -> dict[str, Any]:
    """The counts of a cell to whose records the item applies."""
    return {
        "mesure_id": measure, "unite_id": structure, "y": size // 2, "n": size, "applicables": size,
        "provenance": "mesure", **more,
    }  # fmt: skip


def table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    applicables = pl.Series("applicables", [row["applicables"] for row in rows], pl.Int64)
    return counts(rows).with_columns(applicables)


def told(rows: list[dict[str, Any]], shown: pl.DataFrame | None = None, **collections: str) -> dict[str, str]:
    """The class of each unit that has one."""
    modes = pl.DataFrame({"structure_id": NAMES, "mode_collecte": [collections.get(each, "outil") for each in NAMES]})
    found = participation(table(rows), SAID_EVERYWHERE if shown is None else shown, MEASURES, units(PLACES), modes)
    return dict(found.select("unite_id", "classe").iter_rows())


@pytest.mark.parametrize("row", spec_table("reponses", "participation"))
def test_the_class_is_that_of_questionnaires_out_of_receptions(row: dict[str, str]) -> None:
    answers, receptions = (int(row[name]) for name in ("questionnaires", "personnes reçues"))
    assert told([cell("S0", SAID, answers), cell("S0", NOTED, receptions)]) == {"S0": row["classe"]}


def test_more_questionnaires_than_receptions_are_in_the_highest_class() -> None:
    assert told([cell("S0", SAID, 130), cell("S0", NOTED, 100)]) == {"S0": "75-100"}


def test_the_widest_base_of_each_side_counts() -> None:
    rows = [cell("S0", SAID, 60), cell("S0", LATER, 12), cell("S0", NOTED, 100), cell("S0", NOTED, 40, groupe="contre")]
    assert told(rows) == {"S0": "50-74"}


def test_sample_weeks_say_nothing_of_how_many_came() -> None:
    assert told([cell("S0", SAID, 60), cell("S0", NOTED, 100)], S0="semaine_temoin") == {}


def test_both_sides_must_be_shown() -> None:
    assert told([cell("S0", SAID, 60)]) == told([cell("S0", NOTED, 60)]) == {}


def test_wider_units_add_up_five_structures_at_least() -> None:
    rows = [each for name in NAMES for each in (cell(name, SAID, 20), cell(name, NOTED, 100))]
    assert told(rows) == dict.fromkeys([*NAMES, "cio", "bretagne"], "0-29")
    assert told(rows[2:]) == dict.fromkeys(NAMES[1:], "0-29")


def test_where_nothing_of_what_persons_say_is_shown_there_is_nothing_beside_it() -> None:
    rows = [each for name in NAMES for each in (cell(name, SAID, 20), cell(name, NOTED, 100))]
    hidden = pl.col("niveau") == "region"
    shown = SAID_EVERYWHERE.with_columns(etat=pl.when(hidden).then(pl.lit("masque")).otherwise("etat"))
    assert set(told(rows, shown)) == {*NAMES, "cio"}
    assert set(told(rows, shown.with_columns(mesure_id=pl.lit(NOTED)))) == set()


def test_a_networks_own_indicator_is_no_questionnaire() -> None:
    assert told([cell("S0", SAID, 60, provenance="identique"), cell("S0", NOTED, 100)]) == {}


@pytest.mark.parametrize("times", [2, 3, 7])
def test_repeating_every_record_moves_no_class(times: int) -> None:
    rows = [each for name in NAMES for each in (cell(name, SAID, 37), cell(name, NOTED, 100))]
    repeated = [row | {each: row[each] * times for each in ("y", "n", "applicables")} for row in rows]
    assert told(rows) == told(repeated)
