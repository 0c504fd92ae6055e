"""Free comments between the door and the warehouse: none counts as publishable before a person has read it."""
