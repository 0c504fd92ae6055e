-- [free comment of the files {fichiers}] those that still hold: out of quarantine, of the last delivery of their questionnaire
CREATE OR REPLACE TEMP TABLE derniers_commentaires AS
SELECT DISTINCT livraison_id, ligne
FROM (
  SELECT staged.reseau, reponse_ref AS reference, livraison_id, rang, ligne
  FROM staged_reponses AS staged JOIN accuses USING (livraison_id)
  UNION
  SELECT staged.reseau, reference, livraison_id, rang, ligne
  FROM read_parquet({fichiers}) AS staged JOIN accuses USING (livraison_id)
) AS dites
ANTI JOIN quarantaine ON quarantaine.livraison_id = dites.livraison_id AND quarantaine.ligne = dites.ligne
QUALIFY reference IS NULL OR rank() OVER (PARTITION BY reseau, reference ORDER BY rang DESC, ligne DESC) = 1;
