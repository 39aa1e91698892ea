"""Inspect AI: a sample and its variants as samples."""

from __future__ import annotations

from collections import Counter
from typing import Any

from perturb.integrations.host import fresh, left_out
from perturb.items.profiles import Profile
from perturb.variants import Perturber

# A sample's text and a message's content; choices and target are its own.
_SAMPLE = Profile("inspect_sample", ("input",), target="target", target_kind="auto", choices="choices", task="qa",
                  lock=("choices", "target", "options_block"))  # fmt: skip
_CHAT = Profile("inspect_chat", ("input[*].content",), role="user", task="chat", lock=("options_block",))


class Samples:
    """Make the variants of samples (``Samples("hurried", 2).of(sample, "q7")`` -> [clean, #hurried.1, #hurried.2]).

    ``options`` are Perturber's; without ``expect`` there, only those are made for which the sample's target still holds.
    """

    def __init__(
        self, recipe: Any, n: int = 1, seed: int | None = None, keep_clean: bool = True, **options: Any
    ) -> None:
        self.seed = fresh(seed)
        profile = options.pop("profile", None)
        options = {"expect": "same", **options}
        self.text, self.chat = (Perturber(recipe, n, self.seed, profile or one, with_clean=keep_clean, **options)
                                for one in (_SAMPLE, _CHAT))  # fmt: skip
        self.made: Counter[str] = Counter()

    def of(self, sample: Any, name: str) -> list[Any]:
        """Give a sample's variants, the clean one first where it is kept."""
        plain = isinstance(sample.input, str)
        text = sample.input if plain else [{"role": m.role, "content": m.text} for m in sample.input]
        item = {"input": text, "target": sample.target, "choices": sample.choices}
        out = []
        for variant in (self.text if plain else self.chat).named([(name, item)]):
            new = sample.model_copy(deep=True)
            if variant.number:
                bare = variant.bare
                new.target, new.choices = bare["target"], bare["choices"]
                if plain:
                    new.input = bare["input"]
                for message, changed in zip(new.input, bare["input"]) if not plain else ():
                    if message.text != changed["content"]:
                        message.text = changed["content"]
            out.append(marked(new, variant))
        self.made["samples"] += 1
        self.made["rows"] += len(out)
        return out

    @property
    def told(self) -> str:
        """Say what was made ("12 samples of 6, seed 7; 0 left out that cannot be scored")."""
        left = left_out(self.text.stats + self.chat.stats)
        return f"{self.made['rows']} samples of {self.made['samples']}, seed {self.seed}; {left}"


def marked(sample: Any, variant: Any) -> Any:
    """Put a variant's name and record on its sample; ids are the clean one's ("q7", "q7#hurried.1")."""
    sample.id = f"{variant.id}#{variant.recipe}.{variant.number}" if variant.number else variant.id
    sample.metadata = {**(sample.metadata or {}), "orig_id": variant.id, "variant": variant.number, "expect": variant.expect,
                       "perturb": variant.record}  # fmt: skip
    return sample
