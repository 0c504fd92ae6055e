"""What the product hands out so that networks can deliver: the common sheet and the Table Schemas, from the contract."""
