-- [reception, as last delivered]; a view over the staged deliveries, not a copy
CREATE VIEW accueils AS
SELECT * FROM gardees_accueils
QUALIFY accueil_ref IS NULL OR row_number() OVER (PARTITION BY reseau, accueil_ref ORDER BY rang DESC, ligne DESC) = 1;
