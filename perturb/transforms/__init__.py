"""The shipped text transforms, one family a file; found by the registry without being listed."""
