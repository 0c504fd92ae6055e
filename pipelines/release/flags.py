"""Flags: a figure that is wrong is never changed in silence; it is flagged with its reason, and pages say so beside it.

`signalements.json`, beside the releases, only grows: taking a flag back adds a line.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grids.errors import ReleaseError
from grids.model import Step
from pipelines.home import write_json
from pipelines.release.plan import written
from pipelines.release.reading import Release, open_release

FLAGS = "signalements.json"
Cell = tuple[str, str, str, Step, date]
"""mesure_id, niveau, unite_id, pas, debut"""


@dataclass(frozen=True)
class Flag:
    """A figure of which something is wrong: which, why, who says so and since when."""

    mesure_id: str
    niveau: str
    unite_id: str
    pas: Step
    debut: date
    raison: str
    par: str
    le: date

    @property
    def cell(self) -> Cell:
        """What it is about."""
        return self.mesure_id, self.niveau, self.unite_id, self.pas, self.debut


def flags(releases: Path) -> tuple[Flag, ...]:
    """The flags that stand, oldest first; the last word on a figure holds."""
    standing: dict[Cell, Flag] = {}
    for line in _lines(releases):
        flag = _flag(line)
        standing.pop(flag.cell, None)
        if not line["leve"]:
            standing[flag.cell] = flag
    return tuple(standing.values())


def raise_flag(releases: Path, release: Release, said: tuple[str, str, str], reason: str, by: str, on: date) -> Flag:
    """Flag a figure of `release`; `said`: its measure, unit and period, as a person writes them.

    A measure is written « PD02.rendue », with or without « @2025.1 »; a period « 2025 », « 2025-T1 », « 2025-03 ».
    Raises ReleaseError if one is unknown, the figure is not shown, or there is no reason.
    """
    if not reason.strip():
        raise ReleaseError("Un signalement demande une raison.", remedy="Donnez-la avec --reason.")
    flag = Flag(*_shown(release, *said), raison=reason.strip(), par=by.strip(), le=on)
    _append(releases, flag, lifted=False)
    return flag


def withdraw_flag(releases: Path, said: tuple[str, str, str], reason: str, by: str, on: date) -> Flag:
    """Take back the flag of a figure, with the reason; what was said stays written. Raises ReleaseError if there is none."""
    standing = [each for each in flags(releases) if _is_said(each, *said)]
    if len(standing) != 1:
        found = "Plusieurs signalements portent" if standing else "Aucun signalement ne porte"
        raise ReleaseError(
            f"{found} sur {' '.join(said)}.",
            place=FLAGS,
            remedy="Écrivez la mesure avec sa version, par exemple « PD02.rendue@2025.1 ».",
        )
    lifted = Flag(*standing[0].cell, raison=reason.strip(), par=by.strip(), le=on)
    _append(releases, lifted, lifted=True)
    return lifted


def _is_said(flag: Flag, measure: str, unit: str, period: str) -> bool:
    named = measure in (flag.mesure_id, flag.mesure_id.partition("@")[0])
    return named and flag.unite_id == unit and written(flag.pas, flag.debut) == period.upper()


def _shown(release: Release, measure: str, unit: str, period: str) -> Cell:
    """The cell that is meant, if some figure of it is shown."""
    with open_release(release) as connection:
        units = _column(connection, "SELECT niveau FROM reference.unites WHERE unite_id = ?", unit)
        measures = _column(
            connection,
            "SELECT mesure_id FROM reference.mesures WHERE mesure_id = $1 OR split_part(mesure_id, '@', 1) = $1",
            measure,
        )
        periods = connection.execute("SELECT pas, debut FROM reference.periodes").fetchall()
        matching = [each for each in periods if written(*each) == period.upper()]
        for known, said in ((measures, f"la mesure « {measure} »"), (units, f"l'unité « {unit} »")):
            if not known:
                raise _unknown(said, release)
        if not matching:
            raise _unknown(f"la période « {period} »", release)
        cells = connection.execute(_CELLS, [measures, unit, *matching[0]]).fetchall()
    if len(cells) != 1:
        raise ReleaseError(
            "Ce chiffre n'est pas diffusé : il n'y a rien à signaler."
            if not cells
            else "Plusieurs chiffres répondent à cette description.",
            place=release.id,
            remedy="Signalez un chiffre que les pages montrent, la mesure écrite avec sa version.",
        )
    return cells[0]


def _column(connection: Any, query: str, value: str) -> list[Any]:
    return [row[0] for row in connection.execute(query, [value]).fetchall()]


def _unknown(said: str, release: Release) -> ReleaseError:
    return ReleaseError(
        f"L'édition ne connaît pas {said}.",
        place=release.id,
        remedy="Écrivez la mesure, l'unité et la période comme l'adresse de la page les donne.",
    )


def _lines(releases: Path) -> list[dict[str, Any]]:
    path = releases / FLAGS
    return list(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else []


def _flag(line: dict[str, Any]) -> Flag:
    days = {key: date.fromisoformat(line[key]) for key in ("debut", "le")}
    return Flag(**{key: value for key, value in line.items() if key != "leve"} | days)


def _append(releases: Path, flag: Flag, *, lifted: bool) -> None:
    line = {**asdict(flag), "debut": flag.debut.isoformat(), "le": flag.le.isoformat(), "leve": lifted}
    write_json(releases / FLAGS, [*_lines(releases), line])


_CELLS = """
SELECT DISTINCT mesure_id, niveau, unite_id, pas, debut FROM quality.valeurs
WHERE list_contains($1, mesure_id) AND unite_id = $2 AND pas = $3 AND debut = $4 AND etat IN ('ok', 'prudence')
"""
