"""Items: which fields mean what, their ids, their moves, how they are read and written."""
