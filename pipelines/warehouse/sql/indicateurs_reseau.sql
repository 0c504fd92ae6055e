-- [network's own indicator × unit × period × version of its definition, as last delivered]
CREATE TABLE indicateurs_reseau AS
SELECT livraison_id, reseau, niveau, unite_id, pas, debut, indicateur_reseau, definition_version, valeur, base
FROM actuelles_indicateurs_reseau;
