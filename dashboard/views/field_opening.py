"""What a field page says before its list: how its criteria stand, all together, then how to read a line of the list."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.text import numbers
from dashboard.text.typography import capitalised
from dashboard.views.criteria import TO_LOOK_AT, Standings

READING = (
    "Comment lire : le chiffre de tête de chaque critère, puis sa fourchette, ce que le hasard seul peut faire varier. "
    "L'assise dit sur combien de réponses ou d'accueils il repose, par tranche ; un « point faible » est la mesure la plus "
    "basse du critère. Choisissez un critère pour le lire en détail, plus bas."
)
_PROGRESS, _STABLE, _EARLY = "en_progres", "stable", "trop_tot"


def opening(titles: Mapping[str, str], standings: Standings, *, latest: bool) -> str:
    """How many criteria are to be looked at, and which; how many progress, are stable, are not told yet.

    `titles`: those of the field, by code; `latest`: whether the period is the last, since a standing is that of today.
    """
    by_state: dict[str, list[str]] = {}
    for code, title in titles.items():
        if code in standings:
            by_state.setdefault(standings[code].state, []).append(title)
    told = _told(by_state)
    counted = "un seul critère" if len(titles) == 1 else f"{numbers.spelled(len(titles))} critères"
    if not told:
        return f"Ce champ se lit par {counted} : voici le chiffre de chacun."
    since = "" if latest else "aujourd'hui, "
    return f"{capitalised(counted)} : {since}{' ; '.join(told)}."


def _told(by_state: Mapping[str, list[str]]) -> list[str]:
    found = []
    if looked := by_state.get(TO_LOOK_AT):
        names = numbers.listed(f"« {each} »" for each in looked)
        found.append(f"{_are(looked)} à regarder ensemble ({names})")
    if progressing := by_state.get(_PROGRESS):
        found.append(f"{_are(progressing)} en progrès")
    if stable := by_state.get(_STABLE):
        found.append(f"{_are(stable)} {'stables' if len(stable) > 1 else 'stable'}")
    if early := by_state.get(_EARLY):
        found.append(f"pour {numbers.spelled(len(early))}, il est trop tôt pour conclure")
    return found


def _are(names: list[str]) -> str:
    return f"{numbers.spelled(len(names))} {'sont' if len(names) > 1 else 'est'}"
