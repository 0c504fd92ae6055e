"""Pieces of pages: the frame, notices, figures with their table, explanations."""
