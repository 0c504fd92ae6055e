"""Tries to compute back what a release hides, as an outsider, a network or a structure would.

It reads release files and shares no code with protection: the sums that link the cells are written here a second time.
"""
