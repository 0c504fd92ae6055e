-- What the figures are about: the edition, the units, the measures and what they evidence. Holds no figure.
CREATE SCHEMA reference;

CREATE TABLE reference.edition (
  cle VARCHAR PRIMARY KEY,          -- release_id, donnees_du, grille, version, etat_grille, synthetique, thresholds with reason…
  valeur VARCHAR NOT NULL
);

CREATE TABLE reference.unites (     -- [niveau × unit]
  niveau VARCHAR, unite_id VARCHAR,
  nom VARCHAR NOT NULL,
  reseau VARCHAR, departement VARCHAR, epci VARCHAR, zone_emploi VARCHAR,
  PRIMARY KEY (niveau, unite_id),
  CHECK (niveau IN ('structure', 'reseau', 'region'))
);

CREATE TABLE reference.periodes (   -- [closed period]
  pas VARCHAR, debut DATE, fin DATE NOT NULL, close_le DATE NOT NULL,
  PRIMARY KEY (pas, debut),
  CHECK (pas IN ('trimestre', 'annee'))
);

CREATE TABLE reference.mesures (    -- [measure]
  mesure_id VARCHAR PRIMARY KEY,    -- "PD02.rendue@2026.1"
  indicateur_id VARCHAR NOT NULL, indicateur VARCHAR NOT NULL,
  grille VARCHAR NOT NULL, version VARCHAR NOT NULL,
  champ VARCHAR NOT NULL, champ_libelle VARCHAR NOT NULL,
  critere VARCHAR NOT NULL, critere_libelle VARCHAR NOT NULL, critere_question VARCHAR NOT NULL,
  genre VARCHAR NOT NULL,           -- part | repartition | quantiles
  nature VARCHAR NOT NULL,          -- rendue | percue | declaree
  base_id VARCHAR NOT NULL, base_libelle VARCHAR NOT NULL,
  sens VARCHAR NOT NULL,            -- plus | moins | zone | neutre
  unite VARCHAR NOT NULL,           -- '%' | 'jours ouvrés'
  libelle VARCHAR NOT NULL, definition VARCHAR NOT NULL, detournement VARCHAR,
  calcul VARCHAR NOT NULL,          -- the SQL that counts it, as run
  ordre INTEGER NOT NULL
);

CREATE TABLE reference.categories ( -- [measure × category], for genre 'repartition' and 'quantiles'
  mesure_id VARCHAR, categorie VARCHAR, libelle VARCHAR NOT NULL,
  favorable BOOLEAN NOT NULL, ordre INTEGER NOT NULL,
  PRIMARY KEY (mesure_id, categorie)
);

CREATE TABLE reference.clauses (    -- [measure × clause it evidences]
  mesure_id VARCHAR, clause_id VARCHAR, texte VARCHAR NOT NULL,
  PRIMARY KEY (mesure_id, clause_id)
);
