"""How long each store keeps: the closing of a year, which anonymises its records, and the purge of what has served its time."""
