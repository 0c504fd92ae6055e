"""From frames to what is shown: pure functions that round, order and put into words."""
