-- [measure × level × unit × period × breakdown × modality × group × category] what each cell holds; groupe, categorie: as in
-- comptes_structures. y, n: receptions or answers (structures for facts, their `unite` for a ratio of sums); for quantiles and a
-- gap y is cumulated within the group (at most that many days). Breakdowns: networks and the region; départements: all rows.
-- moyenne, ecart_type: of the structures' own shares, each counting the same, those of the entering size only (any size for
-- facts); structures: how many; repondue_moyenne: the mean of the shares of their records that hold the item.
-- n_effectif: the size of a simple sample that would be as precise as these clustered receptions (linearised ratio, Kish 1965).
-- provenance: the weakest of what is added up (mesure, identique, proche); « proche » is never added up beyond its network.
CREATE TABLE comptes AS
WITH cumulees AS (
  SELECT * REPLACE (CAST(sum(y) OVER (
      PARTITION BY mesure_id, structure_id, pas, debut, ventilation, modalite, groupe ORDER BY CAST(categorie AS INTEGER)
    ) AS BIGINT) AS y), CAST(categorie AS INTEGER) AS jour
  FROM comptes_structures WHERE genre IN ('quantiles', 'ecart')
),
jours AS (            -- every number of days met in a group, so that each structure's share is known at each of them
  SELECT DISTINCT mesure_id, pas, debut, ventilation, modalite, groupe, categorie, jour FROM cumulees
),
tailles AS (
  SELECT DISTINCT mesure_id, base_id, genre, structure_id, reseau, pas, debut, ventilation, modalite, groupe, n, applicables,
    provenance
  FROM cumulees
),
completes AS (
  FROM comptes_structures WHERE genre NOT IN ('quantiles', 'ecart')
  UNION ALL BY NAME
  SELECT tailles.*, jours.categorie, coalesce(cumulees.y, 0) AS y
  FROM tailles JOIN jours USING (mesure_id, pas, debut, ventilation, modalite, groupe)
  ASOF LEFT JOIN cumulees
    ON cumulees.mesure_id = tailles.mesure_id AND cumulees.structure_id = tailles.structure_id
    AND cumulees.pas = tailles.pas AND cumulees.debut = tailles.debut AND cumulees.groupe = tailles.groupe
    AND cumulees.ventilation = tailles.ventilation AND cumulees.modalite = tailles.modalite
    AND jours.jour >= cumulees.jour
),
situees AS (SELECT completes.*, departement FROM completes LEFT JOIN structures USING (structure_id)),
placees AS (
  SELECT *, 'structure' AS niveau, structure_id AS unite_id FROM situees WHERE ventilation = ''
  UNION ALL SELECT *, 'reseau', reseau FROM situees
  UNION ALL SELECT *, 'departement', departement FROM situees
    WHERE ventilation = '' AND pas = 'annee' AND departement IS NOT NULL AND provenance <> 'proche'
  UNION ALL SELECT *, 'region', 'bretagne' FROM situees WHERE provenance <> 'proche'
),
sommes AS (
  SELECT mesure_id, any_value(base_id) AS base_id, niveau, unite_id, pas, debut, ventilation, modalite, groupe, categorie,
    sum(y) AS y, sum(n) AS n, sum(applicables) AS applicables,
    count(*) FILTER (n >= entree) AS structures,
    avg(y / n) FILTER (n >= entree) AS moyenne,
    stddev_samp(y / n) FILTER (n >= entree) AS ecart_type,
    avg(n / applicables) FILTER (n >= entree) AS repondue_moyenne,
    count(*) FILTER (n > 0) AS grappes,
    sum(y * y) AS yy, sum(y * n) AS yn, sum(n * n) AS nn,
    max(list_position(['mesure', 'identique', 'proche'], provenance)) AS force
  FROM placees
  JOIN (SELECT base_id, CASE WHEN any_value(fait) THEN 1 ELSE any_value(personnes) END AS entree
        FROM bases CROSS JOIN entree GROUP BY base_id) AS entrees USING (base_id)
  GROUP BY mesure_id, niveau, unite_id, pas, debut, ventilation, modalite, groupe, categorie
)
SELECT mesure_id, base_id, niveau, unite_id, pas, debut, ventilation, modalite, groupe, categorie,
  CAST(y AS BIGINT) AS y, CAST(n AS BIGINT) AS n,
  CAST(applicables AS BIGINT) AS applicables, structures, moyenne, ecart_type, repondue_moyenne,
  CASE WHEN niveau = 'structure' OR grappes < 2 OR y = 0 OR y = n THEN CAST(n AS DOUBLE)
    ELSE least(n, (y / n) * (1 - y / n)
      / nullif(grappes / (grappes - 1) * (yy - 2 * (y / n) * yn + (y / n) ** 2 * nn) / (n * n), 0)) END AS n_effectif,
  ['mesure', 'identique', 'proche'][force] AS provenance
FROM sommes
WHERE n > 0;
