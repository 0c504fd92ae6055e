"""The attack on a release: everything that a reader could try, and what it bares."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from grids.thresholds import Thresholds
from pipelines.attack.attendance import bared_attendance
from pipelines.attack.bases import attack_base, attempts
from pipelines.attack.derived import told_of_hidden
from pipelines.attack.editions import differing_editions
from pipelines.attack.form import ill_formed
from pipelines.attack.knowledge import Knowledge
from pipelines.attack.means import bared_means
from pipelines.attack.release_file import read_release
from pipelines.attack.report import FIGURES, Finding, Report
from pipelines.attack.words import told_counts

Scope = Literal["gate", "whole"]


def attack(
    release: Path,
    earlier: Sequence[Path] = (),
    *,
    thresholds: Thresholds,
    counts: pl.DataFrame | None = None,
    scope: Scope = "gate",
    bases: Collection[str] | None = None,
) -> Report:
    """Try to compute back what the file `release` hides, alone and beside `earlier` editions.

    counts: mesure_id, niveau, unite_id, pas, debut, ventilation, modalite, groupe, categorie, y, n of the back office: the
      attacker is granted those of the cells that are shown, a network those of its own too; None: he has the release alone.
    scope: 'gate', the years that it publishes something new of, the most and the least numerous measure of each base;
      'whole', everything. bases: the only ones whose numbers are attacked, None for all.
    Raises ReleaseError if a file is not a release.
    """
    start = time.perf_counter()
    read, whole = read_release(release), scope == "whole"
    knowledge = Knowledge(read, counts, thresholds.opinion_few.value)
    tried: Counter[tuple[str, str, str, str]] = Counter()
    findings: list[Finding] = [*ill_formed(read), *told_counts(release), *told_of_hidden(release)]
    for attempt in attempts(read, whole=whole):
        if bases is not None and attempt.base_id not in bases:
            continue
        attack_base(attempt, knowledge, thresholds, whole=whole)
        tried += attempt.tried
        findings += attempt.findings
    findings += bared_means(read, thresholds.hidden_members.value)
    findings += differing_editions(read, [read_release(each) for each in earlier], thresholds.persons.value)
    findings += bared_attendance(read, knowledge.inhabited)
    rows = [(*key, cells) for key, cells in tried.items()]
    figures = pl.DataFrame(rows, schema=FIGURES, orient="row")
    return Report(read.id, tuple(findings), figures, time.perf_counter() - start, counts is not None)
