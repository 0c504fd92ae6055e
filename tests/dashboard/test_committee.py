"""What the committee opens first: which sentence is told, which decision is asked, and that nothing is told twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Reader, scope_of
from dashboard.queries import followed
from dashboard.selection import Period, Selection, Unit
from dashboard.text.typography import plain
from dashboard.views import (
    committee_decisions,
    committee_facts,
    committee_gaps,
    committee_silence,
    committee_spread,
    summary,
)
from dashboard.views.behaviour import Behaviour, Behaviours, Mark
from dashboard.views.breakdown import Breakdown, Breakdowns
from dashboard.views.catalogue import Criterion, Field, Indicator
from dashboard.views.clouds import read_clouds
from dashboard.views.committee import committee_view
from dashboard.views.criteria import Standing, as_of, icons
from dashboard.views.effects import Action
from dashboard.views.findings import Findings, Phrase
from dashboard.views.gaps import Gap
from dashboard.views.history import History
from dashboard.views.matter import Matter
from dashboard.views.measures import Measure
from dashboard.views.moves import Line, telling_lines
from dashboard.views.participation import Participation
from dashboard.views.values import Value, Values
from dashboard.views.versions import Version

REGION, NETWORK = Unit("region", "bretagne", "Bretagne"), Unit("reseau", "cio", "CIO")
DEPARTMENT = Unit("departement", "29", "Finistère")
YEAR, QUARTER, MONTH = (Period(pas, date(2025, 1, 1)) for pas in ("annee", "trimestre", "mois"))
SELECTION = Selection(REGION, YEAR)
NONE: frozenset[str] = frozenset()
VERSION = Version("2024.1", "travail", date(2024, 1, 1))


def measure(indicator: str, view: str = "percue", **changed: object) -> Measure:
    defaults: dict = {
        "id": f"{indicator}.{view}@2024.1",
        "indicateur": indicator,
        "champ": "principes",
        "champ_libelle": "Principes",
        "critere": f"c-{indicator}",
        "critere_libelle": f"Critère {indicator}",
        "critere_question": "?",
        "genre": "part",
        "nature": view,
        "base_libelle": "personnes",
        "sens": "plus",
        "unite": "%",
        "libelle": f"Mesure {indicator} {view}",
        "definition": "Part.",
        "detournement": None,
        "calcul": "SELECT 1",
        "version": "2024.1",
    }
    return Measure(**(defaults | changed))


A, B, C = measure("A"), measure("B"), measure("C", noyau=True)
NOTED = measure("B", "rendue")
SHOWN = Value("ok", None, 80, 75, 85)


def matter(*measures: Measure, shown: Mapping[Measure, Value] | None = None, **more: object) -> Matter:
    """Each indicator in a criterion of its own, with its measures; each of them at 80 % unless `shown` says otherwise."""
    groups: dict[str, list[Measure]] = {}
    for each in measures:
        groups.setdefault(each.indicateur, []).append(each)
    criteria = tuple(
        Criterion(f"c-{name}", f"Critère {name}", "?", (Indicator(name, f"Indicateur {name}", measures=tuple(group)),))
        for name, group in groups.items()
    )
    told = {each.id: SHOWN for each in measures} | {each.id: value for each, value in (shown or {}).items()}
    chosen = more.pop("selection", SELECTION)
    assert isinstance(chosen, Selection)
    cells = {
        (name, chosen.unit.niveau, chosen.unit.id, chosen.period.debut, "", "moyenne_structures"): value
        for name, value in told.items()
    }
    history = History({each.id: each for each in measures}, (VERSION,))
    fields: dict = {"findings": Findings(), "standings": {}} | more
    return Matter(chosen, [Field("principes", "Principes", criteria)], Values(cells), history, **fields)


def line(each: Measure, variation: str, **changed: object) -> Behaviour:
    signal = None if variation in ("habituelle", "trop_tot") else "tendance"
    told = Behaviour(
        {(each.id, date(2025, 1, 1)): Mark(0, 80.0, 70.0, 90.0)},
        "xmr",
        "moyenne_structures",
        variation,
        signal,
        None,
        False,
    )
    return replace(told, **changed)  # type: ignore[arg-type]


def moving(**variations: str) -> Findings:
    measures = {"A": A, "B": B, "C": C}
    return Findings({"mois": Behaviours(tuple(line(measures[name], told) for name, told in variations.items()))})


@pytest.mark.parametrize(
    ("shown", "opens"),
    [({}, "C"), ({C: Value("masque")}, "A"), ({C: Value("masque"), A: Value("absent"), B: Value("masque")}, "A")],
    ids=["the core", "what has a figure", "nothing has"],
)
def test_the_opening_is_the_first_of_the_core_that_has_a_figure(shown: dict, opens: str) -> None:
    told = committee_facts.where_we_stand(matter(A, B, C, shown=shown), NONE)
    assert told.indicators == (opens,)
    assert told.query == {"territoire": "bretagne", "periode": "2025", "critere": f"c-{opens}"}


def test_the_opening_takes_the_words_of_the_edition() -> None:
    findings = Findings(phrases={(C.id, YEAR.debut): Phrase("Un fait.", "Une solidité.", "Une question ?")})
    assert committee_facts.where_we_stand(matter(C, findings=findings), NONE).text == "Un fait. Une solidité."
    assert committee_facts.where_we_stand(matter(A), NONE).text == (
        "En 2025, en Bretagne, mesure A percue : quatre sur cinq : 80 % (entre 75 et 85 %)."
    )


@pytest.mark.parametrize(
    ("variations", "said"),
    [
        ({"A": "habituelle", "B": "habituelle"}, "C'est stable : sur deux mesures suivies dans le temps, aucune"),
        (
            {"A": "deterioration", "B": "habituelle"},
            "évolution défavorable au-delà de la variation habituelle, mois par",
        ),
        ({"A": "deterioration", "B": "habituelle"}, "L'autre mesure suivie est stable."),
        ({"A": "baisse"}, "« Mesure A percue » : baisse au-delà de la variation habituelle"),
        ({"A": "hausse", "B": "amelioration"}, "« Mesure A percue » (hausse) et « Mesure B percue » (amélioration)."),
    ],
)
def test_what_changed_is_what_goes_beyond_the_usual(variations: dict[str, str], said: str) -> None:
    told = committee_facts.what_changed(matter(A, B, findings=moving(**variations)), NONE)
    assert told is not None
    assert said in told.text


def test_lines_say_nothing_beside_an_earlier_period() -> None:
    assert committee_facts.what_changed(matter(A, findings=moving(A="baisse"), latest=False), NONE) is None


def test_without_a_line_the_year_before_is_compared() -> None:
    before = (A.id, "region", "bretagne", date(2024, 1, 1), "", "moyenne_structures")
    for earlier, said in (
        (Value("ok", None, 78, 74, 82), "se recouvrent"),
        (Value("ok", None, 50, 45, 55), "une mesure"),
    ):
        told = matter(A)
        told.values.cells[before] = earlier
        changed = committee_facts.what_changed(told, NONE)
        assert changed is not None
        assert said in changed.text


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        ((11, 7, 15), "ce que les équipes notent dépasse de 11 points (entre 7 et 15) ce que les personnes disent."),
        ((-11, -15, -7), "ce que les personnes disent dépasse de 11 points (entre 7 et 15) ce que les équipes notent."),
        ((3, -2, 8), "aucun écart ne dépasse ce que le hasard explique"),
    ],
)
def test_a_gap_is_told_where_chance_does_not_explain_it(gap: tuple[int, int, int], said: str) -> None:
    gaps = {"B": (Gap(NOTED.id, B.id, Value("ok", None, *gap), None, None),)}
    told = committee_gaps.widest_gap(matter(B, NOTED, findings=Findings(gaps=gaps)), NONE)
    assert told is not None
    assert said in told.text


def test_noted_and_perceived_come_before_a_wider_gap() -> None:
    declared = measure("A", "declaree")
    gaps = {
        "A": (Gap(declared.id, A.id, Value("ok", None, 40, 30, 50), None, None),),
        "B": (Gap(NOTED.id, B.id, Value("ok", None, 11, 7, 15), None, None),),
    }
    told = matter(A, declared, B, NOTED, findings=Findings(gaps=gaps))
    assert [indicator.id for indicator, _ in committee_gaps.solid_gaps(told, NONE)] == ["B", "A"]
    assert [indicator.id for indicator, _ in committee_gaps.solid_gaps(told, frozenset({"B"}))] == ["A"]


def clouds(apart: int) -> Findings:
    rows = [(A.id, "region", "20-49", 60 + order, "au_dessous" if order < apart else None) for order in range(9)]
    beside = pl.DataFrame(
        rows,
        {
            "mesure_id": pl.String,
            "perimetre": pl.String,
            "assise": pl.String,
            "valeur": pl.Int32,
            "a_examiner": pl.String,
        },
        orient="row",
    )
    limits = pl.DataFrame(
        {
            "mesure_id": [A.id], "perimetre": ["region"], "assise": ["20-49"], "reference": [80], "bas95": [70],
            "haut95": [90], "bas998": [60], "haut998": [95], "surdispersion": [False],
        }
    )  # fmt: skip
    return Findings(clouds=read_clouds(beside, limits))


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (3, "trois structures sur 9 s'écartent nettement des autres"),
        (1, "au moins une structure s'écarte nettement des autres"),
        (0, "aucune ne s'écarte des autres"),
    ],
)
def test_structures_apart_are_counted_from_three_on(apart: int, said: str) -> None:
    told = committee_spread.spread_or_equity(matter(A, findings=clouds(apart)), NONE)
    assert told is not None
    assert said in told.text


@pytest.mark.parametrize("sens", ["plus", "moins"])
def test_publics_are_told_apart_where_ranges_do_not_touch(sens: str) -> None:
    asked = measure("A", sens=sens)
    breakdown = Breakdown("situation", "la situation", {"x": "élèves", "y": "sans emploi", "autre": "autre"})
    shares = {
        "x": Value("ok", None, 80, 75, 85),
        "y": Value("ok", None, 60, 55, 65),
        "autre": Value("ok", None, 5, 1, 9),
    }
    told = Breakdowns(
        (breakdown,),
        {("situation", code): matter(asked, shown={asked: value}).values for code, value in shares.items()},
    )
    found = committee_spread.spread_or_equity(matter(asked, breakdowns=told), NONE)
    assert found is not None
    expected = "80 % (élèves), 60 % (sans emploi)" if sens == "plus" else "60 % (sans emploi), 80 % (élèves)"
    assert expected in found.text
    zone = measure("A", sens="zone")
    assert committee_spread.spread_or_equity(matter(zone, breakdowns=told), NONE) is None


def test_an_unequal_wait_comes_first() -> None:
    wait = measure("W", "rendue", genre="ecart", sens="moins", unite="jours ouvrés")
    for low, told in ((1, True), (-1, False)):
        found = committee_spread.spread_or_equity(matter(wait, shown={wait: Value("ok", None, 3, low, 5)}), NONE)
        assert (found is not None) is told


def test_what_cannot_be_said_is_counted() -> None:
    action = Action({"manque": 40}, "Essai", "A.percue", "plus", date(2025, 4, 1), None)
    findings = Findings(actions=(action,), participation=Participation("Peu ont répondu", "Peu représentatif"))
    yearly = measure("D", pas=("trimestre",))
    told = committee_silence.what_cannot_be_said(
        matter(A, B, yearly, shown={B: Value("masque")}, findings=findings), NONE
    )
    assert told.text == (
        "Sur 3 indicateurs, un ne se lit pas pour ce choix et un n'a rien qui puisse être montré. Peu ont répondu. "
        "Il manque environ 40 réponses pour juger d'une action. Ces chiffres ne parlent que des personnes venues."
    )


REDUNDANT = pl.DataFrame(
    {
        "reseau": ["cio", "cio", "", "apec"], "objet": ["U01", "U02", "canal", "U03"],
        "nature": ["question", "question", "colonne", "question"], "libelle": ["Une ?", "Deux ?", "Canal", "Écoute."],
        "motif": ["m"] * 4, "proposition": ["p"] * 4, "secondes": [8.0, 7.0, 4.0, 5.0],
    }
)  # fmt: skip


def test_what_need_not_be_asked_is_put_to_the_vote() -> None:
    told = matter(A, redundant=REDUNDANT, networks={"cio": "CIO"})
    asked = [each.text for each in committee_decisions.to_stop_asking(told, NONE)]
    start = "Nous vous demandons de décider une chose : cesser de poser"
    assert asked == [
        f"{start} deux questions dans un réseau dont l'outil y répond déjà (CIO). Gain : environ 15 secondes à chaque "
        "questionnaire.",
        f"{start} « Écoute » dans un réseau dont l'outil y répond déjà (apec). Gain : environ 5 secondes à chaque "
        "questionnaire.",
        f"{start} « Canal », que rien n'utilise dans la grille. Gain : environ 4 secondes à chaque accueil.",
    ]


def test_criteria_to_look_at_are_those_of_today() -> None:
    standings = {"c-A": Standing("À regarder ensemble", A.id, "a_regarder"), "c-B": Standing("Stable", B.id, "stable")}
    told = [each.text for each in committee_decisions.to_look_at(matter(A, B, standings=standings), NONE)]
    assert told == [
        "Le critère « Critère A » est à regarder ensemble ; point faible : « Mesure A percue », 80 % (entre 75 et 85 %). "
        "En faisons-nous un chantier ?"
    ]
    assert not [*committee_decisions.to_look_at(matter(A, standings=standings, latest=False), NONE)]


def test_the_lowest_share_is_where_to_begin() -> None:
    fewer = measure("C", sens="moins")
    standings = {f"c-{each.indicateur}": Standing("Stable", each.id, "stable") for each in (A, B, fewer)}
    shown = {A: Value("ok", None, 60), B: Value("ok", None, 76), fewer: Value("ok", None, 55)}
    told = committee_decisions.to_begin_with(matter(A, B, fewer, shown=shown, standings=standings), NONE)
    assert [each.indicators for each in told] == [("C",), ("A",)]


def test_the_card_is_proposed_where_answers_are_missing() -> None:
    wide = Value("ok", "fourchette_trop_large", None, 20, 64)
    (told,) = committee_decisions.to_hear_more(matter(A, shown={A: wide}), NONE)
    assert told.text.startswith("« Mesure A percue » : trop peu de réponses pour donner un chiffre.")
    few = Findings(participation=Participation("Peu", "Peu représentatif"))
    assert [*committee_decisions.to_hear_more(matter(A, findings=few), NONE)]
    assert not [*committee_decisions.to_hear_more(matter(A), NONE)]


VARIATIONS = st.sampled_from(["amelioration", "deterioration", "hausse", "baisse", "habituelle", "trop_tot"])
ENDS = st.tuples(st.integers(-40, 40), st.integers(0, 20), st.integers(0, 20))


@given(
    st.dictionaries(st.sampled_from("ABC"), VARIATIONS),
    ENDS,
    st.lists(st.sampled_from(["a_regarder", "stable", "trop_tot"]), min_size=3, max_size=3),
    st.integers(0, 5),
    st.booleans(),
)
def test_five_sentences_three_questions_never_the_same_thing_twice(
    variations: dict[str, str], gap: tuple[int, int, int], states: list[str], apart: int, latest: bool
) -> None:
    points, below, above = gap
    gaps = {"B": (Gap(NOTED.id, B.id, Value("ok", None, points, points - below, points + above), None, None),)}
    findings = replace(clouds(apart), behaviours=moving(**variations).behaviours, gaps=gaps)
    standings = {
        f"c-{name}": Standing("…", f"{name}.percue@2024.1", state) for name, state in zip("ABC", states, strict=True)
    }
    low = dict.fromkeys((A, B, C), Value("ok", None, 60, 55, 65))
    told = matter(A, B, NOTED, C, shown=low, findings=findings, standings=standings, redundant=REDUNDANT, latest=latest)
    view = committee_view(told)
    assert 1 <= len(view.sentences) <= 5
    assert 1 <= len(view.questions) <= 3
    every = [*view.sentences, *view.questions]
    spoken = [name for each in every for name in dict.fromkeys(each.indicators)]
    assert len(spoken) == len(set(spoken))
    for each in every:
        assert each.path
        assert each.query["periode"] == "2025"
        assert "parce que" not in each.text
        assert "cause" not in plain(each.text)
    assert all(each.text.endswith(("?", ".")) for each in view.questions)


def test_the_finest_line_that_tells_something_is_the_one_shown() -> None:
    told = telling_lines(
        {
            "annee": Behaviours((line(A, "baisse"),)),
            "trimestre": Behaviours((line(A, "habituelle"), line(B, "hausse"))),
            "mois": Behaviours((line(A, "trop_tot"), line(B, "baisse", chart="ligne"))),
        }
    )
    assert {name: each.step for name, each in told.items()} == {A.id: "trimestre", B.id: "trimestre"}


def test_icons_have_their_words() -> None:
    assert [each.words for each in icons(A, None)] == ["Trop tôt pour conclure"]
    varies, stands = icons(A, Line("mois", line(A, "deterioration", assurance="variable")))
    assert (varies.symbol, varies.tone) == ("↘", "bad")
    assert stands.words.startswith("Seuil tantôt atteint")
    (neutral,) = icons(A, Line("mois", line(A, "baisse")))
    assert neutral.tone == ""


def test_a_standing_beside_an_earlier_period_is_that_of_today() -> None:
    told = {"c": Standing("À regarder ensemble")}
    assert as_of(told, latest=True) is told
    assert as_of(told, latest=False)["c"].words == "À regarder ensemble aujourd'hui"


def test_columns_say_what_an_icon_does_not() -> None:
    standings = {"c-A": Standing("Trop tôt pour conclure", A.id, "trop_tot")}
    (column,) = summary.columns(
        matter(A, standings=standings, shown={A: replace(SHOWN, structures=30, structures_attendues=40)})
    )
    (told,) = column.lines
    assert told.coverage == "30 structures sur 40 ont un chiffre"
    assert told.standing_beside_icons == "Point faible : « Mesure A percue »."
    other = replace(told, standing="Stable ; point faible : « Mesure B percue ».")
    assert other.standing_beside_icons == "Tout le critère : stable ; point faible : « Mesure B percue »."
    (earlier,) = summary.columns(matter(A, standings=standings, latest=False))[0:1]
    assert earlier.lines[0].icons == ()
    assert earlier.lines[0].standing.startswith("Trop tôt pour conclure aujourd'hui")


@pytest.mark.parametrize(
    ("unit", "followed", "said"),
    [
        (REGION, 6, "Six actions d'amélioration sont suivies par des structures : leurs verdicts"),
        (REGION, 2, "Au moins une action"),
        (REGION, 0, "Aucune action n'est suivie ici."),
        (NETWORK, 6, "Aucune action n'est suivie ici."),
    ],
)
def test_cycles_of_structures_are_told_without_their_names(unit: Unit, followed: int, said: str) -> None:
    assert summary.cycles_sentence(matter(A, selection=Selection(unit, YEAR), followed=followed)).startswith(said)


def test_cycles_of_the_unit_are_shown_with_their_measure() -> None:
    action = Action({}, "Essai", "A.percue", "plus", date(2025, 4, 1), None)
    told = matter(A, findings=Findings(actions=(action, replace(action, measure="Z.percue"))))
    assert [cycle.measure for cycle in summary.cycles(told)] == [A, None]
    assert summary.cycles_sentence(told) == "Deux actions d'amélioration suivies ici."


def test_actions_of_structures_are_counted_for_who_sees_the_region(connection) -> None:
    assert followed.actions(connection, scope_of(Reader("comite"))).rows() == [(1,)]
    assert followed.actions(connection, scope_of(Reader("inconnu"))).rows() == [(0,)]
