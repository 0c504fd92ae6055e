"""Tries to compute back what a release hides, as an outsider would: it will read release files and share no code with
protection. Nothing attacks yet; until then no release is said to have withstood an attack."""
