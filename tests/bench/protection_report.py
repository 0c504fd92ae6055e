"""The section of the page that tells what protection costs and hides, in French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.bench.tables import decimal, number, spread, table

HEADING = "## Ce que la protection coûte et cache"
Counted = tuple[int, int, int, int]
"""Cells where somebody is counted: all, hidden, hidden by complement, shown without the mean of structures."""
_SUBJECTS = {"accueils": "accueils", "avis": "avis (personnes et professionnels)", "faits": "faits d'organisation"}
_LEVELS = {"structure": "structure", "reseau": "réseau", "departement": "département", "region": "région"}
_STEPS = {"mois": "mois", "trimestre": "trimestre", "annee": "année", "ventilation": "année, par modalité"}
_REASONS = {
    "pas": "pas plus fin que celui de la structure",
    "inconnue": "modalité inconnue",
    "seuil": "moins de personnes que le seuil",
    "structures": "moins de trois structures",
    "reseaux": "moins de trois réseaux",
    "plus_grande": "trop peu de personnes hors de la plus grande structure",
    "part": "une structure pèse trop",
    "complement": "masquée pour en protéger une autre",
    "avis": "masquée pour qu'aucun avis ne soit unanime",
    "attaque": "masquée après une attaque",
}


@dataclass(frozen=True)
class Found:
    """What a piece took and found; see tests.bench.masks and tests.bench.attacks."""

    seconds: float
    megabytes: float
    hidden: Mapping[tuple[str, str, str], Counted] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    read: float = 0.0
    findings: Mapping[str, int] = field(default_factory=dict)
    tried: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    again: int = 0
    in_all: float = 0.0
    left: int = 0

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Found:
        """From what a process printed."""
        known = {
            name: told[name]
            for name in ("reasons", "read", "findings", "rows", "again", "in_all", "left")
            if name in told
        }
        hidden = {(subject, level, step): tuple(cells) for subject, level, step, *cells in told.get("hidden", [])}
        return cls(told["seconds"], told["megabytes"], hidden=hidden, tried=dict(told.get("tried", [])), **known)


@dataclass(frozen=True)
class Protection:
    """All that was measured: drawings, masks and attacks by number of structures, masks by threshold, and rounds of a roll-up
    and a mask of the usual size."""

    usual: int
    drawings: Mapping[int, Found]
    growth: Mapping[int, Found]
    rounds: Sequence[tuple[Found, Found]]
    trade_off: Mapping[int, Found]
    attacks: Mapping[int, Found]


def section(measured: Protection, head: str) -> str:
    """The whole section, its heading first; `head` says when and where it was measured."""
    present = measured.trade_off[max(measured.trade_off)]
    read = ", ".join(f"{decimal(100 * each.read)} % à {persons}" for persons, each in measured.trade_off.items())
    tail = (
        "Les parts sont celles des cases où au moins une personne (pour les faits, une structure) est comptée. Une structure "
        "ne montre rien de plus fin que son pas, fixé pour l'année d'après le volume de l'année d'avant ; les volumes qu'il y "
        "faut suivent le seuil, en proportion. Part des structures "
        f"qui montrent au moins une case sur leurs accueils dans la dernière année, selon le seuil : {read}."
    )
    parts = [
        HEADING,
        head,
        table(("ce qui est mesuré", "résultat", "objectif"), _costs(measured)),
        table(("structures", "décomptes", "masques", "mémoire", "attaque", "mémoire de l'attaque"), _growth(measured)),
        "### Ce qui est caché, selon le seuil de personnes",
        table(("sujet", "niveau", "pas", "cases", *(f"à {each}" for each in measured.trade_off)), _hidden(measured)),
        tail,
        f"### Pourquoi, à {max(measured.trade_off)} personnes",
        table(("raison", "cases cachées"), _reasons(present)),
        table(("niveau", "moyennes de structures cachées, selon le seuil"), _means(measured)),
    ]
    return "\n\n".join(parts) + "\n"


def _costs(measured: Protection) -> Iterator[tuple[str, str, str]]:
    size = number(measured.usual)
    masks = [mask.seconds for _, mask in measured.rounds]
    ratios = [mask.seconds / rolled.seconds for rolled, mask in measured.rounds]
    yield (
        f"masques de {size} structures, 12 réseaux, 36 mois, toutes les bases de la grille",
        spread(masks, " s"),
        "10 s",
    )
    yield (
        "les mêmes, par rapport à l'addition des décomptes à tous les pas et niveaux",
        spread(ratios, " fois"),
        "1 fois",
    )
    attack = measured.attacks.get(measured.usual)
    if attack:
        yield f"attaque de l'édition de {size} structures, initiés compris", f"{decimal(attack.seconds)} s", "180 s"
        fallen = ", ".join(f"{kind} {number(cells)}" for kind, cells in attack.findings.items()) or "aucune"
        yield "cases que les règles laissent tomber, par sorte (une case compte pour chaque attaquant)", fallen, ""
        tries = f"{number(attack.again)} reprises, {decimal(attack.in_all)} s en tout"
        repeated = f"{tries} ; il reste {number(attack.left)} chute"
        yield "ce que la construction cache de plus, jusqu'à ce que rien ne tombe", repeated, "0 chute"
        tried = ", ".join(f"{way} {number(cells)}" for way, cells in attack.tried.items())
        yield "cases cachées éprouvées, selon ce qui les a départagées", tried, ""


def _growth(measured: Protection) -> Iterator[Sequence[str]]:
    for size, mask in measured.growth.items():
        attack = measured.attacks.get(size)
        told = (f"{decimal(attack.seconds)} s", f"{decimal(attack.megabytes / 1000)} Go") if attack else ("", "")
        rows = f"{number(measured.drawings[size].rows)} lignes"
        yield number(size), rows, f"{decimal(mask.seconds)} s", f"{decimal(mask.megabytes / 1000)} Go", *told


def _hidden(measured: Protection) -> Iterator[Sequence[str]]:
    for subject, level, step in _keys(measured):
        found = [each.hidden.get((subject, level, step), (0, 0, 0, 0)) for each in measured.trade_off.values()]
        shares = [_share(hidden, cells) for cells, hidden, *_ in found]
        yield _SUBJECTS[subject], _LEVELS[level], _STEPS[step], number(found[0][0]), *shares


def _keys(measured: Protection) -> list[tuple[str, str, str]]:
    every = {key for each in measured.trade_off.values() for key in each.hidden}
    return [
        key for subject in _SUBJECTS for level in _LEVELS for step in _STEPS if (key := (subject, level, step)) in every
    ]


def _reasons(found: Found) -> Iterator[tuple[str, str]]:
    for code, cells in sorted(found.reasons.items(), key=lambda pair: -pair[1]):
        yield _REASONS.get(code, code), number(cells)


def _means(measured: Protection) -> Iterator[tuple[str, str]]:
    """Of the shown cells of a level, those of which the mean of structures is hidden."""
    for level in ("reseau", "departement", "region"):
        shares = [f"{_hidden_means(each, level)} à {persons}" for persons, each in measured.trade_off.items()]
        yield _LEVELS[level], ", ".join(shares)


def _hidden_means(found: Found, level: str) -> str:
    of_level = [cells for (_, place, step), cells in found.hidden.items() if place == level and step != "ventilation"]
    return _share(sum(means for *_, means in of_level), sum(cells - hidden for cells, hidden, *_ in of_level))


def _share(part: int, whole: int) -> str:
    return f"{decimal(100 * part / whole)} %" if whole else ""
