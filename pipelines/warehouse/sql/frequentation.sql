-- [unit × period × channel, as last delivered] the networks' own counts
CREATE TABLE frequentation AS
SELECT livraison_id, reseau, niveau, unite_id, pas, debut, canal, accueils
FROM gardees_frequentation
QUALIFY row_number() OVER (PARTITION BY reseau, niveau, unite_id, pas, debut, canal ORDER BY rang DESC, ligne DESC) = 1;
