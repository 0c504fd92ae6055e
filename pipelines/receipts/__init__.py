"""Receipts that help: one view of a receipt, told in the terminal, on a page or as data, and kept for its deliverer only."""
