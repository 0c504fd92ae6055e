-- [structure × year] the profile that holds in a year: the last delivered of those that say it, else the one before it in time.
-- Up to the year of the last delivery of anything; only while the structure is open, as last described.
CREATE TABLE profils AS
WITH annuels AS (
  SELECT *, lead(annee_decrite) OVER (PARTITION BY structure_id ORDER BY annee_decrite) AS suivante
  FROM (FROM descriptions
    QUALIFY row_number() OVER (PARTITION BY structure_id, annee_decrite ORDER BY rang DESC, ligne DESC) = 1)
),
fin AS (
  SELECT greatest(max(year(recue_le)), (SELECT max(annee_decrite) FROM descriptions)) AS derniere FROM accuses
)
SELECT annuels.* EXCLUDE (annee_decrite, suivante) REPLACE (
    CAST(annees.annee AS INTEGER) AS annee, structures.actif_du AS actif_du, structures.actif_au AS actif_au)
FROM annuels JOIN structures USING (structure_id) CROSS JOIN fin
JOIN LATERAL (SELECT unnest(range(annee_decrite, coalesce(suivante, derniere + 1))) AS annee) AS annees
  ON annees.annee BETWEEN year(structures.actif_du) AND coalesce(year(structures.actif_au), annees.annee);
