"""The French words of the product: numbers, dates, typography, and the words for what a figure says."""
