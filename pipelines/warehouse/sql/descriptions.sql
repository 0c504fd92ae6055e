-- [description of a structure] by the network that it belongs to, each with the year that it says, else that of its delivery
CREATE VIEW descriptions AS
SELECT gardees.* EXCLUDE (partage_nominatif), epci, zone_emploi, departement,
  coalesce(partage_nominatif, false) AS partage_nominatif, coalesce(annee, year(recue_le)) AS annee_decrite
FROM gardees_structures AS gardees JOIN territoires USING (commune_insee)
JOIN (SELECT livraison_id, recue_le FROM accuses) AS recues USING (livraison_id)
-- an identifier belongs to the network that described it first: another one's cannot take its place
QUALIFY gardees.reseau = first_value(gardees.reseau) OVER (PARTITION BY structure_id ORDER BY rang, ligne);
