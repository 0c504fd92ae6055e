"""What is said of the whole edition on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboard.access import REGION
from dashboard.selection import Period, Selection, Unit
from dashboard.text import dates
from dashboard.text.typography import capitalised
from dashboard.views.versions import Version, version_in

USE = "Ces résultats ne servent ni à financer, ni à classer, ni à évaluer des personnes."
DRAFT = "Grille de travail, non adoptée."
SYNTHETIC = (
    "Données synthétiques : une région imaginaire. Aucun chiffre ne décrit une structure ni une personne réelle."
)

SOURCES = "Chiffres : réseaux partenaires du SPRO en Bretagne. Communes : INSEE et DGCL 2026, Licence Ouverte 2.0."
ACCESSIBILITY = "Accessibilité : non conforme, tant qu'aucun audit n'a dit plus."


@dataclass(frozen=True)
class Edition:
    """The release that is read: its id, the date of its data, the versions of its grid, whether it is invented."""

    release_id: str
    data_as_of: date
    versions: tuple[Version, ...]
    synthetic: bool

    def notice(self, period: Period) -> str:
        """The sentence under every title: what the results are not for, and where the grid of the period stands."""
        return USE if version_in(self.versions, period).adopted else f"{DRAFT} {USE}"


def read_edition(manifest: pl.DataFrame, versions: tuple[Version, ...], release_id: str, data_as_of: date) -> Edition:
    """From the rows of reference.edition, the versions of the grid and the pointer of the release."""
    entries = dict(manifest.select("cle", "valeur").iter_rows())
    return Edition(release_id, data_as_of, versions, synthetic=entries.get("synthetique") == "oui")


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
    """The region first, then the networks by name."""
    units = [Unit(*row) for row in frame.select("niveau", "unite_id", "nom").iter_rows()]
    return sorted(units, key=lambda unit: (unit.niveau != REGION, unit.nom.casefold()))


def read_periods(frame: pl.DataFrame) -> list[Period]:
    """Years, the latest first, then quarters, the latest first."""
    periods = [Period(*row) for row in frame.select("pas", "debut").iter_rows()]
    periods.sort(key=lambda period: period.debut, reverse=True)
    return sorted(periods, key=lambda period: period.pas != dates.YEAR)


def unit_in_words(unit: Unit) -> str:
    """« en Bretagne » for the region, « dans le réseau Cap emploi » for a network: a place in a sentence."""
    return f"en {unit.nom}" if unit.niveau == REGION else f"dans le réseau {unit.nom}"
