-- [delivery] what each kept row was to the records already known: new, the same again, or a replacement
CREATE TABLE bilans AS
WITH suivies AS (
  SELECT livraison_id, contenu,
    CASE WHEN cle IS NOT NULL
      THEN lag(contenu) OVER (PARTITION BY contrat, reseau, cle ORDER BY rang, ligne) END AS precedent
  FROM lignes
  WHERE NOT en_quarantaine
)
SELECT livraison_id,
  count(*) FILTER (precedent IS NULL) AS nouvelles,
  count(*) FILTER (precedent <> contenu) AS remplacantes,
  count(*) FILTER (precedent = contenu) AS repetees
FROM suivies
GROUP BY livraison_id;
