"""perturb: realistic, repeatable, explained variants of benchmark items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Names are fetched when first asked for, so that `import perturb` and `perturb --help` stay quick.
_HOMES = {
    "Perturber": "perturb.variants",
    "PerturbBatch": "perturb.runs.batch",
    "vary": "perturb.variants",
    "Variant": "perturb.variant",
    "load_recipe": "perturb.recipe",
    "Recipe": "perturb.recipe",
    "parse_recipe": "perturb.recipe_yaml",
    "transform": "perturb.core.registry",
    "item_transform": "perturb.core.registry",
    "replay": "perturb.runs.replay",
    "PerturbError": "perturb.core.errors",
    "Text": "perturb.core.text",
    "Rng": "perturb.core.rng",
    "Profile": "perturb.items.profiles",
    "misspell": "perturb.language.typing",
}

if TYPE_CHECKING:
    from perturb.core.errors import PerturbError
    from perturb.core.registry import item_transform, transform
    from perturb.core.rng import Rng
    from perturb.core.text import Text
    from perturb.items.profiles import Profile
    from perturb.language.typing import misspell
    from perturb.recipe import Recipe, load_recipe
    from perturb.recipe_yaml import parse_recipe
    from perturb.runs.batch import PerturbBatch
    from perturb.runs.replay import replay
    from perturb.variant import Variant
    from perturb.variants import Perturber, vary

__all__ = ["PerturbBatch", "PerturbError", "Perturber", "Profile", "Recipe", "Rng", "Text", "Variant", "__version__", "item_transform",
           "load_recipe", "misspell", "parse_recipe", "replay", "transform", "vary"]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'perturb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
