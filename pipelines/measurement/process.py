"""The indicators of the improvement itself: what the product works out alone, or what an indicator still waits for.

Nothing here speaks of a structure, nor holds a count of receptions. An indicator says itself how it is worked out
(`Indicator.computed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from grids.burden import Asked, Burden
from grids.clauses import coverage
from grids.common_sheet import CommonSheet
from grids.model import PROCESS, Grid
from grids.redundancy import Redundancy
from grids.register import networks

REGION = ("region", "bretagne")
COLUMNS = {
    "indicateur_id": pl.String, "version": pl.String, "niveau": pl.String, "unite_id": pl.String, "etat": pl.String,
    "valeur": pl.Int32, "sur": pl.Int32, "unite": pl.String, "phrase": pl.String,
}  # fmt: skip
_DIMENSIONS = {
    "exactitude": "l'exactitude", "completude": "la complétude", "coherence": "la cohérence", "delai": "le délai",
}  # fmt: skip


@dataclass(frozen=True)
class ProcessFacts:
    """What the process indicators of `grid` are worked out from.

    `values`, `quality`: the rows of quality.valeurs and quality.donnees.
    """

    grid: Grid
    values: pl.DataFrame
    quality: pl.DataFrame
    asked: Sequence[Asked]
    redundant: Sequence[Redundancy]
    burdens: Sequence[Burden]
    sheet: CommonSheet


@dataclass(frozen=True)
class Stated:
    """One figure of an indicator: for whom, how many, out of how many where that means something, and the sentence."""

    unit: tuple[str, str]
    value: int | None
    out_of: int | None
    unit_of_value: str
    sentence: str


def process_indicators(facts: ProcessFacts) -> pl.DataFrame:
    """The rows of quality.processus (COLUMNS). [indicator of the process × unit]

    An indicator that waits, or of which nothing can be said yet, has one row for the region: why, and no figure.
    """
    found = [row for indicator_id in _process(facts.grid) for row in _rows(indicator_id, facts)]
    return pl.DataFrame(found, schema=COLUMNS, orient="row")


def _process(grid: Grid) -> list[str]:
    return [name for name, indicator in grid.indicators.items() if grid.criteria[indicator.criterion].field == PROCESS]


def _rows(indicator_id: str, facts: ProcessFacts) -> Iterator[dict[str, Any]]:
    indicator = facts.grid.indicators[indicator_id]
    if indicator.pending:
        yield _row(indicator_id, facts.grid, Stated(REGION, None, None, "", indicator.pending))
    elif indicator.computed in _COMPUTED:
        for stated in _COMPUTED[indicator.computed](facts):
            yield _row(indicator_id, facts.grid, stated)


def _row(indicator_id: str, grid: Grid, stated: Stated) -> dict[str, Any]:
    level, unit_id = stated.unit
    return {
        "indicateur_id": indicator_id,
        "version": grid.version,
        "niveau": level,
        "unite_id": unit_id,
        "etat": "pas_encore" if stated.value is None else "ok",
        "valeur": stated.value,
        "sur": stated.out_of,
        "unite": stated.unit_of_value,
        "phrase": stated.sentence,
    }


def clauses_carried(facts: ProcessFacts) -> Iterator[Stated]:
    """Clauses evidenced by an indicator that the region is shown, out of those that a figure can carry.

    Of the last closed year measured under the grid; an indicator that the product works out by itself is shown too.
    """
    year = _last_year(facts)
    if year is None:
        yield Stated(REGION, None, None, "clauses", "Aucune année close n'est encore mesurée sous cette version.")
        return
    measurable = [each for each in coverage(facts.grid) if each.standing != "sans_mesure"]
    shown = _shown(facts, year)
    carried = sum(not shown.isdisjoint(each.evidencing) for each in measurable)
    sentence = (
        f"{carried} clauses sur {len(measurable)} sont portées par un indicateur assez solide pour être montré à la "
        f"région, en {year.year}."
    )
    yield Stated(REGION, carried, len(measurable), "clauses", sentence)


def _last_year(facts: ProcessFacts) -> date | None:
    years = facts.values.filter(
        pl.col("mesure_id").str.ends_with(f"@{facts.grid.version}"), pl.col("pas") == "annee", niveau="region"
    )["debut"]
    return years.max()  # type: ignore[return-value]  # a column of dates


def _shown(facts: ProcessFacts, year: date) -> set[str]:
    """The indicators of which the region is shown a figure in `year`, and those of the process that are worked out."""
    rows = facts.values.filter(
        pl.col("mesure_id").str.ends_with(f"@{facts.grid.version}"),
        pl.col("etat").is_in(["ok", "prudence"]),
        pas="annee",
        niveau="region",
        debut=year,
    )
    measured = {name.partition(".")[0] for name in rows["mesure_id"]}
    told = (name for name in _process(facts.grid) if facts.grid.indicators[name].computed)
    return measured | {name for name in told if _is_told(name, facts)}


def _is_told(indicator_id: str, facts: ProcessFacts) -> bool:
    """Whether a figure of a computed indicator exists; the share of clauses itself does, once it is asked for."""
    compute = _COMPUTED.get(facts.grid.indicators[indicator_id].computed)
    return compute is clauses_carried or (
        compute is not None and any(each.value is not None for each in compute(facts))
    )


def still_asked(facts: ProcessFacts) -> Iterator[Stated]:
    """Questions still asked though the network's own tool tells them, out of those asked: the region, each network."""
    told = [each for each in facts.redundant if each.already_told]
    columns = sum(bool(each.column) for each in facts.sheet.asked)
    asked = {each.network: len(each.questions) + (columns if each.sheet else 0) for each in facts.asked}
    units = [(REGION, sum(asked.values()), len(told), "Dans toute la région")]
    for network in networks():
        mine = sum(each.network == network.code for each in told)
        units.append((("reseau", network.code), asked.get(network.code, 0), mine, network.name))
    if not units[0][1]:
        yield Stated(REGION, None, None, "questions", "Rien n'est encore demandé à un réseau sous cette version.")
    for unit, total, redundant, name in units:
        if total:
            yield Stated(unit, redundant, total, "questions", f"{name} : {_still(redundant, total)}")


def _still(redundant: int, total: int) -> str:
    if not redundant:
        return f"aucune des {total} questions posées n'a déjà sa réponse dans l'outil du réseau."
    verb = "a" if redundant == 1 else "ont"
    possessed = "sa réponse" if redundant == 1 else "leur réponse"
    return f"sur {total} questions posées, {redundant} {verb} déjà {possessed} dans l'outil du réseau."


def time_asked(facts: ProcessFacts) -> Iterator[Stated]:
    """The estimated seconds to fill in, once each, all that a network is asked. [network that is asked something]"""
    for network in networks():
        mine = [each for each in facts.burdens if each.network == network.code]
        if mine:
            listed = " ; ".join(f"{each.label} ({_duration(each)})" for each in mine)
            sentence = f"Temps estimé, pour remplir une fois chaque chose demandée : {listed}."
            yield Stated(
                ("reseau", network.code), round(sum(each.seconds for each in mine)), None, "secondes", sentence
            )


def _duration(burden: Burden) -> str:
    if burden.seconds < 120:
        return f"{burden.seconds:.0f} secondes"
    return f"{burden.minutes} minutes"


def data_reliability(facts: ProcessFacts) -> Iterator[Stated]:
    """How many of the judged dimensions of the data are solid, in the last closed year: the region, each network."""
    judged = facts.quality.filter(pl.col("pas") == "annee", pl.col("etat") == "ok", pl.col("mot").is_not_null())
    if judged.is_empty():
        yield Stated(REGION, None, None, "jugements", "Aucune livraison n'a encore été jugée.")
        return
    last = judged.filter(pl.col("debut") == pl.col("debut").max())
    year = last["debut"][0].year
    yield _reliability(REGION, "Tous réseaux ensemble", last, year)
    for network in networks():
        mine = last.filter(reseau=network.code)
        if not mine.is_empty():
            yield _reliability(("reseau", network.code), network.name, mine, year)


def _reliability(unit: tuple[str, str], name: str, judged: pl.DataFrame, year: int) -> Stated:
    solid = judged.filter(mot="solide").height
    told = "jugement sur {} dit" if solid <= 1 else "jugements sur {} disent"
    sentence = f"{name} : en {year}, {solid} {told.format(judged.height)} les données solides"
    if unit != REGION and solid < judged.height:
        weak = set(judged.filter(pl.col("mot") != "solide")["dimension"])
        sentence += f" ; à regarder : {', '.join(words for each, words in _DIMENSIONS.items() if each in weak)}"
    return Stated(unit, solid, judged.height, "jugements", f"{sentence}.")


_COMPUTED: dict[str | None, Callable[[ProcessFacts], Iterator[Stated]]] = {
    "couverture_des_clauses": clauses_carried,
    "redondance": still_asked,
    "charge": time_asked,
    "fiabilite": data_reliability,
}
"""How each computation of the grid's language is made."""
