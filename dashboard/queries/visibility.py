"""The rule of every query about units, in SQL: what a scope (dashboard.access) opens."""

from __future__ import annotations

NAMED_STRUCTURES = """(
    SELECT unite_id FROM (
        SELECT unite_id, reseau, coalesce(partage_nominatif, FALSE) AS consent,
            count(*) FILTER (WHERE NOT coalesce(partage_nominatif, FALSE)) OVER (PARTITION BY reseau) AS refusals
        FROM reference.unites WHERE niveau = 'structure'
    )
    WHERE unite_id = $structure OR (reseau = $network AND consent AND (refusals = 0 OR refusals >= 3))
)"""
"""The structures that a scope sees by name: a team its own, a head of network those of the network that consented.

Where one or two alone did not, none is named: their figures would be what the network's leaves beside those of the others.
"""

MAY_SEE = f"""(
    list_contains($levels, niveau) OR (niveau = 'structure' AND unite_id IN {NAMED_STRUCTURES})
)"""
"""Whether the scope opens a row of some `niveau` and `unite_id`: the rule of every query about units."""

OPEN_CATEGORY = "NOT list_contains(CAST($closed AS VARCHAR[]), categorie)"
"""Whether the scope opens the category of a row."""
