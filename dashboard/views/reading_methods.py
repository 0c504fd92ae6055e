"""From « Comment lire » to the page on the method behind it."""

from __future__ import annotations

from dashboard.views import decomposition, territory_map, triangulation
from dashboard.views.explanation import READING

# A fact that was observed needs no method.
METHODS = {
    READING["comparison"]: "proportions",
    READING["timeline"]: "differences",
    READING["trend"]: "evolution",
    READING["cloud"]: "nuage-des-structures",
    READING["named_cloud"]: "nuage-des-structures",
    READING["parts"]: "critere",
    READING["breakdown"]: "differences",
    READING["distribution"]: "reponses",
    READING["counts"]: "protection",
    decomposition.READING: "decomposition",
    triangulation.READING: "trois-regards",
    territory_map.READING: "protection",
}


def method_behind(text: str) -> str:
    """The code of the method page behind a reading text; empty where there is none."""
    return METHODS.get(text, "")
