"""HELM: every shipped recipe as a data augmentation (``helm-run --plugins perturb.integrations.helm``, ``data_augmentation=perturb_hurried``).

The seed is ``PERTURB_SEED``, or a new one for each run; HELM's own generator follows the instance's id alone and would repeat itself.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

from helm.benchmark.augmentations.perturbation import PerturbationSpec, TextPerturbation
from helm.benchmark.augmentations.perturbation_description import PerturbationDescription
from helm.benchmark.run_expander import PERTURBATION_SPECS_DICT

from perturb.integrations.host import fresh
from perturb.items.profiles import Profile
from perturb.recipe import shipped
from perturb.variants import Perturber

_PROFILE = Profile("helm", ("text",), target="golds", task="qa", lock=("target", "options_block", "format"))
_SEED = fresh(os.environ.get("PERTURB_SEED"))


class RecipePerturbation(TextPerturbation):  # type: ignore[misc, unused-ignore]
    """Rewrite an instance's input by a recipe; the correct references survive in it."""

    name = "perturb"

    @dataclass(frozen=True)
    class Description(PerturbationDescription):  # type: ignore[misc, unused-ignore]
        """What a result says of its perturbation; ``seed`` numbers the variants after the first."""

        name: str = "perturb"
        recipe: str = ""
        run_seed: int = 0

    def __init__(self, recipe: str, run_seed: int) -> None:
        self.recipe, self.run_seed = recipe, run_seed

    @property
    def description(self) -> Any:
        """Describe this perturbation."""
        return self.Description(name=self.name, robustness=True, recipe=self.recipe, run_seed=self.run_seed)

    def apply(self, instance: Any, seed: int | None = None) -> Any:
        """Give an instance's variant (number 1, or one more than HELM's ``seed``); as it is where none can be scored."""
        number = (seed or 0) + 1
        golds = [r.output.text for r in instance.references if r.is_correct]
        item = {"text": instance.input.text, "golds": golds}
        variants = Perturber(self.recipe, number, self.run_seed, _PROFILE, expect="same").named(
            [(str(instance.id), item)]
        )
        text = next((v.text for v in variants if v.number == number), instance.input.text)
        return replace(instance, input=replace(instance.input, text=text), contrast_inputs=[instance.input],
                       perturbation=replace(self.description, seed=seed))  # fmt: skip

    def perturb(self, text: str, rng: Any) -> str:
        """Satisfy the base class, which would know neither the instance's id nor its answer."""
        raise NotImplementedError("RecipePerturbation rewrites whole instances")


for _recipe in shipped():
    PERTURBATION_SPECS_DICT[f"perturb_{_recipe}"] = {
        f"perturb_{_recipe}": [PerturbationSpec(class_name="perturb.integrations.helm.RecipePerturbation",
                                                args={"recipe": _recipe, "run_seed": _SEED})]
    }  # fmt: skip
