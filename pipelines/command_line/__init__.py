"""The command line: the one place that knows all the stages and composes them."""
