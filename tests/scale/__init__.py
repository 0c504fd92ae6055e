"""A region already counted, of any size: what protection, measurement and the attack are tried on at scale."""
