-- [base × level × unit × period] who is counted, and how the smallest answered measure of the base rests on its structures
CREATE TABLE effectifs AS
WITH reponses_par_mesure AS (
  SELECT DISTINCT base_id, mesure_id, structure_id, reseau, pas, debut, n FROM comptes_structures
),
placees AS (
  SELECT *, 'structure' AS niveau, structure_id AS unite_id FROM reponses_par_mesure
  UNION ALL SELECT *, 'reseau', reseau FROM reponses_par_mesure
  UNION ALL SELECT *, 'region', 'bretagne' FROM reponses_par_mesure
),
mesures AS (
  SELECT base_id, mesure_id, niveau, unite_id, pas, debut, sum(n) AS n, max(n) AS plus_grande,
    count(DISTINCT structure_id) FILTER (n > 0) AS structures, count(DISTINCT reseau) FILTER (n > 0) AS reseaux
  FROM placees GROUP BY base_id, mesure_id, niveau, unite_id, pas, debut
)
SELECT base_id, niveau, unite_id, pas, debut, CAST(min(n) AS BIGINT) AS n_min_repondu,
  CAST(min(n - plus_grande) AS BIGINT) AS reste_min, max(plus_grande / nullif(n, 0)) AS part_max,
  min(structures) AS contributrices, min(reseaux) AS reseaux
FROM mesures SEMI JOIN bases USING (base_id, niveau)
GROUP BY base_id, niveau, unite_id, pas, debut;
