"""What sources measure already: real catalogues that hold together, judgements that hold while measures count the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from grids.definitions import ROOT
from grids.equivalence_check import FRAMEWORKS, STANDING_IN
from grids.equivalences import FOLDER, Catalogue, load_equivalences
from grids.kinds import complaints
from grids.load import load_grids
from grids.model import Grid, Measure
from grids.register import network_codes

GRIDS = load_grids()
OLD, WORKING = GRIDS[0], GRIDS[-1]
CATALOGUES = load_equivalences(WORKING, GRIDS)
SAMPLE = ROOT.parent / "sample_data" / "own_indicators.py"


def replaced(grid: Grid, name: str, **changes: object) -> Grid:
    """`grid` with one measure ("PD02.percue") changed."""
    code, measure = name.split(".")
    indicator = grid.indicators[code]
    measures = indicator.measures | {measure: indicator.measures[measure].model_copy(update=changes)}
    indicators = grid.indicators | {code: indicator.model_copy(update={"measures": measures})}
    return grid.model_copy(update={"indicators": indicators})


def named(catalogues: Sequence[Catalogue], source: str) -> set[tuple[str, str]]:
    return {(own.code, each.measure) for held in catalogues if held.source == source for own, each in held.pairs()}


def test_every_file_is_of_a_known_source_and_loads() -> None:
    assert [each.source for each in CATALOGUES] == sorted(path.stem for path in FOLDER.glob("*.yaml"))
    assert set(FRAMEWORKS) <= {each.source for each in CATALOGUES} <= {*network_codes(), *FRAMEWORKS}


def test_only_networks_stand_in_and_only_by_the_two_closest_degrees() -> None:
    standing = [(held.source, each) for held in CATALOGUES for _, each in held.pairs() if each.stands_in]
    assert standing
    assert all(source in network_codes() and each.degree in STANDING_IN for source, each in standing)


def test_the_frameworks_are_paraphrased_and_name_where_they_come_from() -> None:
    owns = [own for held in CATALOGUES if held.source in FRAMEWORKS for own, _ in held.pairs()]
    assert all("paraphrase" in own.origin for own in owns)


def test_every_code_that_the_sample_delivers_is_described_as_invented() -> None:
    described = {own.code: own for held in CATALOGUES if held.source == "france-travail" for own, _ in held.pairs()}
    delivered = set(re.findall(r'"(FT-[A-Z0-9-]+)"', SAMPLE.read_text(encoding="utf-8")))
    assert delivered <= described.keys()
    assert all("inventée pour la région synthétique" in own.origin for own in described.values())


def test_under_an_older_version_only_what_counts_the_same_holds() -> None:
    held = named(load_equivalences(OLD, GRIDS), "france-travail")
    assert ("FT-COMPRIS-ENQUETE", "PD02.percue") in held
    assert ("FT-PART-ORIENTEE", "PD12.rendue") not in held


def test_the_version_judged_on_is_read_from_disk_when_it_is_not_given() -> None:
    assert load_equivalences(OLD) == load_equivalences(OLD, GRIDS)


def test_a_measure_that_counts_otherwise_in_a_new_version_waits_for_a_new_judgement() -> None:
    renewed = replaced(WORKING, "PD02.percue", counted="favorable(U04)").model_copy(update={"version": "2027.1"})
    held = named(load_equivalences(renewed, GRIDS), "france-travail")
    assert ("FT-COMPRIS-ENQUETE", "PD02.percue") not in held
    assert ("FT-DELAI-MEDIAN", "OR02.rendue") in held


def test_an_indicator_of_the_process_may_be_named_without_a_measure() -> None:
    assert ("30", "AM06") in named(CATALOGUES, "qualiopi")


def test_a_measure_that_only_networks_tell_may_be_stood_in_for(tmp_path: Path) -> None:
    told = replaced(WORKING, "OR04.courriel", pending="", by_equivalence=True)
    text = (FOLDER / "france-travail.yaml").read_text(encoding="utf-8")
    start = text.index('  - code: "FT-COURRIEL-48H"')
    standing = re.sub(
        r"( +)(raison: .*\n)$", r"\1\2\1remplace: true\n", text[start:].replace("        remplace: true\n", "")
    )
    (tmp_path / "france-travail.yaml").write_text(text[:start] + standing, encoding="utf-8")
    catalogue = load_equivalences(told, folder=tmp_path)[0]
    assert {own.code for own, each in catalogue.pairs() if each.stands_in} == {"FT-COMPRIS-ENQUETE", "FT-COURRIEL-48H"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"genre": "rapport_de_sommes"}, []),
        ({"genre": "quantiles"}, ["ne peut pas venir des indicateurs des réseaux"]),
        ({"compte": "urgence = 'sociale'"}, ["« compte » ne veut rien dire"]),
    ],
)
def test_the_words_of_a_measure_that_only_networks_tell(changes: dict[str, str], told: list[str]) -> None:
    words = {"base": "accueils", "nature": "rendue", "libelle": "L", "definition": "D", "genre": "part", "sens": "plus"}
    measure = Measure.model_validate(words | {"par_equivalence": True} | changes)
    found = [sentence for sentence, _ in complaints(measure)]
    assert len(found) == len(told)
    assert all(part in sentence for part, sentence in zip(told, found, strict=True))
