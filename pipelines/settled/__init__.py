"""What was counted behind the published periods, kept so that a year stays the sum of what was published of it."""
