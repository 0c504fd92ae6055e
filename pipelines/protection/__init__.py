"""Which cells may be shown: one mask for each base. Nothing after this stage sees a cell that may not be."""
