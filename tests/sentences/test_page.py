"""The tables of docs/methodes/phrases.md, row by row."""

import pytest

from pipelines.sentences.fractions import part
from pipelines.sentences.nouns import NOUNS
from pipelines.sentences.wording import FORBIDDEN, plain
from tests.sentences.situations import CASES, NOTED, SHARE, line
from tests.sentences.small import LAST_YEAR, one, told
from tests.statistics.tables import number, spec_table

PERSONS = NOUNS["personnes"]
CASE = {case.title: case for case in CASES}


def percent(cell: str) -> int:
    return round(100 * number(cell))


def rows(table: str) -> list[dict[str, str]]:
    return spec_table("phrases", table)


@pytest.mark.parametrize("row", rows("fractions"), ids=lambda row: row["part"])
def test_a_share_is_said(row: dict[str, str]) -> None:
    share = percent(row["part"])
    assert part(share).counted(PERSONS) == row["on écrit"]
    before_a_verb = part(share, before_a_plural_verb=True).before_a_plural_verb(PERSONS)
    assert before_a_verb == row["devant un verbe au pluriel"]


@pytest.mark.parametrize("row", rows("deux-annees"), ids=lambda row: row["on écrit"])
def test_two_years_are_said_in_one_grain(row: dict[str, str]) -> None:
    noted = {"mesure_id": NOTED["mesure_id"]}
    cells = [
        noted | {"valeur": percent(row["maintenant"]), "basse": 0, "haute": 100},
        noted | {"valeur": percent(row["un an plus tôt"]), "basse": 0, "haute": 100, "debut": LAST_YEAR},
    ]
    fact = plain(one(told(cells, [NOTED | {"base_libelle": "tous les accueils"}])).fact)
    assert fact.removeprefix(f"{NOTED['libelle']} : ").replace(" en 2025", "") == f"{row['on écrit']}."


@pytest.mark.parametrize("row", rows("solidites"), ids=lambda row: row["variation"])
def test_a_line_is_said(row: dict[str, str]) -> None:
    found = one(told([SHARE], [{"sens": row["sens"]}], series=[line(row["variation"])]))
    assert plain(found.solidity) == row["on écrit"]


@pytest.mark.parametrize("row", rows("manque"), ids=lambda row: row["tranche"])
def test_what_is_missing_is_said(row: dict[str, str]) -> None:
    bounds = {"basse": percent(row["basse"]), "haute": percent(row["haute"]), "assise": row["tranche"]}
    where = {"niveau": "structure", "unite_id": "CIO-1", "agregation": "structure", "raison": "fourchette_trop_large"}
    assert plain(one(told([where | bounds])).solidity) == row["on écrit"]


@pytest.mark.parametrize("row", rows("questions"), ids=lambda row: row["situation"])
def test_a_situation_asks(row: dict[str, str]) -> None:
    assert plain(CASE[row["situation"]].told().question) == row["on demande"]


def test_the_page_tells_every_refused_word() -> None:
    assert [row["on n'écrit jamais"] for row in rows("mots-refuses")] == list(FORBIDDEN)
