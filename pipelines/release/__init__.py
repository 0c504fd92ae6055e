"""The release: one immutable file that the pages open, built aside, checked, swapped at once."""
