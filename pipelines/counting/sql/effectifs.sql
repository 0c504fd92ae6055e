-- (a view: what a person reads to understand a mask)
-- [base × level × unit × period × breakdown × modality] how the smallest answered measure, item, side or partner of the base
-- rests on its structures. What nobody of the unit recorded says nothing, and is left out; n_min_repondu is 0 where nothing was
-- recorded at all.
CREATE OR REPLACE VIEW effectifs AS
WITH reponses_par_mesure AS (
  SELECT DISTINCT base_id, mesure_id, groupe, structure_id, reseau, departement, pas, debut, ventilation, modalite, n, provenance
  FROM comptes_structures LEFT JOIN structures USING (structure_id, reseau)
  WHERE groupe <> 'proposes' OR genre <> 'diversite'   -- offers are counts of structures
),
placees AS (
  SELECT *, 'structure' AS niveau, structure_id AS unite_id FROM reponses_par_mesure WHERE ventilation = ''
  UNION ALL SELECT *, 'reseau', reseau FROM reponses_par_mesure
  UNION ALL SELECT *, 'departement', departement FROM reponses_par_mesure
    WHERE ventilation = '' AND pas = 'annee' AND departement IS NOT NULL AND provenance <> 'proche'
  UNION ALL SELECT *, 'region', 'bretagne' FROM reponses_par_mesure WHERE provenance <> 'proche'
),
mesures AS (
  SELECT base_id, mesure_id, groupe, niveau, unite_id, pas, debut, ventilation, modalite,
    nullif(sum(n), 0) AS n, max(n) AS plus_grande,
    nullif(count(DISTINCT structure_id) FILTER (n > 0), 0) AS structures,
    nullif(count(DISTINCT reseau) FILTER (n > 0), 0) AS reseaux
  FROM placees GROUP BY base_id, mesure_id, groupe, niveau, unite_id, pas, debut, ventilation, modalite
)
SELECT base_id, niveau, unite_id, pas, debut, ventilation, modalite, CAST(coalesce(min(n), 0) AS BIGINT) AS n_min_repondu,
  CAST(coalesce(min(n - plus_grande), 0) AS BIGINT) AS reste_min, max(plus_grande / n) AS part_max,
  coalesce(min(structures), 0) AS contributrices, coalesce(min(reseaux), 0) AS reseaux
FROM mesures SEMI JOIN bases USING (base_id, niveau, pas)
GROUP BY base_id, niveau, unite_id, pas, debut, ventilation, modalite;
