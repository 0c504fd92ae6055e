-- [improvement action, as last delivered] `action_id` is told by its network too: two networks may choose the same
CREATE TABLE actions AS
SELECT livraison_id, reseau, reseau || '/' || action_id AS action_id, libelle, niveau, unite_id, mesure, sens, debut,
  coalesce(latence_mois, 1) AS latence_mois, revue_le
FROM actuelles_actions
-- nobody acts in another network's structure
WHERE niveau = 'reseau' OR (unite_id, reseau) IN (SELECT (structure_id, reseau) FROM structures);
