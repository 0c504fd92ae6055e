-- What follows from the figures: lines through time, comparisons, verdicts, sentences. Like them without a single count.

CREATE TABLE quality.series (       -- [measure × unit × step]: one line through time, over every version that it joins
  serie_id VARCHAR PRIMARY KEY,     -- "OR02.rendue@2025.1|structure|IJ-0003|mois"
  mesure_id VARCHAR NOT NULL,       -- the last version that has a point
  niveau VARCHAR NOT NULL, unite_id VARCHAR NOT NULL, pas VARCHAR NOT NULL,
  categorie VARCHAR NOT NULL,       -- the headline: '', 'favorable', 'p50'
  agregation VARCHAR NOT NULL,      -- one for the whole line
  carte VARCHAR NOT NULL,           -- ligne | mediane | xmr | p_prime
  variation VARCHAR NOT NULL,       -- amelioration | deterioration | hausse | baisse | habituelle | trop_tot
  signal VARCHAR,                   -- the rule that speaks: hors_limites | tendance | deux_sur_trois | decalage | suite_longue | peu_de_croisements
  assurance VARCHAR,                -- atteinte | non_atteinte | variable; NULL where the grid sets no threshold
  provisoire BOOLEAN NOT NULL,      -- limits of fewer than 13 points
  CHECK (carte IN ('ligne', 'mediane', 'xmr', 'p_prime')),
  CHECK (variation IN ('amelioration', 'deterioration', 'hausse', 'baisse', 'habituelle', 'trop_tot')),
  CHECK (signal IN ('hors_limites', 'tendance', 'deux_sur_trois', 'decalage', 'suite_longue', 'peu_de_croisements')),
  CHECK (assurance IN ('atteinte', 'non_atteinte', 'variable')),
  CHECK ((variation IN ('habituelle', 'trop_tot')) = (signal IS NULL))
);

CREATE TABLE quality.points (       -- [line × period that has a point]
  serie_id VARCHAR, debut DATE,
  mesure_id VARCHAR NOT NULL,       -- the version under which it was measured
  phase INTEGER NOT NULL,           -- 0, then one more at each rebase
  valeur INTEGER NOT NULL,          -- as in quality.valeurs
  centre DOUBLE, limite_basse DOUBLE, limite_haute DOUBLE, -- with one decimal, worked out from shown values and bands alone
  etiquette VARCHAR NOT NULL,       -- '' | hors_limites | tendance | deux_sur_trois | decalage
  PRIMARY KEY (serie_id, debut),
  CHECK (etiquette IN ('', 'hors_limites', 'tendance', 'deux_sur_trois', 'decalage'))
);

CREATE TABLE quality.evenements (   -- [unit × measure ('' for all) × month × nature]: what a person told of a line
  niveau VARCHAR, unite_id VARCHAR, mesure VARCHAR, mois DATE,
  nature VARCHAR,                   -- nouveau_repere | nouvel_outil | fermeture | autre
  raison VARCHAR NOT NULL, auteur VARCHAR NOT NULL,
  PRIMARY KEY (niveau, unite_id, mesure, mois, nature),
  CHECK (nature IN ('nouveau_repere', 'nouvel_outil', 'fermeture', 'autre'))
);

CREATE TABLE quality.comparaisons ( -- [measure × structure × period]: a structure beside others that are compared with it
  mesure_id VARCHAR, structure_id VARCHAR, pas VARCHAR, debut DATE,
  perimetre VARCHAR NOT NULL,       -- 'region', or the network within which alone the grid compares
  valeur INTEGER NOT NULL, assise VARCHAR NOT NULL,
  a_examiner VARCHAR,               -- au_dessus | au_dessous: beyond 99.8 %; NULL within
  stabilisee INTEGER, stabilisee_basse INTEGER, stabilisee_haute INTEGER, -- an option, never the headline
  pairs INTEGER,                    -- how many structures alike enter their mean, at least 8
  pairs_valeur INTEGER, pairs_basse INTEGER, pairs_haute INTEGER,
  PRIMARY KEY (mesure_id, structure_id, pas, debut),
  CHECK (assise IN ('11-19', '20-49', '50-99', '100+')),
  CHECK (a_examiner IN ('au_dessus', 'au_dessous')),
  CHECK (pairs >= 8 OR (pairs IS NULL AND pairs_valeur IS NULL AND pairs_basse IS NULL AND pairs_haute IS NULL))
);

CREATE TABLE quality.entonnoirs (   -- [measure × perimeter × period × band]: limits by band, so that no axis shows a size
  mesure_id VARCHAR, perimetre VARCHAR, pas VARCHAR, debut DATE, assise VARCHAR,
  reference INTEGER NOT NULL,
  bas95 INTEGER NOT NULL, haut95 INTEGER NOT NULL, bas998 INTEGER NOT NULL, haut998 INTEGER NOT NULL,
  surdispersion BOOLEAN NOT NULL,   -- limits widened: structures differ by more than chance
  structures INTEGER NOT NULL,      -- how many are compared
  PRIMARY KEY (mesure_id, perimetre, pas, debut, assise),
  CHECK (assise IN ('11-19', '20-49', '50-99', '100+')),
  CHECK (bas998 <= bas95 AND bas95 <= reference AND reference <= haut95 AND haut95 <= haut998)
);

CREATE TABLE quality.territoires (  -- [measure × zone d'emploi × year]: the mean of the values shown of its structures
  mesure_id VARCHAR, zone_emploi VARCHAR, pas VARCHAR, debut DATE,
  categorie VARCHAR,                -- the headline: '' or 'favorable'
  valeur INTEGER NOT NULL, basse INTEGER NOT NULL, haute INTEGER NOT NULL, -- whole percents, the range rounded outward
  structures INTEGER NOT NULL,      -- how many enter the mean, of two networks at least
  PRIMARY KEY (mesure_id, zone_emploi, pas, debut, categorie),
  CHECK (pas = 'annee' AND structures >= 5),
  CHECK (0 <= basse AND basse <= valeur AND valeur <= haute AND haute <= 100)
);

CREATE TABLE quality.pratiques (    -- [measure × perimeter × year × fact of organisation]: what structures far on its good side have
  mesure_id VARCHAR, perimetre VARCHAR, pas VARCHAR, debut DATE,
  pratique VARCHAR,                 -- the measure that is a fact of organisation
  categorie VARCHAR,                -- '' for a share; a code for a distribution
  libelle VARCHAR NOT NULL,
  structures INTEGER NOT NULL, part INTEGER NOT NULL, -- those far on the good side that consent: how many, whole percent that have it
  autres INTEGER NOT NULL, part_autres INTEGER NOT NULL, -- the same of those compared that are not
  PRIMARY KEY (mesure_id, perimetre, pas, debut, pratique, categorie),
  CHECK (pas = 'annee' AND structures >= 3 AND autres >= 3),
  CHECK (part BETWEEN 0 AND 100 AND part_autres BETWEEN 0 AND 100)
);

CREATE TABLE quality.decompositions ( -- [measure × network or region × year]: what changed in a year on the structures shown in both
  mesure_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE, depuis DATE NOT NULL,
  structures INTEGER NOT NULL,      -- shown in both years
  moyenne INTEGER NOT NULL, part INTEGER NOT NULL, -- change of each, in points, on those structures
  pratiques INTEGER NOT NULL, composition INTEGER NOT NULL, -- what the change of the share is made of (Kitagawa 1955), in points
  separees BOOLEAN NOT NULL,        -- the mean of structures and the share of receptions tell different stories
  PRIMARY KEY (mesure_id, niveau, unite_id, pas, debut),
  CHECK (pas = 'annee' AND niveau IN ('reseau', 'region'))
);

CREATE TABLE quality.redressements ( -- [measure × network or region × year]: the share of receptions under the year's mix of channels
  mesure_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  brute INTEGER NOT NULL, redressee INTEGER NOT NULL, basse INTEGER NOT NULL, haute INTEGER NOT NULL,
  PRIMARY KEY (mesure_id, niveau, unite_id, pas, debut),
  CHECK (pas = 'annee' AND niveau IN ('reseau', 'region'))
);

CREATE TABLE quality.participation ( -- [structure, network or region × year]: questionnaires beside receptions, as a class
  niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  classe VARCHAR NOT NULL,          -- 0-29 (« peu représentatif ») | 30-49 | 50-74 | 75-100, in percent
  PRIMARY KEY (niveau, unite_id, pas, debut),
  CHECK (pas = 'annee' AND niveau IN ('structure', 'reseau', 'region')),
  CHECK (classe IN ('0-29', '30-49', '50-74', '75-100'))
);

CREATE TABLE quality.regards (      -- [indicator × unit × period × pair of views]: what is recorded, said by teams, said by people
  indicateur_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  regard_a VARCHAR, regard_b VARCHAR, -- measures
  ecart INTEGER NOT NULL, basse INTEGER NOT NULL, haute INTEGER NOT NULL, -- a − b, in points
  concordance DOUBLE,               -- Krippendorff's alpha between structures, two decimals; region only, from 20 structures
  mot VARCHAR,                      -- faible | prudence | bonne
  PRIMARY KEY (niveau, unite_id, pas, debut, regard_a, regard_b),
  CHECK (mot IN ('faible', 'prudence', 'bonne')),
  CHECK ((concordance IS NULL) = (mot IS NULL))
);

CREATE TABLE quality.criteres (     -- [criterion × unit × period]
  critere VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  mesure_id VARCHAR NOT NULL,       -- the lead measure that has a figure
  point_faible VARCHAR,             -- the measure of the weakest favourable share; NULL if there are not two to compare
  statut VARCHAR NOT NULL,          -- a_regarder | stable | en_progres | trop_tot: that of its worst line, as it stands in this edition
  PRIMARY KEY (critere, niveau, unite_id, pas, debut),
  CHECK (statut IN ('a_regarder', 'stable', 'en_progres', 'trop_tot'))
);

CREATE TABLE quality.actions (      -- [improvement action]
  action_id VARCHAR PRIMARY KEY, libelle VARCHAR NOT NULL,
  niveau VARCHAR NOT NULL, unite_id VARCHAR NOT NULL,
  mesure VARCHAR NOT NULL,          -- "OR02.rendue"
  sens VARCHAR NOT NULL,            -- plus | moins | neutre: what was hoped for, fixed before looking
  debut DATE NOT NULL, latence_mois INTEGER NOT NULL, revue_le DATE
);

CREATE TABLE quality.effets (       -- [improvement action that has been looked at]
  action_id VARCHAR PRIMARY KEY, mesure_id VARCHAR NOT NULL, pas VARCHAR NOT NULL,
  verdict VARCHAR NOT NULL,         -- the exact words of the methods
  signal VARCHAR,                   -- favorable | defavorable | hausse | baisse; NULL where the chart after shows none
  avant_du DATE, avant_au DATE, apres_du DATE, apres_au DATE, -- first days of the first and last period of each side
  avant INTEGER, apres INTEGER, ecart INTEGER, basse INTEGER, haute INTEGER, -- as its measure is told; ecart in points or days
  saut DOUBLE, saut_bas DOUBLE, saut_haut DOUBLE, -- segmented regression: level change, one decimal; NULL below 12 + 12 points
  temoins INTEGER, plus_marque BOOLEAN, -- structures compared with, and whether its change is more marked; NULL without them
  manque INTEGER,                   -- about so many answers are missing to conclude, rounded up to the next ten
  phrase VARCHAR NOT NULL
);

CREATE TABLE quality.phrases (      -- [measure × unit × step]: its last figure, in words
  mesure_id VARCHAR, niveau VARCHAR, unite_id VARCHAR, pas VARCHAR, debut DATE,
  fait VARCHAR NOT NULL, solidite VARCHAR NOT NULL, question VARCHAR NOT NULL,
  PRIMARY KEY (mesure_id, niveau, unite_id, pas, debut)
);
