"""The warehouse: pseudonymised records and answers, in the back office only. One .sql file is one table of the same name."""
