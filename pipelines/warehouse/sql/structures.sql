-- [structure, as last described] with the territories that follow from its commune
CREATE TABLE structures AS
SELECT structure_id, gardees.reseau, nom, commune_insee, epci, zone_emploi, departement, mode_collecte,
  coalesce(partage_nominatif, false) AS partage_nominatif, canaux_proposes, actif_du, actif_au
FROM gardees_structures AS gardees JOIN territoires USING (commune_insee)
-- an identifier belongs to the network that described it first: another one's cannot take its place
QUALIFY gardees.reseau = first_value(gardees.reseau) OVER (PARTITION BY structure_id ORDER BY rang, ligne)
  AND row_number() OVER (PARTITION BY structure_id, gardees.reseau ORDER BY rang DESC, ligne DESC) = 1;
