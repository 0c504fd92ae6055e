"""Every rule of every contract, broken once: great_expectations and the quarantine both see it, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grids.contract import TABLES, Column, load_contract
from pipelines.staging import UNKNOWN, UNREADABLE
from pipelines.validation.check import Checked
from pipelines.validation.rules import rules_of
from pipelines.validation.suite import expectations_of

Row = dict[str, str | None]
Judged = Callable[[str, Sequence[tuple[str, int, Row]]], dict[str, Checked]]

# Another network's structure, another network, the other level.
UNITS: list[Row] = [
    {"unite_id": "A-2"}, {"unite_id": "B-1"}, {"unite_id": "cio"}, {"niveau": "reseau", "unite_id": "apec"},
    {"niveau": "reseau"},
]  # fmt: skip
ACROSS: dict[tuple[str, str], list[Row]] = {
    ("structures", "fermeture_apres_ouverture"): [{"actif_du": "2025-01-02"}],
    ("structures", "formes_parmi_accueillants"): [{"accueillants": "2"}],
    ("structures", "inter_reseaux_parmi_formes"): [{"formes_inter_reseaux_24m": "4"}],
    ("structures", "valeur_seule"): [{"anonymat_indique": "sans_objet|site"}],
    ("accueils", "trop_de_valeurs"): [{"orientation": "apec|cap-emploi|cio"}],
    ("accueils", "valeur_seule"): [{"orientation": "aucune|cio"}],
    ("reponses", "version_inconnue"): [{"grille": "inconnue"}, {"version": "1999.1"}],
    ("reponses", "question_inconnue"): [{"question": "U99"}, {"question": "U99", "valeur": "12"}],
    ("reponses", "hors_echelle"): [
        {"valeur": "9"},
        {"question": "M1"},
        {"question": "U10_QUI", "valeur": "pas_concerne"},
    ],
    ("accueils", "attente_si_differe"): [
        {"modalite": "flux", "accueil_jour_meme": None},
        {"canal": "courriel"},
        {"canal": "courriel", "attente_jours_ouvres": "0"},
    ],
    ("accueils", "jour_meme_si_urgence"): [
        {"urgence": "aucune"},
        {"urgence": "non_evaluee", "accueil_jour_meme": "pas_possible"},
        {"modalite": "flux", "attente_jours_ouvres": None},
    ],
    ("accueils", "documentee_si_orientee"): [{"orientation": "aucune"}],
    ("actions", "revue_apres_debut"): [{"revue_le": "2025-02-14"}],
    ("actions", "mesure_inconnue"): [{"mesure": "OR99.rendue"}, {"mesure": "OR02"}, {"mesure": "toutes"}],
    ("evenements", "mesure_inconnue"): [{"mesure": "OR02.rendue@2025.1"}, {"mesure": "aucune"}],
    ("actions", "structure_inconnue"): UNITS,
    ("evenements", "structure_inconnue"): UNITS,
}
KEPT: dict[str, list[Row]] = {
    "structures": [
        {"accueillants": None}, {"formes_24m": "5"}, {"anonymat_indique": "sans_objet"}, {"siret": None},
        {"actif_au": None}, {"actif_au": "2020-01-01"}, {"partage_nominatif": None}, {"canaux_proposes": None},
    ],
    "accueils": [
        {"modalite": "flux", "attente_jours_ouvres": None, "accueil_jour_meme": None},
        {"modalite": None},
        {"attente_jours_ouvres": "0"}, {"attente_jours_ouvres": "730"},
        {"urgence": None}, {"urgence": "aucune", "accueil_jour_meme": None},
        {"orientation": "aucune", "orientation_documentee": None}, {"orientation": "apec|cio"}, {"orientation": None},
        dict.fromkeys(("accueil_ref", "demande_reformulee", "tranche_age", "type_echange")),
    ],
    "reponses": [{"canal": None}, {"valeur": "pas_concerne"}, {"question": "M1", "valeur": "arrete"}],
    "indicateurs_reseau": [{"base": None}, {"valeur": "-0.5"}],
    "frequentation": [{"accueils": "0"}, {"accueils": "1000000"}],
    "actions": [
        {"niveau": "reseau", "unite_id": "cio"}, {"revue_le": None}, {"latence_mois": None}, {"latence_mois": "12"},
        {"revue_le": "2025-02-15"}, {"mesure": "PD12.rendue"},
    ],
    "evenements": [{"niveau": "reseau", "unite_id": "cio"}, {"mesure": "toutes"}, {"auteur": "comite"}],
}  # fmt: skip

# A structure that cannot be read is not known either; a word out of the list (the door lets none pass) also breaks the
# rules that read it.
AND_ALSO = {
    ("structure_id", "illisible"): {("structure_id", "structure_inconnue")},
    ("accueillants", "-1"): {("formes_24m", "formes_parmi_accueillants")},
    ("formes_24m", "-1"): {("formes_inter_reseaux_24m", "inter_reseaux_parmi_formes")},
    ("formes_24m", "501"): {("formes_24m", "formes_parmi_accueillants")},
    ("formes_inter_reseaux_24m", "501"): {("formes_inter_reseaux_24m", "inter_reseaux_parmi_formes")},
    ("urgence", "hors-liste"): {("accueil_jour_meme", "jour_meme_si_urgence")},
    ("modalite", "hors-liste"): {
        ("accueil_jour_meme", "jour_meme_si_urgence"), ("attente_jours_ouvres", "attente_si_differe"),
    },
}  # fmt: skip


def _broken(table: str, column: Column, rule: str) -> list[Row]:
    """Rows that break one rule of one column."""
    if rule == "obligatoire":
        return [{column.name: None}]
    if rule == "illisible":
        return [{column.name: UNREADABLE}]
    if rule == "hors_bornes":
        bounds = (column.minimum, -1), (column.maximum, 1)
        return [{column.name: str(bound + step)} for bound, step in bounds if bound is not None]
    if rule == "structure_inconnue":
        return [{column.name: "A-2"}, {column.name: "B-1"}]
    assert rule == "code_inconnu"
    if column.type == "ensemble":
        return [{column.name: UNKNOWN}, {column.name: f"{UNKNOWN}|cio"}]
    return [{column.name: UNKNOWN}, *([{column.name: "hors-liste"}] if column.type == "code" else [])]


def _cases() -> list[Any]:
    found = []
    for table in TABLES:
        contract = load_contract(table)
        for rule in rules_of(contract):
            column = contract.column(rule.column)
            assert column is not None
            rows = ACROSS.get((table, rule.name)) or _broken(table, column, rule.name)
            found += [
                pytest.param(table, rule.column, rule.name, row, id=f"{table}-{rule.column}-{rule.name}-{position}")
                for position, row in enumerate(rows)
            ]
    return found


CASES = _cases()


@pytest.fixture(scope="module")
def verdicts(judged: Judged) -> Callable[[str], dict[str, Checked]]:
    """All the broken rows of a table, each a delivery of its own, judged in one pass."""

    @cache
    def of_table(table: str) -> dict[str, Checked]:
        return judged(table, [(case.id, 7, case.values[3]) for case in CASES if case.values[0] == table])

    return of_table


@pytest.mark.parametrize(("table", "column", "rule", "row"), CASES)
def test_a_row_that_breaks_a_rule_fails_it_on_both_sides_and_no_other(
    request: pytest.FixtureRequest,
    verdicts: Callable[[str], dict[str, Checked]],
    table: str,
    column: str,
    rule: str,
    row: Row,
) -> None:
    found = verdicts(table)[request.node.callspec.id]
    also = AND_ALSO.get((column, rule), set()) | AND_ALSO.get((column, row.get(column) or ""), set())
    # The profile's own identifier points nowhere: it is what the others point to.
    expected = {(column, rule), *(also - {("structure_id", "structure_inconnue")} if table == "structures" else also)}
    assert {(each.colonne, each.regle) for each in found.breaches} == expected
    assert {each.ligne for each in found.breaches} == {7}
    assert {(each.colonne, each.regle) for each in found.checks if each.ecarts} == expected
    assert {each.ecarts for each in found.checks} == {0, 1}


@pytest.mark.parametrize("table", TABLES)
def test_rows_that_keep_the_contract_pass_every_expectation(judged: Judged, table: str) -> None:
    found = judged(table, [("bonne", line, row) for line, row in enumerate([{}, *KEPT[table]], start=2)])["bonne"]
    assert not found.breaches
    assert found.checks
    assert not [each for each in found.checks if each.ecarts]


@pytest.mark.parametrize("table", TABLES)
def test_the_gate_and_the_quarantine_hold_the_same_rules(table: str) -> None:
    contract = load_contract(table)
    declared = Counter((each.meta["colonne"], each.meta["regle"]) for each in expectations_of(contract))
    assert declared == Counter((each.column, each.name) for each in rules_of(contract))
    assert set(declared.values()) == {1}


def test_at_least_ten_expectations_are_made_from_the_contract_of_receptions() -> None:
    expectations = expectations_of(load_contract("accueils"))
    assert len(expectations) >= 10
    assert len({type(each) for each in expectations}) >= 4


@pytest.mark.parametrize("table", TABLES)
def test_every_rule_is_told_in_french_with_a_remedy(table: str) -> None:
    for rule in rules_of(load_contract(table)):
        assert rule.sentence.endswith(".")
        assert rule.remedy.endswith(".")


def _mixed(table: str) -> st.SearchStrategy[list[Row]]:
    broken = [case.values[3] for case in CASES if case.values[0] == table]
    pieces = st.lists(st.sampled_from([*broken, *KEPT[table], {}]), min_size=1, max_size=3)
    return st.lists(pieces.map(lambda rows: {k: v for row in rows for k, v in row.items()}), min_size=15, max_size=40)


@pytest.mark.long
@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_both_sides_count_the_same_for_every_rule_of_a_mixed_batch(
    judged: Judged, table: str, data: st.DataObject
) -> None:
    rows = data.draw(_mixed(table))
    found = judged(table, [(f"livraison-{line % 3}", line, row) for line, row in enumerate(rows)])
    for checked in found.values():
        quarantined = Counter((each.colonne, each.regle) for each in checked.breaches)
        assert {(each.colonne, each.regle): each.ecarts for each in checked.checks if each.ecarts} == dict(quarantined)


def test_both_sides_count_the_same_when_several_answers_of_a_questionnaire_break_a_rule(judged: Judged) -> None:
    found = judged(
        "reponses", [("avis", 2, {"structure_id": "A-2", "question": question}) for question in ("U03", "U03")]
    )
    assert [each.ecarts for each in found["avis"].checks if each.ecarts] == [len(found["avis"].breaches)]


@pytest.mark.parametrize("table", TABLES)
def test_results_hold_no_value_of_the_source(
    judged: Judged, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, table: str
) -> None:
    contract = load_contract(table)
    secret: Row = {column.name: f"SECRET-{column.name}" for column in contract.columns}
    found = judged(table, [("livraison", 2, secret), ("livraison", 3, {})])["livraison"]
    assert found.breaches
    assert "SECRET" not in repr(found)
    assert "SECRET" not in "".join(capfd.readouterr()) + caplog.text
