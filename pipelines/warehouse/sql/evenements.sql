-- [unit × measure × month × nature, as last delivered] what a person told of a line; '' stands for every measure
CREATE TABLE evenements AS
SELECT livraison_id, reseau, niveau, unite_id, CASE mesure WHEN 'toutes' THEN '' ELSE mesure END AS mesure, mois, nature,
  raison, auteur
FROM actuelles_evenements
-- nobody speaks of another network's structure
WHERE niveau = 'reseau' OR (unite_id, reseau) IN (SELECT (structure_id, reseau) FROM structures);
