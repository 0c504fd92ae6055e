"""What an edition concludes, in words and on charts: verdicts by sign and word, structures never named, never ranked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from dashboard.charts.cloud import draw as draw_cloud
from dashboard.charts.decomposition import draw as draw_decomposition
from dashboard.charts.trend import draw as draw_trend
from dashboard.selection import Period
from dashboard.text.typography import plain
from dashboard.views.behaviour import Behaviour, Behaviours, Mark
from dashboard.views.catalogue import Criterion, Indicator
from dashboard.views.clouds import Clouds, cloud_of, read_clouds
from dashboard.views.criteria import read_standings
from dashboard.views.decomposition import decomposition_of, same_structures
from dashboard.views.effects import Action, actions_on
from dashboard.views.gaps import gap_sentences, read_gaps
from dashboard.views.measures import Measure
from dashboard.views.timeline import through_time
from dashboard.views.trend import TOO_EARLY, Event, Trend, trend_of
from dashboard.views.values import Value

from .test_dashboard_views import DELAY, DEPARTMENT, NETWORK, NOTED, REGION, SHARE, YEAR, measure, values

MONTHS = [Period("mois", date(2025, month, 1)) for month in range(1, 13)]


def behaviour(
    variation: str = "habituelle", signal: str | None = None, chart: str = "xmr", **changed: object
) -> Behaviour:
    told: dict = {"assurance": None, "provisional": False, "marks": {}} | changed
    return Behaviour(chart=chart, aggregation="moyenne_structures", variation=variation, signal=signal, **told)


@pytest.mark.parametrize(
    ("variation", "sens", "icon", "tone", "words"),
    [
        ("amelioration", "plus", "↗", "good", "Amélioration au-delà de la variation habituelle"),
        ("amelioration", "moins", "↘", "good", "Amélioration au-delà de la variation habituelle"),
        ("deterioration", "plus", "↘", "bad", "Évolution défavorable au-delà de la variation habituelle"),
        ("deterioration", "moins", "↗", "bad", "Évolution défavorable au-delà de la variation habituelle"),
        ("hausse", "zone", "↗", "", "Hausse au-delà de la variation habituelle"),
        ("baisse", "neutre", "↘", "", "Baisse au-delà de la variation habituelle"),
        ("habituelle", "plus", "≈", "", "Variation habituelle"),
        ("trop_tot", "plus", "…", "", "Trop tôt pour conclure"),
    ],
)
def test_a_variation_is_an_arrow_a_word_and_a_tone(variation: str, sens: str, icon: str, tone: str, words: str) -> None:
    told = behaviour(variation)
    assert (told.icon(sens), told.tone, told.words) == (icon, tone, words)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (behaviour("amelioration", "decalage"), "Sept points de suite restent du même côté du centre."),
        (behaviour("hausse", "hors_limites", provisional=True),
         "Le dernier point sort des limites ; limites provisoires, moins de treize points."),
        (behaviour("trop_tot", chart="ligne"), "Il faut au moins dix points."),
    ],
)  # fmt: skip
def test_a_variation_says_why(told: Behaviour, why: str) -> None:
    assert told.why == why


def trend(labels: dict[int, str], scores: dict[int, int], told: Measure = NOTED, *events: Event) -> Trend:
    """Twelve months at 80 % but for `scores`, within 70 and 90, with labels at some of them."""
    shown = [Value("ok", None, scores.get(order, 80), 60, 95) for order in range(12)]
    found = values(*((told, REGION, month, "", value) for month, value in zip(MONTHS, shown, strict=True)))
    marks = {
        (told.id, month.debut): Mark(int(order > 5), 80.0, 70.5, 89.5, labels.get(order, ""))
        for order, month in enumerate(MONTHS)
    }
    line = through_time(told, found, REGION, MONTHS)
    return trend_of(told, line, behaviour("habituelle", marks=marks), events, "mois")


@pytest.mark.parametrize(
    ("sens", "score", "tone"),
    [("plus", 95, "good"), ("plus", 65, "bad"), ("moins", 95, "bad"), ("moins", 65, "good"), ("zone", 95, "")],
)
def test_a_point_is_coloured_by_what_its_side_means(sens: str, score: int, tone: str) -> None:
    told = trend({3: "hors_limites"}, {3: score}, replace(NOTED, sens=sens))
    assert told.tone(3) == tone
    assert told.tone(4) == ""


@pytest.mark.parametrize(("scores", "rises"), [((60, 62, 64), True), ((99, 97, 95), False)])
def test_a_trend_goes_where_its_points_go_whatever_the_centre(scores: tuple[int, ...], rises: bool) -> None:
    told = trend(dict.fromkeys((4, 5, 6), "tendance"), dict(zip((4, 5, 6), scores, strict=True)))
    assert [told.rises(order) for order in (4, 5, 6)] == [rises] * 3


def test_each_kind_of_signal_has_a_symbol_and_words() -> None:
    labels = {2: "hors_limites", 4: "tendance", 5: "tendance", 7: "deux_sur_trois", 9: "decalage"}
    told = trend(labels, {2: 95, 4: 81, 5: 82, 7: 88, 9: 84})
    drawn = next(trace for trace in draw_trend(told).data if trace.mode == "markers")
    assert list(drawn.x) == [2, 4, 5, 7, 9]
    assert list(drawn.marker.symbol) == ["diamond", "triangle-up", "triangle-up", "square", "cross"]
    words = [key.words for key in told.legend]
    assert words[:2] == ["centre : moyenne des points", "limites de la variation habituelle"]
    assert words[-1] == "bleu : dans le sens souhaité"
    assert len(words) == 7
    assert [row[-1] for row in told.table.rows][2] == "Hors des limites"
    assert told.table.rows[0][-3:] == ("80", "de 70,5 à 89,5", "–")
    assert "Points signalés : mars 2025 : hors des limites" in told.alt
    assert len(set(words)) == len(words)


def test_limits_stop_where_a_phase_does_and_are_dashed() -> None:
    told = trend({}, {})
    dashed = [trace for trace in draw_trend(told).data if trace.line.dash]
    assert [(min(trace.x), max(trace.x)) for trace in dashed] == [(-0.45, 5.45)] * 2 + [(5.55, 11.45)] * 2
    assert "Aucun point signalé." in told.alt


def test_what_happened_is_a_letter_and_a_note() -> None:
    rebase = Event("N", date(2025, 7, 1), "nouveau_repere", "Nouvelle consigne")
    other = Event("", date(2025, 9, 1), "fermeture", "Fermé trois semaines.")
    told = trend({}, {}, NOTED, rebase, other, replace(other, measure="M"), replace(other, month=date(2024, 1, 1)))
    assert told.notes == (
        "A. Juillet 2025, nouveau repère : Nouvelle consigne.",
        "B. Septembre 2025, fermeture : Fermé trois semaines.",
    )
    assert [each.index for each in told.happenings] == [6, 8]
    assert [plain(each.text) for each in draw_trend(told).layout.annotations][-2:] == ["<b>A</b>", "<b>B</b>"]


def test_a_month_is_placed_in_its_quarter() -> None:
    quarters = [Period("trimestre", date(2025, month, 1)) for month in (1, 4, 7, 10)]
    line = through_time(NOTED, values(), REGION, quarters)
    told = trend_of(NOTED, line, None, [Event("", date(2025, 6, 1), "autre", "Déménagement")], "trimestre")
    assert told.happenings[0].index == 1
    assert told.notes[1] == "A. Juin 2025, ce qui s'est passé : Déménagement."


@pytest.mark.parametrize("told", [None, behaviour("trop_tot", chart="ligne")])
def test_without_a_chart_the_line_stays_and_nothing_is_concluded(told: Behaviour | None) -> None:
    line = trend({}, {}).line
    left = trend_of(NOTED, line, told, (), "mois")
    assert (left.charted, left.legend, left.notes) == (False, (), (TOO_EARLY,))
    assert left.table == line.table
    assert any(trace.fill == "toself" for trace in draw_trend(left).data)


def test_a_line_is_found_under_any_of_its_versions() -> None:
    mark = Mark(0, 80.0, None, None)
    joined = behaviour(marks={("PD02.percue@2023.1", YEAR.debut): mark, ("PD02.percue@2025.1", YEAR.debut): mark})
    assert Behaviours((behaviour(), joined)).of(measure("PD02.percue@2023.1")) is joined
    assert Behaviours((joined,)).of(SHARE) is None


BAND_ROWS = [
    (band, 80, 60, 90, 50, 95, True, 5) for band in ("11-19", "20-49", "100+")
]  # fmt: skip
BESIDE = [
    ("11-19", 70, None),
    ("11-19", 80, None),
    ("11-19", 88, None),
    ("20-49", 30, "au_dessous"),
    ("20-49", 66, None),
    ("20-49", 71, None),
    ("100+", 99, "au_dessus"),
]


def clouds(*told: tuple[Measure, str]) -> Clouds:
    head = ["mesure_id", "perimetre", "assise"]
    limits = [(each.id, perimeter, *row) for each, perimeter in told for row in BAND_ROWS]
    names = [*head, "reference", "bas95", "haut95", "bas998", "haut998", "surdispersion", "structures"]
    beside = [(each.id, perimeter, *row) for each, perimeter in told for row in BESIDE]
    return read_clouds(
        pl.DataFrame(beside, schema=[*head, "valeur", "a_examiner"], orient="row"),
        pl.DataFrame(limits, schema=names, orient="row"),
    )


def test_structures_apart_are_counted_and_asked_about_never_named() -> None:
    found = cloud_of(SHARE, clouds((SHARE, "region")), REGION, YEAR)
    assert found is not None
    assert found.sentence == (
        "Deux structures sur 7 s'écartent nettement des autres (une au-dessus et une au-dessous). "
        "Qu'ont-elles fait, ou connu, de différent ?"
    )
    assert found.table.rows[0][:5] == ("11 à 19 réponses", "3", "3", "0", "0")
    assert found.table.rows[2] == ("50 à 99 réponses", "0", "0", "0", "0", "–", "–")
    assert "20 à 49 réponses : 4 structures, 1 au-dessus, 1 au-dessous" in found.alt
    shapes = [list(trace.marker.symbol) for trace in draw_cloud(found).data if trace.mode == "markers"]
    assert shapes == [["circle"] * 3, ["triangle-down", "circle", "circle", "triangle-up"], [], []]


def test_nobody_is_almost_alone_in_a_band() -> None:
    beside = pl.DataFrame({"assise": ["11-19", "50-99", "50-99", "50-99", "100+"], "valeur": [10, 20, 30, 40, 25]})
    told = clouds((SHARE, "region"))
    alone = {key: (beside.with_columns(a_examiner=None), limits) for key, (_, limits) in told.items()}
    found = cloud_of(SHARE, alone, REGION, YEAR)
    assert found is not None
    assert [[each.value for each in band.structures] for band in found.bands] == [[], [], [10, 20, 25, 30, 40], []]
    assert "jointe à sa voisine" in found.notes[-1]


def test_a_cloud_within_its_limits_says_so() -> None:
    within = {key: (told[0].with_columns(a_examiner=None), told[1]) for key, told in clouds((SHARE, "region")).items()}
    found = cloud_of(SHARE, within, REGION, YEAR)
    assert found is not None
    assert found.sentence.startswith("Les 7 structures comparées restent dans les limites")
    assert [key.symbol for key in found.legend] == ["●", "—", "···", "- -"]


def test_points_stay_in_their_band_and_never_move() -> None:
    found = cloud_of(SHARE, clouds((SHARE, "region")), REGION, YEAR)
    first, second = (draw_cloud(found) for _ in range(2))
    assert first == second
    placed = [trace.x for trace in first.data if trace.mode == "markers"]
    assert all(abs(across - band) < 0.5 for band, xs in enumerate(placed) for across in xs)


def test_the_cloud_of_receptions_tells_no_number_of_them() -> None:
    found = cloud_of(NOTED, clouds((NOTED, "region")), REGION, YEAR)
    assert found is not None
    assert [row[0] for row in found.table.rows] == [
        "Assise faible",
        "Assise modeste",
        "Assise solide",
        "Assise très solide",
    ]
    assert list(draw_cloud(found).layout.xaxis.ticktext) == ["faible", "modeste", "solide", "très<br>solide"]


def test_a_cloud_is_shown_only_where_the_grid_compares() -> None:
    within, never = replace(SHARE, comparaison="meme_reseau"), replace(SHARE, comparaison="aucune")
    both = clouds((SHARE, "region"), (SHARE, NETWORK.id))
    assert cloud_of(SHARE, both, DEPARTMENT, YEAR) is None
    assert cloud_of(never, both, REGION, YEAR) is None
    found = [cloud_of(each, both, NETWORK, YEAR) for each in (SHARE, within)]
    assert [each and each.place for each in found] == ["toute la région", "CIO"]
    assert cloud_of(within, clouds((SHARE, "region")), NETWORK, YEAR) is None


EFFECT = {
    "verdict": "Amélioration significative", "avant": 60, "apres": 80, "ecart": 20, "basse": 5, "haute": 33,
    "saut": 8.4, "saut_bas": -5.2, "saut_haut": 11.6, "temoins": 22, "plus_marque": False, "phrase": "Depuis juin…",
}  # fmt: skip
ACTION = Action(EFFECT, "Créneaux courts", "M", "plus", date(2025, 6, 1), date(2026, 3, 3))


def test_an_action_says_its_verdict_gap_and_range() -> None:
    assert (ACTION.verdict, ACTION.tone) == ("Amélioration significative", "good")
    assert ACTION.gap(SHARE) == "Avant 60 %, après 80 % : +20 points (entre +5 points et +33 points)"
    assert ACTION.gap(DELAY).startswith("Avant 60 jours ouvrés, après 80 jours ouvrés : 20 jours ouvrés de plus")
    assert ACTION.checks(SHARE) == (
        "Saut de niveau au moment de l'action : +8,4 points (entre −5,2 et +11,6). "
        "Le changement n'est pas plus marqué que dans 22 structures comparables."
    )
    assert ACTION.story == "Depuis juin 2025 ; une hausse était espérée. Revue : 3 mars 2026."
    assert actions_on(SHARE, [ACTION, replace(ACTION, measure="N")]) == [ACTION]


@pytest.mark.parametrize(
    ("verdict", "tone"),
    [("Données insuffisantes", ""), ("Variation habituelle", ""), ("Évolution favorable à confirmer", "good"),
     ("Évolution défavorable nette", "bad"), ("Évolution défavorable à surveiller", "bad"), ("Hausse nette", ""),
     ("Baisse à confirmer", "")],
)  # fmt: skip
def test_a_verdict_is_coloured_only_where_a_direction_was_hoped_for(verdict: str, tone: str) -> None:
    assert replace(ACTION, effect={"verdict": verdict}).tone == tone


def test_an_action_not_looked_at_yet_says_so() -> None:
    waiting = replace(ACTION, effect={}, reviewed=None)
    assert (waiting.verdict, waiting.gap(SHARE), waiting.checks(SHARE), waiting.sentence) == (
        "Pas encore regardée",
        "",
        "",
        "",
    )


def gaps_of(
    *ends: int, alpha: float | None = None, word: str | None = None, beside: tuple[Measure, ...] = ()
) -> list[str]:
    names = ["indicateur_id", "regard_a", "regard_b", "ecart", "basse", "haute", "concordance", "mot"]
    row = ("PD02", "N@1", "M@1", *ends, alpha, word)
    indicator = Indicator("PD02", "Demande bien comprise", measures=(SHARE, NOTED, *beside))
    return gap_sentences(indicator, read_gaps(pl.DataFrame([row], schema=names, orient="row")))


def test_a_gap_between_views_is_signed_ranged_and_asked_about() -> None:
    assert gaps_of(11, 7, 15, alpha=0.52, word="faible") == [
        "Ce que les équipes notent, moins ce que les personnes disent : +11 points (entre +7 points et +15 points). "
        "D'une structure à l'autre : concordance faible (alpha de Krippendorff : 0,52). "
        "Que mettons-nous derrière « demande bien comprise » ?"
    ]


def test_a_gap_that_chance_explains_asks_nothing() -> None:
    (sentence,) = gaps_of(-1, -6, 4)
    assert sentence.endswith("−1 point (entre −6 points et +4 points) ; le hasard peut l'expliquer.")


def test_one_of_several_views_of_a_kind_is_named() -> None:
    (sentence,) = gaps_of(11, 7, 15, beside=(measure("P@1", libelle="Temps suffisant"),))
    assert f"moins ce que les personnes disent (« {SHARE.libelle} ») : +11 points" in sentence


def test_two_ways_of_counting_are_told_apart() -> None:
    counted = {"depuis": date(2024, 1, 1), "structures": 28, "moyenne": 5, "part": -14}
    row = counted | {"pratiques": 5, "composition": -19, "separees": True}
    found = decomposition_of(NOTED, {NOTED.id: row}, REGION, YEAR)
    assert found is not None
    assert found.heading == "Pourquoi la moyenne des structures et la part des accueils divergent"
    assert "+5 points viennent des pratiques, −19 points du poids de chaque structure" in found.sentence
    assert [cell for _, cell in found.table.rows] == ["+5 points", "−14 points", "+5 points", "−19 points"]
    (bars,) = draw_decomposition(found).data
    assert list(bars.x) == [5, -14, 5, -19]
    assert decomposition_of(SHARE, {NOTED.id: row}, REGION, YEAR) is None
    assert decomposition_of(NOTED, {NOTED.id: row | {"separees": False}}, REGION, YEAR) is None


@pytest.mark.parametrize(("points", "said"), [(5, "+5 points"), (0, "0 point"), (-1, "−1 point")])
def test_the_change_is_told_on_the_structures_of_both_years(points: int, said: str) -> None:
    row = {"structures": 28, "moyenne": points}
    assert same_structures(NOTED, {NOTED.id: row}) == f"Sur les 28 structures montrées les deux années : {said}."
    assert same_structures(SHARE, {NOTED.id: row}) == ""


def test_a_criterion_says_where_it_stands_with_its_weakest_measure() -> None:
    frame = pl.DataFrame(
        [("a", "a_regarder", "M@1"), ("b", "en_progres", None)],
        schema=["critere", "statut", "point_faible"],
        orient="row",
    )
    standings = read_standings(frame)
    criterion = Criterion("a", "A", "?", (Indicator("PD02", "Demande", measures=(SHARE,)),))
    assert standings["a"].sentence(criterion) == f"À regarder ensemble ; point faible : « {SHARE.libelle} »."
    assert standings["b"].sentence(criterion) == "En progrès."
