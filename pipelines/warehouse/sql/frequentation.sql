-- [unit × period × channel, as last delivered] the networks' own counts
CREATE TABLE frequentation AS
SELECT livraison_id, reseau, niveau, unite_id, pas, debut, canal, accueils
FROM actuelles_frequentation;
