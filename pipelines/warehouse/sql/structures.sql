-- [structure, as last described] with the territories that follow from its commune
CREATE TABLE structures AS
SELECT decrites.* EXCLUDE (annee_decrite)
FROM descriptions AS decrites
QUALIFY row_number() OVER (PARTITION BY structure_id ORDER BY annee_decrite DESC, rang DESC, ligne DESC) = 1;
