"""A seeded synthetic region: what four networks would deliver from their tools, with planted effects and defects."""
