-- [question answered, as last delivered]; a view over the staged deliveries, not a copy
CREATE VIEW reponses AS
SELECT * FROM gardees_reponses
QUALIFY rank() OVER (PARTITION BY reseau, reponse_ref ORDER BY rang DESC, ligne DESC) = 1;
