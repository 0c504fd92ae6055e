-- Quality, without a single count of receptions. A hidden cell is a row without any number and without a reason.
CREATE SCHEMA quality;

CREATE TABLE quality.valeurs (      -- [measure × unit × period × category × aggregation]
  mesure_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  -- '' for a share, a ratio, an index, a gap, a gain, a number of channels; a code and 'favorable' for a distribution;
  -- 'p50', 'p90' for quantiles; an item of an index; a partner network; 'groupe', 'contre' of a gap; 'avant', 'apres' of a
  -- gain; 'proposes' for channels offered and little used
  categorie VARCHAR,
  agregation VARCHAR,               -- structure | moyenne_structures | part_accueils
  etat VARCHAR NOT NULL,            -- ok | prudence | masque | sans_objet
  raison VARCHAR,                   -- trop_de_non_reponses | fourchette_trop_large: a shown cell without a point
  valeur INTEGER,                   -- whole percent, working days, points, channels, minutes
  basse INTEGER, haute INTEGER,     -- range, rounded outward; haute NULL beside a basse: "au moins"
  assise VARCHAR,                   -- 11-19 | 20-49 | 50-99 | 100+
  taux_reponse_classe VARCHAR,      -- 0-49 | 50-74 | 75-89 | 90-100: share of the records that hold the item
  structures INTEGER,               -- structures that enter a mean
  structures_attendues INTEGER,     -- structures open in the period
  provenance VARCHAR,               -- mesure | identique | proche: counted here, or the network's own indicator
  PRIMARY KEY (mesure_id, niveau, unite_id, pas, debut, categorie, agregation),
  CHECK (etat IN ('ok', 'prudence', 'masque', 'sans_objet')),
  CHECK (agregation IN ('structure', 'moyenne_structures', 'part_accueils')),
  CHECK (provenance IN ('mesure', 'identique', 'proche')),
  CHECK (assise IN ('11-19', '20-49', '50-99', '100+')),
  CHECK (raison IN ('trop_de_non_reponses', 'fourchette_trop_large')),
  CHECK (etat IN ('ok', 'prudence') OR (
    valeur IS NULL AND basse IS NULL AND haute IS NULL AND structures IS NULL AND structures_attendues IS NULL
    AND raison IS NULL AND assise IS NULL AND taux_reponse_classe IS NULL AND provenance IS NULL))
);

CREATE TABLE quality.ventilations ( -- [measure × network or region × year × modality × category × aggregation]: as valeurs
  mesure_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  ventilation VARCHAR, modalite VARCHAR, -- one breakdown at a time (reference.modalites), never two crossed
  categorie VARCHAR, agregation VARCHAR,
  etat VARCHAR NOT NULL, raison VARCHAR, valeur INTEGER, basse INTEGER, haute INTEGER,
  assise VARCHAR, taux_reponse_classe VARCHAR, structures INTEGER, structures_attendues INTEGER, provenance VARCHAR,
  PRIMARY KEY (mesure_id, niveau, unite_id, pas, debut, ventilation, modalite, categorie, agregation),
  CHECK (niveau IN ('reseau', 'region') AND pas = 'annee'),
  CHECK (ventilation IN ('canal', 'situation', 'tranche_age', 'autonomie_distance', 'provenance')),
  CHECK (etat IN ('ok', 'prudence', 'masque', 'sans_objet')),
  CHECK (agregation IN ('moyenne_structures', 'part_accueils')),
  CHECK (provenance IN ('mesure', 'identique', 'proche')),
  CHECK (assise IN ('11-19', '20-49', '50-99', '100+')),
  CHECK (raison IN ('trop_de_non_reponses', 'fourchette_trop_large')),
  CHECK (etat IN ('ok', 'prudence') OR (
    valeur IS NULL AND basse IS NULL AND haute IS NULL AND structures IS NULL AND structures_attendues IS NULL
    AND raison IS NULL AND assise IS NULL AND taux_reponse_classe IS NULL AND provenance IS NULL))
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

CREATE TABLE quality.processus (    -- [indicator of the process × unit]: about the improvement itself, never about a structure
  indicateur_id VARCHAR, version VARCHAR,
  niveau VARCHAR, unite_id VARCHAR,
  etat VARCHAR NOT NULL,            -- ok | pas_encore
  valeur INTEGER, sur INTEGER,      -- how many, out of how many (clauses, questions); valeur in `unite` where sur is NULL
  unite VARCHAR NOT NULL,
  phrase VARCHAR NOT NULL,          -- the same in French, or what it waits for
  PRIMARY KEY (indicateur_id, version, niveau, unite_id),
  CHECK (etat IN ('ok', 'pas_encore')),
  CHECK (niveau IN ('region', 'reseau')),
  CHECK (etat = 'ok' OR (valeur IS NULL AND sur IS NULL))
);
