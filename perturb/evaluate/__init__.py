"""Measure what was made: how near noise comes to what people write (realism)."""
