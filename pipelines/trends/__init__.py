"""Lines through time: what a measure of a unit does from one period to the next, and whether that is a signal."""
