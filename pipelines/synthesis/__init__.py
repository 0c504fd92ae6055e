"""Figures read together: two ways to count, a corrected mix, several views of one thing, the measures of a criterion."""
