-- [free comment, as last delivered] only those that a person has read (relecture = publiable) may ever be shown
CREATE TABLE verbatims AS
WITH dernieres AS (
  -- an answer delivered again without its comment takes the comment back
  SELECT livraison_id, ligne
  FROM (
    SELECT reseau, reponse_ref AS reference, livraison_id, rang, ligne FROM gardees_reponses
    UNION
    SELECT reseau, reference, livraison_id, rang, ligne FROM gardees_verbatims
  )
  QUALIFY reference IS NULL OR rank() OVER (PARTITION BY reseau, reference ORDER BY rang DESC, ligne DESC) = 1
)
SELECT reference, reseau, structure_id, mois, question, texte, relecture
FROM gardees_verbatims
SEMI JOIN dernieres USING (livraison_id, ligne)
-- nobody's structure, or another network's: no place to speak of
SEMI JOIN structures USING (structure_id, reseau)
WHERE mois IS NOT NULL;
