"""Variants inside the tools that people evaluate with; each module imports its host when it is used, never before."""
