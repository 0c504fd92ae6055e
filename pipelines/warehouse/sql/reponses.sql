-- [question answered, as last delivered]; a view over the staged deliveries, not a copy
CREATE VIEW reponses AS
SELECT * FROM actuelles_reponses AS actuelles
-- an identifier that belongs to another network's structure counts for neither
ANTI JOIN structures ON structures.structure_id = actuelles.structure_id AND structures.reseau <> actuelles.reseau;
