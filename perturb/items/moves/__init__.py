"""The shipped item transforms (options shuffled, turns split): they move fields and never edit letters."""
