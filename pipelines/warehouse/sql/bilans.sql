-- [delivery] what each kept row was to the records already known: new, the same again, or a replacement
CREATE TABLE bilans AS
WITH repetitions AS (
  SELECT livraison_id,
    count(*) FILTER (precedent <> contenu) AS remplacantes,
    count(*) FILTER (precedent = contenu) AS repetees
  FROM suivies
  GROUP BY livraison_id
)
SELECT livraison_id, lignes - coalesce(remplacantes + repetees, 0) AS nouvelles,
  coalesce(remplacantes, 0) AS remplacantes, coalesce(repetees, 0) AS repetees
FROM comptees LEFT JOIN repetitions USING (livraison_id);
