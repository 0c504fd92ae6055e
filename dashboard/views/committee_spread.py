"""What the committee is told of equal access, or of structures that part from the others."""

from __future__ import annotations

from dashboard.access import REGION
from dashboard.text.typography import uncapitalised
from dashboard.views import equity, sentences
from dashboard.views.cloud import FEWEST, Cloud
from dashboard.views.clouds import cloud_of
from dashboard.views.matter import Matter, Statement, indicator_of
from dashboard.views.measures import GAP, Measure


def spread_or_equity(matter: Matter, taken: frozenset[str]) -> Statement | None:
    """The first of: a gap that the specification asks not to have and that chance does not explain; three structures or
    more that part from the others; the widest difference between publics; fewer structures; that none parts.
    """
    free = [each for each in matter.measures if indicator_of(each) not in taken]
    clouds = [(each, cloud) for each in free if (cloud := _cloud(matter, each))]
    parting = max(clouds, key=lambda pair: apart_in(pair[1]), default=None)
    many = parting is not None and apart_in(parting[1]) >= FEWEST
    told = _unequal(matter, free) or (_parting(matter, *parting) if parting and many else None)
    told = told or equity.between_publics(matter, free)
    if told or parting is None:
        return told
    if apart_in(parting[1]):
        return _parting(matter, *parting)
    text = "Parmi les structures comparées, aucune ne s'écarte des autres plus que le hasard ne l'explique."
    return matter.elsewhere(text, "Principes de délivrance", "principes")


def _cloud(matter: Matter, measure: Measure) -> Cloud | None:
    return cloud_of(measure, matter.findings.clouds, matter.selection.unit, matter.selection.period)


def apart_in(cloud: Cloud) -> int:
    """How many structures part from the others."""
    return sum(bool(each.apart) for each in cloud.structures)


def _parting(matter: Matter, measure: Measure, cloud: Cloud) -> Statement:
    where = "" if matter.selection.unit.niveau == REGION else f" ({cloud.place})"
    if apart_in(cloud) >= FEWEST:
        said = uncapitalised(cloud.sentence)
    else:
        said = "au moins une structure s'écarte nettement des autres. Qu'a-t-elle fait, ou connu, de différent ?"
    return matter.on(measure, f"« {measure.libelle} »{where} : {said}")


def _unequal(matter: Matter, free: list[Measure]) -> Statement | None:
    for each in free:
        if each.genre == GAP and _against(each, matter):
            phrase = matter.findings.phrase(each, matter.selection.period)
            unit, period = matter.selection.unit, matter.selection.period
            fact = phrase.fact if phrase else sentences.measure_sentence(each, matter.values, unit, period)
            return matter.on(each, f"{fact} Que pouvons-nous leur proposer dès le premier contact ?")
    return None


def _against(measure: Measure, matter: Matter) -> bool:
    low, high = matter.value(measure).basse, matter.value(measure).haute
    if measure.sens == "moins":
        return low is not None and low > 0
    return measure.sens == "plus" and high is not None and high < 0
