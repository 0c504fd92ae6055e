"""Drafts from the sample region's exports agree with the mappings that people wrote for the same tools."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from grids.contract import load_contract
from grids.definitions import read_definition
from grids.model import Grid
from grids.network import Delivery, Mapping, load_mapping
from pipelines.intake.drafting.draft import drafted_deliveries
from pipelines.intake.drafting.writing import mapping_text

pytestmark = [pytest.mark.slow, pytest.mark.long]

LEAST_AGREEMENT = 0.8
NETWORKS = ("mission-locale", "cap-emploi", "info-jeunes", "cio")
KINDS = {"fiches": "fiches_2025-T1.csv", "avis": "avis_2025-T1.csv", "avis_un_mois": "avis_un_mois_2025-S1.csv"}


@pytest.fixture(scope="session")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inbox of the sample region."""
    home = tmp_path_factory.mktemp("region")
    subprocess.run(
        [sys.executable, "-m", "sample_data", "--out", str(home), "--seed", "2026"],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[3],
    )
    return home / "inbox"


@pytest.fixture(scope="session")
def drafted(inbox: Path, grid: Grid, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Delivery]:
    """The delivery drafted from a file of a network, once."""
    draft = tmp_path_factory.mktemp("brouillons") / "brouillon.yaml"

    @cache
    def delivery(network: str, name: str) -> Delivery:
        draft.write_text(
            mapping_text("cibc", "CIBC", drafted_deliveries(inbox / network / name, grid)), encoding="utf-8"
        )
        [found] = read_definition(Mapping, draft).deliveries
        return found

    return delivery


def _becomes(delivery: Delivery) -> dict[str, str]:
    """Heading → what it becomes."""
    becomes = dict.fromkeys(delivery.removed, "à retirer") | dict.fromkeys(delivery.ignored, "ignorée")
    for name, source in {**delivery.columns, **delivery.questions}.items():
        becomes |= {heading: f"{name} {rank}" for rank, heading in enumerate(source.headings)}
    return becomes


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("kind", KINDS)
def test_most_columns_are_what_people_made_of_them(
    drafted: Callable[[str, str], Delivery], network: str, kind: str
) -> None:
    known = next(each for each in load_mapping(network).deliveries if each.id == kind)
    delivery = drafted(network, KINDS[kind])
    assert (delivery.id, delivery.table, delivery.reader) == (kind, known.table, known.reader)
    wanted, found = _becomes(known), _becomes(delivery)
    assert found.keys() == wanted.keys()
    assert sum(found[each] == wanted[each] for each in wanted) >= LEAST_AGREEMENT * len(wanted)


@pytest.mark.parametrize("network", NETWORKS)
def test_no_word_is_given_another_code_than_people_gave(drafted: Callable[[str, str], Delivery], network: str) -> None:
    for kind, name in KINDS.items():
        known = next(each for each in load_mapping(network).deliveries if each.id == kind)
        delivery = drafted(network, name)
        for target, source in {**delivery.columns, **delivery.questions}.items():
            people = {**known.columns, **known.questions}[target].values
            assert source.values.items() <= people.items(), target


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("table", ["structures", "frequentation"])
def test_files_in_the_contracts_own_shape_are_known_for_what_they_are(
    drafted: Callable[[str, str], Delivery], network: str, table: str
) -> None:
    delivery = drafted(network, f"{table}_2025.csv")
    assert delivery.table == table
    assert all(source.heading == name for name, source in delivery.columns.items())
    required = {column.name for column in load_contract(table).columns if column.required}
    assert required <= delivery.columns.keys()
