"""Questions put to a release. The only SQL of the dashboard: one mart a question, never a join of two."""
