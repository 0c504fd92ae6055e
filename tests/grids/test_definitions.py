"""Every definition file of the product holds together."""

import pytest

from grids.clauses import load_clauses
from grids.contract import TABLES, load_contract
from grids.definitions import ROOT
from grids.errors import GridError
from grids.load import load_grid
from grids.network import contract_delivery, load_mapping
from grids.register import network_codes, networks
from grids.territories import communes, merged_communes
from grids.thresholds import PersonThreshold, load_thresholds
from grids.versions import load_versions, version_in_force

VERSIONS = [record.version for record in load_versions()]
USES = (
    "fonctionnement",
    "ventilation",
    "fait d'offre",
    "fréquentation",
    "indicateur ",
    "liste de contrôle ",
    "équivalence",
    "action",
    "événement",
)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_of_the_grid_loads(version: str) -> None:
    grid = load_grid(version)
    assert grid.version == version
    assert {criterion.field for criterion in grid.criteria.values()} - {"processus"} == {
        "principes",
        "organisation",
        "effets",
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_every_criterion_has_an_indicator_and_every_question_is_measured(version: str) -> None:
    grid = load_grid(version)
    assert set(grid.criteria) == {indicator.criterion for indicator in grid.indicators.values()}
    assert {measure.base for _, _, measure in grid.measures()} == set(grid.bases)


@pytest.mark.parametrize("code", network_codes())
def test_every_mapping_loads(code: str) -> None:
    assert load_mapping(code).network == code


def test_the_register_names_each_network_once() -> None:
    assert len({network.code for network in networks()}) == len({network.name for network in networks()}) == 13


@pytest.mark.parametrize("table", TABLES)
def test_a_column_exists_only_if_it_names_its_use(table: str) -> None:
    contract = load_contract(table)
    for column in contract.columns:
        assert column.uses
        assert all(use.startswith(USES) for use in column.uses), column.name
    assert all(contract.column(name) for name in contract.key)


@pytest.mark.parametrize("table", TABLES)
def test_a_contract_shaped_file_needs_no_mapping(table: str) -> None:
    delivery = contract_delivery(table)
    assert delivery.kept_headings == tuple(column.name for column in load_contract(table).columns)


def test_the_sixty_two_clauses_are_numbered_once() -> None:
    assert len(load_clauses()) == 62


def test_territories_are_whole() -> None:
    assert len(communes()) == 1202
    assert sorted(each.insee for each in communes().values() if not each.epci) == ["22016", "29083", "29155"]
    assert set(merged_communes().values()) <= set(communes())


def test_every_threshold_has_its_reason_and_who_decided() -> None:
    told = dict(load_thresholds().named())
    assert {"personnes", "relecture_jours", "largeur_attaque"} <= told.keys()
    assert all(each.reason and each.decided_by for each in told.values())


def test_the_networks_may_decide_another_threshold_for_a_base() -> None:
    ours = load_thresholds()
    decided = PersonThreshold(value=5, reason="Décidé pour cette base.", decided_by="Comité")
    thresholds = ours.model_copy(update={"by_base": {"accueils_urgents": decided}})
    assert (thresholds.persons_of("accueils_urgents"), thresholds.persons_of("accueils")) == (5, 11)
    assert dict(thresholds.named())["personnes_par_base.accueils_urgents"] is decided


def test_a_confidentiality_threshold_below_five_is_refused(tmp_path) -> None:
    text = (ROOT / "seuils.yaml").read_text(encoding="utf-8").replace("valeur: 11", "valeur: 4")
    path = tmp_path / "seuils.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GridError, match="personnes"):
        load_thresholds(path)


def test_the_version_in_force_is_the_latest_begun() -> None:
    first = load_versions()[0]
    assert version_in_force(first.in_force_from) == first
    with pytest.raises(GridError, match="en vigueur"):
        version_in_force(first.in_force_from.replace(year=1999))


def test_an_unknown_network_is_told_the_known_ones() -> None:
    with pytest.raises(GridError, match="mission-locale"):
        load_mapping("inconnu")
