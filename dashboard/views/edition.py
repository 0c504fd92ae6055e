"""What is said of the whole edition on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from dashboard.access import DEPARTMENT, NETWORK, REGION, STRUCTURE
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates, words
from dashboard.text.typography import capitalised
from dashboard.views.versions import Version, version_in

USE = "Ces résultats ne servent ni à financer, ni à classer, ni à évaluer des personnes."
DRAFT = "Grille de travail, non adoptée."
FINAL = "Édition finale."
SYNTHETIC = (
    "Données synthétiques : une région imaginaire. Aucun chiffre ne décrit une structure ni une personne réelle."
)

SOURCES = "Chiffres : réseaux partenaires du SPRO en Bretagne. Communes : INSEE et DGCL 2026, Licence Ouverte 2.0."
_CANDIDATE = "candidate"
_ORDER = (REGION, DEPARTMENT, NETWORK)

ACCESSIBILITY = "Accessibilité : non conforme, tant qu'aucun audit n'a dit plus."


@dataclass(frozen=True)
class Edition:
    """The release that is read: its id, the date of its data, the versions of its grid, whether it is invented.

    `candidate`: whether the networks still read it again. `reviewed_until`: the day on which each period that is not
    final becomes so.
    """

    release_id: str
    data_as_of: date
    versions: tuple[Version, ...]
    synthetic: bool
    candidate: bool = False
    reviewed_until: Mapping[Period, date] = field(default_factory=dict)

    def notice(self, period: Period) -> str:
        """The sentence under every title: where the grid and the figures stand, what the results are not for."""
        draft = () if version_in(self.versions, period).adopted else (DRAFT,)
        return " ".join((*draft, self.standing(period), USE))

    def standing(self, period: Period) -> str:
        """Whether the figures of a period may still change."""
        until = self.reviewed_until.get(period)
        if until is not None:
            return f"Édition candidate, relecture jusqu'au {dates.day(until)} : ces chiffres peuvent encore changer."
        return "Édition candidate ; les chiffres de cette période sont définitifs." if self.candidate else FINAL


def read_edition(
    manifest: pl.DataFrame,
    periods: pl.DataFrame,
    versions: tuple[Version, ...],
    release_id: str,
    data_as_of: date,
) -> Edition:
    """From the rows of reference.edition and of reference.periodes, the versions of the grid, the release's pointer."""
    entries = dict(manifest.select("cle", "valeur").iter_rows())
    reviewed = periods.filter(etat=_CANDIDATE).select("pas", "debut", "finale_le")
    return Edition(
        release_id,
        data_as_of,
        versions,
        synthetic=entries.get("synthetique") == "oui",
        candidate=entries.get("etat_edition") == _CANDIDATE,
        reviewed_until={Period(pas, start): until for pas, start, until in reviewed.iter_rows()},
    )


def selection_sentence(selection: Selection, edition: Edition) -> str:
    """« Bretagne, année 2025, grille de travail 2025.1, version des données du 1er mars 2026. »"""
    parts = (
        capitalised(selection.unit.nom),
        selection.period.name,
        version_in(edition.versions, selection.period).name,
        f"version des données du {dates.day(edition.data_as_of)}",
    )
    return ", ".join(parts)


def read_units(frame: pl.DataFrame) -> list[Unit]:
    """The region first, then the départements, then the networks, each by name."""
    units = [Unit(*row) for row in frame.select("niveau", "unite_id", "nom").iter_rows()]
    return sorted(units, key=lambda unit: (_ORDER.index(unit.niveau), unit.nom.casefold()))


def read_periods(frame: pl.DataFrame) -> list[Period]:
    """Years, then quarters, then months, each the latest first."""
    periods = [Period(*row) for row in frame.select("pas", "debut").iter_rows()]
    periods.sort(key=lambda period: period.debut, reverse=True)
    return sorted(periods, key=lambda period: dates.COARSEST_FIRST.index(period.pas))


def unit_in_words(unit: Unit) -> str:
    """« en Bretagne », « dans le Finistère », « dans le réseau Cap emploi »: a place in a sentence."""
    if unit.niveau == REGION:
        return f"en {unit.nom}"
    if unit.niveau == DEPARTMENT:
        return words.DEPARTMENTS.get(unit.id, f"dans le département {unit.nom}")
    if unit.niveau == STRUCTURE:
        return f"pour {unit.nom}"
    return f"dans le réseau {unit.nom}"
