"""Drafting a mapping from a real file, for a person to correct: nothing here decides, and nothing stores a cell."""
