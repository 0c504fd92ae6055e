-- [as comptes_structures, years only] what came too late for the periods published before, and may enter the year
CREATE TABLE IF NOT EXISTS tardifs (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR, categorie VARCHAR,
  y BIGINT, n BIGINT, applicables BIGINT, provenance VARCHAR);
