"""One invented row for each table of the contract, which keeps all its rules."""

from __future__ import annotations

from grids.contract import Column, Contract, allowed_values
from grids.register import network_codes

_CHOSEN = {
    "accueil_ref": "FICTIF-2026-0001",
    "reponse_ref": "FICTIF-2026-0002",
    "structure_id": "FICTIF-01",
    "unite_id": "FICTIF-01",
    "nom": "Lieu FICTIF de Rennes",
    "siret": "00000000000018",
    "commune_insee": "35238",
    "sans_rendez_vous_demi_journees": "6",
    "delai_rdv_annonce_jours_ouvres": "5",
    "delai_courriel_annonce_jours_ouvres": "3",
    "documentation_derniere_revue": "2026-01-15",
    "convention_date": "2024-05-02",
    "referentiel_date": "2024-09-01",
    "annee": "2026",
    "accueillants": "5",
    "formes_24m": "3",
    "formes_inter_reseaux_24m": "1",
    "actif_du": "2020-01-01",
    "actif_au": "2030-12-31",
    "mois": "2026-01-01",
    "debut": "2026-01-01",
    "modalite": "differe",
    "attente_jours_ouvres": "2",
    "delai_annonce_jours_ouvres": "5",
    "urgence": "echeance",
    "type_echange": "analyse",
    "orientation": "france-travail|apec",
    "canaux_proposes": "presentiel|telephone",
    "grille": "api-bretagne",
    "version": "2025.1",
    "question": "U03",
    "valeur": "4",
    "accueils": "120",
    "indicateur_reseau": "DELAI-MEDIAN",
    "definition_version": "2025",
    "action_id": "FICTIF-ACTION-1",
    "mesure": "OR02.rendue",
    "libelle": "Une demi-journée de plus sans rendez-vous",
    "latence_mois": "1",
    "revue_le": "2026-09-30",
    "raison": "Nouvelle manière de compter les attentes",
    "base": "120",
}


def example_of(contract: Contract, column: Column) -> str:
    """An invented value of `column`, which stands in its rules beside the other examples of `contract`."""
    if column.name in _CHOSEN:
        return _CHOSEN[column.name]
    admitted = allowed_values(column, network_codes())
    assert admitted, f"{contract.table}.{column.name} needs an example"
    return admitted[0]
