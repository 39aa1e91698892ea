"""Read recipes strictly from YAML's node graph: every mistake is reported, with its file and line.

A recipe is data: no tags, no anchors, bounded in size and depth; it can never import or run anything.
"""

from __future__ import annotations

from perturb.recipe_yaml.nodes import compose_recipes
from perturb.recipe_yaml.reading import parse_recipe, read_recipe

__all__ = ["compose_recipes", "parse_recipe", "read_recipe"]
