"""Maps in words and in tones: round steps, ranges that touch or do not, areas without a figure."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import territory_map as chart
from dashboard.text.typography import plain
from dashboard.theme import INK
from dashboard.views import publics, supply, territories
from dashboard.views import territory_findings as findings
from dashboard.views.breakdown import Breakdown, Breakdowns
from dashboard.views.comparison import Row
from dashboard.views.measures import Measure
from dashboard.views.territory_findings import DEPARTMENTS, ZONES, Told
from dashboard.views.territory_map import MOST_STEPS, TerritoryMap, scale_of
from dashboard.views.values import ABSENT, Value
from grids.territories import Shape, shapes

from .territories_fixture import BREST_METROPOLE, FACTS, PLACES
from .test_dashboard_views import SHARE, YEAR, measure

MASKED = Value("masque")
APART = "Deux fourchettes ne se touchent pas : A (84 %) et B (71 %)."
BOX = (((-3.0, 48.0), (-2.0, 48.0), (-2.0, 49.0), (-3.0, 49.0), (-3.0, 48.0)),)
HIGH, LOW, WIDE = Value("ok", None, 84, 80, 88), Value("ok", None, 71, 67, 75), Value("ok", None, 78, 70, 86)
NEUTRAL_SHARE = measure("N@1", sens="zone")
FACT = measure("F@1", fait_d_organisation=True)


def named(**values: Value) -> list[Told]:
    return [Told(name, name, value) for name, value in values.items()]


@given(st.lists(st.integers(0, 100), min_size=1))
def test_steps_of_shares_hold_every_value_and_are_few(values: list[int]) -> None:
    scale = scale_of(values, "%")
    assert 1 <= len(scale.bounds) <= MOST_STEPS
    assert all(0 <= scale.step(value) < len(scale.bounds) for value in values)
    assert all(before[1] + 1 == after[0] for before, after in zip(scale.bounds, scale.bounds[1:], strict=False))
    assert 0 <= scale.bounds[0][0] <= min(values)
    assert max(values) <= scale.bounds[-1][1] <= 100


@given(st.lists(st.integers(-400, 3000), min_size=1))
def test_steps_of_anything_else_hold_every_value_and_are_few(values: list[int]) -> None:
    scale = scale_of(values, "jours ouvrés")
    assert len(scale.bounds) <= MOST_STEPS + 1
    assert all(scale.bounds[scale.step(value)][0] <= value <= scale.bounds[scale.step(value)][1] for value in values)


@pytest.mark.parametrize(
    ("values", "unit", "words"),
    [
        ([], "%", ()),
        ([84, 86], "%", ("entre 80 et 89 %",)),
        ([57, 61, 70], "%", ("entre 50 et 59 %", "entre 60 et 69 %", "entre 70 et 79 %")),
        ([95, 100], "%", ("entre 90 et 100 %",)),
        (
            [5, 92],
            "%",
            ("entre 0 et 19 %", "entre 20 et 39 %", "entre 40 et 59 %", "entre 60 et 79 %", "entre 80 et 100 %"),
        ),
        ([3, 4], "jours ouvrés", ("3 jours ouvrés", "4 jours ouvrés")),
        (
            [3, 9],
            "jours ouvrés",
            ("de 2 à 3 jours ouvrés", "de 4 à 5 jours ouvrés", "de 6 à 7 jours ouvrés", "de 8 à 9 jours ouvrés"),
        ),
    ],
)
def test_steps_are_round_and_told_in_words(values: list[int], unit: str, words: tuple[str, ...]) -> None:
    assert scale_of(values, unit).words(unit) == words


@pytest.mark.parametrize(
    ("told", "pair"),
    [
        (named(Brest=HIGH, Rennes=LOW, Lorient=WIDE), ["Brest", "Rennes"]),
        (named(Vannes=HIGH, Auray=LOW), ["Auray", "Vannes"]),
        (named(Brest=HIGH, Lorient=WIDE), None),
        (named(Brest=HIGH, Rennes=MASKED), None),
        (named(Brest=HIGH, Rennes=Value("ok", None, 40)), None),
        ([], None),
    ],
)
def test_two_territories_are_apart_where_ranges_do_not_touch(told: list[Told], pair: list[str] | None) -> None:
    found = findings.apart(told)
    assert (found and [each.name for each in found]) == pair


@pytest.mark.parametrize(
    ("of", "told", "kind", "begins"),
    [
        (SHARE, named(A=HIGH, B=WIDE), DEPARTMENTS, "Les fourchettes des deux départements se recouvrent"),
        (SHARE, named(A=HIGH, B=LOW), DEPARTMENTS, f"{APART} Le hasard seul"),
        (SHARE, named(B=HIGH, A=LOW), DEPARTMENTS, "Deux fourchettes ne se touchent pas : A (71 %) et B (84 %)."),
        (SHARE, named(A=HIGH, B=LOW, C=WIDE, D=WIDE, E=WIDE), ZONES, f"{APART} Avec"),
        (SHARE, named(A=HIGH, B=ABSENT), ZONES, "Une seule zone d'emploi a un chiffre"),
        (SHARE, named(A=MASKED), ZONES, "Aucune zone d'emploi n'a de chiffre"),
        (FACT, named(A=Value("ok", None, 40), B=Value("ok", None, 62)), DEPARTMENTS, "Entre 40 et 62 % selon le département"),
        (FACT, named(A=Value("ok", None, 40), B=Value("ok", None, 40)), DEPARTMENTS, "40 % partout"),
    ],
)  # fmt: skip
def test_a_finding_is_a_fact_and_how_solid_it_is(of: Measure, told: list[Told], kind, begins: str) -> None:
    assert findings.finding(of, told, kind).startswith(begins)


@pytest.mark.parametrize(
    ("looked", "parted", "said"),
    [
        ([], [], "En 2025, aucune mesure ne se compare d'un département à l'autre."),
        ([SHARE], [], "En 2025, pour une mesure que l'on peut comparer"),
        (
            [replace(SHARE, noyau=True)] * 2,
            [SHARE],
            "sur deux mesures du noyau que l'on peut comparer, une seule a deux",
        ),
        ([SHARE] * 12, [SHARE] * 4, "sur 12 mesures que l'on peut comparer, quatre ont des départements"),
    ],
)
def test_the_opening_answers_over_all_measures(looked: list[Measure], parted: list[Measure], said: str) -> None:
    assert said in findings.opening(looked, parted, YEAR)


def test_the_core_answers_for_quality_and_facts_do_not() -> None:
    core = replace(SHARE, noyau=True)
    assert findings.looked_at([SHARE, core, FACT]) == [core]
    assert findings.looked_at([SHARE, FACT]) == [SHARE]


def zone_map(of: Measure = SHARE) -> TerritoryMap:
    drawn = [Shape("1", "Brest", BOX, False), Shape("0062", "Redon", BOX, False), Shape("2", "Auray", BOX, True)]
    zones = territories.read_zones(
        pl.DataFrame([(of.id, "", "1", 84, 80, 88, 7)], orient="row", schema=[
            "mesure_id", "categorie", "zone_emploi", "valeur", "basse", "haute", "structures"
        ])
    )  # fmt: skip
    told = territories.by_zone(of, zones, drawn)
    compared = territories.compared_zones(of, told, Row("Bretagne", WIDE, whole=True), YEAR)
    assert [row.label for row in compared.rows] == ["Bretagne", "Brest"]
    return territories.zone_map(of, told, drawn, YEAR, compared)


def test_the_table_of_zones_tells_them_all_by_name_and_those_without_a_figure() -> None:
    assert zone_map().table.rows == (
        ("Bretagne", "78 %", "entre 70 et 86 %", "–"),
        ("Auray, partie bretonne", "non diffusé ou trop peu de structures", "–", "–"),
        ("Brest", "84 %", "entre 80 et 88 %", "7"),
        ("Redon, partie bretonne", "non diffusé ou trop peu de structures", "–", "–"),
    )


def test_a_zone_without_a_figure_is_hatched_and_told() -> None:
    model = zone_map()
    assert [area.step for area in model.areas] == [None, 0, None]
    figure = chart.draw(model)
    auray, brest, _, labels = figure.data
    assert auray.fillpattern.shape == "/"
    assert auray.fillcolor is None
    assert brest.fillcolor == chart.colours(model)[0]
    assert plain(auray.text) == "Auray, partie bretonne : non diffusé ou trop peu de structures"
    assert [plain(text) for text in labels.text] == ["84 %"]
    assert "Une seule zone d'emploi" in model.alt


def test_only_a_measure_with_a_sense_is_coloured() -> None:
    coloured, neutral = zone_map(), zone_map(NEUTRAL_SHARE)
    assert (coloured.coloured, neutral.coloured) == (True, False)
    assert chart.colours(coloured) != chart.colours(neutral)


def test_few_steps_are_close_tones_and_all_can_be_written_on() -> None:
    every = [replace(zone_map(), steps=tuple("abcde"[:count])) for count in range(6)]
    assert [len(chart.colours(model)) for model in every] == list(range(6))
    whole = chart.colours(every[5])
    positions = [[whole.index(tone) for tone in chart.colours(model)] for model in every]
    assert all(found == list(range(found[0], found[0] + len(found))) for found in positions if found)
    assert all(_contrast(tone, INK) >= 4.5 for tone in whole)


def test_two_maps_of_the_same_words_are_one_whatever_their_outlines() -> None:
    assert "48.0" not in repr(zone_map())


@pytest.mark.parametrize(("layer", "count"), [("departements", 4), ("zones_emploi", 20), ("epci", 62)])
def test_a_label_is_written_inside_its_area(layer, count: int) -> None:
    drawn = shapes(layer)
    assert len(drawn) == count
    for shape in drawn:
        ring = max(shape.rings, key=chart._surface)
        placed = [chart._placed(*point) for point in ring]
        assert _inside(chart._middle(ring), placed), shape.name


def test_facts_of_supply_are_told_in_places() -> None:
    told = supply.read_supply(_offer())
    model = supply.supply_map(told, "canaux_proposes.visioconference", shapes("epci"))
    steps = {area.code: area.step for area in model.areas}
    assert len(model.areas) == 62
    assert [steps[epci] for epci, *_ in PLACES] == [2, 1, 3, 0]
    assert sum(step is None for step in steps.values()) == 58
    assert not model.coloured
    rows = dict(model.table.rows)
    assert rows["Brest Métropole"] == "3 lieux sur 4"
    assert rows["CA Vitré Communauté"] == "oui, pour le seul lieu décrit"
    assert rows["CC Pontivy Communauté"] == "aucun lieu décrit"
    assert list(rows)[-1] == "Hors EPCI (Bréhat, Ouessant, Sein)"
    assert "CA Redon Agglomération, partie bretonne" in rows


def test_epci_are_in_the_order_in_which_one_looks_for_them() -> None:
    model = supply.supply_map(supply.read_supply(_offer()), "soir_ou_samedi", shapes("epci"))
    names = [area.name for area in model.areas]
    assert names.index("Brest Métropole") < names.index("CA Dinan Agglomération") < names.index("Rennes Métropole")
    assert names.index("CC du Pays Bigouden Sud") < names.index("CC Pontivy Communauté")


LONG = "accessibilite.langue_des_signes_ou_interpretariat"


@pytest.mark.parametrize(
    ("asked", "found"),
    [(LONG, LONG), (LONG[:40], LONG), ("soir_ou_samedi", "soir_ou_samedi"), ("soir", None), ("", None)],
)
def test_a_fact_is_found_by_its_code_even_cut(asked: str, found: str | None) -> None:
    told = supply.Supply({"soir_ou_samedi": "Ouvert un soir ou le samedi", LONG: "Accessible"}, {})
    assert supply.fact_asked(told, asked) == found


def test_an_epci_of_no_place_has_no_tone() -> None:
    told = supply.read_supply(_offer().with_columns(lieux=0, avec=0))
    assert not told.places
    assert (BREST_METROPOLE, "soir_ou_samedi") not in told.places


def test_publics_are_who_is_received_never_how() -> None:
    every = tuple(Breakdown(code, code, {}) for code in ("canal", "situation", "tranche_age"))
    kept = publics.of_publics(Breakdowns(every, {}))
    assert kept is not None
    assert [each.code for each in kept.every] == ["situation", "tranche_age"]
    assert publics.why_not(SHARE, None) == publics.NOT_HERE
    assert publics.why_not(FACT, kept) == publics.SAME_FOR_ALL
    assert publics.why_not(SHARE, kept) == publics.NOT_TOLD


def _offer() -> pl.DataFrame:
    rows = [(epci, fact, label, *places) for fact, label in FACTS.items() for epci, *places in PLACES]
    return pl.DataFrame(rows, orient="row", schema=["epci", "fait", "libelle", "lieux", "avec"])


def _inside(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    x, y = point
    crossed = [
        here[0] + (y - here[1]) * (there[0] - here[0]) / (there[1] - here[1])
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True)
        if (here[1] > y) != (there[1] > y)
    ]
    return sum(crossing > x for crossing in crossed) % 2 == 1


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("having", "first"), [((4, 3, 2), "b"), ((4, 4, 4), "a"), ((1, 4, 4), "a")], ids=["second", "none", "first"]
)
def test_the_map_opens_with_the_first_fact_that_not_every_place_has(having: tuple[int, ...], first: str) -> None:
    facts = {"a": "Reçoit sur place", "b": "Ouvert un soir", "c": "Reçoit par tchat"}
    places = {("1", fact): supply.Places(4, count) for fact, count in zip(facts, having, strict=True)}
    assert supply.Supply(facts, places).first == first
