"""Grid + warehouse → counts for each cell: the grid's expressions compiled to one SQL pass for each table."""
