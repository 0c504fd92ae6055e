-- [source row of the year, out of quarantine] what becomes of it, for the table {contrat} of the warehouse and the year {annee}
-- ligne_neuve: its new number, drawn at random after those of the rows that stay; an earlier version stays before a later one.
-- reference_neuve: one drawn at random for each record that must stay together ({garde}), NULL for the others.
-- changements: how many times the record changed after this version. videe: replaced by another version, its content goes.
-- The draws are hashes under a secret of 256 bits that nobody keeps: neither the order nor the references can be undone.
CREATE OR REPLACE TEMP TABLE sources AS
SELECT livraison_id, any_value(staged.reseau) AS reseau, any_value(rang) AS rang, ligne,
  any_value({reference})::VARCHAR AS cle, hash(list_sort(list(concat_ws('|', {contenu})))) AS contenu,
  year(TRY_CAST(any_value(mois) AS DATE)) AS annee
FROM staged_{contrat} AS staged JOIN accuses USING (livraison_id)
GROUP BY livraison_id, ligne;

CREATE OR REPLACE TEMP TABLE fermees AS
SELECT * EXCLUDE (annee),
  (livraison_id, ligne) IN (SELECT (livraison_id, CAST(ligne AS BIGINT)) FROM quarantaine) AS en_quarantaine
FROM sources
-- a row without a month is in quarantine for good: it goes with the first closing of its file
WHERE annee = {annee} OR annee IS NULL AND livraison_id IN (SELECT livraison_id FROM sources WHERE annee = {annee});

CREATE OR REPLACE TEMP TABLE devenirs AS
WITH dernieres AS (
  SELECT livraison_id, max(ligne) AS derniere FROM sources GROUP BY livraison_id
),
suivies AS (
  SELECT *, lead(contenu) OVER (PARTITION BY reseau, cle ORDER BY rang, ligne) AS suivant,
    row_number() OVER (PARTITION BY reseau, cle ORDER BY rang DESC, ligne DESC) AS profondeur,
    count(*) OVER (PARTITION BY reseau, cle) AS versions
  FROM fermees WHERE NOT en_quarantaine AND cle IS NOT NULL
  UNION ALL
  SELECT *, NULL, 1, 1 FROM fermees WHERE NOT en_quarantaine AND cle IS NULL
),
comparees AS (
  SELECT *, count(*) FILTER (contenu <> suivant) OVER (PARTITION BY reseau, cle ORDER BY rang DESC, ligne DESC) AS changements
  FROM suivies
)
SELECT livraison_id, ligne, changements,
  derniere + row_number() OVER (
    PARTITION BY livraison_id ORDER BY profondeur DESC, sha256(getvariable('secret') || '/ordre/' || livraison_id || ligne)
  ) AS ligne_neuve,
  CASE WHEN cle IS NOT NULL AND {garde}
    THEN CAST(left(sha256(getvariable('secret') || '/reference/' || reseau || '/' || cle), 32) AS UUID) END AS reference_neuve,
  changements > 0 AND (livraison_id, ligne) NOT IN (SELECT (livraison_id, ligne) FROM {contrat}) AS videe
FROM comparees JOIN dernieres USING (livraison_id);
