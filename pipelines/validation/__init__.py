"""Does a staged delivery keep the contract? One definition gives the SQL that quarantines and the declared gate."""
