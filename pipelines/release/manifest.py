"""The manifest of a release: what went in, under which grid, thresholds and code, so that the same inputs are known again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from grids.load import fingerprint
from grids.thresholds import Thresholds
from pipelines.periods import Period
from pipelines.receipt import Receipt
from pipelines.versions import Version

_CODE_ROOMS = ("grids", "pipelines")
_THAT_MAKE_FIGURES = (".py", ".sql", ".yaml", ".csv")


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself; `entries` are the rows of reference.edition."""

    release_id: str
    inputs: str
    data_as_of: date
    entries: dict[str, str]

    def telling(self, **more: str) -> Manifest:
        """The same, with what is told besides but is no input: it changes neither the figures nor the fingerprint."""
        return replace(self, entries=self.entries | more)


def manifest(
    receipts: Sequence[Receipt],
    versions: Sequence[Version],
    thresholds: Thresholds,
    periods: Sequence[Period],
    as_of: date,
    *,
    synthetic: bool,
) -> Manifest:
    """The manifest of the release that these inputs give, oldest version of the grid first.

    Its id holds the date and the fingerprint of the inputs; the grid that it names is the version in force.
    """
    code = _code_fingerprint()
    grid, record = versions[-1].grid, versions[-1].record
    deliveries = sorted(f"{each.livraison_id}/{each.rang}/{each.correspondance}" for each in receipts)
    parts = [
        *deliveries,
        *(f"{fingerprint(each.grid)}/{each.record.model_dump_json()}" for each in versions),
        thresholds.model_dump_json(),
        repr(periods),
        code,
        str(synthetic),
    ]
    inputs = hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
    release_id = f"{as_of.isoformat()}-{inputs[:8]}"
    entries = {
        "release_id": release_id,
        "empreinte_entrees": inputs,
        "donnees_du": as_of.isoformat(),
        "livraisons": str(len(deliveries)),
        "grille": grid.id,
        "version": grid.version,
        "libelle_grille": grid.label,
        "etat_grille": record.state,
        "empreinte_grille": versions[-1].fingerprint,
        "prochaine_revue": record.next_review.isoformat(),
        "version_code": f"{version('spro-qualite')}+{code[:8]}",
        "synthetique": "oui" if synthetic else "non",
        **_threshold_entries(thresholds),
    }
    return Manifest(release_id, inputs, as_of, entries)


def _threshold_entries(thresholds: Thresholds) -> dict[str, str]:
    entries: dict[str, str] = {}
    for name, threshold in thresholds.named():
        key = f"seuil_{name}"
        entries |= {
            key: str(threshold.value),
            f"{key}_raison": threshold.reason,
            f"{key}_decide_par": threshold.decided_by,
        }
    return entries


def _code_fingerprint() -> str:
    """A hash of the code and definitions that make a release: when they change, the same deliveries may give other figures."""
    root = Path(__file__).parents[2]
    digest = hashlib.blake2b(digest_size=16)
    for room in _CODE_ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in _THAT_MAKE_FIGURES:
                digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()
