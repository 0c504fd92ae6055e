-- [network × year of the records delivered] rows checked, rows out for a column, rows out for an incoherence, items held, delay
CREATE TABLE bilan_donnees AS
WITH mois_livres AS (
  SELECT livraison_id, mois, count(*) AS lignes FROM gardees_accueils GROUP BY livraison_id, mois
),
-- The year of the month most often told, of the last such month: `mode` would take any of them, one time or another.
annees AS (
  SELECT livraison_id, max(mois) AS dernier_mois,
    CAST(date_trunc('year', max(mois) FILTER (lignes = most)) AS DATE) AS debut
  FROM (SELECT *, max(lignes) OVER (PARTITION BY livraison_id) AS most FROM mois_livres)
  GROUP BY livraison_id
),
lignes_controlees AS (
  SELECT annees.debut, livraisons.reseau, livraison_id, lues - ecartees AS controlees,
    date_diff('day', last_day(dernier_mois), recue_le) AS jours
  FROM livraisons JOIN annees USING (livraison_id)
),
ecarts AS (
  SELECT livraison_id,
    count(DISTINCT ligne) FILTER (regle IN ('obligatoire', 'code_inconnu', 'illisible', 'hors_bornes')) AS inexactes,
    count(DISTINCT ligne) FILTER (regle NOT IN ('obligatoire', 'code_inconnu', 'illisible', 'hors_bornes')) AS incoherentes
  FROM quarantaine GROUP BY livraison_id
),
items AS (
  SELECT reseau, debut, sum(n) AS portes, sum(applicables) AS attendus
  FROM (
    SELECT DISTINCT mesure_id, groupe, structure_id, reseau, debut, n, applicables FROM comptes_structures
    SEMI JOIN (FROM bases WHERE source = 'accueils') AS lues USING (base_id)
    WHERE pas = 'annee' AND ventilation = '' AND provenance = 'mesure' AND NOT (genre = 'diversite' AND groupe = 'proposes')
  )
  GROUP BY reseau, debut
)
SELECT reseau, 'annee' AS pas, debut, CAST(sum(controlees) AS BIGINT) AS controlees,
  CAST(sum(coalesce(inexactes, 0)) AS BIGINT) AS inexactes, CAST(sum(coalesce(incoherentes, 0)) AS BIGINT) AS incoherentes,
  CAST(any_value(portes) AS BIGINT) AS portes, CAST(any_value(attendus) AS BIGINT) AS attendus, median(jours) AS jours
FROM lignes_controlees LEFT JOIN ecarts USING (livraison_id) LEFT JOIN items USING (reseau, debut)
SEMI JOIN periodes ON periodes.pas = 'annee' AND periodes.debut = lignes_controlees.debut
GROUP BY reseau, debut;
