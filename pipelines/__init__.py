"""From deliveries to a release: one subpackage a stage; stages never import each other, the command line composes them."""
