"""What is drawn of each base and measure of a grid: how rare the base is, and which answers a measure tells apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grids.model import Grid, Measure
from pipelines.counting.tallies import FAVORABLE, Tally, tallies
from tests.scale.draws import Reals

RECEPTIONS, STAFF, PROFILE = "receptions", "professionnels interrogés", "profil"
"""What the bases of each kind are drawn from: the month's receptions, the team, the one profile of the year."""
SHARES: Mapping[str, tuple[str, float]] = {
    "accueils": (RECEPTIONS, 0.999),
    "accueils_hors_courriel": ("accueils", 0.9),
    "accueils_analyse": ("accueils", 0.6),
    "accueils_ou_mediation_utile": ("accueils", 0.7),
    "accueils_orientes": ("accueils", 0.35),
    "accueils_rdv_demande": ("accueils_orientes", 0.4),
    "courriels_recus": ("accueils", 0.12),
    "accueils_urgents": ("accueils", 0.12),
    "accueils_urgents_differes": ("accueils_urgents", 0.4),
    "accueils_differes": ("accueils", 0.3),
    "accueils_differes_autonomie": ("accueils_differes", 0.6),
    "accueils_avec_delai_annonce": ("accueils_differes", 0.5),
    "personnes_a_chaud": (RECEPTIONS, 0.2),
    "pas_clair_avant": ("personnes_a_chaud", 0.45),
    "personnes_avec_suites": ("personnes_a_chaud", 0.6),
    "personnes_a_un_mois": (RECEPTIONS, 0.05),
    "personnes_orientees_m1": ("personnes_a_un_mois", 0.4),
    "personnes_recues_ailleurs_m1": ("personnes_orientees_m1", 0.6),
    "personnes_avec_document_m1": ("personnes_a_un_mois", 0.4),
    "personnes_essai_m1": ("personnes_a_un_mois", 0.5),
    "professionnels": (STAFF, 0.6),
    "professionnels_sur_les_partenaires": ("professionnels", 0.999),
    "professionnels_avec_fiche": ("professionnels", 0.5),
    "equipes": (PROFILE, 0.5),
    "structures": (PROFILE, 0.95),
    "structures_anonymat_a_indiquer": ("structures", 0.7),
    "structures_par_courriel": ("structures", 0.8),
    "accueillants": (STAFF, 0.999),
}
"""The larger base that each is a part of, and about which part."""
DAYS = ("0", "1", "2", "3", "4", "5", "7", "10", "15", "20", "30", "45")


@dataclass(frozen=True)
class Part:
    """What one (measure, group) tells apart.

    `weights`: of each answer, which every row that answered gives exactly one of. `categories`: for each category, the
    answers that count in it [answer × category]. Of a histogram only the values met are told, as counting does.
    """

    measure_id: str
    kind: str
    group: str
    names: tuple[str, ...]
    weights: Reals
    categories: Reals
    histogram: bool


def parts_of(grid: Grid, base: str) -> list[Part]:
    """Every part of the measures of a base, in the grid's order, but those that only networks' own indicators can tell."""
    return [
        _part(measure_id, measure, tally)
        for measure_id, _, measure in grid.measures()
        if measure.base == base and not measure.by_equivalence
        for tally in tallies(grid, measure)
    ]


def share_of(grid: Grid, base: str) -> tuple[str, float]:
    """The source and the share of a base; one that no one has told yet is a third of its table."""
    usual = {"accueils": "accueils", "reponses": RECEPTIONS, "structures": PROFILE}
    return SHARES.get(base, (usual[grid.bases[base].table], 0.33))


def _part(measure_id: str, measure: Measure, tally: Tally) -> Part:
    if tally.histogram:
        weights = np.exp(-np.arange(len(DAYS)) / 4)
        return Part(measure_id, measure.kind, tally.group, DAYS, weights, np.eye(len(DAYS)), True)
    names = tuple(tally.counted)
    weights, categories = _answers(measure, names)
    return Part(measure_id, measure.kind, tally.group, names, weights, categories, False)


def _answers(measure: Measure, names: Sequence[str]) -> tuple[Reals, Reals]:
    if measure.kind == "gain":  # clear before and after, lost, won, neither; counted: before, after, won, lost
        return np.array([4.0, 0.5, 3.5, 2.0]), np.array([[1, 1, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 0, 0]], float)
    if list(names) == [""]:
        return np.array([5.0, 1.0]), np.array([[1.0], [0.0]])
    codes = [name for name in names if name != FAVORABLE]
    rows = [[name == code or (name == FAVORABLE and code in measure.favorable) for name in names] for code in codes]
    weights = np.array([3.0 if code in measure.favorable else 2.0 / (1 + rank) for rank, code in enumerate(codes)])
    return np.append(weights, 0.1), np.array([*rows, [False] * len(names)], float)
