-- [measure × level × unit × period × category] what each cell holds.
-- y, n: receptions or answers; for quantiles y is cumulated (at most that many days).
-- moyenne, ecart_type: of the structures' own shares, each counting the same, those of the entering size only; structures: how many.
-- n_effectif: the size of a simple sample that would be as precise as these clustered receptions (linearised ratio, Kish 1965).
CREATE TABLE comptes AS
WITH jours AS (            -- every number of days met in a unit, so that each structure's share is known at each of them
  SELECT DISTINCT mesure_id, reseau, pas, debut, categorie FROM comptes_structures WHERE genre = 'quantiles'
),
tailles AS (
  SELECT DISTINCT mesure_id, base_id, genre, structure_id, reseau, pas, debut, n, applicables FROM comptes_structures
),
completes AS (
  SELECT mesure_id, base_id, genre, structure_id, reseau, pas, debut, categorie, y, n, applicables
  FROM comptes_structures WHERE genre <> 'quantiles'
  UNION ALL
  SELECT mesure_id, tailles.base_id, tailles.genre, tailles.structure_id, tailles.reseau, pas, debut, reperes.categorie,
    coalesce(suivis.y, 0), tailles.n, tailles.applicables
  FROM tailles
  JOIN (SELECT DISTINCT mesure_id, pas, debut, categorie, CAST(categorie AS INTEGER) AS jour FROM jours) AS reperes
    USING (mesure_id, pas, debut)
  ASOF LEFT JOIN (SELECT *, CAST(categorie AS INTEGER) AS jour FROM comptes_structures WHERE genre = 'quantiles') AS suivis
    ON suivis.mesure_id = tailles.mesure_id AND suivis.structure_id = tailles.structure_id
    AND suivis.pas = tailles.pas AND suivis.debut = tailles.debut AND reperes.jour >= suivis.jour
  WHERE tailles.genre = 'quantiles'
),
placees AS (
  SELECT *, 'structure' AS niveau, structure_id AS unite_id FROM completes
  UNION ALL SELECT *, 'reseau', reseau FROM completes
  UNION ALL SELECT *, 'region', 'bretagne' FROM completes
),
sommes AS (
  SELECT mesure_id, any_value(base_id) AS base_id, niveau, unite_id, pas, debut, categorie,
    sum(y) AS y, sum(n) AS n, sum(applicables) AS applicables,
    count(*) FILTER (n >= personnes) AS structures,
    avg(y / n) FILTER (n >= personnes) AS moyenne,
    stddev_samp(y / n) FILTER (n >= personnes) AS ecart_type,
    count(*) FILTER (n > 0) AS grappes,
    sum(y * y) AS yy, sum(y * n) AS yn, sum(n * n) AS nn
  FROM placees CROSS JOIN entree
  GROUP BY mesure_id, niveau, unite_id, pas, debut, categorie
)
SELECT mesure_id, base_id, niveau, unite_id, pas, debut, categorie, CAST(y AS BIGINT) AS y, CAST(n AS BIGINT) AS n,
  CAST(applicables AS BIGINT) AS applicables, structures, moyenne, ecart_type,
  CASE WHEN niveau = 'structure' OR grappes < 2 OR y = 0 OR y = n THEN CAST(n AS DOUBLE)
    ELSE least(n, (y / n) * (1 - y / n)
      / nullif(grappes / (grappes - 1) * (yy - 2 * (y / n) * yn + (y / n) ** 2 * nn) / (n * n), 0)) END AS n_effectif
FROM sommes
WHERE n > 0;
