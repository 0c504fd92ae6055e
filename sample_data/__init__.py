"""A seeded synthetic region: what ten networks would deliver from their tools, with planted effects and defects."""
