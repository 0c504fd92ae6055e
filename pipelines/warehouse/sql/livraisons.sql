-- [file delivered and accepted] every row read is accounted for, once
CREATE TABLE livraisons (
  livraison_id VARCHAR PRIMARY KEY, rang INTEGER NOT NULL, reseau VARCHAR NOT NULL, livraison VARCHAR, contrat VARCHAR NOT NULL,
  recue_le DATE NOT NULL, lues INTEGER NOT NULL, nouvelles INTEGER NOT NULL, remplacantes INTEGER NOT NULL,
  repetees INTEGER NOT NULL, quarantaine INTEGER NOT NULL, ecartees INTEGER NOT NULL,
  CHECK (lues = nouvelles + remplacantes + repetees + quarantaine + ecartees)
);
INSERT INTO livraisons
SELECT accuses.livraison_id, rang, reseau, livraison, contrat, recue_le, lues,
  coalesce(nouvelles, 0), coalesce(remplacantes, 0), coalesce(repetees, 0),
  (SELECT count(DISTINCT ligne) FROM quarantaine WHERE quarantaine.livraison_id = accuses.livraison_id), ecartees
FROM accuses LEFT JOIN bilans USING (livraison_id);
