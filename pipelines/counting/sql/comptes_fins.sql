-- [measure × structure × period × breakdown × modality × group × category] what records, answers and profiles say, before it
-- is added up: by the finest step of their table, and for each modality by year. y: what counts in the category, of the n that
-- answered, of the applicable.
-- groupe: '' | an item of an index | a partner network | 'groupe', 'contre' of a gap | 'proposes', channels that are offered.
-- genre quantiles, ecart: categorie is a number of days, y those that waited so many.
-- reglee: whether the finest periods that it sums were published before; a year's modalities may have both.
CREATE TABLE comptes_fins (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, reglee BOOLEAN, ventilation VARCHAR, modalite VARCHAR, groupe VARCHAR, categorie VARCHAR,
  y BIGINT, n BIGINT, applicables BIGINT, provenance VARCHAR);
