"""The page to which those of the product are compared: nothing but empty charts, served the same way."""
