"""Whether records let someone be recognised: k-anonymity and l-diversity of the record table, as it is and made coarser."""
