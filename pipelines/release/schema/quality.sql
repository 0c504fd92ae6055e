-- Quality, without a single count of receptions. A hidden cell is a row without any number and without a reason.
CREATE SCHEMA quality;

CREATE TABLE quality.valeurs (      -- [measure × unit × period × category × aggregation]
  mesure_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  categorie VARCHAR,                -- '' for a share; a code and 'favorable' for a distribution; 'p50', 'p90' for quantiles
  agregation VARCHAR,               -- structure | moyenne_structures | part_accueils
  etat VARCHAR NOT NULL,            -- ok | prudence | masque | sans_objet
  raison VARCHAR,                   -- trop_de_non_reponses | fourchette_trop_large: a shown cell without a point
  valeur INTEGER,                   -- whole percent or whole working days
  basse INTEGER, haute INTEGER,     -- range, rounded outward; haute NULL beside a basse: "au moins"
  assise VARCHAR,                   -- 11-19 | 20-49 | 50-99 | 100+
  taux_reponse_classe VARCHAR,      -- 0-49 | 50-74 | 75-89 | 90-100: share of the records that hold the item
  structures INTEGER,               -- structures that enter a mean
  structures_attendues INTEGER,     -- structures open in the period
  PRIMARY KEY (mesure_id, niveau, unite_id, pas, debut, categorie, agregation),
  CHECK (etat IN ('ok', 'prudence', 'masque', 'sans_objet')),
  CHECK (agregation IN ('structure', 'moyenne_structures', 'part_accueils')),
  CHECK (assise IN ('11-19', '20-49', '50-99', '100+')),
  CHECK (raison IN ('trop_de_non_reponses', 'fourchette_trop_large')),
  CHECK (etat IN ('ok', 'prudence') OR (
    valeur IS NULL AND basse IS NULL AND haute IS NULL AND structures IS NULL AND structures_attendues IS NULL
    AND raison IS NULL AND assise IS NULL AND taux_reponse_classe IS NULL))
);

CREATE TABLE quality.donnees (      -- [network × year × dimension]: rates of data quality, never rows
  reseau VARCHAR, pas VARCHAR, debut DATE,
  dimension VARCHAR,                -- exactitude | completude | coherence | delai
  etat VARCHAR NOT NULL,
  valeur INTEGER,                   -- whole percent, or days for delai
  mot VARCHAR,                      -- solide | a_surveiller | a_reprendre
  PRIMARY KEY (reseau, pas, debut, dimension),
  CHECK (etat IN ('ok', 'masque')),
  CHECK (dimension IN ('exactitude', 'completude', 'coherence', 'delai')),
  CHECK (mot IN ('solide', 'a_surveiller', 'a_reprendre')),
  CHECK (etat = 'ok' OR (valeur IS NULL AND mot IS NULL))
);

CREATE TABLE quality.controles (    -- [network × table × rule that was broken at least once]
  reseau VARCHAR, contrat VARCHAR, colonne VARCHAR, regle VARCHAR,
  phrase VARCHAR NOT NULL,          -- what was found, in French
  remede VARCHAR NOT NULL,          -- what to do
  part_conforme INTEGER NOT NULL,   -- whole percent of rows that keep the rule, rounded down
  PRIMARY KEY (reseau, contrat, colonne, regle),
  CHECK (part_conforme BETWEEN 0 AND 99)
);
