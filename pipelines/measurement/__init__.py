"""Visible cells → figures: an estimate, its range, how solid it is. Nothing here sees a cell that may not be shown."""
