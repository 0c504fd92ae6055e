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
  partage_nominatif BOOLEAN,        -- a structure that consents to be shown by name to its head of network: who may see it by
                                    -- name is decided from this alone; false once its profile is withdrawn
  PRIMARY KEY (niveau, unite_id),
  CHECK (niveau IN ('structure', 'reseau', 'departement', 'region'))
);

CREATE TABLE reference.periodes (   -- [closed period]
  pas VARCHAR, debut DATE, fin DATE NOT NULL,
  close_le DATE NOT NULL, finale_le DATE NOT NULL, -- from the one to the other the networks read their figures again
  etat VARCHAR NOT NULL,            -- finale | candidate
  edition VARCHAR NOT NULL,         -- the edition that first showed it
  PRIMARY KEY (pas, debut),
  CHECK (pas IN ('mois', 'trimestre', 'annee')),
  CHECK (etat IN ('finale', 'candidate'))
);

CREATE TABLE reference.grilles (     -- [version of the grid], oldest first by en_vigueur_du
  version VARCHAR PRIMARY KEY,
  grille VARCHAR NOT NULL, libelle VARCHAR NOT NULL,
  etat VARCHAR NOT NULL,            -- travail | proposee | essai | adoptee | retiree
  en_vigueur_du DATE NOT NULL, en_vigueur_au DATE,
  prochaine_revue DATE NOT NULL, adoptee_le DATE,
  motif VARCHAR NOT NULL, empreinte VARCHAR NOT NULL,
  definition VARCHAR NOT NULL,      -- the whole version as JSON: grids.model.Grid.model_validate_json reads it
  CHECK (etat IN ('travail', 'proposee', 'essai', 'adoptee', 'retiree'))
);

CREATE TABLE reference.mesures (    -- [measure], of every version
  mesure_id VARCHAR PRIMARY KEY,    -- "PD02.rendue@2025.1"
  indicateur_id VARCHAR NOT NULL, indicateur VARCHAR NOT NULL,
  grille VARCHAR NOT NULL, version VARCHAR NOT NULL,
  champ VARCHAR NOT NULL, champ_libelle VARCHAR NOT NULL, -- the field "processus" speaks of the improvement itself
  critere VARCHAR NOT NULL, critere_libelle VARCHAR NOT NULL, critere_question VARCHAR NOT NULL,
  genre VARCHAR NOT NULL,           -- part | repartition | quantiles | ecart | diversite | gain | indice | rapport_de_sommes
  nature VARCHAR NOT NULL,          -- rendue | percue | declaree
  base_id VARCHAR NOT NULL, base_libelle VARCHAR NOT NULL, -- "accueils_analyse@2025.1"
  base_table VARCHAR NOT NULL,      -- accueils | reponses | structures
  fait_d_organisation BOOLEAN NOT NULL,
  opinion BOOLEAN NOT NULL,         -- what persons or professionals think: unanimity is never told
  niveaux VARCHAR[] NOT NULL, pas VARCHAR[] NOT NULL, -- where and by which step it is shown
  sens VARCHAR NOT NULL,            -- plus | moins | zone | neutre
  unite VARCHAR NOT NULL,           -- '%' | 'jours ouvrés' | 'points' | 'canaux' | 'minutes'
  libelle VARCHAR NOT NULL, definition VARCHAR NOT NULL, detournement VARCHAR, limite VARCHAR,
  noyau BOOLEAN NOT NULL,           -- among the few proposed for a first discussion
  comparaison VARCHAR NOT NULL,     -- tous | meme_reseau | aucune
  seuil INTEGER, seuil_raison VARCHAR, seuil_date DATE,
  calcul VARCHAR NOT NULL,          -- the SQL that counts it, as run
  precedente VARCHAR,               -- the measure of the same name in the version before
  suite_de VARCHAR, suite_raison VARCHAR, -- the measure that it continues as one series, and why
  ordre INTEGER NOT NULL
);

CREATE TABLE reference.categories ( -- [measure × category], for genre 'repartition' and 'quantiles'
  mesure_id VARCHAR, categorie VARCHAR, libelle VARCHAR NOT NULL,
  favorable BOOLEAN NOT NULL, ordre INTEGER NOT NULL,
  PRIMARY KEY (mesure_id, categorie)
);

CREATE TABLE reference.modalites (  -- [breakdown × modality], in order
  ventilation VARCHAR, ventilation_libelle VARCHAR NOT NULL,
  modalite VARCHAR, libelle VARCHAR NOT NULL, ordre INTEGER NOT NULL,
  PRIMARY KEY (ventilation, modalite)
);

CREATE TABLE reference.clauses (    -- [measure × clause it evidences]
  mesure_id VARCHAR, clause_id VARCHAR, texte VARCHAR NOT NULL,
  PRIMARY KEY (mesure_id, clause_id)
);

CREATE TABLE reference.registre_clauses ( -- [version × clause of the specification]
  version VARCHAR, clause_id VARCHAR, texte VARCHAR NOT NULL, champ VARCHAR NOT NULL, ordre INTEGER NOT NULL,
  statut VARCHAR,                   -- portee | approchee | sans_mesure; NULL: this version says nothing of it
  raison VARCHAR,                   -- why no figure can say it, and what stands in its place
  indicateurs VARCHAR[] NOT NULL, approchants VARCHAR[] NOT NULL, -- ids of the grid's indicators
  PRIMARY KEY (version, clause_id),
  CHECK (statut IN ('portee', 'approchee', 'sans_mesure'))
);

CREATE TABLE reference.refus (      -- [network × indicator that it declines]
  reseau VARCHAR, indicateur_id VARCHAR, raison VARCHAR NOT NULL, depuis DATE NOT NULL,
  PRIMARY KEY (reseau, indicateur_id)
);

CREATE TABLE reference.equivalences ( -- [source × its own indicator × measure of the grid]
  source VARCHAR,                   -- a network's code, or 'cep', 'qualiopi'
  source_libelle VARCHAR NOT NULL, indicateur_source VARCHAR, libelle VARCHAR NOT NULL, definition VARCHAR NOT NULL,
  perimetre VARCHAR NOT NULL, periode VARCHAR NOT NULL,
  mesure VARCHAR,                   -- "OR02.rendue"
  degre VARCHAR NOT NULL, raison VARCHAR NOT NULL,
  remplace BOOLEAN NOT NULL,        -- whether its values stand in for the measure
  PRIMARY KEY (source, indicateur_source, mesure),
  CHECK (degre IN ('identique', 'proche', 'partielle', 'incompatible')),
  CHECK (NOT remplace OR degre IN ('identique', 'proche'))
);

CREATE TABLE reference.redondances ( -- [network ('' for all) × question or column that need not be asked any more]
  reseau VARCHAR, objet VARCHAR, nature VARCHAR NOT NULL, -- question | colonne
  libelle VARCHAR NOT NULL, motif VARCHAR NOT NULL, proposition VARCHAR NOT NULL,
  secondes DOUBLE NOT NULL,         -- spared at each reception or each questionnaire
  PRIMARY KEY (reseau, objet),
  CHECK (nature IN ('question', 'colonne'))
);

CREATE TABLE reference.charges (    -- [network × thing to fill in]: the burden that is asked
  reseau VARCHAR, objet VARCHAR,    -- fiche | a questionnaire of the grid
  libelle VARCHAR NOT NULL, questions INTEGER NOT NULL, secondes DOUBLE NOT NULL,
  PRIMARY KEY (reseau, objet)
);

CREATE TABLE reference.offre (      -- [EPCI × fact of supply]: what anyone reads on the door, without threshold; only EPCI with a place
  epci VARCHAR,                     -- 'hors-epci' for the communes that belong to none
  fait VARCHAR,                     -- "canaux_proposes.tchat", "sans_rendez_vous", "soir_ou_samedi", "accessibilite.…"
  libelle VARCHAR NOT NULL,
  lieux INTEGER NOT NULL, avec INTEGER NOT NULL, -- open places that described themselves; those that say they have it
  ordre INTEGER NOT NULL,
  PRIMARY KEY (epci, fait),
  CHECK (lieux >= 1 AND avec BETWEEN 0 AND lieux)
);
