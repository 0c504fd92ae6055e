-- [structure, as last described] with the territories that follow from its commune
CREATE TABLE structures AS
SELECT gardees.* EXCLUDE (partage_nominatif), epci, zone_emploi, departement,
  coalesce(partage_nominatif, false) AS partage_nominatif
FROM gardees_structures AS gardees JOIN territoires USING (commune_insee)
-- an identifier belongs to the network that described it first: another one's cannot take its place
QUALIFY gardees.reseau = first_value(gardees.reseau) OVER (PARTITION BY structure_id ORDER BY rang, ligne)
  AND row_number() OVER (PARTITION BY structure_id, gardees.reseau ORDER BY rang DESC, ligne DESC) = 1;
