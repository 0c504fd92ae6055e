-- [network × table × rule broken at least once] rows checked and rows that break the rule, over all deliveries
CREATE TABLE bilan_regles AS
WITH controlees AS (
  SELECT reseau, contrat, sum(lues - ecartees) AS controlees FROM livraisons GROUP BY reseau, contrat
)
SELECT livraisons.reseau, livraisons.contrat, colonne, regle,
  CAST(any_value(controlees.controlees) AS BIGINT) AS controlees, count(*) AS ecarts
FROM quarantaine JOIN livraisons USING (livraison_id)
JOIN controlees ON controlees.reseau = livraisons.reseau AND controlees.contrat = livraisons.contrat
GROUP BY livraisons.reseau, livraisons.contrat, colonne, regle;
