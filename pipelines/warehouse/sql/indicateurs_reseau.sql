-- [network's own indicator × unit × period × version of its definition, as last delivered]
CREATE TABLE indicateurs_reseau AS
SELECT livraison_id, reseau, niveau, unite_id, pas, debut, indicateur_reseau, definition_version, valeur, base
FROM gardees_indicateurs_reseau
QUALIFY row_number() OVER (
  PARTITION BY reseau, niveau, unite_id, pas, debut, indicateur_reseau, definition_version ORDER BY rang DESC, ligne DESC
) = 1;
