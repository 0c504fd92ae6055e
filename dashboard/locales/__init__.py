"""The sentences of the pages in other languages than French: one catalogue for each, and the command that keeps them."""
