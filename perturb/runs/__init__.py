"""Runs: read, vary, write; the manifest, and replay from it."""
