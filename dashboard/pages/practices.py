"""Comparer les pratiques: structures beside each other, the reader's own by name where they accepted it, never ranked."""

from __future__ import annotations

from dashboard import comparing, filters, reading
from dashboard.access import HEAD_OF_NETWORK
from dashboard.charts import cloud as cloud_chart
from dashboard.charts import own_structures as own_chart
from dashboard.charts import small_multiples as panel_chart
from dashboard.comparing import Compared
from dashboard.components import cards, elsewhere, frame, notices
from dashboard.components.choices import choices
from dashboard.components.figures import Drawing, charts_with_tables, download
from dashboard.components.fold import fold
from dashboard.components.html import table, tag, write
from dashboard.components.notices import needs_release
from dashboard.components.panels import panels
from dashboard.selection import Period, Selection
from dashboard.text import dates, words
from dashboard.text.typography import uncapitalised
from dashboard.views import availability, facts_of_structures, far_above, practices
from dashboard.views.explanation import READING
from dashboard.views.measures import SAME_NETWORK, Measure
from dashboard.views.own_structures import BY_NAME, ORDERS, STABILISED, own_structures
from dashboard.views.practices import Offered
from dashboard.views.small_multiples import small_multiples

TITLE = "Comparer les pratiques"
PATH = "comparer-les-pratiques"
MEASURE, ORDER, STABILISED_VALUE = "mesure", "ordre", "stabilisee"
_YES = "oui"
READING_OWN = (
    "Chaque nom a deux lignes : la structure, puis la moyenne de structures qui lui ressemblent par leur réseau, leurs canaux, "
    "leur ouverture et la taille de leur commune, prises dans toute la région, sans leur nom. Deux fourchettes qui se "
    "recouvrent ne permettent pas de dire que les pratiques diffèrent. L'ordre est celui des noms ou des départements : ce "
    "n'est pas un classement."
)
READING_PANELS = (
    "Un petit dessin par structure, tous à la même échelle : la ligne est la structure, le trait gris épais son réseau. "
    "Un trou est une période non diffusée ; une marque creuse signale un effectif faible."
)


@needs_release(TITLE)
def page() -> None:
    selection = frame.head(TITLE)
    compared = comparing.compared(selection, _order())
    fields = reading.quality_fields(selection.period)
    offers = comparing.offered(selection, _order())
    _opening(offers, compared, selection)
    if offers:
        _measure(_chosen(offers), offers, compared, selection)
    if compared.own:
        _facts(
            [measure for field in fields for each in field.criteria for measure in each.measures], compared, selection
        )


def _opening(offers: list[Offered], compared: Compared, selection: Selection) -> None:
    """The answer to the question of the page, who is named and who is not."""
    period = selection.period
    who = _who_is_named(compared)
    if not offers:
        write(tag("p", who), tag("p", practices.NOT_COMPARED, "lead"))
        elsewhere.periods_instead(availability.longer(period, reading.periods()) or reading.periods_by(dates.YEAR)[:1])
        return
    if compared.own:
        asked = practices.QUESTION if len(compared.own) > 1 else practices.TEAM_QUESTION
        told = practices.opening(offers, period, compared.names.values())
        write(tag("p", asked, "question"), cards.opening(told))
    else:
        write(cards.opening([practices.opening_without_names(offers, period)]))
    around = practices.around_sentence(selection.unit, compared.around, compared.names)
    write(tag("p", who), tag("p", around, "muted"))


def _who_is_named(compared: Compared) -> str:
    if compared.own:
        return practices.unnamed_sentence(compared.refusing)
    return practices.NONE_CONSENTS if reading.reader().role == HEAD_OF_NETWORK else practices.NOBODY_NAMED


def _chosen(offers: list[Offered]) -> Offered:
    """The measure that the URL asks for; the first one, with a sentence, where it cannot be given."""
    asked = filters.asked(MEASURE)
    found = next((each for each in offers if each.code == asked), None)
    if asked and found is None:
        notices.refusals(
            (f"La mesure « {asked} » ne compare pas de structures ici : voici « {offers[0].measure.libelle} ».",)
        )
    return found or offers[0]


def _measure(offer: Offered, offers: list[Offered], compared: Compared, selection: Selection) -> None:
    """One measure: its cloud, the reader's structures beside those alike, their lines, what those far apart do."""
    beside = [each for each in offers if each.field.code == offer.field.code]
    fields = practices.firsts(offers)
    current = next(code for code in fields if code in {each.code for each in beside})
    write(choices("Champ du cahier des charges", PATH, selection.query, MEASURE, fields, current))
    filters.choose("Mesure comparée", MEASURE, {each.code: each.label for each in beside}, offer.code)
    write(tag("h2", offer.measure.libelle), tag("p", words.NATURES.get(offer.measure.nature, ""), "nature"))
    _cloud(offer, selection.period)
    if compared.own:
        _own(offer, compared, selection)
        _through_time(offer.measure, compared)
    _far_above(offer, compared, selection.period)


def _cloud(offer: Offered, period: Period) -> None:
    cloud = offer.cloud
    if offer.measure.comparaison == SAME_NETWORK:
        write(tag("p", "La grille ne compare cette mesure qu'entre structures d'un même réseau.", "muted"))
    key = READING["named_cloud" if cloud.named else "cloud"]
    title = f"Nuage des structures, {cloud.place}, {period.name}"
    drawing = Drawing(title, cloud_chart.draw, cloud, cloud.sentence, cloud.legend, cloud.notes, key)
    charts_with_tables(drawing, key=f"n-{offer.code}")


def _own(offer: Offered, compared: Compared, selection: Selection) -> None:
    order, stabilised = _order(), filters.asked(STABILISED_VALUE) == _YES
    rows = compared.rows.filter(perimetre=offer.perimeter)
    period = selection.period
    model = own_structures(
        offer.measure, compared.own, reading.values(period), rows, period, compared.places,
        stabilised=stabilised,
    )  # fmt: skip
    many = len(compared.own) > 1
    write(tag("h3", f"{_yours(compared)}, à côté de structures qui {'leur' if many else 'lui'} ressemblent"))
    _ways(selection, offer.code, order, stabilised=stabilised, many=many)
    write(tag("p", STABILISED, "muted"))
    title = f"Structure par structure, {period.name}"
    drawing = Drawing(title, own_chart.draw, model, model.sentence, model.legend, (), READING_OWN)
    charts_with_tables(drawing, key=f"s-{offer.code}")


def _yours(compared: Compared) -> str:
    return "Vos structures" if len(compared.own) > 1 else "Votre structure"


def _order() -> str:
    """The order that the URL asks for; that of names where it asks for none that exists."""
    asked = filters.asked(ORDER)
    return asked if asked in ORDERS else BY_NAME


def _ways(selection: Selection, measure: str, order: str, *, stabilised: bool, many: bool) -> None:
    """The order of the rows, and which value is drawn, as links."""
    kept = {**selection.query, MEASURE: measure}
    value = {STABILISED_VALUE: _YES} if stabilised else {}
    placed = {} if order == BY_NAME else {ORDER: order}
    orders = {"" if code == BY_NAME else code: name for code, name in ORDERS.items()}
    values = {"": "Telle que mesurée", _YES: "Stabilisée"}
    write(
        choices("Ordre", PATH, kept | value, ORDER, orders, placed.get(ORDER, "")) if many else "",
        choices("Valeur", PATH, kept | placed, STABILISED_VALUE, values, value.get(STABILISED_VALUE, "")),
    )


def _through_time(measure: Measure, compared: Compared) -> None:
    stages = reading.history().stages(measure)
    by_step = comparing.through_time([stage.measure for stage in stages], compared.around)
    periods = {pas: reading.periods_by(pas) for pas in by_step}
    model = small_multiples(measure, compared.own, compared.around, by_step, periods, stages)
    write(tag("h3", "La même mesure dans le temps"))
    if model is None:
        write(
            tag("p", "Il faut au moins deux périodes montrées pour tracer une ligne : aucune structure n'en a encore.")
        )
        return
    panels(model.panels, panel_chart.draw, key=measure.name)
    write(tag("p", model.silence, "muted"), tag("p", READING_PANELS, "muted"))
    with fold("Voir le tableau", key=f"table-t-{measure.name}", flat=False):
        write(table(model.table))
        download(model.table, key=f"t-{measure.name}")


def _far_above(offer: Offered, compared: Compared, period: Period) -> None:
    """What structures far from the others do more often, told by year."""
    year = period.within_a(dates.YEAR)
    write(tag("h3", "Ce que font plus souvent les structures nettement à l'écart"))
    profile = far_above.profile_of(offer.measure, comparing.profiles(year), offer.perimeter, year.name)
    if profile is None:
        write(tag("p", far_above.why_none(offer.measure)))
        return
    write(tag("p", profile.opening), "<ul>", *(tag("li", each) for each in profile.sentences), "</ul>")
    write(tag("p", far_above.CAUTION, "muted"))
    with fold("Voir le tableau", key=f"table-p-{offer.code}", flat=False):
        write(table(profile.table))
        download(profile.table, key=f"p-{offer.code}")


def _facts(measures: list[Measure], compared: Compared, selection: Selection) -> None:
    """How each of the reader's structures is organised, in the year of the period."""
    year = selection.period.within_a(dates.YEAR)
    write(tag("h2", f"Les pratiques de {uncapitalised(_yours(compared))}"))
    known = facts_of_structures.facts(measures)
    content = facts_of_structures.facts_table(known, compared.own, reading.values(year), year)
    write(tag("p", facts_of_structures.KEY, "muted"), table(content))
    download(content, key="facts")
