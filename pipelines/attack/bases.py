"""The attack on the numbers of each base, year by year: exact recovery, ranges, opinions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from grids.breakdowns import UNKNOWN
from grids.thresholds import Thresholds
from pipelines.attack.intervals import SOMEBODY, Settled, in_whole_numbers, not_few, settle
from pipelines.attack.knowledge import Knowledge
from pipelines.attack.opinions import unanimous_sums
from pipelines.attack.recovery import determined, determined_by_one
from pipelines.attack.release_file import CELL, ReleaseFile
from pipelines.attack.report import BARE, Finding
from pipelines.attack.sums import Sums, Vector, sums_of
from pipelines.attack.wording import cells_words

_HIDE_MORE = "Masquer une cellule de plus dans la même somme (protection), puis relancer la construction."


@dataclass
class Attempt:
    """One base in one year: the sums of its cells, who attacks, and what has been tried and found so far."""

    base_id: str
    sums: Sums
    insiders: Sequence[str]
    fact: bool
    tried: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def count(self, test: str, way: str, cells: Vector) -> None:
        """Keep that `way` settled `cells` in `test`."""
        rows = self.sums.cells[cells].group_by("niveau", "pas").len()
        self.tried.update({(test, level, step, way): size for level, step, size in rows.iter_rows()})

    def find(self, kind: str, cells: Vector, why: str, remedy: str = _HIDE_MORE) -> None:
        """Keep a finding on `cells`, if there are any."""
        if len(cells):
            rows = self.sums.cells[cells].with_columns(base_id=pl.lit(self.base_id))
            self.findings.append(Finding(kind, cells_words(rows), why, remedy, rows.select(BARE)))


def attempts(release: ReleaseFile, *, whole: bool) -> Iterator[Attempt]:
    """Each base of a release in each year that it publishes something new of, or in every year if `whole`."""
    networks = release.units.filter(niveau="reseau")["unite_id"].sort().to_list()
    facts = set(release.measures.filter("fait_d_organisation")["base_id"])
    years = release.cells.with_columns(annee=pl.col("debut").dt.year())
    for (base_id, year), cells in years.group_by("base_id", "annee", maintain_order=True):
        if whole or year in _open_years(release):
            fact = base_id in facts
            # Structures tell facts of organisation themselves: they are hidden of networks and areas alone.
            kept = cells.filter(pl.col("niveau") != "structure") if fact else cells
            if not kept["montree"].all():
                yield Attempt(str(base_id), sums_of(kept.select(*CELL, "montree"), release.units), networks, fact)


def _open_years(release: ReleaseFile) -> set[int]:
    """The years of which this edition publishes something new; all of them where periods do not say their edition."""
    periods = release.periods.with_columns(annee=pl.col("debut").dt.year())
    if "edition" not in periods.columns or periods["edition"].is_null().all():
        return set(periods["annee"])
    return set(periods.filter(edition=release.id)["annee"])


def attack_base(attempt: Attempt, knowledge: Knowledge, thresholds: Thresholds, *, whole: bool) -> None:
    """Try everything on `attempt`, which keeps what was tried and found."""
    _recover(attempt, knowledge, thresholds)
    if not attempt.fact:
        _narrow(attempt, knowledge, thresholds, whole=whole)
        _infer_opinions(attempt, knowledge, thresholds)


def _recover(attempt: Attempt, knowledge: Knowledge, thresholds: Thresholds) -> None:
    sums = attempt.sums
    few = thresholds.structures.value if attempt.fact else _persons(attempt, thresholds)
    small = knowledge.smallest(attempt.base_id, sums)
    bare = _maybe_few(sums) if small is None else small.filter(pl.col("n") < few)["cellule"].to_numpy()
    outside = np.intersect1d(determined(sums, sums.shown), bare)
    attempt.count("calcul exact", "un lecteur extérieur", sums.members())
    attempt.find("recalcul_exact", outside, "Les chiffres montrés donnent exactement ces nombres, par des différences.")
    if attempt.fact:
        return
    for network in attempt.insiders:
        own = sums.network(network)
        found = np.setdiff1d(np.intersect1d(determined(sums, own | sums.shown), bare), outside)
        why = f"Le réseau {network}, qui connaît ses propres nombres, calcule exactement ceux-ci."
        attempt.find("recalcul_reseau", found[~own[found]], why)
        attempt.count("calcul exact", "un réseau", np.flatnonzero(~sums.shown & ~own))
    for structure, cells in determined_by_one(sums).items():
        why = f"La structure {structure}, qui connaît ses propres nombres, calcule exactement ceux-ci."
        attempt.find("recalcul_structure", np.intersect1d(cells, bare), why)
    attempt.count("calcul exact", "une structure", sums.members())


def _maybe_few(sums: Sums) -> Vector:
    """The hidden cells that may hold few, for who has no count; those who do not say are never shown, few or many."""
    unsaid = (sums.cells["modalite"] == UNKNOWN).to_numpy()
    return np.setdiff1d(sums.members(), np.flatnonzero(unsaid))


def _narrow(attempt: Attempt, knowledge: Knowledge, thresholds: Thresholds, *, whole: bool) -> None:
    sums = attempt.sums
    rule = not_few(_persons(attempt, thresholds), thresholds.attack_width.value)
    for order, part in enumerate(knowledge.parts(attempt.base_id, extremes=not whole)):
        known, bared = knowledge.of(part, sums), np.empty(0, dtype=int)
        for settled in settle(sums, known, sums.members(), rule, attempt.insiders):
            bared = np.union1d(bared, _kept(attempt, "fourchette", settled, bared))
        if order == 0:
            for settled in in_whole_numbers(sums, known, np.setdiff1d(sums.members(), bared), rule):
                _kept(attempt, "fourchette", settled, bared)


def _kept(attempt: Attempt, test: str, settled: Settled, before: Vector) -> Vector:
    """Count or find what was settled; the cells bared, those that were bared `before` left out."""
    attempt.count(test, settled.way, settled.cells)
    if settled.safe:
        return np.empty(0, dtype=int)
    new = ~np.isin(settled.cells, before)
    if new.any():
        who = f"le réseau {settled.attacker}" if settled.attacker else "un lecteur extérieur"
        low, high = abs(settled.low[new].min()), settled.high[new].max()
        why = (
            f"Pour {who}, ces nombres masqués ne peuvent être que de {low:.0f} à {high:.0f}, ou dans une partie de cet "
            "intervalle trop étroite pour protéger."
        )
        kind = "fourchette_reseau" if settled.attacker else "fourchette"
        attempt.find(kind, settled.cells[new], why)
    return settled.cells


def _infer_opinions(attempt: Attempt, knowledge: Knowledge, thresholds: Thresholds) -> None:
    sums, few = attempt.sums, thresholds.opinion_few.value
    for part in knowledge.opinions(attempt.base_id):
        known, size = knowledge.of(part, sums), knowledge.of(part._replace(category=None, against=False), sums)
        told = "favorables" if not part.against else "défavorables"
        why = f"Parmi les personnes masquées de cette somme, moins de {few} réponses {told} à {part.measure_id}."
        attempt.find("opinion_groupe", unanimous_sums(sums, known, size, few), why)
        assert size.real is not None
        inhabited = np.flatnonzero(~sums.shown & (size.real > 0))
        for settled in settle(sums, known, inhabited, SOMEBODY, ()):
            attempt.count("opinions", settled.way, settled.cells)
            if not settled.safe:
                why = f"Aucune réponse {told[:-1]} à {part.measure_id} n'est possible ici : l'avis de chacun se déduit."
                attempt.find("opinion_unanime_deduite", settled.cells, why)


def _persons(attempt: Attempt, thresholds: Thresholds) -> int:
    return int(thresholds.persons_of(attempt.base_id.partition("@")[0]))
