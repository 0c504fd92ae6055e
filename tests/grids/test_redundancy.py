"""What need not be asked any more, told from the grid, what is asked, and what networks measure by themselves."""

from __future__ import annotations

from grids.burden import Asked
from grids.common_sheet import load_common_sheet
from grids.equivalences import Catalogue, Equivalence, OwnIndicator
from grids.load import load_grid
from grids.model import Grid
from grids.redundancy import EVERYONE, Redundancy, redundancies

GRID, SHEET = load_grid("2025.1"), load_common_sheet()


def own(*measures: str, degree: str = "identique", stands_in: bool = True, network: str = "cio") -> Catalogue:
    """A network whose one indicator says each of `measures`."""
    judged = [
        Equivalence.model_validate(
            {"mesure": each, "degre": degree, "raison": "Même question, même échelle.", "remplace": stands_in}
        )
        for each in measures
    ]
    indicator = OwnIndicator(
        code="FICTIF-1", label="Un indicateur", definition="Une définition inventée.", origin="Inventée ici",
        versions=("1",), perimeter="Tous", period="Trimestre", unit="%", equivalences=tuple(judged),
    )  # fmt: skip
    return Catalogue(source=network, name="CIO", judged_on="2025.1", indicators=(indicator,))


def asked(*questions: str, columns: tuple[str, ...] = (), sheet: bool = False, network: str = "cio") -> Asked:
    return Asked(network, frozenset(questions), frozenset(columns), sheet)


def found(one: Asked, *catalogues: Catalogue, grid: Grid = GRID) -> dict[str, Redundancy]:
    return {each.object: each for each in redundancies(grid, [one], catalogues, SHEET)}


def without(grid: Grid, *indicators: str) -> Grid:
    return grid.model_copy(update={"indicators": {k: v for k, v in grid.indicators.items() if k not in indicators}})


def test_a_question_whose_measure_the_network_has_identical_need_not_be_asked() -> None:
    told = found(asked("U03", "U04"), own("PD02.percue"))
    assert set(told) == {"U03"}
    assert (told["U03"].network, told["U03"].kind, told["U03"].seconds) == ("cio", "question", 15)
    assert "FICTIF-1" in told["U03"].reason
    assert told["U03"].label == GRID.questions["U03"].text
    assert told["U03"].proposal.startswith("Cessez de poser")


def test_an_identical_indicator_that_is_not_shown_instead_is_looked_at_first() -> None:
    assert found(asked("U03"), own("PD02.percue", stands_in=False))["U03"].proposal.startswith("Voyez si")


def test_a_close_indicator_spares_no_question() -> None:
    assert not found(asked("U03"), own("PD02.percue", degree="proche"))


def test_another_network_s_indicator_spares_nothing() -> None:
    assert not found(asked("U03"), own("PD02.percue", network="apec"))


def test_what_is_not_asked_is_not_redundant() -> None:
    assert not found(asked("U04"), own("PD02.percue"))


def test_a_question_read_by_a_measure_without_equivalent_is_still_needed() -> None:
    # U09_MAINTENANT is read by three measures: all of them must be told by the network.
    everything = ("EF01.percue", "EF01.apres", "EF01.gain")
    assert not found(asked("U09_MAINTENANT"), own(*everything[:2]))
    assert set(found(asked("U09_MAINTENANT"), own(*everything))) == {"U09_MAINTENANT"}


def test_a_question_that_no_measure_reads_is_not_told_by_an_indicator() -> None:
    assert not found(asked("P15"), own("PD02.percue"))


def test_the_working_grid_reads_every_column_of_the_sheet() -> None:
    assert not [each for each in redundancies(GRID, [], [], SHEET) if each.network == EVERYONE]


def test_a_column_that_nothing_reads_any_more_is_redundant_for_all() -> None:
    told = found(asked(), grid=without(GRID, "PD03", "EF04"))
    assert set(told) == {"demarches_anterieures", "synthese"}
    assert {each.network for each in told.values()} == {EVERYONE}
    assert not any(each.already_told for each in told.values())
    assert (told["demarches_anterieures"].seconds, told["synthese"].seconds) == (1.5, 4.0)


def test_age_and_situation_are_used_by_breakdowns_alone() -> None:
    empty = GRID.model_copy(update={"indicators": {}, "bases": {}})
    told = set(found(asked(), grid=empty))
    assert not told & {"tranche_age", "situation", "canal"}
    assert "conseil" in told


def test_what_another_question_of_the_sheet_waits_for_is_kept() -> None:
    empty = GRID.model_copy(update={"indicators": {}, "bases": {}})
    assert "type_echange" not in found(asked(), grid=empty)


def test_the_sheet_asks_again_what_the_tool_records() -> None:
    told = found(asked(columns=("mediation", "structure_id", "mois"), sheet=True))
    assert set(told) == {"mediation"}
    assert (told["mediation"].network, told["mediation"].kind, told["mediation"].seconds) == ("cio", "colonne", 4.0)
    assert not found(asked(columns=("mediation",), sheet=False))


def test_the_sheet_asks_what_the_network_measures_by_itself() -> None:
    assert set(found(asked(sheet=True), own("PD03.rendue"))) == {"demarches_anterieures"}
    assert not found(asked(sheet=False), own("PD03.rendue"))


def test_a_column_is_told_once_for_all_rather_than_network_by_network() -> None:
    told = redundancies(without(GRID, "PD03"), [asked(columns=("demarches_anterieures",), sheet=True)], [], SHEET)
    assert [(each.network, each.object) for each in told] == [(EVERYONE, "demarches_anterieures")]
