-- [question answered, as last delivered]; a view over the staged deliveries, not a copy
CREATE VIEW reponses AS
SELECT * FROM gardees_reponses
-- an identifier that belongs to another network's structure counts for neither
ANTI JOIN structures ON structures.structure_id = gardees_reponses.structure_id AND structures.reseau <> gardees_reponses.reseau
QUALIFY rank() OVER (PARTITION BY reseau, reponse_ref ORDER BY rang DESC, ligne DESC) = 1;
