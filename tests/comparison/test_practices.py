"""What structures far on the good side have, beside the others: who is on each side, and which facts are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.comparison.practices import practices
from tests.comparison.by_hand import compared, counts_of
from tests.statistics.tables import spec_table

YEAR = date(2025, 1, 1)
SCHEMA = Path(__file__).parents[2] / "pipelines" / "release" / "schema" / "analyses.sql"
FACT, SPREAD = "F.profil@1", "G.profil@1"
ABOVE, BELOW = "au_dessus", "au_dessous"


def positions_of(*groups: tuple[int, str | None, str | None]) -> pl.DataFrame:
    """So many structures of each (a_examiner, hors_95), named in order."""
    sides = [side for many, *side in groups for _ in range(many)]
    return pl.DataFrame(
        {
            "mesure_id": "M@1", "perimetre": "region", "pas": "annee", "debut": YEAR,
            "structure_id": [f"S{rank:02}" for rank in range(len(sides))],
            "a_examiner": [side for side, _ in sides], "hors_95": [side for _, side in sides],
        },
        schema_overrides={"a_examiner": pl.String, "hors_95": pl.String},
    )  # fmt: skip


def units_of(positions: pl.DataFrame, consent: Sequence[bool] | bool = True) -> pl.DataFrame:
    names = positions["structure_id"]
    told = [consent] * len(names) if isinstance(consent, bool) else list(consent)
    return pl.DataFrame({"niveau": "structure", "unite_id": names, "partage_nominatif": told})


def measures_of(direction: str = "plus", **fact: object) -> pl.DataFrame:
    usual = {"sens": "plus", "genre": "part", "comparaison": "tous", "libelle": "Un fait", "ordre": 1}
    return pl.DataFrame(
        [
            {**usual, "mesure_id": "M@1", "sens": direction, "fait_d_organisation": False},
            {**usual, "mesure_id": FACT, "fait_d_organisation": True, **fact},
        ]
    )


CATEGORIES = pl.DataFrame(
    {"mesure_id": SPREAD, "categorie": ["oui", "non"], "libelle": ["oui", "pas encore"], "ordre": [0, 1]}
)


def facts_of(held: dict[str, int | None], fact: str = FACT, category: str = "") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "mesure_id": fact, "niveau": "structure", "unite_id": list(held), "pas": "annee", "debut": YEAR,
            "categorie": category, "etat": ["masque" if value is None else "ok" for value in held.values()],
            "valeur": list(held.values()),
        },
        schema_overrides={"valeur": pl.Int32},
    )  # fmt: skip


def all_have(positions: pl.DataFrame, value: int = 100) -> pl.DataFrame:
    return facts_of(dict.fromkeys(positions["structure_id"], value))


FOUR_AND_SIX = positions_of((4, ABOVE, ABOVE), (6, None, None))


@pytest.mark.parametrize("row", spec_table("pratiques", "qui"), ids=str)
def test_sides_are_as_the_page_says(row: dict[str, str]) -> None:
    beyond, refuse, near, near_refuse, within, far, others = row.values()
    positions = positions_of(
        *((int(many), ABOVE, ABOVE) for many in (beyond, refuse)),
        *((int(many), None, ABOVE) for many in (near, near_refuse)),
        (int(within), None, None),
    )
    consent = [True] * int(beyond) + [False] * int(refuse) + [True] * int(near) + [False] * int(near_refuse)
    found = practices(
        positions,
        all_have(positions),
        measures_of(),
        CATEGORIES,
        units_of(positions, [*consent, *[True] * int(within)]),
    )
    assert found.select("structures", "autres").rows() == ([] if far == "—" else [(int(far), int(others))])


def test_shares_are_whole_percents_of_those_that_show_the_fact() -> None:
    held = dict(zip(FOUR_AND_SIX["structure_id"], [100, 100, 0, None, 100, 0, 0, 0, 0, 0], strict=True))
    found = practices(FOUR_AND_SIX, facts_of(held), measures_of(), CATEGORIES, units_of(FOUR_AND_SIX))
    (row,) = found.select("pratique", "categorie", "libelle", "structures", "part", "autres", "part_autres").rows()
    assert row == (FACT, "", "Un fait", 3, 67, 6, 17)


def test_where_less_is_better_those_below_are_learnt_from() -> None:
    positions = positions_of((3, BELOW, BELOW), (4, ABOVE, ABOVE), (3, None, None))
    less, more = (
        practices(positions, all_have(positions), measures_of(way), CATEGORIES, units_of(positions))
        for way in ("moins", "plus")
    )
    assert less.select("structures", "autres").rows() == [(3, 7)]
    assert more.select("structures", "autres").rows() == [(4, 6)]


@pytest.mark.parametrize("direction", ["zone", "neutre"])
def test_without_a_good_side_nothing_is_told(direction: str) -> None:
    values = all_have(FOUR_AND_SIX)
    assert practices(FOUR_AND_SIX, values, measures_of(direction), CATEGORIES, units_of(FOUR_AND_SIX)).is_empty()


@pytest.mark.parametrize(
    "left_out", [{"comparaison": "aucune"}, {"genre": "indice"}, {"fait_d_organisation": False}], ids=str
)
def test_only_facts_that_the_grid_compares_are_told(left_out: dict[str, object]) -> None:
    values = all_have(FOUR_AND_SIX)
    assert practices(FOUR_AND_SIX, values, measures_of(**left_out), CATEGORIES, units_of(FOUR_AND_SIX)).is_empty()


def test_of_a_distribution_each_category_is_told_in_its_order() -> None:
    held = dict(zip(FOUR_AND_SIX["structure_id"], [100] * 3 + [0] * 7, strict=True))
    values = pl.concat(
        facts_of({name: value if code != "non" else 100 - (value or 0) for name, value in held.items()}, SPREAD, code)
        for code in ("favorable", "non", "oui")
    )
    measures = measures_of(mesure_id=SPREAD, genre="repartition")
    found = practices(FOUR_AND_SIX, values, measures, CATEGORIES, units_of(FOUR_AND_SIX))
    assert found.select("categorie", "libelle", "part", "part_autres").rows() == [
        ("oui", "Un fait : oui", 75, 0),
        ("non", "Un fait : pas encore", 25, 100),
    ]


def test_positions_come_from_comparisons() -> None:
    found = compared(counts_of({f"S{rank:02}": (60 if rank else 98, 100) for rank in range(12)})).cotes
    assert found.filter(pl.col("hors_95").is_not_null())["structure_id"].to_list() == ["S00"]
    assert found.filter(pl.col("a_examiner") == ABOVE)["structure_id"].to_list() == ["S00"]


@pytest.mark.parametrize("positions", [FOUR_AND_SIX, FOUR_AND_SIX.clear()], ids=["some", "none"])
def test_they_are_rows_of_the_release(positions: pl.DataFrame) -> None:
    found = practices(positions, all_have(FOUR_AND_SIX), measures_of(), CATEGORIES, units_of(FOUR_AND_SIX))
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA quality")
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        assert connection.table("quality.pratiques").columns == found.columns
        connection.register("rows", found.to_arrow())
        connection.execute("INSERT INTO quality.pratiques BY NAME FROM rows")
    assert all(kind != pl.Float64 for kind in found.dtypes)
