-- [measure × structure × period × breakdown × modality × group × category] comptes_fins added up at each step of the base;
-- columns as there, without reglee. provenance: mesure | identique | proche, a network's own indicator that stands in.
-- A quarter is the sum of its months, a year of its quarters, and of what came late and may enter it.
CREATE TABLE comptes_structures AS
WITH pas_des_bases AS (SELECT DISTINCT base_id, pas AS pas_montre FROM bases),
lignes AS (
  SELECT fines.* EXCLUDE (pas, debut), debut AS debut_fin, pas_montre AS pas,
    CAST(date_trunc(CASE pas_montre WHEN 'mois' THEN 'month' WHEN 'trimestre' THEN 'quarter' ELSE 'year' END, debut) AS DATE)
      AS debut
  FROM comptes_fins AS fines JOIN pas_des_bases USING (base_id)
  WHERE list_position(['mois', 'trimestre', 'annee'], pas_montre) >= list_position(['mois', 'trimestre', 'annee'], fines.pas)
    AND (ventilation = '' OR pas_montre = 'annee')
  UNION ALL BY NAME SELECT *, NULL AS debut_fin, NULL AS reglee FROM tardifs
),
sommes AS (
  SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, ventilation, modalite, groupe, categorie, provenance,
    CAST(sum(y) AS BIGINT) AS y
  FROM lignes GROUP BY ALL
),
tailles AS (          -- a size stands beside each category, once for each finest period
  SELECT mesure_id, structure_id, pas, debut, ventilation, modalite, groupe,
    CAST(sum(n) AS BIGINT) AS n, CAST(sum(applicables) AS BIGINT) AS applicables
  FROM (
    SELECT DISTINCT mesure_id, structure_id, pas, debut, ventilation, modalite, groupe, debut_fin, reglee, n, applicables
    FROM lignes)
  GROUP BY ALL
)
SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, ventilation, modalite, groupe, categorie,
  y, n, applicables, provenance
FROM sommes JOIN tailles USING (mesure_id, structure_id, pas, debut, ventilation, modalite, groupe)
SEMI JOIN periodes USING (pas, debut)
-- the row of those that recorded no number of days stands for them only where nobody did
QUALIFY y > 0 OR genre NOT IN ('quantiles', 'ecart')
  OR count(*) OVER (PARTITION BY mesure_id, structure_id, pas, debut, ventilation, modalite, groupe) = 1;
