-- [measure × structure × period × group × category] y: what counts in the category, of the n that answered, of the applicable.
-- groupe: '' | an item of an index | a partner network | 'groupe', 'contre' of a gap | 'proposes', channels that are offered.
-- genre quantiles, ecart: categorie is a number of days and y is cumulated, those that waited at most so many.
-- provenance: mesure | identique | proche, a network's own indicator that stands in.
CREATE TABLE comptes_structures (mesure_id VARCHAR, base_id VARCHAR, genre VARCHAR, structure_id VARCHAR, reseau VARCHAR,
  pas VARCHAR, debut DATE, groupe VARCHAR, categorie VARCHAR, y BIGINT, n BIGINT, applicables BIGINT, provenance VARCHAR);
