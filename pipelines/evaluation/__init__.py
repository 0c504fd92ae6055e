"""Before and after an action: what changed, whether it is more than chance, and what may be said of it (methods 6)."""
