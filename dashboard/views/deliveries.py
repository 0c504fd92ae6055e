"""A network's deliveries in sentences: where they stand, and what became of a file that was just sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.text import dates, numbers

REFUSED, WAITING, WITHDRAWN = "refusee", "lue", "retiree"
_MOST_FILES = 3


@dataclass(frozen=True)
class Delivery:
    """One file: what was sent and when, its state in a sentence, and where its rows went."""

    id: str
    file: str
    table: str
    received_on: date
    state: str
    sentence: str
    read: int
    kept: int
    to_correct: int
    set_aside: int


@dataclass(frozen=True)
class Deliveries:
    """What a network has delivered, the latest first, and the size that a file may have, in bytes."""

    most_bytes: int
    lines: tuple[Delivery, ...]


def read_deliveries(answer: Mapping[str, Any]) -> Deliveries:
    """From the door's answer."""
    lines = [
        Delivery(
            id=line["id"],
            file=line["fichier"],
            table=line["table"],
            received_on=date.fromisoformat(line["recue_le"]),
            state=line["etat"],
            sentence=line["phrase"],
            read=line["lues"],
            kept=line["gardees"],
            to_correct=line["a_corriger"],
            set_aside=line["ecartees"],
        )
        for line in answer["livraisons"]
    ]
    return Deliveries(answer["taille_max"], tuple(lines))


def opening(deliveries: Deliveries, network: str) -> list[str]:
    """What the page says first: how many deliveries, how the last one fared, what is left to do."""
    lines = deliveries.lines
    if not lines:
        return [f"{network} : aucune livraison n'est encore arrivée.", "La première se dépose ici même."]
    count = _counted(len(lines), "livraison", "livraisons")
    told = f"{network} : {count}, la dernière le {dates.day(lines[0].received_on)}. {_fate(lines[0])}"
    return [told, *filter(None, (_earlier_to_correct(lines),)), _left_to_do(lines)]


def _fate(latest: Delivery) -> str:
    if latest.state == REFUSED:
        return "Elle a été refusée, et rien n'en est gardé : son accusé dit pourquoi."
    if latest.state == WITHDRAWN:
        return "Elle a été retirée depuis."
    if latest.to_correct:
        return f"Elle est lue, et {_counted(latest.to_correct, 'ligne y est', 'lignes y sont')} à corriger."
    return "Elle est lue, et rien n'y est à corriger."


def _earlier_to_correct(lines: tuple[Delivery, ...]) -> str:
    """The files before the last one in which rows were to be corrected: an old receipt still says which."""
    files = [each.file for each in lines[1:] if each.to_correct and each.state not in (REFUSED, WITHDRAWN)]
    if not files:
        return ""
    named = [*files[:_MOST_FILES], *([f"{len(files) - _MOST_FILES} autres"] if len(files) > _MOST_FILES else [])]
    return f"Des lignes étaient à corriger dans {numbers.listed(named)} : leur accusé dit lesquelles."


def _left_to_do(lines: tuple[Delivery, ...]) -> str:
    waiting = sum(line.state == WAITING for line in lines)
    if not waiting:
        return "Tout ce qui est accepté compte dans l'édition publiée, ou comptera dès que sa période sera close."
    count = _counted(waiting, "livraison attend", "livraisons attendent")
    return f"{count} la prochaine édition pour compter."


def account(delivery: Delivery) -> str:
    """Where the rows of a delivery went; nothing for a refused one."""
    if delivery.state == REFUSED:
        return ""
    parts = [_counted(delivery.kept, "gardée", "gardées")]
    if delivery.to_correct:
        parts.append(f"{numbers.number(delivery.to_correct)} à corriger")
    if delivery.set_aside:
        parts.append(_counted(delivery.set_aside, "écartée", "écartées"))
    return f"{_counted(delivery.read, 'ligne lue', 'lignes lues')} : {numbers.listed(parts)}."


def outcome(answer: Mapping[str, Any], *, trial: bool) -> str:
    """What became of a file that was just sent, from the door's answer."""
    refused = answer["etat"] == REFUSED
    if trial:
        would_be = "ce fichier serait refusé" if refused else "ce fichier serait lu"
        return f"Essai terminé : {would_be}. Rien n'en a été gardé."
    if answer["deja"]:
        return "Ce fichier avait déjà été livré : rien n'a changé. Voici son accusé."
    if refused:
        return "Fichier refusé : rien n'en est gardé. L'accusé dit pourquoi, et que faire."
    return "Fichier livré : il comptera à la prochaine édition. Voici son accusé."


def size(number_of_bytes: int) -> str:
    """« 200 Mo »."""
    return f"{numbers.number(number_of_bytes // 1_000_000)} Mo"


def _counted(count: int, one: str, many: str) -> str:
    return f"{numbers.number(count)} {many if count > 1 else one}"
