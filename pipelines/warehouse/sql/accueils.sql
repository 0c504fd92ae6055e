-- [reception, as last delivered]; a view over the staged deliveries, not a copy
CREATE VIEW accueils AS
SELECT * FROM gardees_accueils
-- an identifier that belongs to another network's structure counts for neither
ANTI JOIN structures ON structures.structure_id = gardees_accueils.structure_id AND structures.reseau <> gardees_accueils.reseau
QUALIFY accueil_ref IS NULL OR row_number() OVER (PARTITION BY reseau, accueil_ref ORDER BY rang DESC, ligne DESC) = 1;
