"""The working grid holds the whole catalogue, asks its questions, carries each clause or says why not, and reads plainly."""

import re

import pytest
from pydantic import BaseModel

from grids.clauses import coverage, load_clauses
from grids.contract import load_contract
from grids.errors import GridError
from grids.expressions import parse_expression
from grids.load import load_grid, load_grids
from grids.model import PROCESS, Grid
from grids.wording import is_placeholder

GRID: Grid = load_grid("2025.1")

SERVICE = (
    *(f"PD{number:02}" for number in range(1, 17)),
    *(f"OR{number:02}" for number in range(1, 19)),
    *(f"EF{number:02}" for number in range(1, 10)),
)
PROCESSES = tuple(f"AM{number:02}" for number in range(1, 8))
CORE = "PD04 PD08 PD10 PD11 PD13 OR02 OR06 OR11 OR14 OR15 OR16 EF01 EF02 EF03"
CLAUSES = {
    "PD01": "I-3", "PD02": "I-4 I-7 I-2", "PD03": "I-4", "PD04": "I-5", "PD05": "I-5 III-6", "PD06": "I-6", "PD07": "I-6",
    "PD08": "I-8 PRE-5", "PD09": "I-8", "PD10": "I-E1 I-E2 PRE-2", "PD11": "PRE-2 II-1 I-20", "PD12": "PRE-3 I-14",
    "PD13": "I-13 I-12", "PD14": "II-1 II-2 PRE-2", "PD15": "I-17 II-2", "PD16": "I-19 I-20 PRE-8", "OR01": "III-3 III-5",
    "OR02": "III-4 III-1", "OR03": "III-4", "OR04": "III-4", "OR05": "III-7", "OR06": "III-7 III-9", "OR07": "III-9 PRE-1",
    "OR08": "I-1 III-3", "OR09": "III-1 I-1 PRE-1", "OR10": "III-6", "OR11": "III-6 III-2", "OR12": "PRE-7 II-3",
    "OR13": "I-18", "OR14": "I-11", "OR15": "I-9 I-16 IV-3", "OR16": "PRE-3 PRE-8 IV-2 IV-3", "OR17": "I-12 II-6 PRE-4",
    "OR18": "II-5", "EF01": "I-E3 III-2", "EF02": "I-E4 I-13 PRE-4", "EF03": "I-E5 I-16", "EF04": "I-10 I-15",
    "EF05": "I-17 I-E6", "EF06": "I-9 I-11 PRE-3 IV-3 PRE-6", "EF07": "I-21 IV-3", "EF08": "II-7 PRE-6", "EF09": "II-7",
    "AM01": "IV-4 IV-5", "AM02": "IV-5", "AM03": "IV-7 IV-8", "AM04": "IV-7", "AM05": "IV-1", "AM06": "IV-5", "AM07": "IV-5",
}  # fmt: skip
"""What the catalogue says each indicator evidences, or comes near."""
SENSES = {
    "zone": "PD12 PD16 OR01 OR08",
    "neutre": "PD07 OR13 EF04 EF05",
    "moins": "OR02 OR07 EF07",
}
"""The sense of each indicator's headline, where it is not « plus »."""
ASKED = {
    "personnes": (
        *(f"U{number:02}" for number in range(1, 9)), "U09_AVANT", "U09_MAINTENANT",
        *(f"U10_{each}" for each in ("QUI", "QUOI", "COMMENT", "OU", "RIEN", "AUCUN_AUTRE")), "U11", "U12",
    ),
    "un-mois": tuple(f"M{number}" for number in range(1, 8)),
    "professionnels": (*(f"P{number:02}" for number in range(1, 24)), "P24_FICHE", "P24_GRILLE"),
    "equipes": tuple(f"P{number:02}" for number in range(1, 21)),
}  # fmt: skip
SMALL = {
    "PD06.profil": "structures_anonymat_a_indiquer", "PD13.rendue": "accueils_ou_mediation_utile",
    "OR03.rendue": "accueils_avec_delai_annonce", "OR06.rendue": "accueils_urgents_differes",
    "OR07.rendue": "accueils_differes_autonomie", "OR14.rendue": "accueils_rdv_demande", "EF01.percue": "pas_clair_avant",
    "EF03.percue": "personnes_avec_suites", "EF04.utile": "personnes_avec_document_m1",
    "EF06.percue": "personnes_orientees_m1", "EF07.percue": "personnes_recues_ailleurs_m1",
    "EF09.percue": "personnes_essai_m1", "OR16.declaree": "professionnels_sur_les_partenaires",
}  # fmt: skip
"""The measures with a denominator of their own, that must hide nothing else when it is small."""


def test_both_versions_load_one_after_the_other() -> None:
    assert [each.version for each in load_grids()] == ["2023.1", "2025.1"]


def test_all_fifty_indicators_are_there_in_the_catalogues_order() -> None:
    assert tuple(GRID.indicators) == (*SERVICE, *PROCESSES)
    assert {name for name in GRID.indicators if _field(name) == PROCESS} == set(PROCESSES)


def test_each_field_has_a_few_criteria() -> None:
    fields = [each.field for each in GRID.criteria.values()]
    assert set(fields) == {"principes", "organisation", "effets", PROCESS}
    assert 12 <= sum(field != PROCESS for field in fields) <= 18
    assert {each.criterion for each in GRID.indicators.values()} == set(GRID.criteria)


def test_the_core_is_the_fourteen() -> None:
    assert {name for name, each in GRID.indicators.items() if each.core} == set(CORE.split())


@pytest.mark.parametrize("name", GRID.indicators)
def test_an_indicator_names_the_clauses_of_the_catalogue(name: str) -> None:
    indicator = GRID.indicators[name]
    named = {*indicator.clauses, *indicator.approached}
    assert set(CLAUSES[name].split()) <= named
    # Clauses that the catalogue says no figure evidences: come near, never evidenced.
    assert named - set(CLAUSES[name].split()) <= {"I-2"}
    assert not {"PRE-6", "I-2", "I-19"} & set(indicator.clauses)


@pytest.mark.parametrize("name", SERVICE)
def test_the_sense_is_that_of_the_catalogue(name: str) -> None:
    headline = next(iter(GRID.indicators[name].measures.values()))
    expected = next((sense for sense, names in SENSES.items() if name in names.split()), "plus")
    assert headline.direction == expected


def test_every_clause_has_a_standing_and_a_reason_where_no_figure_carries_it() -> None:
    standings = {each.clause.id: each.standing for each in coverage(GRID)}
    assert set(standings) == set(load_clauses())
    assert {name for name, standing in standings.items() if standing == "approchee"} == {"PRE-6", "I-2", "I-19"}
    told = {name for name, standing in standings.items() if standing == "sans_mesure"}
    assert told == {"I-22", "II-4", "III-8", "III-10", "III-11", "IV-1", "IV-6"}
    assert None not in standings.values()


def test_a_clause_that_an_indicator_evidences_needs_no_excuse() -> None:
    assert not [each.clause.id for each in coverage(GRID) if each.standing == "portee" and each.clause.unmeasured]


def test_every_question_of_the_questionnaires_is_asked_once_and_in_order() -> None:
    assert {name: tuple(GRID.questions_of(name)) for name in GRID.questionnaires} == ASKED
    assert set(GRID.questions) == {name for names in ASKED.values() for name in names}


def test_the_profile_asks_what_the_contract_holds() -> None:
    assert tuple(GRID.profile) == tuple(f"S{number:02}" for number in range(1, 21))
    held = {column.name for column in load_contract("structures").columns} - {"annee", "partage_nominatif"}
    asked = {column for each in GRID.profile.values() for column in each.columns} - {"reseau"}
    assert asked >= held, "a column that nobody is asked for, beside the year and an agreement given apart"


def test_what_waits_for_its_data_says_so() -> None:
    assert {name for name, each in GRID.indicators.items() if each.pending} == {"AM02", "AM05", "AM06"}
    waiting = {name.partition("@")[0] for name, _, measure in GRID.defined_measures() if measure.pending}
    assert waiting == {"EF06.liaison"}
    assert all(_measured(GRID, name) for name in SERVICE)


def test_what_continues_the_six_measures_of_the_first_version_is_declared() -> None:
    continued = {
        name.partition("@")[0]: measure.continues.measure
        for name, _, measure in GRID.defined_measures()
        if measure.continues
    }
    expected = ["PD02.percue", "PD02.rendue", "OR01.rendue", "OR02.rendue", "EF03.percue", "EF05.percue"]
    assert continued == {name: f"{name}@2023.1" for name in expected}


def test_a_small_denominator_has_a_base_of_its_own() -> None:
    bases = {name.partition("@")[0]: measure.base for name, _, measure in GRID.measures()}
    assert {name: bases[name] for name in SMALL} == SMALL


def test_every_base_serves_a_measure() -> None:
    assert {measure.base for _, _, measure in GRID.measures()} == set(GRID.bases)


@pytest.mark.parametrize("name", GRID.bases)
def test_who_is_shown_where(name: str) -> None:
    """Professionals and people a month after never at a structure; teams nowhere else; nothing yearly by quarter."""
    base = GRID.bases[name]
    if base.table == "structures" or name.startswith(("professionnels", "equipes")):
        assert base.steps == ("annee",)
    if name == "equipes":
        assert base.levels == ("structure",)
    elif name.startswith("professionnels") or base.unit or "vague = 'm1'" in base.condition:
        assert base.levels == ("reseau", "region")
    assert base.opinion == (base.table == "reponses" and name != "equipes")
    assert base.is_fact == (name == "equipes" or (base.table == "structures" and not base.unit))


@pytest.mark.parametrize("name", SERVICE)
def test_every_indicator_says_what_can_distort_it_and_what_it_cannot_say(name: str) -> None:
    assert GRID.indicators[name].gaming
    assert GRID.indicators[name].limit


@pytest.mark.parametrize("name", [*GRID.questions, *GRID.profile])
def test_a_question_is_short(name: str) -> None:
    asked = GRID.questions[name].text if name in GRID.questions else GRID.profile[name].text
    assert len(re.findall(r"[\w']+", asked)) <= 25


def test_no_text_is_left_to_write() -> None:
    units = {measure.unit for _, _, measure in GRID.defined_measures()}
    texts = {text for text in _texts(GRID) if is_placeholder(text) or re.search(r"\[|XX|TODO", text)}
    assert texts - units - {""} == {"À désigner par les réseaux"}, "who checks it is the networks' to say"


@pytest.mark.parametrize(
    "text", ["nombre_parmi(anonymat_indique)", "nombre_parmi('site', 'site')", "nombre_parmi(anonymat_indique, canal)"]
)
def test_the_number_among_needs_a_list_and_the_words_to_count(text: str) -> None:
    with pytest.raises(GridError, match="nombre_parmi"):
        parse_expression(text)


def _field(indicator: str) -> str:
    return GRID.criteria[GRID.indicators[indicator].criterion].field


def _measured(grid: Grid, indicator: str) -> list[str]:
    return [name for name, _, _ in grid.measures() if name.startswith(f"{indicator}.")]


def _texts(said: object) -> list[str]:
    """Every text of a definition, at any depth."""
    if isinstance(said, str):
        return [said]
    if isinstance(said, BaseModel):
        return [text for _, value in said for text in _texts(value)]
    if isinstance(said, dict):
        return [text for value in said.values() for text in _texts(value)]
    if isinstance(said, tuple):
        return [text for value in said for text in _texts(value)]
    return []
