"""What each kind of measure counts, on records that fit in a table: what is applicable, answered, and said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.counting.small import Row, cells, counted, questionnaire, small_grid, small_warehouse

RECORDS = {"b": {"table": "accueils", "si": "type_echange = 'analyse'"}}
ANALYSIS = {"type_echange": "analyse"}
ANSWERS = {"b": {"table": "reponses", "si": "repondant = 'personne'"}}
Counted = dict[tuple[str, str], tuple[int, int, int]]


def of_records(measure: Row, rows: list[Row], bases: dict[str, Row] = RECORDS) -> Counted:
    grid = small_grid({"X": {"base": "b", **measure}}, bases)
    return cells(counted(small_warehouse([{**ANALYSIS, **row} for row in rows]), grid))


def of_answers(measure: Row, said: list[Row], questions: dict[str, Row], **head: Any) -> Counted:
    grid = small_grid({"X": {"base": "b", **measure}}, ANSWERS, questions)
    answers = [row for rank, each in enumerate(said) for row in questionnaire(rank, each, **head)]
    return cells(counted(small_warehouse(answers=answers), grid))


SHARE = {"genre": "part", "compte": "point_de_situation"}
SHARES = [
    pytest.param(SHARE, [{"point_de_situation": True}, {"point_de_situation": False}], (1, 2, 2), id="yes and no"),
    pytest.param(SHARE, [{"point_de_situation": True}, {}], (1, 1, 2), id="not recorded is not no"),
    pytest.param(SHARE, [{"point_de_situation": True, "type_echange": "information"}, {}], (0, 0, 1), id="out of the base"),
    pytest.param(SHARE, [{"point_de_situation": True, "type_echange": None}, {}], (0, 0, 1), id="unknown leaves the base"),
    pytest.param(
        {**SHARE, "si": "urgence <> 'aucune'"},
        [{"point_de_situation": True, "urgence": each} for each in ("sociale", "aucune", None)],
        (1, 1, 1), id="a condition must be known to hold",
    ),
    pytest.param(
        {"genre": "part", "compte": "situation_personnelle and point_de_situation"},
        [{"point_de_situation": False}, {"point_de_situation": True, "situation_personnelle": True}],
        (1, 1, 2), id="every name must be recorded, even where one decides",
    ),
    pytest.param(
        {"genre": "part", "compte": "contient_autre_que(orientation, reseau)"},
        [{"orientation": each} for each in (["cio"], ["cio", "apec"], ["aucune"], None)],
        (2, 3, 4), id="other than the network that delivers",
    ),
    pytest.param(
        {"genre": "part", "compte": "nombre_parmi(orientation, 'apec', 'cio') = 2"},
        [{"orientation": each} for each in (["cio"], ["cio", "apec"], None)], (1, 2, 3), id="how many among",
    ),
    pytest.param(
        {"genre": "part", "compte": "attente_jours_ouvres <= delai_annonce_jours_ouvres"},
        [{"attente_jours_ouvres": 2, "delai_annonce_jours_ouvres": each} for each in (1, 2, None)], (1, 2, 3), id="numbers",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "rows", "expected"), SHARES)
def test_share_of_records(measure: Row, rows: list[Row], expected: tuple[int, int, int]) -> None:
    assert of_records(measure, rows) == {("", ""): expected}


ASKED: dict[str, Row] = {"U1": {}, "U2": {}, "BOITE": {"echelle": "coche"}, "M1": {"echelle": "suite"}}
ANSWERED = [
    pytest.param("favorable(U1)", [{"U1": each} for each in ("1", "3", "4")], (2, 3, 3), id="the favourable side"),
    pytest.param("favorable(U1)", [{"U1": "4"}, {"U1": "pas_concerne"}, {"U2": "1"}], (1, 1, 2), id="outside is no answer"),
    pytest.param("U1 in (1, 2)", [{"U1": "2"}, {"U1": "3"}], (1, 2, 2), id="a scale of numbers is numbers"),
    pytest.param("BOITE", [{"BOITE": "oui"}, {"BOITE": "non"}, {"U1": "1"}], (1, 2, 3), id="a box is true or false"),
    pytest.param("favorable(BOITE)", [{"BOITE": "oui"}, {"BOITE": "non"}], (1, 2, 2), id="its favourable side too"),
    pytest.param("M1 = 'arrete'", [{"M1": "arrete"}, {"M1": "continue"}], (1, 2, 2), id="words"),
    pytest.param("favorable(U1)", [{"U1": "9"}, {"U1": "3"}], (1, 1, 2), id="a code that is not of the scale"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "said", "expected"), ANSWERED)
def test_share_of_answers(expression: str, said: list[Row], expected: tuple[int, int, int]) -> None:
    assert of_answers({"genre": "part", "compte": expression}, said, ASKED) == {("", ""): expected}


def test_people_professionals_and_teams_are_never_mixed() -> None:
    head = {"repondant": "professionnel"}
    assert of_answers({"genre": "part", "compte": "favorable(U1)"}, [{"U1": "4"}], ASKED, **head) == {}


def test_a_share_by_partner_network_never_counts_the_respondent_s_own() -> None:
    said = [{"P21@apec": "4", "P21@cio": "4", "P21@cidff": "1"}, {"P21@apec": "pas_concerne", "P21@cidff": "3"}]
    measure = {"genre": "part", "compte": "favorable(P21)", "ventilations": ["partenaire"]}
    found = of_answers(measure, said, {"P21": {"par_partenaire": True}})
    assert ("cio", "") not in found
    told = {group: counts for (group, _), counts in found.items() if counts[1]}
    assert told == {"apec": (1, 1, 1), "cidff": (1, 2, 2)}
    assert found["suio", ""] == (0, 0, 2)


DISTRIBUTIONS = [
    pytest.param(
        {"valeur": "synthese", "categories": {"remise": "r", "declinee": "d"}},
        [{"synthese": each} for each in ("remise", "remise", None)], {"remise": (2, 2, 3), "declinee": (0, 2, 3)}, id="words",
    ),
    pytest.param(
        {"valeur": "nombre_vrais(point_de_situation, situation_personnelle)", "categories": {"0": "0", "1": "1", "2": "2"},
         "favorables": ["1", "2"]},
        [{"point_de_situation": True, "situation_personnelle": each} for each in (True, False, None)],
        {"0": (0, 2, 3), "1": (1, 2, 3), "2": (1, 2, 3), "favorable": (2, 2, 3)}, id="numbers, with a favourable side",
    ),
    pytest.param(
        {"valeur": "point_de_situation", "categories": {"oui": "oui", "non": "non"}},
        [{"point_de_situation": each} for each in (True, False, False, None)], {"oui": (1, 3, 4), "non": (2, 3, 4)}, id="a box",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "rows", "expected"), DISTRIBUTIONS)
def test_distribution(measure: Row, rows: list[Row], expected: dict[str, tuple[int, int, int]]) -> None:
    found = of_records({"genre": "repartition", **measure}, rows)
    assert found == {("", category): counts for category, counts in expected.items()}


def test_each_delay_met_is_counted() -> None:
    rows = [{"attente_jours_ouvres": each} for each in (3, 0, 3, 12, None)]
    found = of_records({"genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5]}, rows)
    assert found == {("", "0"): (1, 4, 5), ("", "3"): (2, 4, 5), ("", "12"): (1, 4, 5)}


def test_a_structure_that_recorded_no_delay_has_one_row() -> None:
    measure = {"genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5]}
    assert of_records(measure, [{}, {}]) == {("", "0"): (0, 0, 2)}


def test_a_gap_counts_the_delays_of_each_side_apart() -> None:
    waits = {
        "genre": "quantiles",
        "valeur": "attente_jours_ouvres",
        "quantiles": [0.5],
        "si": "canal = 'tchat'",
        "base": "b",
    }
    gap = {
        "genre": "ecart", "de": "Y.m", "quantile": 0.5, "base": "b",
        "groupe": "autonomie_distance in ('en_partie', 'non')", "contre": "autonomie_distance = 'oui'",
    }  # fmt: skip
    rows = [
        {**ANALYSIS, "canal": canal, "attente_jours_ouvres": days, "autonomie_distance": ease}
        for canal, days, ease in [
            ("tchat", 5, "non"), ("tchat", 2, "en_partie"), ("tchat", 9, "oui"), ("tchat", 1, None), ("tchat", None, "oui"),
            ("courriel", 7, "non"),
        ]
    ]  # fmt: skip
    found = cells(counted(small_warehouse(rows), small_grid({"X": gap, "Y": waits}, RECORDS)))
    assert found == {("groupe", "2"): (1, 2, 2), ("groupe", "5"): (1, 2, 2), ("contre", "9"): (1, 1, 2)}


def test_a_gain_counts_the_same_people_before_and_after() -> None:
    pairs = [("1", "4"), ("2", "3"), ("4", "4"), ("3", "1"), ("1", "1"), ("1", None), ("pas_concerne", "4")]
    said = [{name: value for name, value in zip(("U1", "U2"), pair, strict=True) if value} for pair in pairs]
    found = of_answers({"genre": "gain", "avant": "favorable(U1)", "apres": "favorable(U2)"}, said, ASKED)
    assert found == {
        ("", category): (count, 5, 6) for category, count in {"avant": 2, "apres": 3, "gagnes": 2, "perdus": 1}.items()
    }


def test_each_item_of_an_index_has_its_own_denominator() -> None:
    items = {
        name: {"libelle": "Fictif", "compte": f"favorable({question})"}
        for name, question in {"un": "U1", "deux": "U2"}.items()
    }
    found = of_answers({"genre": "indice", "items": items}, [{"U1": "4", "U2": "1"}, {"U1": "3"}], ASKED)
    assert found == {("un", ""): (2, 2, 2), ("deux", ""): (0, 1, 2)}


FACTS = {"b": {"table": "structures", "fait_d_organisation": True}}


def test_a_fact_counts_structures() -> None:
    grid = small_grid({"X": {"base": "b", "genre": "part", "compte": "espace_confidentiel = 'toujours'"}}, FACTS)
    profiles = [
        {"structure_id": name, "espace_confidentiel": said}
        for name, said in (("A", "toujours"), ("B", "non"), ("C", None))
    ]
    warehouse = counted(small_warehouse(profiles=profiles), grid)
    assert [cells(warehouse, structure=name) for name in "ABC"] == [
        {("", ""): counts} for counts in ((1, 1, 1), (0, 1, 1), (0, 0, 1))
    ]
    told = warehouse.execute("SELECT niveau, pas, y, n, structures, moyenne FROM comptes WHERE niveau <> 'structure'")
    assert sorted(told.fetchall()) == [("region", "annee", 1, 2, 2, 0.5), ("reseau", "annee", 1, 2, 2, 0.5)]


def test_a_ratio_of_sums_adds_up_where_both_are_known() -> None:
    grid = small_grid(
        {"X": {"base": "b", "genre": "rapport_de_sommes", "somme": "formes_24m"}},
        {"b": {"table": "structures", "unite": "accueillants"}},
    )
    profiles = [
        {"structure_id": name, "accueillants": all_, "formes_24m": trained}
        for name, all_, trained in (("A", 4, 1), ("B", 6, None), ("C", None, 2), ("D", 10, 10))
    ]
    warehouse = counted(small_warehouse(profiles=profiles), grid)
    assert [cells(warehouse, structure=name)["", ""] for name in "ABCD"] == [
        (1, 4, 4), (0, 0, 6), (0, 0, 0), (10, 10, 10),
    ]  # fmt: skip
    assert warehouse.execute("SELECT y, n, applicables FROM comptes WHERE niveau = 'region'").fetchall() == [
        (11, 14, 20)
    ]


DIVERSITY = {"base": "b", "genre": "diversite", "valeur": "canal", "part_minimale": 0.05, "proposes": "canaux_proposes"}
CHANNELS = ("presentiel", "telephone", "visioconference", "tchat", "courriel")


def test_diversity_counts_every_channel_used_or_not_and_those_offered_apart() -> None:
    grid = small_grid({"X": DIVERSITY}, {"b": {"table": "accueils"}})
    profiles: list[Row] = [
        {"structure_id": "A", "canaux_proposes": ["presentiel", "tchat"]},
        {"structure_id": "B", "canaux_proposes": ["presentiel"]},
        {"structure_id": "C"},
        {"structure_id": "D", "canaux_proposes": ["tchat"], "actif_du": "2025-04-01"},
    ]
    rows = [{"canal": each} for each in ("presentiel", "presentiel", "courriel")]
    warehouse = counted(small_warehouse(rows, profiles=profiles), grid)
    used = {"presentiel": 2, "courriel": 1}
    offered = {"presentiel": 1, "tchat": 1}
    expected = {("", channel): (used.get(channel, 0), 3, 3) for channel in CHANNELS}
    expected |= {("proposes", channel): (offered.get(channel, 0), 1, 1) for channel in CHANNELS}
    assert cells(warehouse) == expected == cells(warehouse, step="trimestre")
    told = warehouse.execute(
        "SELECT pas, debut, y, n FROM comptes WHERE niveau = 'region' AND groupe = 'proposes' AND categorie = 'tchat' "
        "AND debut = '2025-01-01' ORDER BY pas"
    ).fetchall()
    assert [(step, y, n) for step, _, y, n in told] == [("annee", 2, 3), ("mois", 1, 2), ("trimestre", 1, 2)]
